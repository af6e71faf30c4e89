"""What the list of the user's profiles does: rename, delete, share, take in. Runs the services for the sheet.

Knows no preview; where the sheet is shown is the page's business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import UserError
from desktop.services import previews
from desktop.services.edits import Changes
from desktop.views.pages.importing.profiles import ProfilesSheet
from desktop.views.widgets.context import PageContext


class ProfileKeeper(QWidget):
    """Never seen itself. `listed` carries title, sheet and subtitle, `changed` the Changes of what was done."""

    listed = Signal(str, QWidget, str)
    changed = Signal(object)
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._context = context

    def open(self) -> None:
        """Lists the profiles."""
        from desktop.services import mappings

        self._context.ask(mappings.listed, on_finished=self._on_listed)

    def _on_listed(self, saved: Sequence[Any]) -> None:
        sheet = ProfilesSheet(saved)
        sheet.keep_drafts(self._context)
        sheet.rename_asked.connect(self._on_rename_asked)
        sheet.delete_asked.connect(self._on_delete_asked)
        sheet.share_asked.connect(self._on_share_asked)
        sheet.add_asked.connect(self._on_add_asked)
        self.listed.emit(self.tr("Your profiles"), sheet, "")

    def _on_rename_asked(self, name: str, new: str) -> None:
        from desktop.services import mappings

        self._change(mappings.rename, name, new)

    def _on_delete_asked(self, name: str) -> None:
        from desktop.services import mappings

        self._change(mappings.delete, name)

    def _on_add_asked(self) -> None:
        from desktop.services import mappings

        kinds = f"{self.tr('Profiles')} (*{mappings.SUFFIX});;{self.tr('All files')} (*)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Add a profile"), "", kinds)
        if chosen:
            self._change(mappings.import_from, Path(chosen))

    def _on_share_asked(self, name: str) -> None:
        from desktop.services import mappings

        kinds = f"{self.tr('Profiles')} (*{mappings.SUFFIX})"
        proposed = f"{name.replace('/', '-')}{mappings.SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Share the profile"), proposed, kinds)
        if chosen:
            target = Path(chosen)
            saved = self.tr("Saved {}").format(target.name)
            self._context.ask(
                mappings.export_to, name, target, on_finished=lambda _: self.told.emit(saved), on_failed=self._on_failed
            )

    def _change(self, action: Callable[..., Changes], *arguments: Any) -> None:
        author = previews.author_at(self._context.now())
        self._context.ask(action, *arguments, author, on_finished=self._on_changed, on_failed=self._on_failed)

    def _on_changed(self, changes: Changes) -> None:
        if changes.changed:
            self.changed.emit(changes)
        else:
            self.told.emit(self.tr("This profile is here already."))
        self.open()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.failed.emit(error)
        else:
            self._context.executor.failed.emit(error)
