"""The first view of the planner of production time: waterfall, sliders, and types of accounts with their hours.

Shows what the page worked out, and tells what is typed; knows no service's function.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.core.ept import DUTIES, ProductionTime, Worth
from desktop.core.money import half_up
from desktop.services.effort import HOURS, Effort, Start
from desktop.views import theme
from desktop.views.charts import Step, Unit, Waterfall
from desktop.views.pages.plans.effort_tables import hours_words, model_of, number_of, type_columns
from desktop.views.pages.plans.parts import Figure, PlanForm, TabView, chart_card, keep_height, plain, say, side_by_side
from desktop.views.tables import FilteredTable, RecordTableView, formats
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Card, Label

_MOST_HOURS = 1_000
_FIELD = "type_hours"


class PlanView(TabView):
    """Where the hours go, and what that asks of an hour."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.form = PlanForm()
        self.form.add_field("hours", say("Hours available a year"), 2_600)
        for name in DUTIES:
            self.form.add_field(f"duty.{name}", say(name.capitalize()), _MOST_HOURS)
        self.form.add_field("closing", say("Closing ratio"))
        self.form.add_field("goal", say("Goal, new commission ($)"))
        self.effective = Figure(say("Effective hours a year"))
        self.required = Figure(say("An effective hour must bring"))
        self.closing = Figure(say("Closing ratio: true, and flattering"))
        self.waterfall = Waterfall([], Unit.HOURS)
        self.wrong = Label("", tone="bad", wrap=True)
        self.types = TypesCard(context)
        self._arrange()

    def _arrange(self) -> None:
        sliders = Card(say("Where the hours go"))
        sliders.body.addWidget(self.wrong)
        sliders.body.addWidget(self.form)
        sliders.body.addStretch(1)
        left, column = plain()
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(side_by_side((self.effective, 1), (self.required, 1), (self.closing, 1)))
        column.addWidget(chart_card(self.waterfall, 230), 1)
        self.lines.addLayout(side_by_side((left, 6), (sliders, 4)))
        self.lines.addWidget(self.types)

    def show_wrong(self, reason: str) -> None:
        """Says why the plan as a whole cannot be; empty takes it away."""
        self.wrong.setText(reason)
        self.wrong.setVisible(bool(reason))

    def show_closing(self, begin: Start | None) -> None:
        """Shows the closing ratios of the data side by side."""
        true = None if begin is None or begin.true_ratio is None else float(begin.true_ratio)
        flattering = None if begin is None or begin.flattering_ratio is None else float(begin.flattering_ratio)
        words = say("policies by leads contacted and qualified | by quotes, the last 365 days")
        if true is not None and true > 1:
            words = say("more policies were bound than leads qualified on record, so the plan takes 100 %")
        self.closing.show_figure(f"{formats.percent(true)} | {formats.percent(flattering)}", words)

    def show_nothing(self) -> None:
        """A field stands in the way of every figure."""
        for figure in (self.effective, self.required):
            figure.show_figure("—", say("A field of the plan cannot stay as it is."))
        self.waterfall.set_steps([])

    def show_time(self, time: ProductionTime, found: Effort) -> None:
        """Shows the way from available to effective hours, and what the goal takes."""
        words = say("{production} hours of production x {closing}").format(
            production=hours_words(time.production), closing=formats.percent(float(time.closing_ratio))
        )
        self.effective.show_figure(say("{} h").format(hours_words(time.effective)), words)
        rate = "—" if time.required_rate is None else formats.money_exact(half_up(time.required_rate))
        told = say("for {} of new commission").format(formats.money(half_up(found.goal or Fraction(0))))
        if found.clients is not None and found.clients.leads is not None:
            clients = formats.counted(found.clients.clients or 0, say("new client"), say("new clients"))
            leads = formats.counted(found.clients.leads, say("lead"), say("leads"))
            told += say(": {clients}, out of {leads}").format(clients=clients, leads=leads)
        if time.required_rate is None:
            told = say("no hour of production is left")
        self.required.show_figure(rate, told)
        self.waterfall.set_steps(self._steps(time))
        share = formats.percent(float(time.effective / time.available)) if time.available else formats.EM_DASH
        self.waterfall.set_title(say("{} of the year's hours bring new business").format(share), say("hours a year"))

    def _steps(self, time: ProductionTime) -> list[Step]:
        steps = [Step(say("Available"), float(time.available), total=True)]
        texts = self.form.texts()
        for name in DUTIES:
            hours = number_of(texts.get(f"duty.{name}", ""))
            if hours:
                steps.append(Step(say(name.capitalize()), -hours))
        steps.append(Step(say("Production"), float(time.production), total=True))
        steps.append(Step(say("Not closed"), float(time.effective - time.production)))
        steps.append(Step(say("Effective"), float(time.effective), total=True))
        return steps


