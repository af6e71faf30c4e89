"""Typed cells and fields outlive a crash: held a moment after typing, offered when the same texts are shown again.

Wiring alone between what is typed into and the service; knows no column and no page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from desktop.services import drafts
from desktop.services.grids import Line
from desktop.views.dialogs.gridding import GridEditor
from desktop.views.tables.editing import EditingTable
from desktop.views.widgets.context import PageContext

_REST_MS = 150
"""So long after the first letter what is typed is held, and again after each that follows."""


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Drafting", text)


def _rest(parent: QObject, call: Callable[[], None]) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(_REST_MS)
    made.timeout.connect(call)
    return made


def keep_drafts(context: PageContext, editor: GridEditor, name: Callable[[], str]) -> None:
    """Hold what is typed into `editor` under `name()`, asked each time lines are shown; an empty name holds nothing."""
    editor.drafting = _Drafting(context, editor, name)


class _Drafting:
    def __init__(self, context: PageContext, editor: GridEditor, name: Callable[[], str]) -> None:
        self._context = context
        self._editor = editor
        self._ask_name = name
        self._name = ""
        editor.lines_shown.connect(self._on_lines_shown)
        editor.cells_typed.connect(self._on_cells_typed)
        editor.settled.connect(self._on_settled)

    def _on_lines_shown(self, kept: Sequence[Line]) -> None:
        name = self._name = self._ask_name()
        if name:
            self._context.ask(drafts.held, name, tuple(kept), on_finished=lambda found: self._offer(name, kept, found))

    def _offer(self, name: str, kept: Sequence[Line], found: Sequence[Line] | None) -> None:
        # by now another person may be shown, typing may have gone on, or the grid's drawer be closed
        if found is not None and name == self._name and isValid(self._editor):
            self._editor.offer(kept, found)

    def _on_cells_typed(self, kept: Sequence[Line], typed: Sequence[Line]) -> None:
        if self._name:
            self._context.ask(drafts.hold, self._name, tuple(kept), tuple(typed))

    def _on_settled(self) -> None:
        if self._name:
            self._context.ask(drafts.forget, self._name)


class CellDrafts(QObject):
    """Drafts of a grid with buttons of its own: told which table is shown, and how its lines are read and offered."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._name = ""
        self._table: EditingTable | None = None
        self._kept: Callable[[], Sequence[Line]] = tuple
        self._typed: Callable[[], Sequence[Line]] = tuple
        self._resting = _rest(self, self._hold)

    def watch(
        self,
        name: str,
        table: EditingTable,
        lines: tuple[Callable[[], Sequence[Line]], Callable[[], Sequence[Line]]],
        offer: Callable[[Sequence[Line]], None],
    ) -> None:
        """Hold what is typed into `table` under `name`; `lines` reads those kept, and those as typed by now.

        `offer` gets what was typed before over the same lines and not kept.
        """
        self._resting.stop()
        if self._table is not None:
            # a grid on its way out closes its cell, which is no typing
            self._table.dataChanged.disconnect(self._on_typed)
            self._table.underway.disconnect(self._on_typed)
        self._name, self._table, (self._kept, self._typed) = name, table, lines
        table.dataChanged.connect(self._on_typed)
        table.underway.connect(self._on_typed)

        def on_read(found: Sequence[Line] | None) -> None:
            # by now other lines may be shown, or typing may have gone on
            if found is not None and self._name == name and not self._resting.isActive():
                offer(found)

        self._context.ask(drafts.held, name, tuple(self._kept()), on_finished=on_read)

    def flush(self) -> None:
        """Other lines come: what waits to be held is held now."""
        if self._resting.isActive():
            self._hold()

    def settle(self) -> None:
        """Nothing typed is left to keep."""
        self._resting.stop()
        self._context.ask(drafts.forget, self._name)

    def _on_typed(self) -> None:
        if not self._resting.isActive():
            self._resting.start()

    def _hold(self) -> None:
        self._resting.stop()
        if self._name and not self._context.executor.closed:
            self._context.ask(drafts.hold, self._name, tuple(self._kept()), tuple(self._typed()))


class FieldDrafts(QObject):
    """Drafts of a form whose fields are kept when they are left: what is typed and not left yet is held.

    `mark` says a reason under a field, or nothing.
    """

    def __init__(
        self, context: PageContext, edits: Mapping[str, QLineEdit], mark: Callable[[QLineEdit, str], None]
    ) -> None:
        super().__init__(next(iter(edits.values())).parent())
        self._context = context
        self._edits = dict(edits)
        self._mark = mark
        self._form = ""
        self._kept: dict[str, str] = {}
        self._waiting: set[str] = set()
        self._held: set[str] = set()
        self._refused: set[str] = set()
        self._resting = _rest(self, self._hold)
        for name, edit in edits.items():
            edit.textEdited.connect(partial(self._on_typed, name))
            edit.editingFinished.connect(partial(self._on_left, name))
            edit.installEventFilter(self)

    def show(self, form: str, kept: Mapping[str, str]) -> None:
        """The fields show `kept` under the name `form`; what was typed over exactly that before is offered."""
        if self._waiting:
            self._hold()
        if form != self._form:
            self._held.clear()
            self._refused.clear()
        self._form, self._kept = form, {name: kept[name] for name in self._edits}
        self._context.ask(drafts.held_fields, form, dict(self._kept), on_finished=partial(self._offer, form))

    def hold_refused(self, names: Iterable[str]) -> None:
        """What was typed into these fields and refused stays there, held as if they had not been left."""
        for name in self._edits.keys() & names:
            self._edits[name].setModified(True)
            self._waiting.add(name)
            self._refused.add(name)
        self._hold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc gives up what is typed into a field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            name = next((name for name, edit in self._edits.items() if edit is watched and edit.isModified()), None)
            if name is not None:
                self._edits[name].setText(self._kept.get(name, ""))
                self._mark(self._edits[name], "")
                self._forget(name)
                return True
        return super().eventFilter(watched, event)

    def _offer(self, form: str, found: Mapping[str, str]) -> None:
        for name, text in found.items():
            edit = self._edits[name]
            if form == self._form and not edit.isModified() and edit.text() == self._kept[name]:
                self._held.add(name)
                edit.setText(text)
                edit.setModified(True)
                self._mark(edit, say("Typed before and not kept yet. Enter keeps it, Esc leaves it as it was."))

    def _on_typed(self, name: str, _text: str) -> None:
        self._waiting.add(name)
        if not self._resting.isActive():
            self._resting.start()

    def _on_left(self, name: str) -> None:
        if name in self._refused and self._edits[name].isModified():
            return
        if name in self._waiting or name in self._held:
            self._forget(name)

    def _forget(self, name: str) -> None:
        self._waiting.discard(name)
        self._held.discard(name)
        self._refused.discard(name)
        if self._form and not self._context.executor.closed:
            self._context.ask(drafts.forget_field, self._form, name)

    def _hold(self) -> None:
        self._resting.stop()
        for name in self._waiting:
            if self._form and not self._context.executor.closed:
                kept, typed = self._kept.get(name, ""), self._edits[name].text()
                self._context.ask(drafts.hold_field, self._form, name, kept, typed)
        self._held |= self._waiting
        self._waiting.clear()
