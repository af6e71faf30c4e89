"""Management reports 1 and 2: a producer's weeks as an editable grid, year to date against minimum and target.

Wiring alone: weeks are read and kept by a service; a typed figure stands over an imported one and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.quantities import at_field
from desktop.core.validation_tracking import HALF, MEASURES, Standing, goal_to_week
from desktop.errors import UserError
from desktop.services import tracking
from desktop.services.edits import Changes
from desktop.services.grids import Line
from desktop.services.tracking import FIGURES, TrackedWeek, YearTrack
from desktop.views import theme
from desktop.views.charts import LineChart, Series, Unit
from desktop.views.dialogs.drafting import CellDrafts
from desktop.views.pages.plans.base import PlanPage
from desktop.views.pages.plans.parts import Figure, chart_card, plain, say, side_by_side
from desktop.views.tables import formats
from desktop.views.tables.editing import EditingGrid, EditingTable, GridRow
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Card, Label
from desktop.views.widgets.naming import NamedTabs

Index = QModelIndex | QPersistentModelIndex
_KEYS = tuple(FIGURES)
_MONEY = frozenset({"premium", "commission", "fees"})


class WeekTable(EditingTable):
    """The weeks of a half-year; a typed figure is bold and says what was imported."""

    def __init__(self, half: int, weeks: tuple[TrackedWeek, ...]) -> None:
        self.weeks = tuple(one for one in weeks if one.week.half == half)
        headings = [
            *(say("Sales calls"), say("Proposals"), say("Sales")),
            *(say("Premium ($)"), say("Commission ($)"), say("Fees ($)")),
        ]
        rows = [
            GridRow(
                one.week.number, tuple(_shown(key, getattr(one.week.figures, key)) for key in _KEYS), {}, _when(one)
            )
            for one in self.weeks
        ]
        super().__init__(headings, rows)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The first column says which week it is."""
        if section == 0 and orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return say("Week from")
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Where a figure comes from, and figures at the right."""
        if index.isValid() and index.column() > 0:
            one, key = self.weeks[index.row()], _KEYS[index.column() - 1]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if role == Qt.ItemDataRole.FontRole and key in one.week.typed:
                return theme.current().font("body", bold=True)
            if role == Qt.ItemDataRole.ToolTipRole:
                return self._reason(index.row(), index.column() - 1) or _provenance(one, key)
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return f"{super().data(index, role)}. {_provenance(one, key)}"
        return super().data(index, role)

    def typed(self) -> dict[tuple[str, str], str]:
        """What was typed and not yet kept, by week and figure, as far as it is a figure."""
        return {
            (self.weeks[row].name, key): self.text(row, column)
            for row in range(len(self.weeks))
            for column, key in enumerate(_KEYS)
            if self.text(row, column) != _shown(key, getattr(self.weeks[row].week.figures, key))
            and not why_not(key, self.text(row, column))
        }

    def kept_lines(self) -> tuple[Line, ...]:
        """The weeks of the book as lines of texts."""
        return tuple(Line(one.name, dict(zip(_KEYS, _cells(one), strict=True))) for one in self.weeks)

    def typed_lines(self) -> tuple[Line, ...]:
        """All weeks as they stand, with what is being typed."""
        rows = self.current_rows(underway=True)
        return tuple(
            Line(one.name, dict(zip(_KEYS, cells, strict=True)))
            for one, (_number, cells, _why) in zip(self.weeks, rows, strict=True)
        )

    def _reason(self, row: int, column: int) -> str:
        return why_not(_KEYS[column], self.text(row, column)) if column >= 0 else ""


def why_not(key: str, text: str) -> str:
    """Why a text is no such figure; empty where it is."""
    try:
        tracking.read_figure(key, text)
    except UserError as error:
        return at_field(FIGURES[key], error)
    return ""


def _shown(key: str, value: int | None) -> str:
    if value is None:
        return ""
    return f"{value / 100:,.2f}".removesuffix(".00") if key in _MONEY else f"{value:,}"


def _cells(one: TrackedWeek) -> tuple[str, ...]:
    return tuple(_shown(key, getattr(one.week.figures, key)) for key in _KEYS)


def _when(one: TrackedWeek) -> str:
    return f"{one.start:%b} {one.start.day}"


def _provenance(one: TrackedWeek, key: str) -> str:
    imported = _shown(key, getattr(one.imported, key)) or say("nothing")
    if key in one.week.typed:
        at = one.typed_at.get(key, "")[:10]
        return say("Typed {at}; the data says {imported}. Empty the cell to take the data's figure.").format(
            at=at, imported=imported
        )
    return say("From the data: {}.").format(imported)


class TrackingPage(PlanPage):
    """The year's two management reports."""

    key = "tracking"
    icon_name = "history"
    shows_pay = True

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, say("Management Reports"), "history")
        self.found: YearTrack | None = None
        self.grids: list[EditingGrid] = []
        self._saving = 0
        self._shown: str | None = None
        self.drafts = CellDrafts(context, self), CellDrafts(context, self)
        self.lag = Label("", wrap=True)
        self.figures = {key: Figure("", large=False) for key in MEASURES}
        self.chart = LineChart([], [], Unit.MONEY)
        self.rooms = [QVBoxLayout(), QVBoxLayout()]
        self.tabs = NamedTabs(say("Half-years"))
        self.tabs.setDocumentMode(True)
        self._arrange()

    def _arrange(self) -> None:
        holder, lines = plain()
        lines.addWidget(self.lag)
        lines.addLayout(side_by_side(*((figure, 1) for figure in self.figures.values())))
        for room, title in zip(
            self.rooms, (say("Report 1: weeks 1 to 26"), say("Report 2: weeks 27 to 52")), strict=True
        ):
            half = QWidget()
            half.setLayout(room)
            room.setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(half, title)
        self.tabs.setMinimumHeight(theme.current().px(300))
        card = Card()
        card.body.addWidget(self.tabs)
        row = QHBoxLayout()
        row.addWidget(card, 7)
        row.addWidget(chart_card(self.chart, 220), 4)
        lines.addLayout(row, 1)
        self.content.addWidget(holder)

    def read(self) -> None:
        """Asks for the producer's year."""
        now = self._context.now()
        year = now.isocalendar().year
        self._context.ask(
            tracking.year_track, self.producer, year, now, on_finished=self._on_read, label=say("Reading the weeks")
        )

    def export_actions(self) -> list[tuple[str, str]]:
        """Both reports."""
        return [
            ("management-report-1", say("Management Report 1…")),
            ("management-report-2", say("Management Report 2…")),
        ]

    def export(self, key: str) -> None:
        """Asks where to, and writes."""
        self.save_named(key)

    def print_page(self) -> bool:
        """Prints the report of the half-year shown."""
        if self.found is None:
            return False
        return self.print_named(f"management-report-{self.tabs.currentIndex() + 1}")

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """Both half-years."""
        return [
            ("tracking", lambda: self.tabs.setCurrentIndex(0)),
            ("tracking-2", lambda: self.tabs.setCurrentIndex(1)),
        ]

    # --- showing -----------------------------------------------------------------------------------------------------

    def _on_read(self, found: YearTrack) -> None:
        if found.producer != self.producer or self._saving:
            return
        first = self.found is None or self.found.producer != found.producer
        if self._context.pay_hidden:
            found = found.without_plan()
        self.found = found
        self.show_content()
        self._show_weeks(found)
        self._show_standings(found)
        self._show_chart(found)
        if first:
            self.tabs.setCurrentIndex(0 if found.through <= HALF else 1)

    def _show_weeks(self, found: YearTrack) -> None:
        old = [(grid.currentIndex().row(), grid.currentIndex().column(), grid.hasFocus()) for grid in self.grids]
        same = self._shown == found.producer
        wrong = [_unkept(grid) if same else {} for grid in self.grids] or [{}, {}]
        underway = [grid.table.open if same else None for grid in self.grids] or [None, None]
        self._shown = found.producer
        for drafts in self.drafts:
            drafts.flush()
        for grid in self.grids:
            # a stack of steps that goes tells of a change, and what is kept already would be kept again
            grid.table.steps.blockSignals(True)
            grid.hide()
            grid.deleteLater()
        self.grids = []
        for half, room in enumerate(self.rooms, 1):
            table = WeekTable(half, found.weeks)
            table.put(wrong[half - 1])
            grid = EditingGrid(table, say("Weeks of report {}").format(half))
            room.addWidget(grid)
            self.grids.append(grid)
            at = old[half - 1] if old else (max(0, min(HALF, found.through - (half - 1) * HALF) - 1), 1, False)
            grid.setCurrentIndex(table.index(at[0], max(1, at[1])))
            for column, width in enumerate((92, 88, 82, 54, 94, 112, 66)):
                grid.setColumnWidth(column, theme.current().px(width))
            if at[2]:
                grid.setFocus()
            table.steps.indexChanged.connect(lambda _, table=table: self._save(table))
            self._go_on_typing(grid, underway[half - 1])
            self._hold_typing(half, grid, table, found)

    def _go_on_typing(self, grid: EditingGrid, underway: tuple[tuple[int, int], str] | None) -> None:
        """A cell that was being typed into while the weeks were read again is open as before."""
        if underway is not None:
            (row, column), text = underway
            grid.reopen(row, column, text)

    def _hold_typing(self, half: int, grid: EditingGrid, table: WeekTable, found: YearTrack) -> None:
        name = f"weeks of {found.producer}, {table.weeks[0].name} on"
        lines = (table.kept_lines, table.typed_lines)
        self.drafts[half - 1].watch(name, table, lines, lambda typed: self._offer(grid, table, typed))

    def _offer(self, grid: EditingGrid, table: WeekTable, typed: Sequence[Line]) -> None:
        """What was typed before a crash: what is no figure stands in its cell, what was being typed is typed on."""
        if grid not in self.grids or table.open is not None:
            return
        for row, (kept, line) in enumerate(zip(table.kept_lines(), typed, strict=True)):
            for column, key in enumerate(_KEYS):
                text = line.texts[key]
                if text == kept.texts[key]:
                    continue
                if why_not(key, text):
                    table.put({(row, column): text})
                else:
                    grid.reopen(row, column, text)
                    self.status_message.emit(say("Typed before and not kept yet. Enter keeps it, Esc leaves it."))

    def _show_standings(self, found: YearTrack) -> None:
        names = {
            "sales_calls": say("Sales calls"), "proposals": say("Proposals"), "sales": say("Sales"),
            "premium": say("Annualized premium"), "commission": say("Commission and fees"),
        }  # fmt: skip
        by_measure = {one.measure: one for one in found.standings}
        for key, figure in self.figures.items():
            figure.set_name(say("{}, year to date").format(names[key]))
            one = by_measure.get(key)
            if one is None:
                counted = [one.week.figures for one in found.weeks if one.week.number <= found.through]
                total = sum(getattr(figures, key) or 0 for figures in counted)
                hidden = self._context.pay_hidden
                why = say("its goals are hidden with pay") if hidden else say("no plan to hold it against")
                figure.show_figure(_amount(key, total), why)
                continue
            figure.show_figure(_amount(key, one.actual), _against(one), _tone(one))
        self.lag.setText(_lag_words(found, hidden=self._context.pay_hidden))
        self.lag.set_tone("bad" if found.lag is not None and found.lag.fired else "quiet")

    def _show_chart(self, found: YearTrack) -> None:
        labels = [f"{one.week.number}" for one in found.weeks]
        series = [Series(say("So far"), found.cumulative())]
        band: list[tuple[float, float] | None] = []
        if found.schedules is not None:
            low, high = found.schedules.minimum.new_commission, found.schedules.target.new_commission
            weeks = range(1, len(labels) + 1)
            band = [(float(goal_to_week(low, week)), float(goal_to_week(high, week))) for week in weeks]
            for name, at in ((say("Minimum"), 0), (say("Target"), 1)):
                series.append(Series(name, tuple(edge[at] for edge in band if edge), dashed=True, role="quiet"))
        self.chart.set_lines(labels, series, band=band)
        title = say("Commission through week {}").format(found.through)
        self.chart.set_title(
            title,
            say("fees included, between minimum and target") if band else say("fees included"),
        )

    # --- keeping -----------------------------------------------------------------------------------------------------

    def _save(self, table: WeekTable) -> None:
        texts = table.typed()
        if not texts or self.found is None:
            return
        self._saving += 1
        saving = self._context.ask(
            tracking.type_figures, self.found.producer, texts, self.author(),
            on_finished=self._on_saved, on_failed=self._on_failed,
        )  # fmt: skip
        saving.certain = True

    def _on_saved(self, changes: Changes) -> None:
        self._saving -= 1
        self.note_kept(changes)

    def _on_failed(self, error: Exception) -> None:
        self._saving -= 1
        self._context.executor.failed.emit(error)


