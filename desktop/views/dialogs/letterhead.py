"""Asks for the head of every printed page: the agency's name, address, logo and paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.services.letterheads import Head
from desktop.views import theme
from desktop.views.dialogs.answering import add_answers
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label


class LetterheadDialog(QDialog):
    """A form with the head as it is; `head` is what it has become."""

    def __init__(self, head: Head, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logo = head.logo
        self.setWindowTitle(self.tr("Agency and Paper"))
        self.setAccessibleName(self.windowTitle())
        form = FormBuilder(label_width=120)
        self.name = form.add_row(self.tr("&Name"), QLineEdit(head.name), self.tr("Stands at the head of every page."))
        self.address = form.add_row(self.tr("&Address"), QLineEdit(head.address))
        self.paper = form.add_row(self.tr("&Paper"), QComboBox())
        self.paper.addItem(self.tr("US Letter"), "letter")
        self.paper.addItem(self.tr("A4"), "a4")
        self.paper.setCurrentIndex(self.paper.findData(head.paper))
        self._form = form
        form.add_row(self.tr("Logo"), self._logo_row(), self.tr("A PNG or JPEG picture; wide ones look best."))
        self.name.setMinimumWidth(theme.current().px(340))
        lines = QVBoxLayout(self)
        lines.addWidget(form)
        box, self.keep, self.leave = add_answers(self, self.tr("Keep Changes"), self.tr("Leave as It Was"))
        box.accepted.connect(self.accept)
        lines.addWidget(box, 0, Qt.AlignmentFlag.AlignRight)
        self._show_logo()

    @property
    def head(self) -> Head:
        """What the form says now."""
        return Head(self.name.text().strip(), self.address.text().strip(), self.paper.currentData(), self._logo)

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What is typed into."""
        return {"name": self.name, "address": self.address}

    def choose_logo(self, file: Path) -> None:
        """Takes a picture from a file; one that is no picture is refused at the field."""
        image = file.read_bytes()
        fits = QPixmap()
        if not fits.loadFromData(image):
            self._form.set_error(self.logo_row, self.tr("{} is no PNG or JPEG picture.").format(file.name))
            return
        self._form.set_error(self.logo_row, "")
        self._logo = image
        self._show_logo()

    def _logo_row(self) -> QWidget:
        self.logo_row = QWidget()
        self.picture = Label(tone="quiet")
        self.choose = Button(self.tr("Choose…"))
        self.choose.setAccessibleName(self.tr("Choose the logo"))
        self.remove = Button(self.tr("Remove"), "quiet")
        self.remove.setAccessibleName(self.tr("Remove the logo"))
        self.choose.clicked.connect(self._on_choose_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        row = QHBoxLayout(self.logo_row)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.picture, self.choose, self.remove):
            row.addWidget(widget)
        row.addStretch(1)
        return self.logo_row

    def _show_logo(self) -> None:
        picture = QPixmap()
        if self._logo is not None:
            picture.loadFromData(self._logo)
        if picture.isNull():
            self.picture.setPixmap(QPixmap())
            self.picture.setText(self.tr("No logo"))
        else:
            look = theme.current()
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(picture.scaled(look.px(160), look.px(48), kept, smooth))
        self.remove.setVisible(not picture.isNull())

    def _on_choose_clicked(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Choose the logo"), "", self.tr("Pictures (*.png *.jpg *.jpeg)")
        )
        if chosen:
            self.choose_logo(Path(chosen))

    def _on_remove_clicked(self) -> None:
        self._logo = None
        self._show_logo()
