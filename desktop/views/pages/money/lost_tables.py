"""The tables of lost deals: all of them, those to be explained, the win-back queue, and tasks.

Knows columns of the services' rows; acting on a row is the page's business.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desktop.core import phones
from desktop.views.pages.money import words
from desktop.views.pages.money.parts import say
from desktop.views.tables import Column, Kind


def deal_columns() -> list[Column]:
    """Every lost deal with its six answers."""
    return [
        Column("name", say("Prospect"), Kind.TEXT, lambda one: one.name, width=170, tooltip=lambda one: one.lead_id),
        Column("lost_at", say("Lost on"), Kind.DATE, lambda one: datetime.fromisoformat(one.lost_at).date()),
        Column("producer", say("Producer"), Kind.TEXT, _producer, width=120),
        Column("line", say("Line"), Kind.TEXT, lambda one: one.line, width=120),
        Column("premium", say("Premium"), Kind.MONEY, lambda one: one.premium),
        Column("reason", say("Reason"), Kind.TEXT, lambda one: words.reason(one.reason), width=120),
        Column("carrier", say("Carrier that won"), Kind.TEXT, lambda one: one.competing_carrier, width=120),
        Column("agency", say("Agency that won"), Kind.TEXT, lambda one: one.competing_agency, width=120),
        Column("gap", say("Ours less theirs"), Kind.MONEY, lambda one: one.price_difference),
        Column("winnable", say("Winnable"), Kind.TEXT, lambda one: words.winnable(one.winnable)),
        Column("change", say("What we would change"), Kind.TEXT, lambda one: one.would_change, width=200),
        Column("source", say("Source"), Kind.TEXT, lambda one: one.source, visible=False),
    ]


def open_columns() -> list[Column]:
    """Losses that nobody has explained."""
    return [one for one in deal_columns() if one.key in ("name", "lost_at", "producer", "line", "premium", "source")]


def win_back_columns() -> list[Column]:
    """Lost deals that come up again."""
    return [
        Column("name", say("Prospect"), Kind.TEXT, lambda one: one.deal.name, width=170),
        Column("on", say("Their policy ends"), Kind.DATE, lambda one: one.on),
        Column("days", say("Days left"), Kind.COUNT, lambda one: one.days),
        Column("producer", say("Producer"), Kind.TEXT, lambda one: _producer(one.deal), width=120),
        Column("line", say("Line"), Kind.TEXT, lambda one: one.deal.line, width=120),
        Column("premium", say("Premium"), Kind.MONEY, lambda one: one.deal.premium),
        Column("reason", say("Lost for"), Kind.TEXT, lambda one: words.reason(one.deal.reason), width=120),
        Column("carrier", say("Now with"), Kind.TEXT, lambda one: one.deal.competing_carrier, width=120),
        Column("gap", say("Ours less theirs"), Kind.MONEY, lambda one: one.deal.price_difference),
        Column("winnable", say("Winnable"), Kind.TEXT, lambda one: words.winnable(one.deal.winnable)),
        Column("task", say("Task"), Kind.DATE, _task, why=lambda one: say("No task yet.")),
        Column("phone", say("Phone"), Kind.TEXT, lambda one: phones.written(one.deal.phone) or None, visible=False),
    ]


def task_columns() -> list[Column]:
    """Tasks on lost deals."""
    return [
        Column("name", say("Prospect"), Kind.TEXT, lambda one: one.name, width=170),
        Column("due", say("Due"), Kind.DATE, lambda one: date.fromisoformat(one.due_on)),
        Column("what", say("What to do"), Kind.TEXT, lambda one: one.what, width=280),
        Column("producer", say("Producer"), Kind.TEXT, _producer, width=120),
        Column("done", say("Done"), Kind.DATETIME, _done, why=lambda one: say("Still to be done.")),
    ]


def _producer(one: Any) -> str:
    return str(one.producer_name) if one.producer_name else say("Unassigned")


def _task(one: Any) -> date | None:
    return None if one.deal.open_task is None else date.fromisoformat(one.deal.open_task)


def _done(one: Any) -> datetime | None:
    return None if one.done_at is None else datetime.fromisoformat(one.done_at)
