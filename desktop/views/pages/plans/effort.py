"""The planner of effective production time: waterfall, sliders, accounts by worth, what if, the team, scenarios.

Wiring alone: plans begin with the agency's data, are worked out by a service, and kept at each pause.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from PySide6.QtWidgets import QInputDialog, QSizePolicy, QTabWidget, QWidget

from desktop.core.ept import DUTIES, ProductionTime, Worth, break_even_curve
from desktop.core.money import half_up
from desktop.services import effort, planning
from desktop.services.edits import Changes
from desktop.services.effort import Effort, Member, Start
from desktop.services.planning import SavedPlan
from desktop.views.charts import LineChart, Series, Step, Unit, Waterfall
from desktop.views.pages.plans.base import PlanPage
from desktop.views.pages.plans.effort_tables import (
    duration_words,
    exact_words,
    hours_words,
    model_of,
    number_of,
    scenario_columns,
    side_rows,
    team_columns,
    type_columns,
)
from desktop.views.pages.plans.parts import Figure, PlanForm, chart_card, keep_height, plain, say, side_by_side
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView, formats
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Card, Label

_CURVE = tuple(Fraction(dollars * 100) for dollars in range(0, 5_001, 250))
_MOST_HOURS = 1_000


class EffortPage(PlanPage):
    """What an hour must bring."""

    key = "ept"
    icon_name = "gauge-bars"
    with_agency = True

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, say("Production Time"), "gauge-bars")
        self.begin: Start | None = None
        self.found = Effort()
        self.save_button = self.header.set_main_button(say("Save Scenario…"), "save")
        self.save_button.clicked.connect(self._on_save_clicked)
        self.form, self.account_form, self.what_if_form = PlanForm(), PlanForm(), PlanForm(170)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(say("Views"))
        self.tabs.tabBar().setDrawBase(False)
        self._add_fields()
        for widget, title in (
            (self._plan_view(), say("Plan")),
            (self._account_view(), say("Account checker")),
            (self._what_if_view(), say("What if")),
            (self._team_view(), say("Team")),
            (self._scenario_view(), say("Scenarios")),
        ):
            self.tabs.addTab(widget, title)
        self.content.addWidget(self.tabs)
        self.tabs.currentChanged.connect(self._fit_tabs)
        self._fit_tabs(0)
        for form in (self.form, self.account_form, self.what_if_form):
            form.changed.connect(self._work_out)
            form.paused.connect(self._keep)

    # --- layout ------------------------------------------------------------------------------------------------------

    def _add_fields(self) -> None:
        self.form.add_field("hours", say("Hours available a year"), 2_600)
        for name in DUTIES:
            self.form.add_field(f"duty.{name}", say(name.capitalize()), _MOST_HOURS)
        self.form.add_field("closing", say("Closing ratio"))
        self.form.add_field("goal", say("Goal, new commission ($)"))
        self.account_form.add_field("premium", say("Premium ($)"))
        self.account_form.add_field("rate", say("Commission rate"))
        self.account_form.add_field("account_hours", say("Hours it takes"))
        for name in DUTIES:
            self.what_if_form.add_field(
                f"move.{name}", say("{} handed over").format(say(name.capitalize())), _MOST_HOURS
            )
        self.what_if_form.add_field("cost", say("Cost per hour ($)"))

    def _plan_view(self) -> QWidget:
        holder, lines = plain()
        self.effective = Figure(say("Effective hours a year"))
        self.required = Figure(say("An effective hour must bring"))
        self.closing = Figure(say("Closing ratio: true, and flattering"))
        self.waterfall = Waterfall([], Unit.HOURS)
        sliders = Card(say("Where the hours go"))
        self.wrong = Label("", tone="bad", wrap=True)
        sliders.body.addWidget(self.wrong)
        sliders.body.addWidget(self.form)
        sliders.body.addStretch(1)
        left, column = plain()
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(side_by_side((self.effective, 1), (self.required, 1), (self.closing, 1)))
        column.addWidget(chart_card(self.waterfall, 230), 1)
        lines.addLayout(side_by_side((left, 6), (sliders, 4)))
        self.types = model_of(type_columns())
        self.type_table = self._table(self.types, "ept.types", say("Types of accounts by worth"), 4)
        card = Card(say("What sells, by what an hour of it brings"))
        card.body.addWidget(FilteredTable(self.type_table))
        self.type_note = Label("", "caption", "quiet", wrap=True)
        card.body.addWidget(self.type_note)
        lines.addWidget(card)
        self.type_table.row_activated.connect(self._on_type_activated)
        return holder

    def _account_view(self) -> QWidget:
        holder, lines = plain()
        inputs = Card(say("An account"))
        inputs.body.addWidget(self.account_form)
        inputs.body.addStretch(1)
        self.break_even = Figure(say("Break-even"))
        self.verdict = Figure(say("Worth it?"))
        self.minimum = Figure(say("Smallest account for these hours"))
        lines.addLayout(side_by_side((inputs, 4), (self.break_even, 3), (self.verdict, 3), (self.minimum, 3)))
        self.curve = LineChart([], [], Unit.HOURS)
        lines.addWidget(chart_card(self.curve, 280), 1)
        return holder

    def _what_if_view(self) -> QWidget:
        holder, lines = plain()
        inputs = Card(say("Hand duties to a managing account executive or an assistant"))
        inputs.body.addWidget(self.what_if_form)
        inputs.body.addStretch(1)
        self.net_gain = Figure(say("Net gain a year"))
        self.sides = model_of(
            [
                Column("measure", "", Kind.TEXT, lambda row: row[0], width=230),
                Column("before", say("As it is"), Kind.TEXT, lambda row: row[1], align_right=True, width=140),
                Column("after", say("With help"), Kind.TEXT, lambda row: row[2], align_right=True, width=140),
            ]
        )
        table = self._table(self.sides, "ept.sides", say("As it is, and with help"), 9)
        card = Card(say("Side by side"))
        card.body.addWidget(FilteredTable(table))
        right, column = plain()
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.net_gain)
        column.addWidget(card, 1)
        lines.addLayout(side_by_side((inputs, 4), (right, 5)), 1)
        return holder

    def _team_view(self) -> QWidget:
        holder, lines = plain()
        self.members = model_of(team_columns())
        self.team_table = self._table(self.members, "ept.team", say("Production time of the team"), 8)
        self.team_table.row_activated.connect(self._on_member_activated)
        card = Card()
        card.body.addWidget(FilteredTable(self.team_table))
        note = say("Each with the plan as typed, else as the data gives it. A double click opens the plan.")
        card.body.addWidget(Label(note, "caption", "quiet", wrap=True))
        lines.addWidget(card, 1)
        return holder

    def _scenario_view(self) -> QWidget:
        holder, lines = plain()
        self.saved = model_of(scenario_columns())
        self.saved_table = self._table(self.saved, "ept.scenarios", say("Saved scenarios"), 8)
        self.saved_table.row_activated.connect(self._on_scenario_activated)
        card = Card()
        self.no_scenario = Label(
            say("Save the plan under a name, change it, save it again: here they stand side by side."),
            tone="quiet",
            wrap=True,
        )
        card.body.addWidget(self.no_scenario)
        card.body.addWidget(FilteredTable(self.saved_table), 1)
        self.load, self.delete = Button(say("Load")), Button(say("Delete"))
        self.load.clicked.connect(lambda: self._on_scenario_activated(self.saved_table.selected_record))
        self.delete.clicked.connect(self._on_delete_clicked)
        card.body.addLayout(side_by_side((self.load, 0), (self.delete, 0), (QWidget(), 1)))
        lines.addWidget(card, 1)
        return holder

    def _table(self, model: RecordTableModel, name: str, title: str, rows: int) -> RecordTableView:
        table = RecordTableView(model, name, self._context.state)
        model.setParent(table)
        table.setAccessibleName(title)
        keep_height(table, rows)
        return table

    def _fit_tabs(self, shown: int) -> None:
        """Only the view that is shown asks for height."""
        for at in range(self.tabs.count()):
            widget = self.tabs.widget(at)
            if widget is not None:
                policy = QSizePolicy.Policy.Preferred if at == shown else QSizePolicy.Policy.Ignored
                widget.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self.tabs.updateGeometry()

    # --- reading and working out -------------------------------------------------------------------------------------

    def read(self) -> None:
        """Asks where the plan begins, for the team, and for what was saved."""
        now = self._context.now()
        self._context.ask(effort.start, self.producer, now, on_finished=self._on_begun, label=say("Reading the hours"))
        self._context.ask(effort.team, now, on_finished=self._on_team_read)
        self._context.ask(planning.scenarios, planning.EPT, on_finished=self._on_saved_read)

    def leave(self) -> None:
        """Keeps what was typed."""
        for form in (self.form, self.account_form, self.what_if_form):
            form.flush()

    def _on_begun(self, begin: Start) -> None:
        if begin.producer != self.producer:
            return
        self.begin = begin
        for form in (self.form, self.account_form, self.what_if_form):
            form.put(begin.given, begin.sources, begin.typed)
        self.stack.setCurrentWidget(self.content)
        self._work_out()

    def texts(self) -> dict[str, str]:
        """What stands in all fields."""
        return {**self.form.texts(), **self.account_form.texts(), **self.what_if_form.texts()}

    def _work_out(self) -> None:
        found = effort.evaluate(self.texts(), self.begin)
        for form in (self.form, self.account_form, self.what_if_form):
            form.show_errors(found.errors)
        self.wrong.setText(found.errors.get("duties", ""))
        self.wrong.setVisible("duties" in found.errors)
        self.found = found
        self._show_closing()
        if found.time is None:
            for figure in (self.effective, self.required, self.break_even, self.verdict, self.minimum, self.net_gain):
                figure.show_figure("—", say("A field of the plan cannot stay as it is."))
            self.waterfall.set_steps([])
            return
        self._show_time(found.time)
        self._show_types(found)
        self._show_account(found, found.time)
        self._show_what_if(found, found.time)

    def _show_closing(self) -> None:
        begin = self.begin
        true = None if begin is None or begin.true_ratio is None else float(begin.true_ratio)
        flattering = None if begin is None or begin.flattering_ratio is None else float(begin.flattering_ratio)
        self.closing.show_figure(
            f"{formats.percent(true)} | {formats.percent(flattering)}",
            say("policies by leads contacted and qualified | by quotes, the last 365 days"),
        )

    def _show_time(self, time: ProductionTime) -> None:
        words = say("{production} hours of production x {closing}").format(
            production=hours_words(time.production), closing=formats.percent(float(time.closing_ratio))
        )
        self.effective.show_figure(say("{} h").format(hours_words(time.effective)), words)
        goal = self.found.goal or Fraction(0)
        rate = "—" if time.required_rate is None else formats.money_exact(half_up(time.required_rate))
        told = say("for {} of new commission").format(formats.money(half_up(goal)))
        if time.required_rate is None:
            told = say("no hour of production is left")
        self.required.show_figure(rate, told)
        steps = [Step(say("Available"), float(time.available), total=True)]
        texts = self.form.texts()
        for name in DUTIES:
            hours = number_of(texts.get(f"duty.{name}", ""))
            if hours:
                steps.append(Step(say(name.capitalize()), -hours))
        steps.append(Step(say("Production"), float(time.production), total=True))
        steps.append(Step(say("Not closed"), float(time.effective - time.production)))
        steps.append(Step(say("Effective"), float(time.effective), total=True))
        self.waterfall.set_steps(steps)
        share = formats.percent(float(time.effective / time.available)) if time.available else formats.EM_DASH
        self.waterfall.set_title(say("{} of the year's hours bring new business").format(share), say("hours a year"))

    def _show_types(self, found: Effort) -> None:
        counts = {} if self.begin is None else {one.line: one.count for one in self.begin.types}
        self.types.set_rows([(one, counts.get(one.account.name, 0)) for one in found.types])
        self.type_note.setText(
            say("Premium, rate and number are those of the last 365 days. Hours are the effective hours"
                " behind a policy. A double click takes a type to the account checker.")
            if found.types else say("No new policy of the last 365 days is on record.")
        )  # fmt: skip

    def _show_account(self, found: Effort, time: ProductionTime) -> None:
        one = found.account
        if one is None or one.break_even_hours is None:
            for figure in (self.break_even, self.verdict, self.minimum):
                figure.show_figure("—", say("Type premium, rate and hours."))
        else:
            self._show_verdict(found, one)
        points = break_even_curve(_CURVE, time.required_rate)
        labels = [formats.money(half_up(commission)) for commission, _ in points]
        self.curve.set_lines(
            labels, [Series(say("Break-even"), tuple(None if one is None else float(one) for _, one in points))]
        )
        self.curve.set_title(
            say("Hours an account may take, by the commission it pays"),
            say("above the line it costs more than it brings"),
        )

    def _show_verdict(self, found: Effort, one: Worth) -> None:
        hours = one.break_even_hours or Fraction(0)
        self.break_even.show_figure(duration_words(hours), say("{} of commission").format(exact_words(one.commission)))
        if one.profitable is None:
            self.verdict.show_figure("—", say("Type the hours that it takes."))
        else:
            surplus = exact_words(one.surplus)
            self.verdict.show_figure(
                say("Profitable") if one.profitable else say("Not profitable"),
                say("{} above what the hours must bring").format(surplus) if one.profitable
                else say("{} against what the hours must bring").format(surplus),
                "good" if one.profitable else "bad",
            )  # fmt: skip
        least = found.minimum
        self.minimum.show_figure(
            "—" if least is None else formats.money(half_up(least)),
            say("of premium at the same rate") if least is not None else say("Type the hours that it takes."),
        )

    def _show_what_if(self, found: Effort, time: ProductionTime) -> None:
        what = found.what_if
        if what is None:
            self.net_gain.show_figure("—", say("Move hours of a duty to see what they would bring."))
            after, commission, cost = time, found.goal, Fraction(0)
        else:
            gain = what.net_gain
            words = say("{hours} more effective hours, less {cost} of cost").format(
                hours=hours_words(what.after.effective - what.before.effective), cost=formats.money(half_up(what.cost))
            )
            tone = "ink" if gain is None else "good" if gain > 0 else "bad"
            self.net_gain.show_figure("—" if gain is None else formats.money(half_up(gain)), words, tone)
            after, commission, cost = what.after, what.new_commission, what.cost
        self.sides.set_rows(side_rows(time, after, found.goal, commission, cost))

    def _on_team_read(self, members: list[Member]) -> None:
        self.members.set_rows(members)

    def _on_member_activated(self, one: object) -> None:
        if isinstance(one, Member):
            self.tabs.setCurrentIndex(0)
            self.arrive(one.producer)

    def _on_type_activated(self, row: tuple[Worth, int]) -> None:
        account = row[0].account
        for key, text in (
            ("premium", f"{float(account.premium) / 100:,.2f}"),
            ("rate", f"{float(account.rate) * 100:.2f}%"),
            ("account_hours", "" if account.hours is None else f"{float(account.hours):.1f}"),
        ):
            self.account_form.field(key).setText(text)
        self.tabs.setCurrentIndex(1)

    # --- scenarios ---------------------------------------------------------------------------------------------------

    def save_scenario(self, name: str) -> None:
        """Keeps what stands in the fields under a name."""
        texts = {key: text for key, text in self.texts().items() if text}
        self._context.ask(
            planning.save_scenario, planning.EPT, self.producer, name, texts, self.author(), on_finished=self._on_kept
        )

    def _on_save_clicked(self) -> None:
        name, agreed = QInputDialog.getText(
            self, say("Save the scenario"), say("Its name, such as “With an assistant”")
        )
        if agreed and name.strip():
            self.save_scenario(name)

    def _on_saved_read(self, found: list[SavedPlan]) -> None:
        self.saved.set_rows([(one, effort.evaluate(one.inputs)) for one in found])
        for widget in (self.load, self.delete, self.saved_table):
            widget.setVisible(bool(found))
        self.no_scenario.setVisible(len(found) < 2)

    def _on_scenario_activated(self, row: object) -> None:
        if not isinstance(row, tuple):
            return
        one: SavedPlan = row[0]
        for form in (self.form, self.account_form, self.what_if_form):
            for key in form.texts():
                form.field(key).setText(one.inputs.get(key, ""))
        self.tabs.setCurrentIndex(0)

    def _on_delete_clicked(self) -> None:
        row = self.saved_table.selected_record
        if isinstance(row, tuple):
            self._context.ask(planning.delete_scenario, row[0], self.author(), on_finished=self._on_kept)

    # --- keeping and printing ----------------------------------------------------------------------------------------

    def _keep(self) -> None:
        if self.begin is None:
            return
        typed = {**self.form.typed(), **self.account_form.typed(), **self.what_if_form.typed()}
        saving = self._context.ask(
            planning.keep, planning.EPT, self.begin.producer, typed, self.author(), on_finished=self._on_kept
        )
        saving.certain = True

    def _on_kept(self, changes: Changes) -> None:
        self.note_kept(changes)

    def _inputs(self) -> dict[str, str]:
        texts = {key: text for key, text in self.form.texts().items() if text}
        return texts if self.producer is not None else {}

    def export_actions(self) -> list[tuple[str, str]]:
        """The plan as it prints."""
        return [("ept", say("Production Time Report…"))]

    def export(self, key: str) -> None:
        """Asks where to, and writes."""
        self.save_named(key, self._inputs())

    def print_page(self) -> bool:
        """Prints the plan, of one producer or of all."""
        return self.begin is not None and self.print_named("ept", self._inputs())

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The five views."""
        names = ("ept", "ept-account", "ept-whatif", "ept-team", "ept-scenarios")
        return [(name, lambda at=at: self.tabs.setCurrentIndex(at)) for at, name in enumerate(names)]  # type: ignore[misc]
