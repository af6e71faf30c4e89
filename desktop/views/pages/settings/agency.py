"""Who the agency is: name, address, logo, paper and time zone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.services.preferences import Preferences
from desktop.views import theme
from desktop.views.pages.settings.panels import Field, FormPanel
from desktop.views.pages.settings.words import ZONES, say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label


class AgencyPanel(FormPanel):
    """A form with the logo below. `logo_changed` carries the picture's bytes, or None."""

    logo_changed = Signal(object)

    def __init__(self) -> None:
        zones = tuple((name, say("{} ({})").format(words, name)) for name, words in ZONES)
        super().__init__(
            (
                Field("agency.name", say("&Name"), say("Stands at the head of every page.")),
                Field("agency.address", say("&Address")),
                Field("agency.time_zone", say("Time &zone"), say("All times in the book are this zone's."), zones),
                Field("paper", say("&Paper"), "", (("letter", say("US Letter")), ("a4", say("A4")))),
            )
        )
        self.logo_row = self.form.add_row(say("Logo"), self._logo(), say("A PNG or JPEG picture; wide ones look best."))

    def show_preferences(self, shown: Preferences) -> None:
        """The form, and the picture."""
        super().show_preferences(shown)
        picture = QPixmap()
        if shown.logo is not None:
            picture.loadFromData(shown.logo)
        look = theme.current()
        if picture.isNull():
            self.picture.setPixmap(QPixmap())
            self.picture.setText(say("No logo"))
        else:
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(picture.scaled(look.px(200), look.px(56), kept, smooth))
        self.remove.setVisible(not picture.isNull())

    def choose_logo(self, file: Path) -> None:
        """Takes a picture from a file; one that is no picture is refused at the field."""
        image = file.read_bytes()
        if not QPixmap().loadFromData(image):
            self.form.set_error(self.logo_row, say("{} is no PNG or JPEG picture.").format(file.name))
            return
        self.form.set_error(self.logo_row, "")
        self.logo_changed.emit(image)

    def texts(self) -> list[str]:
        """Labels and the logo."""
        return [*super().texts(), say("Logo")]

    def _logo(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        self.picture = Label(tone="quiet")
        self.choose = Button(say("Choose…"))
        self.choose.setAccessibleName(say("Choose the logo"))
        self.remove = Button(say("Remove"), "quiet")
        self.remove.setAccessibleName(say("Remove the logo"))
        self.choose.clicked.connect(self._on_choose_clicked)
        self.remove.clicked.connect(lambda: self.logo_changed.emit(None))
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.picture, self.choose, self.remove):
            row.addWidget(widget)
        row.addStretch(1)
        return holder

    def _on_choose_clicked(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, say("Choose the logo"), "", say("Pictures (*.png *.jpg *.jpeg)")
        )
        if chosen:
            self.choose_logo(Path(chosen))
