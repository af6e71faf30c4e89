"""The page of validation: inputs at the left, minimum and target side by side, reality test, sensitivity, three years.

Wiring alone: plans begin with a producer's data, are worked out by a service, and kept at each pause.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QScrollArea, QStackedWidget, QWidget

from desktop.core.money import half_up
from desktop.core.validation import Schedule, Verdict
from desktop.services import discretion, planning, validating
from desktop.services.edits import Changes
from desktop.services.validating import KINDS, Begun, Validated
from desktop.services.validation_given import NEWPRODUCER
from desktop.views import theme
from desktop.views.charts import LineChart, Series, Unit
from desktop.views.charts.bars import Span, SpanChart
from desktop.views.pages.plans.base import PlanPage
from desktop.views.pages.plans.parts import Figure, PlanForm, chart_card, keep_height, plain, say, side_by_side
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView, formats
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Card, Label

Row = tuple[str, str, str]


class ValidationPage(PlanPage):
    """What a compensation takes."""

    key = "validation"
    icon_name = "check-circle"
    shows_pay = True

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, say("Validation"), "check-circle")
        kept = context.state.read("validation.plan")
        self.plan: str = kept if isinstance(kept, str) and kept in KINDS else KINDS[0]
        self.begun: Begun | None = None
        self.found = Validated()
        self.kind = QComboBox()
        self.kind.setAccessibleName(say("Compensation plan"))
        for plan, words in zip(
            KINDS, (say("New and renewal"), say("Base and growth"), say("New producer")), strict=True
        ):
            self.kind.addItem(words, plan)
        self.kind.setCurrentIndex(KINDS.index(self.plan))
        self.header.add_slot(self.kind)
        self.copy = Button(say("Producer's Copy…"), "", "print")
        self.copy.setToolTip(say("The target alone, for the producer"))
        self.header.add_slot(self.copy)
        self.print_button = self.header.set_main_button(say("Print…"), "print")
        self.buttons += [self.copy, self.print_button]
        self.forms: dict[str, PlanForm] = {}
        self.form_stack = QStackedWidget()
        self.answer = QStackedWidget()
        self._arrange()
        self.kind.activated.connect(lambda _: self._on_kind_chosen())
        self.copy.clicked.connect(self._on_copy_clicked)
        self.print_button.clicked.connect(self.print_page)

    @property
    def form(self) -> PlanForm:
        """The form of the plan shown."""
        return self.forms[self.plan]

    def leave(self) -> None:
        """Keeps what was typed."""
        self.form.flush()

    # --- layout ------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        for plan in KINDS:
            form = PlanForm()
            for one in validating.fields_of(plan):
                form.add_field(
                    one.key, say(one.label.removeprefix("The ")[:1].upper() + one.label.removeprefix("The ")[1:])
                )
            form.changed.connect(self._work_out)
            form.paused.connect(self._keep)
            self.forms[plan] = form
            held, column = plain()
            column.setContentsMargins(0, 0, theme.current().unit(), 0)
            column.addWidget(form)
            column.addStretch(1)
            self.form_stack.addWidget(held)
        inputs = Card(say("Inputs"))
        inputs.body.addWidget(
            Label(
                say("Figures from the data to begin with; what you type over them is bold."),
                "caption",
                "quiet",
                wrap=True,
            )
        )
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(say("Inputs"))
        self.form_stack.setObjectName("plain")
        scroll.setWidget(self.form_stack)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.viewport().setObjectName("plain")
        scroll.setStyleSheet("QScrollArea, QStackedWidget { background: transparent; }")
        inputs.body.addWidget(scroll, 1)
        right, lines = plain()
        lines.setContentsMargins(0, 0, 0, 0)
        self.wrong = Label("", tone="bad", wrap=True)
        lines.addWidget(self.wrong)
        lines.addWidget(self.answer, 1)
        self.answer.addWidget(self._schedules_view())
        self.answer.addWidget(self._years_view())
        whole = QWidget()
        whole.setObjectName("plain")
        row = side_by_side((inputs, 4), (right, 7))
        row.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(row)
        hidden, words = plain()
        self.hidden_label = Label(
            say("Pay is hidden, and this page is about nothing else: {}.").format(discretion.HIDDEN), wrap=True
        )
        words.addWidget(self.hidden_label)
        words.addStretch(1)
        self.hidden_view = hidden
        self.full = whole
        self.content.addWidget(whole)
        self.content.addWidget(hidden)

    def _schedules_view(self) -> QWidget:
        holder, lines = plain()
        lines.setContentsMargins(0, 0, 0, 0)
        self.minimum = Figure(say("Minimum: new commission"))
        self.target = Figure(say("Target: new commission"))
        self.reality = Figure(say("Reality test"))
        lines.addLayout(side_by_side((self.minimum, 1), (self.target, 1), (self.reality, 1)))
        self.model = RecordTableModel(
            [
                Column("measure", say("Measure"), Kind.TEXT, lambda row: row[0], width=240),
                Column("minimum", say("Minimum"), Kind.TEXT, lambda row: row[1], align_right=True, width=160),
                Column("target", say("Target"), Kind.TEXT, lambda row: row[2], align_right=True, width=160),
            ]
        )
        self.table = RecordTableView(self.model, "validation.schedules", self._context.state)
        self.model.setParent(self.table)
        self.table.setAccessibleName(say("Minimum and target"))
        keep_height(self.table, 11)
        card = Card()
        card.body.addWidget(FilteredTable(self.table))
        self.tornado = SpanChart(heading=say("Input"))
        self.tornado.drilled.connect(lambda key: self.form.field(str(key)).setFocus())
        lines.addWidget(card)
        lines.addWidget(self._tornado_card(), 1)
        return holder

    def _tornado_card(self) -> Card:
        card = chart_card(self.tornado)
        card.body.addStretch(1)
        return card

    def _years_view(self) -> QWidget:
        holder, lines = plain()
        lines.setContentsMargins(0, 0, 0, 0)
        self.years = [Figure(say("Year {}: earned").format(number)) for number in (1, 2, 3)]
        self.payback = Figure(say("Paid back"))
        lines.addLayout(side_by_side(*((figure, 1) for figure in (*self.years, self.payback))))
        self.investment = LineChart([], [], Unit.MONEY, target_words=say("nothing owed"))
        lines.addWidget(chart_card(self.investment, 240), 1)
        self.months = RecordTableModel(
            [
                Column("month", say("Month"), Kind.COUNT, lambda row: row.month, width=80),
                Column("put_in", say("Put in ($)"), Kind.MONEY_EXACT, lambda row: half_up(row.invested), width=140),
                Column("running", say("In all ($)"), Kind.MONEY_EXACT, lambda row: half_up(row.running), width=140),
            ]
        )
        table = RecordTableView(self.months, "validation.months", self._context.state)
        self.months.setParent(table)
        table.setAccessibleName(say("Thirty-six months"))
        keep_height(table, 6)
        card = Card()
        card.body.addWidget(FilteredTable(table))
        lines.addWidget(card, 1)
        return holder

    # --- reading and working out -------------------------------------------------------------------------------------

    def read(self) -> None:
        """Asks where the plan begins."""
        self._context.ask(
            validating.begin, self.plan, self.producer, self._context.now(), on_finished=self._on_begun,
            label=say("Reading the producer's past"),
        )  # fmt: skip

    def _on_begun(self, begun: Begun) -> None:
        if (begun.plan, begun.producer) != (self.plan, self.producer) or begun.producer is None:
            return
        self.begun = begun
        hidden = self._context.pay_hidden
        for form in self.forms.values():
            if hidden or form is not self.form:
                form.clear()
        self.content.setCurrentWidget(self.hidden_view if hidden else self.full)
        self.show_content()
        for button in (self.copy, self.print_button):
            button.setEnabled(not hidden)
        self.copy.setVisible(self.plan != NEWPRODUCER)
        self.form_stack.setCurrentIndex(KINDS.index(self.plan))
        if hidden:
            self._clear()
            return
        self.form.put(begun.given, begun.sources, begun.typed)
        self._work_out()

    def _clear(self) -> None:
        """Nothing of pay stays behind while it is hidden."""
        self.model.set_rows([])
        self.months.set_rows([])
        self.tornado.set_spans([], 0.0, "")
        self.investment.set_lines([], [])
        for figure in (self.minimum, self.target, self.reality, *self.years, self.payback):
            figure.show_figure(discretion.HIDDEN)

    def _work_out(self) -> None:
        found = validating.evaluate(self.plan, self.form.texts(), self.begun)
        self.form.show_errors(found.errors)
        self.wrong.setText(
            say("The figures below are those before: a field cannot stay as it is.") if found.errors else ""
        )
        self.wrong.setVisible(bool(found.errors))
        self.answer.setEnabled(not found.errors)
        if found.errors:
            return
        self.found = found
        self.answer.setCurrentIndex(1 if self.plan == NEWPRODUCER else 0)
        if found.schedules is not None:
            self._show_schedules(found)
        if found.sponsorship is not None:
            self._show_years(found)

    def _show_schedules(self, found: Validated) -> None:
        if found.schedules is None:
            return
        low, high = found.schedules.minimum, found.schedules.target
        for figure, one in ((self.minimum, low), (self.target, high)):
            words = say("{calls} sales calls a week for {pay} of compensation").format(
                calls=_tenth(one.weekly.sales_calls), pay=_money(one.compensation)
            )
            figure.show_figure(_money(one.new_commission), words)
        self._show_reality(found)
        self.model.set_rows(_rows(low, high))
        self._show_swings(found)

    def _show_reality(self, found: Validated) -> None:
        reality = found.reality
        if reality is None or reality.verdict is None:
            self.reality.show_figure("—", say("No sales call of anybody is on record to test it by."))
            return
        tone, word = {
            Verdict.SUPPORTED: ("good", say("Supported")),
            Verdict.STRETCH: ("near", say("A stretch")),
            Verdict.UNREALISTIC: ("bad", say("Unrealistic")),
        }[reality.verdict]
        words = say("{needed} sales calls a week needed, {actual} made in the last 26 weeks").format(
            needed=_tenth(reality.needed), actual=_tenth(reality.actual)
        )
        self.reality.show_figure(word, words, tone)

    def _show_swings(self, found: Validated) -> None:
        labels = {one.key: one.label.removeprefix("The ") for one in validating.fields_of(self.plan)}
        spans = [
            Span(say(labels[one.key]).capitalize(), float(one.low), float(one.high), one.key)
            for one in found.swings if one.width > 0
        ]  # fmt: skip
        planned = 0.0 if found.schedules is None else float(found.schedules.target.weekly.sales_calls)
        self.tornado.set_spans(spans, planned, say("as planned"))
        self.tornado.set_title(
            say("{} moves the plan most").format(spans[0].label) if spans else say("Nothing moves the plan"),
            say("weekly sales calls with each input 10 % lower (▼) and 10 % higher (▲)"),
        )

    def _show_years(self, found: Validated) -> None:
        sponsored = found.sponsorship
        if sponsored is None:
            return
        for figure, year in zip(self.years, sponsored.years, strict=True):
            put = say("the agency puts in {}") if year.invested > 0 else say("the agency gets back {}")
            words = say("draw of {draw} {verdict}; {put}").format(
                draw=_money(year.draw), put=put.format(_money(abs(year.invested))),
                verdict=say("validated") if year.validated else say("not validated"),
            )  # fmt: skip
            figure.show_figure(_money(year.earned), words, "good" if year.validated else "bad")
        month = sponsored.paid_back_month
        self.payback.show_figure(
            say("Month {}").format(month) if month else say("Not in 3 years"),
            say("the first month in which nothing is owed any more"), "good" if month else "bad",
        )  # fmt: skip
        labels = [f"{one.month}" for one in sponsored.months]
        running = tuple(float(one.running) for one in sponsored.months)
        self.investment.set_lines(labels, [Series(say("Invested in all"), running)], target=0.0)
        self.investment.set_title(
            say("Paid back in month {}").format(month) if month else say("Not paid back within three years"),
            say("the agency's money in the producer, month by month"),
        )
        self.months.set_rows(list(sponsored.months))

    # --- keeping and printing ----------------------------------------------------------------------------------------

    def _keep(self) -> None:
        # the emptied form of hidden pay is nobody's plan; what was typed just before the switch is one
        if self.begun is None or self.content.currentWidget() is self.hidden_view:
            return
        saving = self._context.ask(
            planning.keep, self.begun.plan, self.begun.producer, self.forms[self.begun.plan].typed(), self.author(),
            on_finished=self._on_kept,
        )  # fmt: skip
        saving.certain = True

    def _on_kept(self, changes: Changes) -> None:
        self.note_kept(changes)

    def _on_kind_chosen(self) -> None:
        self.leave()
        self.plan = str(self.kind.currentData())
        self._context.state.write("validation.plan", self.plan)
        self.read()

    def _inputs(self, *, copy: bool = False) -> dict[str, str]:
        # what is typed alone: the rest comes from the data again, unrounded
        return {"plan": self.plan, **self.form.typed(), **({"copy": "producer"} if copy else {})}

    def export_actions(self) -> list[tuple[str, str]]:
        """The schedules, and the producer's copy."""
        return [("validation", say("Validation Schedules…")), ("copy", say("Producer's Copy, Target Only…"))]

    def export(self, key: str) -> None:
        """Asks where to, and writes."""
        if not self._context.pay_hidden:
            self.save_named("validation", self._inputs(copy=key == "copy"))

    def print_page(self) -> bool:
        """Prints the schedules."""
        if self.begun is None or self._context.pay_hidden:
            return False
        return self.print_named("validation", self._inputs())

    def _on_copy_clicked(self) -> None:
        if self.begun is not None and not self._context.pay_hidden:
            self.print_named("validation", self._inputs(copy=True))

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The three plans."""

        def show(at: int) -> None:
            self.kind.setCurrentIndex(at)
            self._on_kind_chosen()

        names = ("validation", "validation-basegrowth", "validation-newproducer")
        return [(name, lambda at=at: show(at)) for at, name in enumerate(names)]  # type: ignore[misc]


def _rows(low: Schedule, high: Schedule) -> list[Row]:
    def both(label: str, write: Callable[[Schedule], str]) -> Row:
        return label, write(low), write(high)

    return [
        both(say("Compensation"), lambda one: formats.money_exact(half_up(one.compensation))),
        both(say("New commission"), lambda one: formats.money_exact(half_up(one.new_commission))),
        both(say("Total revenue"), lambda one: formats.money_exact(half_up(one.total_revenue))),
        both(say("Sales"), lambda one: formats.count(one.sales)),
        both(say("Proposals"), lambda one: formats.count(one.proposals)),
        both(say("Sales calls"), lambda one: formats.count(one.sales_calls)),
        both(say("Sales calls a week"), lambda one: _tenth(one.weekly.sales_calls)),
        both(say("Proposals a week"), lambda one: _tenth(one.weekly.proposals)),
        both(say("Sales a week"), lambda one: _tenth(one.weekly.sales)),
        both(say("Annualized premium a week"), lambda one: _money(one.weekly.premium)),
        both(say("Commission a week"), lambda one: _money(one.weekly.commission)),
    ]


def _money(cents: Fraction) -> str:
    return formats.money(half_up(cents))


def _tenth(value: Fraction) -> str:
    return f"{float(value):,.1f}"
