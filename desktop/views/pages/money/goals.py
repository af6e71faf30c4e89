"""Goals with carriers: how far the year has come, what is left, and the grid in which goals are typed.

Knows the service's rows; keeping what is typed is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.carrier_goals import CarrierGoals
from desktop.services.grids import Line, Outcome
from desktop.views import theme
from desktop.views.dialogs.gridding import GridColumn, GridEditor
from desktop.views.pages.money.parts import TableCard, say
from desktop.views.tables import Column, Kind, formats
from desktop.views.theme import Status
from desktop.views.widgets.labels import Card, Label


class GoalsView(QWidget):
    """The year's goals. `kept` carries the typed lines."""

    kept = Signal(object)

    def __init__(self, state: Any) -> None:
        super().__init__()
        look = theme.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, look.unit(1.5), 0, look.unit())
        lines.setSpacing(look.unit(1.5))
        self._pace = 0.0
        self.table = TableCard(
            "revenue.goals", say("Goals with carriers"), self._columns(), state, most=14,
            none=say("No goals yet and nothing written new this year. Type the goals below."),
        )  # fmt: skip
        self.editor = GridEditor(
            say("Goals with carriers"),
            [
                GridColumn("carrier", say("Carrier"), width=220),
                GridColumn("premium", say("New premium of the year"), width=200),
                GridColumn("policies", say("New policies of the year")),
            ],
            say("What you agreed to write new with each carrier this year. Empty a line to take a goal away."),
            spare=3,
        )
        self.editor.kept.connect(self.kept)
        card = Card()
        self.heading = Label("", strong=True)
        card.body.addWidget(self.heading)
        card.body.addWidget(self.editor, 1)
        lines.addWidget(self.table)
        lines.addWidget(card, 1)

    def show_goals(self, found: CarrierGoals) -> None:
        """Shows the year to date."""
        self._pace = found.pace
        self.heading.setText(say("Goals of {}").format(found.year))
        self.table.set_rows(found.rows)
        average = found.premium_per_client
        pace = say("{} of the year is over.").format(formats.percent(found.pace))
        counted = say("New clients are counted at {} of premium each, the average in force.")
        unknown = say("Without policies in force no average per client is known.")
        self.table.set_note(f"{pace} {counted.format(formats.money(average)) if average else unknown}")

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Shows what is typed."""
        self.editor.show_lines(lines)

    def show_outcome(self, outcome: Outcome) -> None:
        """Marks what cannot stay."""
        if outcome.wrong:
            self.editor.show_wrong(outcome.wrong)
        else:
            self.editor.note_kept()

    def _columns(self) -> list[Column]:
        none = say("No goal.")
        return [
            Column("carrier", say("Carrier"), Kind.TEXT, lambda one: one.carrier, width=180),
            Column("premium", say("New premium"), Kind.MONEY, lambda one: one.premium),
            Column("premium_goal", say("Goal"), Kind.MONEY, lambda one: one.premium_goal, why=lambda _: none),
            Column(
                "premium_share", say("Reached"), Kind.PERCENT, lambda one: one.premium_share,
                status=lambda one: self._status(one.premium_share), why=lambda _: none,
            ),
            Column("policies", say("New policies"), Kind.COUNT, lambda one: one.policies),
            Column("policies_goal", say("Policy goal"), Kind.COUNT, lambda one: one.policies_goal, why=lambda _: none),
            Column(
                "policies_share", say("Policies reached"), Kind.PERCENT, lambda one: one.policies_share,
                status=lambda one: self._status(one.policies_share), why=lambda _: none,
            ),
            Column("clients", say("New clients needed"), Kind.COUNT, lambda one: one.new_clients, why=lambda _: none),
        ]  # fmt: skip

    def _status(self, share: float | None) -> Status:
        """Against the part of the year that is over."""
        if share is None:
            return Status.NONE
        if share >= self._pace:
            return Status.GOOD
        return Status.NEAR if share >= 0.9 * self._pace else Status.BAD
