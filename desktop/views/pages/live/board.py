"""The board: five figures of today, what is pressing in words, the leads one by one, and the producers.

Shows what it is handed; asks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.services.live import Live, LiveLead
from desktop.services.speed import RESPONSE_TARGET_MIN, Alert, BoardRow, LiveBoard
from desktop.views import theme
from desktop.views.pages.live import words
from desktop.views.pages.live.parts import make_table
from desktop.views.pages.live.words import say
from desktop.views.tables import Column, FilteredTable, Kind, formats
from desktop.views.theme import Status
from desktop.views.widgets.cards import CardFigures, CardGrid, NumberCard
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label


class BoardTab(QWidget):
    """Today's leads at a glance."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._now = context.now()
        titles = (
            say("Received today"), say("Reached"), say("Speed to lead"), say("Without owner"),
            say("Untouched 15 min +"),
        )  # fmt: skip
        self.cards = [NumberCard(title) for title in titles]
        for card in self.cards:
            card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line = Label("", tone="quiet", wrap=True)
        self.alerts = Label("", tone="bad", wrap=True)
        self.leads = make_table(context, "live.leads", self._lead_columns(), say("Leads on the board"))
        self.people = make_table(context, "live.people", _people_columns(), say("Producers today"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(FilteredTable(self.leads))
        split.addWidget(FilteredTable(self.people))
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, theme.current().unit(), 0, 0)
        lines.addWidget(CardGrid(self.cards))
        lines.addWidget(self.alerts)
        lines.addWidget(self.line)
        lines.addWidget(split, 1)

    def show_live(self, found: Live) -> None:
        """Shows the board; the lead that was chosen stays chosen."""
        board = found.board
        self._now = board.at
        for card, figures in zip(self.cards, _figures(board), strict=True):
            card.set_figures(figures)
        still = "" if found.watched else say("The ladder starts with the first lead that is routed here.")
        self.line.setText(f"{_pipeline(board)} · {still}" if still else _pipeline(board))
        self.alerts.setText("\n".join(_alerts(board.alerts)))
        self.alerts.setVisible(bool(board.alerts))
        chosen = self.leads.selected_record
        self.leads.records.set_rows(list(found.leads))
        wanted = getattr(chosen, "lead_id", found.leads[0].lead_id if found.leads else None)
        self.leads.select_record(lambda one: one.lead_id == wanted)
        self.people.records.set_rows(list(board.rows))

    def _lead_columns(self) -> list[Column]:
        def due(one: LiveLead) -> datetime:
            return one.next_at or datetime.max

        return [
            Column("name", say("Lead"), Kind.TEXT, lambda one: one.name, width=140),
            Column("line", say("Line"), Kind.TEXT, lambda one: one.line, width=110),
            Column("owner", say("Owner"), Kind.TEXT, lambda one: one.owner_name or say("Nobody"), width=130),
            Column("received", say("Received"), Kind.DATETIME, lambda one: one.received_at,
                   text=lambda one: words.when(one.received_at, self._now), width=120),
            Column("speed", say("Since receipt"), Kind.COUNT, lambda one: one.speed_minutes,
                   say("Minutes around the clock from receipt to the first contact; the target is 5"),
                   text=words.speed, status=words.speed_status, width=128),
            Column("ladder", say("With the owner"), Kind.COUNT, lambda one: one.ladder_minutes,
                   say("Business minutes since the present assignment; they drive the next step"),
                   text=lambda one: "" if one.ladder_minutes is None else words.business(one.ladder_minutes), width=106,
                   why=lambda one: say("Counted while an owner has not reached the lead")),
            Column("next", say("Next"), Kind.TEXT, lambda one: words.next_step(one, self._now),
                   status=lambda one: words.next_status(one, self._now), width=160, align_right=True),
            Column("why", say("Why this owner"), Kind.TEXT, lambda one: one.because, tooltip=lambda one: one.because),
        ]  # fmt: skip


def _figures(board: LiveBoard) -> tuple[CardFigures, ...]:
    untouched = sum(len(one.leads) for one in board.alerts if one.kind == "untouched")
    mean = board.average_minutes
    within = mean is not None and mean <= RESPONSE_TARGET_MIN
    speed = CardFigures(
        formats.EM_DASH if mean is None else say("{:.1f} min").format(float(mean)),
        Status.NONE if mean is None else Status.GOOD if within else Status.BAD,
        say("target 5 min"),
        tooltip=say("Mean from receipt to contact, of those reached today") if mean is not None
        else say("Nobody has been reached today yet."),
    )  # fmt: skip
    share = say("{} % of them").format(round(100 * board.contacted / board.received)) if board.received else ""
    return (
        CardFigures(formats.count(board.received)),
        CardFigures(formats.count(board.contacted), target=share),
        speed,
        CardFigures(formats.count(board.unassigned), Status.BAD if board.unassigned else Status.GOOD, say("target 0")),
        CardFigures(formats.count(untouched), Status.BAD if untouched else Status.GOOD, say("target 0")),
    )


def _pipeline(board: LiveBoard) -> str:
    text = say("{new} new today · {quoted} quoted and undecided · {due} follow-ups due today · {binds} bound this week,"
               " {premium} premium")  # fmt: skip
    return text.format(
        new=formats.count(board.received), quoted=formats.count(board.quoted_pending),
        due=formats.count(board.follow_ups_due), binds=formats.count(board.binds_this_week),
        premium=formats.money(board.premium_this_week),
    )  # fmt: skip


def _alerts(found: Sequence[Alert]) -> list[str]:
    """One line for the leads that wait, one for those who answer slowly, the worst first."""
    waiting = sorted((one for one in found if one.kind == "untouched"), key=lambda one: -len(one.leads))
    slow = sorted((one for one in found if one.kind == "response"), key=lambda one: -(one.minutes or 0))
    said = []
    if waiting:
        each = ", ".join(f"{one.name} {len(one.leads)}" for one in waiting)
        said.append(say("Untouched for 15 minutes and more: {}.").format(each))
    if slow:
        each = ", ".join(f"{one.name} {words.minutes(float(one.minutes or 0))}" for one in slow)
        said.append(say("Slower than 5 minutes today: {}.").format(each))
    return said


def _people_columns() -> list[Column]:
    def mean(one: BoardRow) -> float | None:
        return None if one.average_minutes is None else float(one.average_minutes)

    def status(one: BoardRow) -> Status:
        if one.average_minutes is None:
            return Status.NONE
        return Status.GOOD if one.average_minutes <= RESPONSE_TARGET_MIN else Status.BAD

    return [
        Column("name", say("Producer"), Kind.TEXT, lambda one: one.name, width=180),
        Column("leads", say("Leads today"), Kind.COUNT, lambda one: one.leads),
        Column("contacted", say("Reached"), Kind.COUNT, lambda one: one.contacted),
        Column("mean", say("Mean minutes"), Kind.COUNT, mean, status=status,
               text=lambda one: formats.EM_DASH if mean(one) is None else f"{mean(one):.1f}",
               why=lambda one: say("Nobody reached today yet")),
        Column("close", say("Close rate, 90 days"), Kind.PERCENT,
               lambda one: None if one.close_rate is None else float(one.close_rate),
               why=lambda one: say("No lead decided in 90 days")),
        Column("active", say("Active leads"), Kind.COUNT, lambda one: one.active),
    ]  # fmt: skip