def _unkept(grid: EditingGrid) -> dict[tuple[int, int], str]:
    """What was typed and is no figure yet: it stays where it is until it is mended."""
    table = grid.table
    return {
        (row, column): table.text(row, column)
        for row in range(table.rowCount())
        for column, key in enumerate(_KEYS)
        if why_not(key, table.text(row, column))
    }


def _amount(key: str, value: float) -> str:
    return formats.money(round(value)) if key in _MONEY else formats.count(round(value))


def _against(one: Standing) -> str:
    return say("{target} of target ({target_goal}), {minimum} of minimum ({minimum_goal}) by now").format(
        target=formats.percent(None if one.of_target is None else float(one.of_target)),
        target_goal=_amount(one.measure, float(one.target)),
        minimum=formats.percent(None if one.of_minimum is None else float(one.of_minimum)),
        minimum_goal=_amount(one.measure, float(one.minimum)),
    )


def _tone(one: Standing) -> str:
    if one.actual >= one.target:
        return "good"
    return "near" if one.actual >= one.minimum else "bad"


def _lag_words(found: YearTrack, *, hidden: bool) -> str:
    if hidden:
        return say("Goals follow from pay, which is hidden.")
    parts = []
    if found.lag is None:
        parts.append(
            say(
                "No plan is complete yet: fill in the one on the page of validation, and the weeks are held against it."
            )
        )
    else:
        words = (
            say("Lagging: {under} of the last 6 weeks had fewer than the {minimum} sales calls of the minimum.")
            if found.lag.fired
            else say("No lag: {under} of the last 6 weeks under the minimum of {minimum} sales calls (4 would be).")
        )
        parts.append(words.format(under=found.lag.weeks_under, minimum=f"{float(found.lag.minimum):,.1f}"))
    if found.base is not None:
        base = formats.money(round(found.base))
        parts.append(
            say("The base of {base} was reached on {day}.").format(base=base, day=formats.day(found.base_on))
            if found.base_on is not None
            else say("The base of {base} is not reached yet: {now} so far.").format(
                base=base, now=formats.money(found.next_base)
            )
        )
        parts.append(say("This year's total becomes next year's base."))
    return " ".join(parts)