class TypesCard(Card):
    """Types of accounts by worth; under them a field for the hours that the chosen one takes."""

    changed = Signal()
    paused = Signal()
    type_opened = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(say("What sells, by what an hour of it brings"))
        self.hours: dict[str, str] = {}
        self._line = ""
        self._usual = ""
        self._filling = False
        self.model = model_of(type_columns())
        self.table = RecordTableView(self.model, "ept.types", context.state)
        self.model.setParent(self.table)
        self.table.setAccessibleName(say("Types of accounts by worth"))
        keep_height(self.table, 4)
        self.form = PlanForm(280)
        self.form.add_field(_FIELD, say("Hours that the chosen type takes")).setMaximumWidth(theme.current().px(120))
        self.note = Label("", "caption", "quiet", wrap=True)
        self.body.addWidget(FilteredTable(self.table))
        self.body.addLayout(side_by_side((self.form, 0), (QWidget(), 1)))
        self.body.addWidget(self.note)
        self.table.row_activated.connect(lambda row: self.type_opened.emit(row[0]))
        self.table.row_selected.connect(self._on_row_selected)
        self.form.changed.connect(self._on_typed)
        self.form.paused.connect(self.paused)

    def put(self, typed: Mapping[str, str]) -> None:
        """Takes the hours by type that were typed, among all that was."""
        self.hours = {key: text for key, text in typed.items() if key.startswith(HOURS)}

    def texts(self) -> dict[str, str]:
        """The typed hours by key."""
        return dict(self.hours)

    def show_types(self, found: Effort, begin: Start | None) -> None:
        """Shows the types, the chosen one still chosen."""
        counts = {} if begin is None else {one.line: one.count for one in begin.types}
        rows = [(one, counts.get(one.account.name, 0)) for one in found.types]
        self._usual = "" if found.usual_hours is None else hours_words(found.usual_hours)
        self._filling = True
        self.model.set_rows(rows)
        if rows and not self.table.select_record(lambda row: row[0].account.name == self._line):
            self.table.select_record(lambda row: True)
        self._filling = False
        self._choose(self.table.selected_record)
        self.form.setVisible(bool(rows))
        self.note.setText(
            say("Premium, rate and number are those of the last 365 days. Hours are the effective hours behind a"
                " policy until you type how long a type takes. Enter takes it to the account checker.")
            if rows else say("No new policy of the last 365 days is on record.")
        )  # fmt: skip
        self.form.show_errors({_FIELD: found.errors.get(HOURS + self._line, "")})

    def _choose(self, row: tuple[Worth, int] | None) -> None:
        if row is None:
            return
        self._line = row[0].account.name
        label = say("Hours that one of {} takes").format(self._line)
        self.form.set_label(_FIELD, label)
        typed = self.hours.get(HOURS + self._line)
        self.form.put(
            {_FIELD: self._usual}, {_FIELD: say("effective hours behind a policy")},
            {} if typed is None else {_FIELD: typed},
        )  # fmt: skip

    def _on_row_selected(self, row: object) -> None:
        if not self._filling and isinstance(row, tuple):
            self.form.flush()
            self._choose(row)

    def _on_typed(self) -> None:
        typed = self.form.typed().get(_FIELD)
        if typed is None:
            self.hours.pop(HOURS + self._line, None)
        else:
            self.hours[HOURS + self._line] = typed
        self.changed.emit()


def account_texts(one: Worth) -> dict[str, str]:
    """A type as the fields of the account checker have it."""
    account = one.account
    return {
        "premium": f"{float(account.premium) / 100:,.2f}",
        "rate": f"{float(account.rate) * 100:.2f}%",
        "account_hours": "" if account.hours is None else f"{float(account.hours):.1f}",
    }
