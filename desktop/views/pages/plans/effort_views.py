"""The other views of the planner of production time: account checker, what if, the team, scenarios.

They show what the page worked out; knows no service's function.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtWidgets import QWidget

from desktop.core.ept import DUTIES, ProductionTime, Worth, break_even_curve
from desktop.core.money import half_up
from desktop.services.discretion import HIDDEN
from desktop.services.effort import Effort, Member
from desktop.services.planning import SavedPlan
from desktop.views.charts import LineChart, Series, Unit
from desktop.views.pages.plans.effort_tables import (
    duration_words,
    exact_words,
    hours_words,
    model_of,
    scenario_columns,
    side_rows,
    team_columns,
)
from desktop.views.pages.plans.parts import Figure, PlanForm, TabView, chart_card, keep_height, plain, say, side_by_side
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView, formats
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import Card, Label

_CURVE = tuple(Fraction(dollars * 100) for dollars in range(0, 5_001, 250))
_MOST_HOURS = 1_000
_BLOCKED = "A field of the plan cannot stay as it is."


def _table(context: PageContext, model: RecordTableModel, name: str, title: str, rows: int) -> RecordTableView:
    table = RecordTableView(model, name, context.state)
    model.setParent(table)
    table.setAccessibleName(title)
    keep_height(table, rows)
    return table


class AccountView(TabView):
    """One account held against what an hour must bring."""

    def __init__(self) -> None:
        super().__init__()
        self.form = PlanForm()
        self.form.add_field("premium", say("Premium ($)"))
        self.form.add_field("rate", say("Commission rate"))
        self.form.add_field("account_hours", say("Hours it takes"))
        self.break_even = Figure(say("Break-even"))
        self.verdict = Figure(say("Worth it?"))
        self.minimum = Figure(say("Smallest account for these hours"))
        self.curve = LineChart([], [], Unit.HOURS)
        inputs = Card(say("An account"))
        inputs.body.addWidget(self.form)
        inputs.body.addStretch(1)
        self.lines.addLayout(side_by_side((inputs, 4), (self.break_even, 3), (self.verdict, 3), (self.minimum, 3)))
        self.lines.addWidget(chart_card(self.curve, 280), 1)

    def show_nothing(self) -> None:
        """A field stands in the way of every figure."""
        for figure in (self.break_even, self.verdict, self.minimum):
            figure.show_figure("—", say(_BLOCKED))

    def show_account(self, found: Effort, time: ProductionTime) -> None:
        """Shows the account's worth, and the curve of all."""
        one = found.account
        if one is None or one.break_even_hours is None:
            for figure in (self.break_even, self.verdict, self.minimum):
                figure.show_figure("—", say("Type premium, rate and hours."))
        else:
            self._show_verdict(found, one, one.break_even_hours)
        points = break_even_curve(_CURVE, time.required_rate)
        labels = [formats.money(half_up(commission)) for commission, _ in points]
        hours = tuple(None if one is None else float(one) for _, one in points)
        self.curve.set_lines(labels, [Series(say("Break-even"), hours)])
        self.curve.set_title(
            say("Hours an account may take, by the commission it pays"),
            say("above the line it costs more than it brings"),
        )

    def _show_verdict(self, found: Effort, one: Worth, hours: Fraction) -> None:
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


class WhatIfView(TabView):
    """Duties handed to somebody else: what it costs and what it brings."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.form = PlanForm(170)
        for name in DUTIES:
            self.form.add_field(f"move.{name}", say("{} handed over").format(say(name.capitalize())), _MOST_HOURS)
        self.form.add_field("cost", say("Cost per hour ($)"))
        self.net_gain = Figure(say("Net gain a year"))
        self.sides = model_of(
            [
                Column("measure", "", Kind.TEXT, lambda row: row[0], width=230),
                Column("before", say("As it is"), Kind.TEXT, lambda row: row[1], align_right=True, width=140),
                Column("after", say("With help"), Kind.TEXT, lambda row: row[2], align_right=True, width=140),
            ]
        )
        inputs = Card(say("Hand duties to a managing account executive or an assistant"))
        inputs.body.addWidget(self.form)
        inputs.body.addStretch(1)
        card = Card(say("Side by side"))
        card.body.addWidget(FilteredTable(_table(context, self.sides, "ept.sides", say("As it is, and with help"), 6)))
        right, column = plain()
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.net_gain)
        column.addWidget(card)
        column.addStretch(1)
        self.lines.addLayout(side_by_side((inputs, 4), (right, 5)))
        self.lines.addStretch(1)

    def show_nothing(self) -> None:
        """A field stands in the way of every figure."""
        self.net_gain.show_figure("—", say(_BLOCKED))
        self.sides.set_rows([])

    def show_what_if(self, found: Effort, time: ProductionTime, *, hidden: bool) -> None:
        """Shows both sides and the net gain; what the help costs only while pay may be seen."""
        what = found.what_if
        if what is None:
            self.net_gain.show_figure("—", say("Move hours of a duty to see what they would bring."))
            self.sides.set_rows(side_rows(time, time, found.goal, found.goal, Fraction(0), hidden=hidden))
            return
        self.sides.set_rows(side_rows(time, what.after, found.goal, what.new_commission, what.cost, hidden=hidden))
        more = hours_words(what.after.effective - what.before.effective)
        if hidden:
            self.net_gain.show_figure(HIDDEN, say("{} more effective hours, less what the help costs").format(more))
            return
        gain = what.net_gain
        words = say("{hours} more effective hours, less {cost} of cost").format(
            hours=more, cost=formats.money(half_up(what.cost))
        )
        tone = "ink" if gain is None else "good" if gain > 0 else "bad"
        self.net_gain.show_figure("—" if gain is None else formats.money(half_up(gain)), words, tone)


class TeamView(TabView):
    """Everybody's plan, a producer to each row."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.members = model_of(team_columns())
        self.table = _table(context, self.members, "ept.team", say("Production time of the team"), 8)
        card = Card()
        card.body.addWidget(FilteredTable(self.table))
        note = say("Each with the plan as typed, else as the data gives it. A double click opens the plan.")
        card.body.addWidget(Label(note, "caption", "quiet", wrap=True))
        self.lines.addWidget(card, 1)

    def show_team(self, members: Sequence[Member], total: Member | None) -> None:
        """Shows everybody's, and what they come to together."""
        self.members.set_rows(members, totals=total)


class ScenarioView(TabView):
    """What was saved under names, side by side."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.saved = model_of(scenario_columns(context.hides_pay))
        self.table = _table(context, self.saved, "ept.scenarios", say("Saved scenarios"), 8)
        self.empty = EmptyState(
            "save",
            say("No scenario saved yet"),
            say("Save the plan under a name, change it, save it again: here they stand side by side."),
            say("Save Scenario…"),
        )
        self.load, self.delete = Button(say("Load")), Button(say("Delete"))
        self.card = Card()
        self.card.body.addWidget(FilteredTable(self.table), 1)
        self.card.body.addLayout(side_by_side((self.load, 0), (self.delete, 0), (QWidget(), 1)))
        self.lines.addWidget(self.empty, 1)
        self.lines.addWidget(self.card, 1)

    def show_saved(self, rows: Sequence[tuple[SavedPlan, Effort]]) -> None:
        """Shows the scenarios, each worked out."""
        self.saved.set_rows(rows)
        self.card.setVisible(bool(rows))
        self.empty.setVisible(not rows)
