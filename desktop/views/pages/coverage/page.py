"""The coverage page: a calendar of weeks and kinds, with its gaps listed below.

Wiring alone: the calendar is the service's, a week's sheet opens in the drawer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from desktop.services import coverage, previews, stated
from desktop.services.coverage import Beside, Calendar, Cell, Gap
from desktop.services.records import FoundRecord
from desktop.services.stated import Comparison
from desktop.views import theme
from desktop.views.dialogs.opener import RecordOpener
from desktop.views.dialogs.records import RecordsSheet
from desktop.views.dialogs.saving import TableSaver
from desktop.views.dialogs.stated import make_view, question
from desktop.views.pages.coverage import paper, words
from desktop.views.pages.coverage.grid import CoverageGrid
from desktop.views.pages.coverage.sheet import WeekSheet
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import NamedTabs
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
        self._beside: Beside | None = None
        self._opener = RecordOpener(self, context)
        self._saver = TableSaver(self, context)
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
        self._context.ask(coverage.beside, self._context.now(), on_finished=self._on_beside_read)

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
        self.active_only = Label(tone="near", wrap=True)
        self.active_only.setVisible(False)
        lines.addWidget(self.active_only)
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
        self.stated = make_view(state=self._context.state)
        self.stated.row_activated.connect(self._on_stated_opened)
        self.tabs = NamedTabs(self.tr("Gaps and stated totals"))
        self.tabs.addTab(FilteredTable(self.gaps), self.tr("Gaps"))
        self.tabs.addTab(FilteredTable(self.stated), self.tr("Stated totals"))
        lines.addWidget(self.tabs, 1)
        return holder

    def _on_read(self, shown: Calendar) -> None:
        self._shown = shown
        self._show_content()
        self.grid.show_calendar(shown)
        found = shown.gaps()
        self.gaps.records.set_rows(found)
        self.tabs.setTabText(0, self.tr("Gaps ({})").format(len(found)))
        self.said.setText(self._sentence(found))

    def _on_beside_read(self, found: Beside) -> None:
        """Totals that systems state are a tab of their own; lists of active policies are named above the calendar."""
        self._beside = found
        self.stated.records.set_rows(list(found.stated))
        self.tabs.setTabText(1, self.tr("Stated totals ({})").format(len(found.stated)))
        differ = any(one.agrees is False for one in found.stated)
        self.tabs.setTabIcon(1, theme.current().icon("warning", "near") if differ else QIcon())
        said = ", ".join(_title_of(profile) or profile for profile in found.active_only)
        self.active_only.setVisible(bool(said))
        self.active_only.setText(
            self.tr("Only active policies came with {}: without the lost ones, retention cannot be computed from it.")
            .format(said)
        )  # fmt: skip
        self._show_content()

    def _show_content(self) -> None:
        filled = (self._shown is not None and not self._shown.empty) or bool(self._beside and self._beside.stated)
        self.stack.setCurrentIndex(1 if filled else 0)
        self.span.setVisible(filled)

    def _on_stated_opened(self, one: Comparison) -> None:
        self._context.ask(
            stated.behind, one, self._context.now(), on_finished=lambda found: self._show_behind(one, found)
        )

    def _show_behind(self, one: Comparison, found: Sequence[FoundRecord]) -> None:
        asked = question(one)
        sheet = RecordsSheet(asked, found)
        sheet.record_opened.connect(lambda record: self._opener.open(record.table, record.key, record.subject))
        sheet.export_asked.connect(lambda view: self._saver.ask(view, "records"))
        self.sheet_opened.emit(asked.title, sheet, asked.subtitle)

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
