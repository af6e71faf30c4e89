"""The producers page: the table at the left, the chosen producer at the right, and the way to every record.

Wiring alone: figures come from the services, words from the modules beside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.core import periods
from desktop.core.periods import Filter, Period
from desktop.core.production import METRIC
from desktop.services import corrections, line_sizes, overviews, previews, records
from desktop.services.edits import Changes
from desktop.services.overviews import Overview
from desktop.services.records import FieldDetail, FoundRecord, RecordDetail
from desktop.services.reporting import Asked
from desktop.views import theme
from desktop.views.dialogs.answering import TypedWords
from desktop.views.dialogs.record import CorrectionDialog, RecordSheet, heading
from desktop.views.dialogs.records import Question, RecordsSheet
from desktop.views.pages.producers import columns
from desktop.views.pages.producers.band import GroupBand
from desktop.views.pages.producers.detail import ProducerDetail
from desktop.views.pages.producers.questions import question, with_lines
from desktop.views.pages.producers.rows import ProducerRow, make_rows
from desktop.views.tables import VALUES_ROLE, FilteredTable, RecordTableModel, RecordTableView
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.page import Page
from desktop.views.widgets.period_picker import PeriodPicker, period_text
from desktop.views.widgets.rail import Group
from desktop.views.widgets.sparklines import SparklineDelegate

_CHOICE = "producers.period"
_PICKED = "producers.producer"


class ProducersPage(Page):
    """Who did what, against which target, and why."""

    key = "producers"
    group = Group.PEOPLE
    icon_name = "people"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Producers"))
        self._context = context
        self._overview: Overview | None = None
        self._as_of = context.now()
        self.picker = PeriodPicker(context.today, _choice(context.state.read(_CHOICE)))
        self.picker.period_changed.connect(self._on_period_changed)
        self.header.add_slot(self.picker)
        self.header.add_search(self.tr("Find a producer"))
        self.model = RecordTableModel(columns.make_columns(), self)
        self.table = RecordTableView(self.model, "producers", context.state, compact=True)
        self.detail: ProducerDetail | None = None
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Reads the figures of the period anew."""
        now, period = self._context.now(), self.picker.period
        self._as_of = periods.default_as_of(period, now)
        self._context.ask(
            overviews.overview, period, now, on_finished=self._on_read, label=self.tr("Reading the figures")
        )

    def arrive(self, argument: object) -> None:
        """A producer's code (shown at once) or a period."""
        if isinstance(argument, Period):
            self.picker.set_period(argument)
        elif isinstance(argument, str):
            self._context.state.write(_PICKED, argument)
            self._pick(argument)

    def export_actions(self) -> list[tuple[str, str]]:
        """The dashboard as it prints, and the table."""
        return [("dashboard", self.tr("Dashboard…")), ("table", self.tr("Producers Table…"))]

    def export(self, key: str) -> None:
        """Asks where to, and writes the table or the dashboard."""
        if key == "dashboard":
            self._save_dashboard()
        else:
            self._export(self.table, "producers")

    def print_page(self) -> bool:
        """Prints the dashboard of the producer chosen, or of the whole agency."""
        if self._overview is None or self._overview.empty:
            return False
        from desktop.views.dialogs.printing import print_report

        return print_report(self._context, "dashboard", self._asked(), self)

    # --- layout ------------------------------------------------------------------------------------------------------

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The agency, the producer with most flags, and the records behind the agency's new premium."""
        first = (self.key, lambda: self._pick(None))
        if self._overview is None or self._overview.empty:
            return [(self.key, lambda: None)]
        rows = make_rows(self._overview)
        flagged = max(rows[1:-1] or rows, key=lambda row: row.flags)
        return [
            first,
            ("producer", lambda: self._pick(flagged.scope)),
            ("records", lambda: self._open_figure(rows[0], "new_premium")),
        ]

    def _arrange(self) -> None:
        self.table.setAccessibleName(self.tr("Producers"))
        for key in columns.TRENDS:
            self.table.set_delegate(key, SparklineDelegate(VALUES_ROLE, self.table))
        words = {"activity": self.tr("Activity"), "results": self.tr("Results")}
        band = GroupBand(self.table, [(words[group], keys) for group, keys in columns.GROUPS])
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(band)
        lines.addWidget(FilteredTable(self.table), 1)
        self.side = QScrollArea()
        self.side.setWidgetResizable(True)
        self.side.setAccessibleName(self.tr("The chosen producer"))
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.empty = EmptyState(
            "people",
            self.tr("No producers yet"),
            self.tr("Import a list of producers or any export that names them, and their figures appear here."),
            self.tr("Import Exports"),
        )
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.splitter)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _connect(self) -> None:
        self.header.searched.connect(self.table.set_filter)
        self.empty.acted.connect(self.import_requested)
        self.table.row_selected.connect(self._on_row_selected)
        self.table.row_activated.connect(self._on_row_activated)
        self.table.export_asked.connect(lambda: self.export("table"))

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self.side.setMinimumWidth(look.px(404))
        self.splitter.setHandleWidth(look.unit(1.5))
        self.splitter.setSizes([look.px(2000), look.px(412)])

    # --- figures -----------------------------------------------------------------------------------------------------

    def _on_period_changed(self, period: Period) -> None:
        self._context.state.write(_CHOICE, self.picker.choice.value)
        self.mark_stale()

    def _on_read(self, overview: Overview) -> None:
        if overview.dashboard.period != self.picker.period:
            # a later question is on its way
            return
        self._overview = overview
        if overview.empty:
            self.stack.setCurrentWidget(self.empty)
            return
        rows = make_rows(overview)
        picked = self._context.state.read(_PICKED)
        self.model.set_rows(rows[:-1], pinned=1, totals=rows[-1])
        self.stack.setCurrentWidget(self.splitter)
        self._pick(picked if isinstance(picked, str) else None)

    def _pick(self, scope: str | None) -> None:
        """Selects the row of a producer's code; the agency's where there is none."""
        if not self.table.select_record(lambda row: row.scope == scope):
            self.table.select_record(lambda row: row.is_agency)
        selected = self.table.selectionModel().selectedRows()
        if selected:
            self.table.setCurrentIndex(selected[0])

    def _on_row_selected(self, row: ProducerRow | None) -> None:
        if row is None or self._overview is None:
            return
        self._context.state.write(_PICKED, row.scope)
        self.detail = ProducerDetail(row, self._overview.dashboard.freshness)
        self.detail.figure_opened.connect(lambda figure: self._open_figure(row, figure))
        self.side.setWidget(self.detail)

    def _on_row_activated(self, row: ProducerRow) -> None:
        key = self.model.columns[self.table.currentIndex().column()].key
        figure = columns.TRENDS.get(key, key)
        if figure in METRIC:
            self._open_figure(row, figure)
        elif self.detail is not None:
            next(iter(self.detail.lines.values())).setFocus()

    # --- behind a number ---------------------------------------------------------------------------------------------

    def _open_figure(self, row: ProducerRow, figure: str) -> None:
        asked = question(row, figure)
        if figure == line_sizes.METRIC:
            self._context.ask(
                line_sizes.sizes, row.period, self._as_of, asked.producer,
                on_finished=lambda found: self._find_records(row, with_lines(row, asked, found)),
            )  # fmt: skip
        else:
            self._find_records(row, asked)

    def _find_records(self, row: ProducerRow, asked: Question) -> None:
        self._context.ask(
            records.records,
            asked.id,
            row.period,
            self._as_of,
            asked.producer,
            on_finished=lambda found: self._show_records(asked, found),
            label=self.tr("Finding the records"),
        )

    def _show_records(self, asked: Question, found: Sequence[FoundRecord]) -> None:
        sheet = RecordsSheet(asked, found)
        sheet.record_opened.connect(self._open_record)
        sheet.export_asked.connect(lambda view: self._export(view, asked.id.replace(".", "-")))
        self.sheet_opened.emit(asked.title, sheet, asked.subtitle)
        sheet.setFocus()

    def _open_record(self, record: FoundRecord) -> None:
        self._open_detail(record.table, record.key, record.subject)

    def _open_detail(self, table: str, key: str, subject: str) -> None:
        self._context.ask(
            records.record_detail, table, key, on_finished=lambda detail: self._show_record(detail, subject)
        )

    def _show_record(self, detail: RecordDetail, subject: str) -> None:
        sheet = RecordSheet(detail, corrections.correctable(detail.table))
        sheet.correction_asked.connect(lambda field: self._ask_correction(detail, field, subject))
        self.sheet_opened.emit(subject or heading(detail.table), sheet, heading(detail.table))

    def _ask_correction(self, detail: RecordDetail, field: FieldDetail, subject: str) -> None:
        dialog = CorrectionDialog(field, self)
        words = TypedWords(self._context, dialog, dialog, f"{field.name} of {detail.table} {detail.key}")
        if dialog.exec():
            self.correct(detail, field.name, dialog.text, subject, words)

    def correct(
        self, detail: RecordDetail, field: str, text: str, subject: str, words: TypedWords | None = None
    ) -> None:
        """Stores what was typed for one field of a record, and shows the record as it is then."""
        now: datetime = self._context.now()
        self._context.ask(
            corrections.correct,
            detail.table,
            detail.key,
            field,
            text,
            previews.author_at(now),
            now.date(),
            on_finished=lambda changes: self._on_corrected(changes, detail, field, subject, words),
        )

    def _on_corrected(
        self, changes: Changes, detail: RecordDetail, field: str, subject: str, words: TypedWords | None
    ) -> None:
        if words is not None:
            words.settle()
        if changes.changed:
            self.book_changed.emit(changes)
            self.undo_offered.emit(self.tr("{} corrected.").format(heading(field)))
            self._open_detail(detail.table, detail.key, subject)

    # --- out ---------------------------------------------------------------------------------------------------------

    def _asked(self) -> Asked:
        """What the page shows, as a question for a report."""
        row = self.table.selected_record
        scope = row.scope if isinstance(row, ProducerRow) and not row.is_agency else None
        now, period = self._context.now(), self.picker.period
        as_of = periods.default_as_of(period, now)
        return Asked(period, as_of, scope or None, now, pay_hidden=self._context.pay_hidden)

    def _save_dashboard(self) -> None:
        from desktop.views.dialogs.printing import ask_target, save_report

        target = ask_target(self, self.tr("Save the dashboard"), "dashboard")
        if target is not None:
            saved = self.tr("Saved {}").format(target.name)
            save_report(self._context, "dashboard", self._asked(), target, lambda _: self.status_message.emit(saved))

    def _export(self, view: RecordTableView, name: str) -> None:
        from desktop.views.dialogs.printing import ask_target

        target = ask_target(self, self.tr("Export the table"), name, "xlsx")
        if target is not None:
            self.write_table(view, target)

    def write_table(self, view: RecordTableView, target: Path) -> None:
        """Writes what `view` shows to `target`."""
        from desktop.views.dialogs.printing import save_table

        saved = self.tr("Saved {}").format(target.name)
        period = period_text(self.picker.period)
        save_table(self._context, view, self.title, period, target, lambda _: self.status_message.emit(saved))


def _choice(value: object) -> Filter:
    found = next((choice for choice in Filter if choice.value == value), Filter.WEEK)
    return Filter.WEEK if found is Filter.CUSTOM else found
