"""An editing grid with its buttons: typed over, kept as one step, its wrong cells marked with the reason.

Knows lines of texts; reading and keeping them is the services' business, asked for by signal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.grids import Line
from desktop.views import theme
from desktop.views.tables.editing import EditingGrid, EditingTable, GridRow
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label

_REST_MS = 150
"""So long after the first letter what is typed is held, and again after each that follows."""


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Gridding", text)


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: the line's name for it, its heading, what may be typed, and whether it only says what the line is."""

    name: str
    title: str
    choices: tuple[str, ...] = ()
    fixed: bool = False
    width: int | None = None


class GridEditor(QWidget):
    """Lines as a grid. `kept` carries all lines as they stand now; `spare` empty ones stand below for new lines.

    `lines_shown` carries the lines of the book, `cells_typed` them and all lines as typed, `settled` that nothing typed
    is left to keep.
    """

    kept = Signal(object)
    lines_shown = Signal(object)
    cells_typed = Signal(object, object)
    settled = Signal()

    def __init__(self, said: str, columns: Sequence[GridColumn], help_text: str = "", spare: int = 0) -> None:
        super().__init__()
        self._said = said
        self._columns = tuple(columns)
        self._spare = spare
        self._lines: tuple[Line, ...] = ()
        self._shown: tuple[Line, ...] | None = None
        self.drafting: object = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._on_rest_timeout)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.current().unit())
        if help_text:
            self._box.addWidget(Label(help_text, "caption", "quiet", wrap=True))
        self.grid = self._make_grid([], {})
        self._box.addWidget(self.grid, 1)
        self.problem = Label("", "caption", "bad", wrap=True)
        self.problem.setVisible(False)
        self._box.addWidget(self.problem)
        self.offered = Label(say("Typed before and not kept yet. Keep it, or leave as it was."), "caption", "near")
        self.offered.hide()
        self._box.addWidget(self.offered)
        self._box.addLayout(self._foot())
        self._update_buttons()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Shows lines; typed cells that were not kept yet stay where the same lines are shown again."""
        if self._shown == tuple(lines):
            return
        self._flush()
        self._shown = self._lines = tuple(lines)
        self._replace_grid([dict(line.texts) for line in lines], {})
        self.lines_shown.emit(self._lines)

    def offer(self, kept: Sequence[Line], typed: Sequence[Line]) -> None:
        """Lays over `kept` what was typed before; only while exactly those are shown and nothing else is typed."""
        if self._lines == tuple(kept) and not self.dirty:
            self._replace_grid([dict(line.texts) for line in typed], {})
            self.offered.setVisible(self.dirty)

    def put_aside(self) -> None:
        """Other lines come: what is typed and not kept is held, and offered when these are shown again."""
        self._flush()
        self._shown = None

    def show_wrong(self, wrong: Mapping[tuple[int, str], str]) -> None:
        """Marks cells with the reason why they cannot stay; what was typed stays."""
        self._replace_grid([dict(line.texts) for line in self.lines()], wrong)
        (at, name), why = next(iter(wrong.items()))
        title = next((column.title for column in self._columns if column.name == name), name)
        where = say("Line {line}, {column}: {why}").format(line=at + 1, column=title, why=why)
        self.problem.setText(where)
        self.problem.setVisible(True)
        self.grid.setFocus()
        self._update_buttons()

    def note_kept(self) -> None:
        """What was typed is kept: the lines are read again, whatever they are."""
        self._rest.stop()
        self._shown = None
        self.settled.emit()

    def lines(self, underway: bool = False) -> list[Line]:
        """All lines as they stand now, the empty ones at the foot left out; `underway`: with the text being typed."""
        found = []
        for at, (_number, cells, _why) in enumerate(self.grid.table.current_rows(underway)):
            texts = dict(zip((column.name for column in self._columns), cells, strict=True))
            known = self._lines[at] if at < len(self._lines) else Line(None, {})
            found.append(Line(known.key, {**known.texts, **texts}, known.file))
        while len(found) > len(self._lines) and not any(text.strip() for text in found[-1].texts.values()):
            found.pop()
        return found

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what is kept."""
        now = [[line.texts.get(column.name, "") for column in self._columns] for line in self.lines()]
        return now != [[line.texts.get(column.name, "") for column in self._columns] for line in self._lines]

    def type_into(self, row: int, name: str, text: str) -> None:
        """Types `text` into a cell, as a user does."""
        at = next(number for number, column in enumerate(self._columns) if column.name == name)
        if row >= self.grid.table.rowCount():
            self.grid.table.add_rows(row + 1 - self.grid.table.rowCount())
        self.grid.table.change(say("Typing"), {(row, at): text})

    def _foot(self) -> QHBoxLayout:
        self.keep = Button(say("Keep Changes"), "main", "save")
        self.keep.setAccessibleName(say("Keep changes: {}").format(self._said))
        self.leave = Button(say("Leave as It Was"), "quiet")
        self.leave.setAccessibleName(say("Leave as it was: {}").format(self._said))
        self.more = Button(say("Add Lines"), "quiet", "plus")
        self.more.setAccessibleName(say("Add lines: {}").format(self._said))
        if self._spare <= 0:
            self.more.hide()
        self.keep.clicked.connect(lambda: self.kept.emit(self.lines()))
        self.leave.clicked.connect(self._on_leave_clicked)
        self.more.clicked.connect(lambda: self.grid.table.add_rows(10))
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.keep)
        return foot

    def _replace_grid(self, texts: Sequence[Mapping[str, str]], wrong: Mapping[tuple[int, str], str]) -> None:
        place = self.grid.currentIndex()
        made = self._make_grid(texts, wrong)
        self._box.replaceWidget(self.grid, made)
        had_focus = self.grid.hasFocus()
        self.grid.deleteLater()
        self.grid = made
        if not wrong and place.isValid() and place.row() < made.table.rowCount():
            made.setCurrentIndex(made.table.index(place.row(), place.column()))
        if had_focus:
            made.setFocus()
        self.problem.setVisible(bool(wrong))
        self._update_buttons()

    def _make_grid(self, texts: Sequence[Mapping[str, str]], wrong: Mapping[tuple[int, str], str]) -> EditingGrid:
        names = [column.name for column in self._columns]
        rows = []
        for at, line in enumerate([*texts, *({} for _ in range(self._spare))]):
            reasons = {names.index(name): why for (row, name), why in wrong.items() if row == at and name in names}
            cells = tuple(line.get(name, "") for name in names)
            rows.append(GridRow(at + 1, cells, reasons, "; ".join(reasons.values())))
        table = EditingTable([column.title for column in self._columns], rows)
        table.growing = self._spare > 0
        table.choices = {at: column.choices for at, column in enumerate(self._columns) if column.choices}
        table.fixed = frozenset(at for at, column in enumerate(self._columns) if column.fixed)
        grid = EditingGrid(table, self._said)
        grid.setColumnHidden(0, not wrong)
        grid.horizontalHeader().setStretchLastSection(True)
        for at, column in enumerate(self._columns):
            if column.width is not None:
                grid.setColumnWidth(at + 1, theme.current().px(column.width))
        if not wrong and rows:
            grid.setCurrentIndex(table.index(0, 1 + min(set(range(len(names))) - table.fixed, default=0)))
        table.dataChanged.connect(self._update_buttons)
        table.dataChanged.connect(self._on_typed)
        table.underway.connect(self._on_typed)
        table.rowsInserted.connect(self._update_buttons)
        return grid

    def _update_buttons(self) -> None:
        if hasattr(self, "keep"):
            changed = self.dirty
            self.keep.setEnabled(changed)
            self.leave.setVisible(changed)
            if not changed:
                self.offered.hide()

    def _on_leave_clicked(self) -> None:
        self._replace_grid([dict(line.texts) for line in self._lines], {})
        self._rest.stop()
        self.settled.emit()

    def _on_typed(self) -> None:
        # not put off by the next letter: whoever types without a pause loses a moment's at most
        if not self._rest.isActive():
            self._rest.start()

    def _on_rest_timeout(self) -> None:
        self.cells_typed.emit(self._lines, tuple(self.lines(underway=True)))

    def _flush(self) -> None:
        """What waits to be held is held now."""
        if self._rest.isActive():
            self._rest.stop()
            self._on_rest_timeout()
