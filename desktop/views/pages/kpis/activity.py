"""The Activity view: calls, talk time and answers, all producers side by side, and who must be seen to now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.core.kpis.definition import KpiFigure
from desktop.services.found_records import FoundRecord
from desktop.services.kpi_views import RANKED, ViewFigures
from desktop.services.kpis import TableRow
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.cards import KpiCards
from desktop.views.pages.kpis.parts import KpiView, TableCard
from desktop.views.pages.kpis.words import say
from desktop.views.tables import Column, Kind
from desktop.views.theme import Status

_TITLES = {
    "activity_score": "Score",
    "calls_per_day": "Calls/day",
    "talk_minutes_per_day": "Talk/day",
    "leads_worked": "Leads/day",
    "speed_to_lead": "Speed to lead",
    "response_time": "Response",
    "overdue_rate": "Overdue",
}


def _people_columns() -> list[Column]:
    return [
        Column("who", say("Producer"), Kind.TEXT, lambda row: row.producer_name, width=150),
        *(_kpi_column(kpi_id) for kpi_id in RANKED),
    ]


def _kpi_column(kpi_id: str) -> Column:
    kpi = words.kpi_of(kpi_id)

    def figure(row: TableRow) -> KpiFigure:
        return row.figures[kpi_id]

    def mark(row: TableRow) -> Status:
        return words.status(figure(row).status)

    return Column(
        kpi_id,
        say(_TITLES[kpi_id]),
        Kind.COUNT,
        lambda row: words.number(figure(row).value),
        help=f"{kpi.label}. {kpi.definition}",
        text=lambda row: words.short_words(kpi, figure(row).value),
        tooltip=lambda row: words.worked_formula(kpi, figure(row)),
        status=mark,
        width=104,
    )


def _record_columns(amount: str, help_text: str) -> list[Column]:
    return [
        Column("subject", say("Who"), Kind.TEXT, lambda one: one.subject or one.key, width=110),
        Column("at", say("Since"), Kind.DATE, lambda one: datetime.fromisoformat(one.at).date()),
        Column("detail", say("What"), Kind.TEXT, lambda one: words.named(one.detail), width=96),
        Column("amount", amount, Kind.COUNT, _days, help=help_text),
        Column("producer", say("Producer"), Kind.TEXT, lambda one: one.producer_name or say("unassigned"), width=110),
    ]


class ActivityView(KpiView):
    """Cards, the ranking, replies needed and cases that nobody touches."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = KpiCards()
        self.people = TableCard("kpi-producers", say("Producers side by side"), _people_columns())
        self.replies = TableCard(
            "replies", say("Replies needed now"), _record_columns(say("Hours"), say("Hours since they got in touch."))
        )
        self.alerts = TableCard(
            "alerts",
            say("Nobody has touched these for 72 hours"),
            [one for one in _record_columns("", "") if one.key != "amount"],
        )
        self.cards.opened.connect(self.kpi_opened)
        self.cards.import_asked.connect(self.import_asked)
        self.people.row_opened.connect(self._on_person_opened)
        self.lines.addWidget(self.cards)
        self.lines.addWidget(self.people)
        self.add_row((self.replies, 1), (self.alerts, 1))
        self.lines.addStretch(1)
        for table in (self.replies, self.alerts):
            table.row_opened.connect(self.record_opened)
        for table in self.tables().values():
            table.export_asked.connect(self.export_asked)

    def tables(self) -> dict[str, TableCard]:
        """The view's tables by key."""
        return {"people": self.people, "replies": self.replies, "alerts": self.alerts}

    def show_figures(self, found: ViewFigures) -> None:
        """Shows cards and tables, the producers ranked by their activity score."""
        self.cards.show_cards(found.cards)
        self.people.set_rows(_ranked(found.people))
        self.people.set_note(say("Double click a figure for what is behind it."))
        self.replies.set_rows(found.waiting)
        self.replies.none.setText(say("Everybody who wrote or called in has been answered."))
        self.alerts.set_rows(found.alerts)
        self.alerts.none.setText(say("No open lead or case lies untouched."))

    def _on_person_opened(self, row: TableRow) -> None:
        column = self.people.model.columns[max(self.people.view.currentIndex().column(), 0)].key
        self.figure_opened.emit(column if column in RANKED else RANKED[0], row.producer or "")


def _ranked(rows: Sequence[TableRow]) -> list[TableRow]:
    """By activity score, the highest first; nobody's last, and only where there is something."""
    people = [row for row in rows if row.producer is not None]
    nobody = [row for row in rows if row.producer is None and any(one.value for one in row.figures.values())]
    return [*sorted(people, key=lambda row: -float(row.figures[RANKED[0]].value or 0)), *nobody]


def _days(one: FoundRecord) -> float:
    return one.amount
