"""Which self-report forms went out by mail: one row per week and producer, with what became of it.

What has left stays so: these rows are not part of what Undo takes back. Knows neither forms nor how mail leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.models.book import Book

SENDING, SENT, FAILED, UNSURE = "sending", "sent", "failed", "unsure"


@dataclass(frozen=True, slots=True)
class FormMail:
    """The last attempt at mailing a producer (by code) the form of an ISO week; `at` is local time."""

    week: str
    producer: str
    address: str
    state: str
    at: str
    error: str | None = None


def of_week(book: Book, week: str) -> dict[str, FormMail]:
    """The last attempt at each producer's form of a week, by code."""
    rows = book.connection.execute(
        "SELECT week, producer, address, state, at, error FROM form_mail WHERE week = ? ORDER BY key", (week,)
    )
    return {row[1]: FormMail(*row) for row in rows.fetchall()}


def write(book: Book, one: FormMail) -> None:
    """Hold an attempt in place of the one before, in a transaction of its own: a mail is on its way right after."""
    with book.transaction():
        book.connection.execute(
            "INSERT OR REPLACE INTO form_mail (key, week, producer, address, state, at, error) VALUES (?,?,?,?,?,?,?)",
            (f"{one.week}|{one.producer}", one.week, one.producer, one.address, one.state, one.at, one.error),
        )
