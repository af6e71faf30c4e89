"""The coverage page: a calendar of weeks and kinds, with its gaps listed below.

Wiring alone: the calendar is the service's, a week's sheet opens in the drawer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from desktop.services import coverage, previews
from desktop.services.coverage import Calendar, Cell, Gap
from desktop.views import theme
from desktop.views.pages.coverage import paper, words
from desktop.views.pages.coverage.grid import CoverageGrid
from desktop.views.pages.coverage.sheet import WeekSheet
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import Label, SectionTitle
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group

_REMEMBERED = "coverage.weeks"


class CoveragePage(Page):
    """Which weeks have records of each kind."""

    key = "coverage"
    group = Group.DATA
    icon_name = "calendar"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Coverage"))
        self._context = context
        self._shown: Calendar | None = None
        kept = context.state.read(_REMEMBERED, coverage.SPANS[0])
        self._weeks = kept if kept in coverage.SPANS else coverage.SPANS[0]
        self.grid = CoverageGrid()
        self.grid.cell_opened.connect(self._open)
        self.said = Label(tone="quiet", wrap=True)
        self.span = self._span_choice()
        self.header.add_slot(self.span)
        self.empty = EmptyState(
            "calendar",
            self.tr("No records yet"),
            self.tr("Once files are imported, every week shows which kinds of records it has and which it lacks."),
            self.tr("Import Files…"),
        )
        self.empty.acted.connect(self._on_import_asked)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._content())
        self.body.addWidget(self.stack, 1)

    def refresh(self) -> None:
        """Reads the calendar anew."""
        self._context.ask(
            coverage.calendar,
            self._context.today(),
            self._weeks,
            on_finished=self._on_read,
            label=self.tr("Reading the calendar"),
        )

    def export_actions(self) -> list[tuple[str, str]]:
        """The calendar."""
        return [("calendar", self.tr("Coverage…"))]

    def export(self, key: str) -> None:
        """Asks where to, and writes the calendar and its gaps."""
        from desktop.views.dialogs.printing import ask_target, save_blocks

        if self._shown is None or self._shown.empty:
            return
        target = ask_target(self, self.tr("Save the coverage"), "coverage")
        if target is not None:
            saved = self.tr("Saved {}").format(target.name)
            save_blocks(
                self._context, self.title, paper.subtitle(self._shown), paper.blocks(self._shown), target,
                lambda _: self.status_message.emit(saved),
            )  # fmt: skip

    def print_page(self) -> bool:
        """Prints the calendar and its gaps."""
        from desktop.views.dialogs.printing import print_blocks

        if self._shown is None or self._shown.empty:
            return False
        shown = self._shown
        return print_blocks(self._context, self.title, paper.subtitle(shown), paper.blocks(shown), self)

    def _span_choice(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Weeks shown"))
        for number in coverage.SPANS:
            box.addItem(self.tr("Last {}").format(words.weeks(number)), number)
        box.setCurrentIndex(coverage.SPANS.index(self._weeks))
        box.setMaximumWidth(theme.current().px(200))
        box.currentIndexChanged.connect(self._on_span_chosen)
        return box

    def _content(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit(1.5))
        lines.addWidget(self.said)
        lines.addWidget(self.grid)
        columns = [
            Column("kind", self.tr("Records"), Kind.TEXT, lambda gap: words.kind(gap.kind), width=160),
            Column("days", self.tr("Without any"), Kind.TEXT, words.span, width=240),
            Column("weeks", self.tr("Weeks"), Kind.COUNT, lambda gap: gap.weeks),
        ]
        model = RecordTableModel(columns)
        self.gaps = RecordTableView(model, "coverage.gaps", self._context.state)
        model.setParent(self.gaps)
        self.gaps.setAccessibleName(self.tr("Gaps"))
        self.gaps.row_activated.connect(self._on_gap_opened)
        self.gaps_title = SectionTitle(self.tr("Gaps, newest first"))
        self.gaps_table = FilteredTable(self.gaps)
        lines.addWidget(self.gaps_title)
        lines.addWidget(self.gaps_table, 1)
        self._rest = QWidget()
        self._rest.setObjectName("plain")
        lines.addWidget(self._rest, 1)
        return holder

    def _on_read(self, shown: Calendar) -> None:
        self._shown = shown
        self.stack.setCurrentIndex(0 if shown.empty else 1)
        self.span.setVisible(not shown.empty)
        self.grid.show_calendar(shown)
        found = shown.gaps()
        self.gaps.records.set_rows(found)
        self.gaps_title.setVisible(bool(found))
        self.gaps_table.setVisible(bool(found))
        self._rest.setVisible(not found)
        self.said.setText(self._sentence(found))

    def _sentence(self, found: Sequence[Gap]) -> str:
        legend = self.tr("A dot is a kind that no week has. Enter or a click opens a week.")
        if not found:
            return f"{self.tr('No gaps: every kind in use has records in each of these weeks.')} {legend}"
        kinds = ", ".join(dict.fromkeys(words.kind(gap.kind).lower() for gap in found))
        text = self.tr("{gaps}, marked “!”: weeks without {kinds} among weeks that have records.")
        return f"{text.format(gaps=words.gaps(len(found)), kinds=kinds)} {legend}"

    def _on_span_chosen(self, _row: int) -> None:
        self._weeks = int(self.span.currentData())
        self._context.state.write(_REMEMBERED, self._weeks)
        self.refresh()

    def _on_gap_opened(self, gap: Gap) -> None:
        self._open(gap.cell)

    def _open(self, cell: Cell) -> None:
        if cell.origins:
            self._show_sheet(cell, ())
        else:
            self._context.executor.submit(
                coverage.reports_for, cell.kind, on_finished=lambda hints: self._show_sheet(cell, hints)
            )

    def _show_sheet(self, cell: Cell, hints: Sequence[Any]) -> None:
        sheet = WeekSheet(cell, hints, _title_of)
        sheet.import_asked.connect(self._on_import_asked)
        self.sheet_opened.emit(f"{words.kind(cell.kind)}, {words.week(cell.week)}", sheet, words.state(cell))

    def _on_import_asked(self) -> None:
        self.page_requested.emit("import", None)


def _title_of(profile: str) -> str:
    return previews.profile_title(profile) if profile else ""
