"""What belongs to this computer rather than to the book: appearance, backups, the watched folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.preferences import Preferences
from desktop.views import theme
from desktop.views.pages.settings.panels import Panel
from desktop.views.pages.settings.words import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import ElidedLabel
from desktop.views.widgets.view_state import ViewState

_ZOOMS = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)


class ProgramPanel(Panel):
    """Theme and size, kept by the window; `backups_chosen` carries a folder; `watch_asked` leads to the import page."""

    backups_chosen = Signal(object)
    watch_asked = Signal()

    def __init__(self, state: ViewState) -> None:
        super().__init__()
        self._state = state
        form = FormBuilder(label_width=190)
        self.scheme = form.add_row(say("&Theme"), QComboBox())
        for scheme, text in (
            (theme.Scheme.SYSTEM, say("As the system has it")),
            (theme.Scheme.LIGHT, say("Light")),
            (theme.Scheme.DARK, say("Dark")),
        ):
            self.scheme.addItem(text, scheme.value)
        self.scheme.activated.connect(self._on_scheme_chosen)
        self.zoom = form.add_row(say("&Size of everything"), QComboBox())
        for zoom in _ZOOMS:
            self.zoom.addItem(f"{zoom * 100:.0f} %", zoom)
        self.zoom.activated.connect(self._on_zoom_chosen)
        self.backups = ElidedLabel("", "body")
        self.choose = Button(say("Choose…"))
        self.choose.setAccessibleName(say("Choose the folder for backups"))
        self.choose.clicked.connect(self._on_choose_clicked)
        self.backups_row = form.add_row(
            say("Backups"),
            _row(self.backups, self.choose),
            say("A copy a day, kept 14 days and the first of each month; encrypted like the book."),
        )
        self.watch = Button(say("Open the Import Page"), icon="folder")
        self.watch.clicked.connect(self.watch_asked)
        form.add_row(say("Watched folder"), _row(self.watch), say("Exports that arrive there are imported."))
        self.form = form
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(form)
        self.setMaximumWidth(theme.current().px(760))

    def show_preferences(self, shown: Preferences) -> None:
        """What the window looks like now, and where backups go."""
        look = theme.current()
        self.scheme.setCurrentIndex(self.scheme.findData(look.choice.value))
        self.zoom.setCurrentIndex(min(range(len(_ZOOMS)), key=lambda at: abs(_ZOOMS[at] - look.zoom)))
        self.backups.setText(str(shown.backups))

    def show_problem(self, keys: object, why: str) -> None:
        """At the folder of the backups."""
        self.form.set_error(self.backups_row, why)

    def texts(self) -> list[str]:
        """Labels."""
        return [say("Theme"), say("Size of everything"), say("Backups"), say("Watched folder"), say("Appearance")]

    def _on_scheme_chosen(self) -> None:
        name = str(self.scheme.currentData())
        theme.current().set_choice(theme.Scheme(name))
        self._state.write("window.scheme", name)

    def _on_zoom_chosen(self) -> None:
        theme.current().set_zoom(float(self.zoom.currentData()))
        self._state.write("window.zoom", theme.current().zoom)

    def _on_choose_clicked(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, say("Choose the folder for backups"))
        if chosen:
            self.backups_chosen.emit(Path(chosen))


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    holder.setObjectName("plain")
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, ElidedLabel) else 0)
    if not any(isinstance(widget, ElidedLabel) for widget in widgets):
        row.addStretch(1)
    return holder
