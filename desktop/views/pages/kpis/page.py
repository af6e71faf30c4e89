"""The KPI page: six views of the forty KPIs under one period and one producer, and the way from each to its records.

Wiring alone: figures come from the services, words and charts from the modules beside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStackedWidget, QWidget

from desktop.core import periods
from desktop.core.kpis.definition import Basis
from desktop.core.periods import Filter, Period
from desktop.services import kpi_views
from desktop.services.edits import Changes
from desktop.services.found_records import FoundRecord
from desktop.services.kpi_records import Part
from desktop.services.kpi_views import Question, ViewFigures
from desktop.services.reporting import Asked
from desktop.views.dialogs.opener import RecordOpener
from desktop.views.dialogs.saving import TableSaver
from desktop.views.pages.kpis.activity import ActivityView
from desktop.views.pages.kpis.behind import Behind
from desktop.views.pages.kpis.funnel import FunnelView
from desktop.views.pages.kpis.intelligence import IntelligenceView
from desktop.views.pages.kpis.keeping import GoalKeeper
from desktop.views.pages.kpis.parts import KpiView
from desktop.views.pages.kpis.retention import RetentionView
from desktop.views.pages.kpis.revenue import RevenueView
from desktop.views.pages.kpis.scorecard import ScorecardView
from desktop.views.pages.kpis.waiting import EmptyViews
from desktop.views.tables import RecordTableView
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.naming import NamedTabs
from desktop.views.widgets.page import Page
from desktop.views.widgets.period_picker import PeriodPicker
from desktop.views.widgets.producer_picker import ProducerPicker
from desktop.views.widgets.rail import Group

_CHOICE = "kpis.period"
_CUSTOM = "kpis.custom"
_PRODUCER = "kpis.producer"
_BASIS = "kpis.basis"
_VIEW = "kpis.view"
_REPORT = "report"


class KpisPage(Page):
    """Where the agency thrives and where it bleeds, and one click to the reason."""

    key = "kpis"
    group = Group.TODAY
    icon_name = "gauge-bars"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("KPIs"))
        self._context = context
        self._opener = RecordOpener(self, context)
        self._saver = TableSaver(self, context)
        self.keeper = GoalKeeper(self, context, self._whose)
        self.behind = Behind(context, self._saver, self._whose, self._open_record)
        self._fresh: set[str] = set()
        self._names: dict[str, str] = {}
        self.views: Mapping[str, KpiView] = {
            kpi_views.SCORECARD: ScorecardView(),
            kpi_views.FUNNEL: FunnelView(),
            kpi_views.REVENUE: RevenueView(),
            kpi_views.RETENTION: RetentionView(),
            kpi_views.ACTIVITY: ActivityView(),
            kpi_views.INTELLIGENCE: IntelligenceView(),
        }
        self.picker = PeriodPicker(context.today, _choice(context.state.read(_CHOICE)))
        self.producers = ProducerPicker(_producer(context.state.read(_PRODUCER)))
        self.basis = QComboBox()
        self.tabs = NamedTabs(self.tr("Views"))
        self.stack = QStackedWidget()
        self._restore_custom()
        self._arrange()
        self._connect()

    # --- layout ------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.header.add_slot(self.picker)
        self.header.add_slot(self.producers)
        self.basis.setAccessibleName(self.tr("Basis"))
        self.basis.setToolTip(
            self.tr("Follow the leads received in the period to this day, or count what happened in the period")
        )
        self.basis.addItem(self.tr("Leads received"), Basis.COHORT.value)
        self.basis.addItem(self.tr("What happened"), Basis.FLOW.value)
        self.basis.setCurrentIndex(max(self.basis.findData(self._context.state.read(_BASIS)), 0))
        self.header.add_slot(self.basis)
        self.tabs.setDocumentMode(True)
        titles = {
            kpi_views.SCORECARD: self.tr("Scorecard"),
            kpi_views.FUNNEL: self.tr("Funnel"),
            kpi_views.REVENUE: self.tr("Revenue"),
            kpi_views.RETENTION: self.tr("Retention"),
            kpi_views.ACTIVITY: self.tr("Activity"),
            kpi_views.INTELLIGENCE: self.tr("Intelligence"),
        }
        for name, view in self.views.items():
            self.tabs.addTab(view, titles[name])
            view.installEventFilter(self)
        self.empty = EmptyViews(list(titles.values()))
        # nothing until the first figures are there: charts without any would say that there is no data
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.tabs)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)
        last = str(self._context.state.read(_VIEW, kpi_views.SCORECARD))
        self.tabs.setCurrentIndex(kpi_views.VIEWS.index(last) if last in kpi_views.VIEWS else 0)
        self.empty.setCurrentIndex(self.tabs.currentIndex())
        self._fit_tabs()

    def _connect(self) -> None:
        self.picker.period_changed.connect(self._on_period_changed)
        self.basis.currentIndexChanged.connect(self._on_basis_changed)
        self.producers.producer_changed.connect(self._on_producer_changed)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.empty.acted.connect(self.import_requested)
        self.empty.currentChanged.connect(self.tabs.setCurrentIndex)
        self.tabs.currentChanged.connect(self.empty.setCurrentIndex)
        self.keeper.goals_kept.connect(self._on_goals_kept)
        self.behind.sheet_opened.connect(self.sheet_opened)
        self.behind.goals_asked.connect(self.keeper.ask)
        self.behind.lead_opened.connect(lambda lead_id: self.page_requested.emit("leads", lead_id))
        for view in self.views.values():
            view.kpi_opened.connect(self.open_kpi)
            view.part_opened.connect(self.open_part)
            view.figure_opened.connect(self._on_figure_opened)
            view.record_opened.connect(self._open_record)
            view.stage_opened.connect(self.open_stage)
            view.commission_opened.connect(self._open_commissions)
            view.import_asked.connect(self.import_requested)
            view.export_asked.connect(self._saver.ask)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The six views, and a card that is open."""
        shown: list[tuple[str, Callable[[], object]]] = [
            (f"{self.key}-{name}", lambda name=name: self._tour(name))  # type: ignore[misc]
            for name in kpi_views.VIEWS
        ]
        if self.stack.currentWidget() is self.empty:
            return shown
        return [
            *shown,
            (f"{self.key}-behind", lambda: self.open_kpi("engagement_rate")),
            (f"{self.key}-stage", lambda: self.open_stage("quoted")),
        ]

    def _tour(self, name: str) -> None:
        self.picker.choose(Filter.MONTH)
        self.show_view(name)

    # --- filters -----------------------------------------------------------------------------------------------------

    @property
    def view_name(self) -> str:
        """Which of the six is shown."""
        return kpi_views.VIEWS[self.tabs.currentIndex()]

    @property
    def question(self) -> Question:
        """What the filters say now."""
        period = self.picker.period
        # to the end of the minute: what was read a moment ago is not read again for a later second
        now = self._context.now().replace(second=59, microsecond=0)
        as_of = periods.default_as_of(period, now)
        return Question(period, as_of, self.producers.producer, Basis(self.basis.currentData()))

    def show_view(self, name: str) -> None:
        """Shows one of the six."""
        self.tabs.setCurrentIndex(kpi_views.VIEWS.index(name))

    def arrive(self, argument: object) -> None:
        """A KPI's id opens it, a view's name shows it, a period or a producer's code is taken as filter."""
        if isinstance(argument, Period):
            self.picker.set_period(argument)
        elif argument in kpi_views.VIEWS:
            self.show_view(str(argument))
        elif isinstance(argument, str):
            self.open_kpi(argument)

    def mark_stale(self) -> None:
        """The book has changed: every view is read anew when it is shown, and what is open in the drawer too."""
        self._forget_views()
        self.behind.mark_stale()

    def _forget_views(self) -> None:
        self._fresh.clear()
        super().mark_stale()

    def _on_period_changed(self, period: Period) -> None:
        self._context.state.write(_CHOICE, self.picker.choice.value)
        self._context.state.write(_CUSTOM, [period.start.isoformat(), period.end.isoformat()])
        self._forget_views()

    def _on_producer_changed(self, producer: str | None) -> None:
        self._context.state.write(_PRODUCER, producer)
        self._forget_views()

    def showEvent(self, event: QShowEvent) -> None:
        """Takes the producer that another page with the same filter has chosen meanwhile."""
        self.producers.choose(_producer(self._context.state.read(_PRODUCER)))
        super().showEvent(event)

    def _on_basis_changed(self, _number: int) -> None:
        self._context.state.write(_BASIS, self.basis.currentData())
        self._forget_views()

    def _restore_custom(self) -> None:
        kept = self._context.state.read(_CUSTOM)
        if self._context.state.read(_CHOICE) == Filter.CUSTOM.value and isinstance(kept, list) and len(kept) == 2:
            self.picker.set_period(Period(*(date.fromisoformat(str(day)) for day in kept)))

    def _show_tabs(self, filled: bool) -> None:
        """The views, or (without any data) what fills them; hidden views would ask for the height of their words."""
        if not filled:
            self.stack.removeWidget(self.tabs)
        elif self.stack.indexOf(self.tabs) < 0:
            self.stack.addWidget(self.tabs)
        self.stack.setCurrentWidget(self.tabs if filled else self.empty)
        self._hold_height()

    def _fit_tabs(self) -> None:
        """Only the view that is shown asks for height: a short one must not scroll as far as the longest."""
        for name, view in self.views.items():
            shown = name == self.view_name
            view.setSizePolicy(
                QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            )
        self.tabs.updateGeometry()
        self._hold_height()

    def _hold_height(self) -> None:
        """What the view needs at least: words that wrap make layouts ask for less, and the page would not scroll."""
        filled = self.stack.currentWidget() is self.tabs
        self.stack.setMinimumHeight(self.tabs.minimumSizeHint().height() if filled else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A view that has other contents needs another height."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._hold_height()
        return super().eventFilter(watched, event)

    def _on_tab_changed(self, _number: int) -> None:
        self._fit_tabs()
        self._context.state.write(_VIEW, self.view_name)
        if self.isVisible():
            self.refresh()

    # --- figures -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the view that is shown, unless it is fresh."""
        name = self.view_name
        if name in self._fresh:
            return
        asked, label = self.question, self.tr("Reading the figures")
        self._context.ask(kpi_views.read_first, name, asked, on_finished=self._on_first_read, label=label)
        self._context.ask(kpi_views.read_view, name, asked, on_finished=self._on_read, label=label)

    def _on_first_read(self, found: ViewFigures | None) -> None:
        if found is not None and found.view not in self._fresh and self._is_asked(found):
            self._show(found)

    def _on_read(self, found: ViewFigures) -> None:
        if self._is_asked(found):
            self._fresh.add(found.view)
            self._show(found)

    def _is_asked(self, found: ViewFigures) -> bool:
        """Whether the filters still say what was asked; otherwise a later question is on its way."""
        then, now = found.question, self.question
        return (then.period, then.producer, then.basis) == (now.period, now.producer, now.basis)

    def _show(self, found: ViewFigures) -> None:
        self._names = dict(found.names)
        self.producers.set_people(found.names)
        self._show_tabs(found.any_data)
        self.views[found.view].show_figures(found)

    def _open_record(self, record: FoundRecord) -> None:
        self._opener.open(record.table, record.key, record.subject)

    # --- behind a figure ---------------------------------------------------------------------------------------------

    def open_kpi(self, kpi_id: str) -> None:
        """Opens everything behind a KPI, under the filters of the page."""
        self.behind.open_kpi(kpi_id, self.question)

    def open_part(self, kpi_id: str, part: Part) -> None:
        """Opens a KPI at the records behind one row of its details."""
        self.behind.open_kpi(kpi_id, self.question, part)

    def _open_commissions(self, by: str, key: str | None) -> None:
        self.behind.open_commissions(self.question, by, key)

    def _on_figure_opened(self, kpi_id: str, producer: str) -> None:
        asked = self.question
        self.behind.open_kpi(kpi_id, Question(asked.period, asked.as_of, producer, asked.basis))

    def _whose(self, producer: str | None) -> str:
        if producer is None:
            return self.tr("Whole agency")
        return self._names.get(producer, producer) if producer else self.tr("Unassigned")

    def open_stage(self, stage: str) -> None:
        """Opens the leads that stand in a stage now, the longest over their time first."""
        self.behind.open_stage(stage, self.producers.producer)

    def _on_goals_kept(self, changes: Changes) -> None:
        self.book_changed.emit(changes)
        self.undo_offered.emit(changes.label)

    # --- out ---------------------------------------------------------------------------------------------------------

    def export_actions(self) -> list[tuple[str, str]]:
        """The tables of the view that is shown, and the view as it prints."""
        tables = [(key, f"{card.title.text()}…") for key, card in self.views[self.view_name].tables().items()]
        return [*tables, (_REPORT, self.tr("This View as It Prints…"))]

    def print_page(self) -> bool:
        """Prints the view that is shown, of the period and the producer chosen."""
        from desktop.views.dialogs.printing import print_report

        return print_report(self._context, f"kpi-{self.view_name}", self._asked(), self)

    def _asked(self) -> Asked:
        asked = self.question
        return Asked(
            asked.period, asked.as_of, asked.producer, self._context.now(), pay_hidden=self._context.pay_hidden
        )

    def export(self, key: str) -> None:
        """Asks where to and writes a table, or the view as PDF, Excel or CSV."""
        if key == _REPORT:
            self._saver.ask_report(f"kpi-{self.view_name}", self._asked())
            return
        card = self.views[self.view_name].tables().get(key)
        if card is not None:
            self._saver.ask(card.view, key)

    def write_table(self, view: RecordTableView, target: Path) -> None:
        """Writes what `view` shows to `target`."""
        self._saver.save(view, target)


def _choice(value: object) -> Filter:
    found = next((choice for choice in Filter if choice.value == value), Filter.MONTH)
    return Filter.MONTH if found is Filter.CUSTOM else found


def _producer(value: object) -> str | None:
    return value if isinstance(value, str) else None
