"""The button that names the watched folder: choose one, choose another, stop.

Keeps the choice with the window's memory; looking into the folder is the composition root's business.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.errors import UserError
from desktop.services import watching
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.view_state import ViewState

FOLDER, SEEN = "watch.folder", "watch.seen"


class WatchButton(Button):
    """Says whether a folder is watched, and which."""

    def __init__(self, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__("", "quiet", "folder")
        self._state = state
        if parent is not None:
            self.setParent(parent)
        self.clicked.connect(self._on_clicked)
        self._show()

    def choose(self) -> None:
        """Asks for a folder; only what arrives in it from now on counts."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose the folder in which exports arrive"))
        if chosen:
            try:
                seen = sorted(watching.scan(Path(chosen)))
            except UserError:
                # an unreadable folder is told of by whoever looks into it
                seen = []
            self._state.write(SEEN, seen)
            self._state.write(FOLDER, chosen)
            self._show()

    def stop(self) -> None:
        """Watches no folder any more."""
        self._state.write(FOLDER, "")
        self._show()

    def menu_of_choices(self) -> QMenu:
        """What can be done about the folder that is watched."""
        menu = QMenu(self)
        menu.addAction(self.tr("Choose Another Folder…"), self.choose)
        menu.addAction(self.tr("Stop Watching"), self.stop)
        return menu

    def _on_clicked(self) -> None:
        if self._state.read(FOLDER, ""):
            self.menu_of_choices().exec(self.mapToGlobal(self.rect().bottomLeft()))
        else:
            self.choose()

    def _show(self) -> None:
        folder = str(self._state.read(FOLDER, "") or "")
        name = Path(folder).name or folder
        short = name if len(name) <= 18 else f"{name[:17]}…"
        self.setText(self.tr("Watching “{}”").format(short) if folder else self.tr("Watch a Folder…"))
        self.setToolTip(
            folder or self.tr("New exports in a folder are imported by themselves when nothing is unclear.")
        )
