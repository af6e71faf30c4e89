"""The territory editor: the grid at the left, the map at the right, problems and balance below it; drafts.

Wiring alone: what is odd and who gains is the services' business.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.services import previews, territories, territory_grid
from desktop.services.edits import Changes
from desktop.services.grids import Line, Outcome
from desktop.services.territory_grid import Look, Problem, Sheet
from desktop.views import theme
from desktop.views.dialogs.drafting import CellDrafts
from desktop.views.dialogs.line import LineDialog, ask_line, name_needed
from desktop.views.pages.routing import words
from desktop.views.pages.routing.grid import TerritoryGrid, TerritoryTable
from desktop.views.pages.routing.side import SidePanel
from desktop.views.pages.routing.words import say
from desktop.views.tables.formats import counted
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import name_clearing, name_control

_PAUSE_MS = 250
"""After so long without a key the map as a whole is looked at."""


class TerritoriesTab(QWidget):
    """The territory table or a draft of it. `changed` carries what was kept; `files_chosen` files to import."""

    changed = Signal(object)
    said = Signal(str)
    files_chosen = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._shown: Sheet | None = None
        self._draft: str | None = None
        self._people: dict[str, str] = {}
        self._look: Look | None = None
        self.grid: TerritoryGrid | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._on_pause)
        self.unkept = CellDrafts(context, self)
        self._arrange()

    # --- layout ------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.problem = Label("", "caption", "bad", wrap=True)
        self.problem.setVisible(False)
        self.hint = Label(
            say("Nobody has a territory yet. Type or paste lines, import a CSV, or give counties on the map."),
            tone="quiet",
            wrap=True,
        )
        self.hint.setVisible(False)
        self._room = QVBoxLayout()
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(self._head())
        lines.addWidget(self.hint)
        lines.addLayout(self._room, 1)
        lines.addWidget(self.problem)
        lines.addLayout(self._foot())
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self._right())
        self.splitter.setStretchFactor(0, 5)
        self.splitter.setStretchFactor(1, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.current().unit(), 0, 0)
        whole.addWidget(self.splitter, 1)

    def _head(self) -> QHBoxLayout:
        self.which = QComboBox()
        self.which.setAccessibleName(say("Table or draft"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.which.setMinimumContentsLength(14)
        self.which.currentIndexChanged.connect(self._on_which_changed)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(say("Filter lines"))
        self.filter.setAccessibleName(say("Filter lines"))
        self.filter.setClearButtonEnabled(True)
        name_clearing(self.filter)
        self.filter.textChanged.connect(self._on_find_changed)
        self.more = Button(say("More"), icon="more")
        self.more.setAccessibleName(say("Drafts, import and export"))
        menu = QMenu(self.more)
        menu.addAction(say("Save as Draft…"), self._on_draft_asked)
        menu.addAction(say("Compare with Table in Force"), self.compare)
        self.drop = menu.addAction(say("Delete Draft"), self._on_drop_asked)
        menu.addSeparator()
        menu.addAction(say("Import CSV…"), self._on_import_asked)
        menu.addAction(say("Export CSV…"), self._on_export_asked)
        self.more.setMenu(menu)
        row = QHBoxLayout()
        row.addWidget(self.which)
        row.addWidget(self.filter, 1)
        row.addWidget(self.more)
        return row

    def _foot(self) -> QHBoxLayout:
        self.delete = Button(say("Delete Lines"), "quiet", "trash")
        self.delete.setToolTip(say("Empties the chosen lines; they go when changes are kept"))
        self.delete.clicked.connect(self._on_delete_clicked)
        self.leave = Button(say("Leave as It Was"), "quiet")
        self.leave.clicked.connect(self._on_leave_clicked)
        today = self._context.today()
        self.start = QDateEdit(QDate(today.year, today.month, today.day))
        self.start.setCalendarPopup(True)
        self.start.setDisplayFormat("MM/dd/yyyy")
        name_control(self.start, say("In force from"))
        self.activate = Button(say("Put in Force From"), icon="check")
        self.activate.setToolTip(say("Replaces the table from that day on; earlier leads stay explained by their map"))
        self.activate.clicked.connect(self.put_in_force)
        self.keep = Button(say("Keep Changes"), "main", "save")
        self.keep.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addWidget(self.delete)
        row.addStretch(1)
        for one in (self.leave, self.activate, self.start, self.keep):
            row.addWidget(one)
        return row

    def _right(self) -> QWidget:
        self.side = SidePanel(self._context, self._name, lambda: self.dirty)
        self.map, self.below = self.side.map, self.side.below
        self.problems, self.balance = self.side.problems, self.side.balance
        self.comparison, self.history = self.side.comparison, self.side.history
        self.map.picked.connect(self._on_county_picked)
        self.map.assigned.connect(self._on_area_assigned)
        self.problems.row_selected.connect(self._on_problem_selected)
        self.problems.row_activated.connect(self._on_problem_activated)
        self.history.restored.connect(self._on_restored)
        return self.side

    # --- reading -----------------------------------------------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what is kept."""
        if self.grid is None or self._shown is None:
            return False
        kept = [tuple(line.texts.get(name, "") for name in territory_grid.NAMES) for line in self._shown.lines]
        return kept != [tuple(line.texts[name] for name in territory_grid.NAMES) for line in self.grid.rows.lines()]

    def refresh(self) -> None:
        """Reads the table anew; what was typed and not kept stays."""
        self._context.ask(territory_grid.sheet, self._draft, on_finished=self._on_read, on_failed=self._on_gone)
        self.history.refresh()

    def lines(self) -> list[Line]:
        """The lines as they stand now."""
        return [] if self.grid is None else self.grid.rows.lines()

    def _on_gone(self, _error: Exception) -> None:
        self._draft = None
        self.refresh()

    def _on_read(self, sheet: Sheet) -> None:
        if sheet.draft != self._draft:
            return
        self._people = dict(sheet.people)
        self._fill_which(sheet)
        same = self._shown is not None and self._shown.draft == sheet.draft
        if self.grid is None or not same or (self._shown != sheet and not self.dirty):
            self._show(sheet)
        self._shown = sheet
        self._update()
        self.look_again()

    def _fill_which(self, sheet: Sheet) -> None:
        with QSignalBlocker(self.which):
            self.which.clear()
            self.which.addItem(say("Table in force"), None)
            for name in sheet.drafts:
                self.which.addItem(say("Draft: {}").format(name), name)
            self.which.setCurrentIndex(max(self.which.findData(sheet.draft), 0))

    def _show(self, sheet: Sheet) -> None:
        made = TerritoryGrid(TerritoryTable(sheet.lines, sheet.people))
        had_focus = self.grid is not None and self.grid.hasFocus()
        if self.grid is not None:
            self.unkept.flush()
            self._room.removeWidget(self.grid)
            self.grid.hide()
            self.grid.deleteLater()
        self.grid = made
        self._room.addWidget(made, 1)
        made.rows.steps.indexChanged.connect(self._on_typed)
        made.show_only(self.filter.text())
        if had_focus:
            made.setFocus()
        name = "territories" if sheet.draft is None else f"territories: {sheet.draft}"
        self.unkept.watch(name, made.rows, (lambda: sheet.lines, lambda: made.rows.lines(underway=True)), made.rows.lay)

    def _on_typed(self) -> None:
        self._update()
        self._timer.start()

    def _update(self) -> None:
        live = self._draft is None
        self.hint.setVisible(not self.lines())
        self.keep.setText(say("Keep Changes") if live else say("Save Draft"))
        self.keep.setEnabled(self.dirty)
        self.leave.setVisible(self.dirty)
        for one in (self.activate, self.start):
            one.setVisible(not live)
        self.drop.setEnabled(not live)

    def _on_pause(self) -> None:
        # a closed window has no worker left to ask
        if self.window().isVisible():
            self.look_again()

    def look_again(self) -> None:
        """Has the lines as they stand looked at: problems, map, balance."""
        if self.grid is not None:
            self._context.ask(territory_grid.look, self.lines(), self._context.now(), on_finished=self._on_looked)

    def _on_looked(self, look: Look) -> None:
        if self.grid is None:
            return
        self._look = look
        marks: dict[int, str] = {}
        for one in look.problems:
            if one.kind in (territory_grid.CONFLICT, territory_grid.DEAD, territory_grid.UNREADABLE):
                marks |= {line: words.sentence(one) for line in one.lines}
        self.grid.rows.set_findings(look.wrong, marks)
        self.problems.records.set_rows(list(look.problems))
        self.below.setTabText(0, say("Problems ({})").format(f"{len(look.problems):,}"))
        self.balance.show_shares(look.shares)
        territories_ = list(dict.fromkeys(line.texts["territory"] for line in self.lines() if line.texts["territory"]))
        self.map.show_counties(look.counties, territories_)

    def _name(self, code: str | None) -> str:
        return say("Nobody") if code is None else self._people.get(code, code)

    # --- going to -----------------------------------------------------------------------------------------------------

    def _on_problem_selected(self, problem: Problem | None) -> None:
        if problem is None or self.grid is None:
            return
        if problem.lines:
            self.grid.choose_rows([problem.lines[0]])
        elif problem.kind == territory_grid.GAP:
            self.map.go_to_zip(problem.text[:5])

    def _on_problem_activated(self, _problem: Problem) -> None:
        if self.grid is not None:
            self.grid.setFocus()

    def _on_county_picked(self, lines: tuple[int, ...]) -> None:
        if self.grid is not None:
            self.grid.choose_rows(lines)

    def _on_area_assigned(self, name: str, territory: str) -> None:
        """The county or state as a line of a territory, with the people of its first line."""
        if self.grid is None:
            return
        like = next((dict(line.texts) for line in self.lines() if line.texts["territory"] == territory), {})
        made = territory_grid.area_line(name, like | {"territory": territory})
        first = self.grid.rows.append([made], say("Assign an area"))
        self.grid.choose_rows([first])
        self.said.emit(say("{area} added for {territory}").format(area=made["zip_from"], territory=territory))

    def _on_find_changed(self, text: str) -> None:
        if self.grid is not None:
            self.grid.show_only(text)

    # --- keeping -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keeps the lines: in the table in force, or in the draft."""
        author, today = self._author(), self._context.today()
        if self._draft is None:
            self._ask(territory_grid.save, self.lines(), author, today)
        else:
            self._ask(territory_grid.save_draft, self._draft, self.lines(), author, today)

    def save_as(self, name: str) -> None:
        """Keeps the lines as a draft of that name, and shows it."""

        def kept(outcome: Outcome) -> None:
            if not outcome.wrong:
                self._draft = name.strip()
                self._shown = None
            self._on_kept(outcome)

        self._context.ask(
            territory_grid.save_draft, name, self.lines(), self._author(), self._context.today(), on_finished=kept
        )

    def put_in_force(self) -> None:
        """The draft's lines in force from the day chosen."""
        start = date.fromisoformat(self.start.date().toString(Qt.DateFormat.ISODate))
        self._ask(territory_grid.activate, self.lines(), start, self._author(), self._context.today())

    def compare(self) -> None:
        """Shows who would gain and who lose by the lines as they stand."""
        self._context.ask(territory_grid.compare, self.lines(), self._context.now(), on_finished=self._on_compared)

    def _on_compared(self, found: territories.Comparison) -> None:
        self.comparison.records.set_rows(list(found.shifts))
        self.below.setTabVisible(2, True)
        self.below.setCurrentIndex(2)
        leads = counted(found.moved, say("lead"), say("leads"))
        self.said.emit(say("{} of the last {} days would change hands").format(leads, found.days))

    def _ask(self, service: Callable[..., Outcome], *arguments: Any) -> None:
        self._context.ask(service, *arguments, on_finished=self._on_kept)

    def _on_kept(self, outcome: Outcome) -> None:
        self.problem.setVisible(bool(outcome.wrong))
        if outcome.wrong:
            (line, name), why = min(outcome.wrong.items())
            title = words.headings()[territory_grid.NAMES.index(name)]
            self.problem.setText(say("Line {}, {}: {}").format(line + 1, title, why))
            self.look_again()
            return
        self.unkept.settle()
        if self.grid is not None and outcome.changes.changed:
            self.grid.rows.steps.clear()
            self._shown = None
        self.changed.emit(outcome.changes)
        self.refresh()

    def _on_restored(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh()

    def _author(self) -> Any:
        return previews.author_at(self._context.now())

    # --- buttons -----------------------------------------------------------------------------------------------------

    def _on_which_changed(self, _index: int) -> None:
        wanted = self.which.currentData()
        if wanted != self._draft:
            self._draft = wanted
            self.below.setTabVisible(2, False)
            self.refresh()

    def _on_delete_clicked(self) -> None:
        if self.grid is not None:
            self.grid.clear_rows()

    def _on_leave_clicked(self) -> None:
        if self._shown is not None:
            self.unkept.settle()
            self._show(self._shown)
            self.problem.setVisible(False)
            self._on_typed()

    def _on_draft_asked(self) -> None:
        title, verb = say("Save as Draft"), say("Save Draft")
        dialog = LineDialog(title, say("Name of the draft"), verb, self, refuse=name_needed)
        ask_line(self._context, dialog, "name of the draft", self.save_as)

    def _on_drop_asked(self) -> None:
        if self._draft is not None:
            name, self._draft = self._draft, None
            self._shown = None
            self._context.ask(territories.drop_draft, name, self._author(), on_finished=self._on_restored)

    def _on_import_asked(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, say("Import territories"), "", say("Tables (*.csv *.xlsx)"))
        if chosen:
            self.files_chosen.emit([Path(chosen)])

    def _on_export_asked(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, say("Export territories"), "territories.csv", say("CSV (*.csv)")
        )
        if chosen:
            self.export(Path(chosen))

    def export(self, path: Path) -> None:
        """Writes the lines as they stand to a CSV."""
        self._context.ask(
            territory_grid.export_file, path, self.lines(), self._context.today(),
            on_finished=lambda many: self.said.emit(say("{} lines written to {}").format(many, path.name)),
        )  # fmt: skip
