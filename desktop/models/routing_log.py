"""What routing did, kept in the book: assignments with their points, round robin's turns, merges of duplicates.

Journalled, so that an assignment is taken back whole, its turn included. Must not know why a lead went where it went.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core.routing import Decision
from desktop.core.scoring import Number
from desktop.models import edits, entries
from desktop.models.people import Aliases

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Assigned:
    """One line of the log; `points`: per candidate code, reason (None: eligible) and the parts by name."""

    lead_id: str
    at: str
    producer: str | None
    step: str
    rule: str | None
    territory: str | None
    model: str | None
    score: float | None
    because: str
    points: tuple[tuple[str, str | None, Mapping[str, float]], ...]


def rotation(book: Book) -> tuple[dict[str, int], dict[str, Number]]:
    """Round robin's turns, and the credits of its weighted form."""
    turns: dict[str, int] = {}
    balance: dict[str, Number] = {}
    for code, turn, credit in book.connection.execute("SELECT code, turn, credit FROM rotation"):
        if turn is not None:
            turns[code] = turn
        if credit is not None:
            balance[code] = _number(credit)
    return turns, balance


def keep_rotation(book: Book, action: int, turns: Mapping[str, int], balance: Mapping[str, Number], at: str) -> None:
    """Put the states where `rotation` finds them."""
    for code in sorted({*turns, *balance}):
        credit = balance.get(code)
        values = {"code": code, "turn": turns.get(code), "credit": None if credit is None else str(Fraction(credit))}
        edits.edit_row(book, action, "rotation", code, values, at)


def assign(book: Book, action: int, names: Aliases, lead_id: str, producer: str, at: str, typed_at: str) -> None:
    """Give a lead to a producer (a code) from a moment on."""
    cells = {"lead_id": lead_id, "at": at, "producer": producer}
    entries.write(book, action, names, "owners", entries.key_of(names, "owners", cells), cells, typed_at)


def merge(book: Book, action: int, lead_id: str, into: str, typed_at: str) -> None:
    """Leave a duplicate out of the figures, in favour of the lead that it is."""
    row = book.connection.execute("SELECT key FROM lead WHERE lead_id = ?", (lead_id,)).fetchone()
    edits.edit_row(book, action, "lead", row[0], {"merged_into": into}, typed_at)


def enter(book: Book, action: int, decision: Decision, at: str, typed_at: str) -> None:
    """Put a decision in the log."""
    points = [
        [one.producer, one.reason, {name: float(getattr(one.points, name)) for name in _PARTS}]
        for one in decision.candidates
    ]
    values = {
        "lead_id": decision.lead_id,
        "at": at,
        "producer": decision.producer,
        "step": decision.step,
        "rule": decision.rule,
        "territory": decision.territory,
        "model": decision.model,
        "score": None if decision.score is None else float(decision.score),
        "because": decision.because,
        "points": json.dumps(points, separators=(",", ":")),
    }
    edits.edit_row(book, action, "assignment", f"{decision.lead_id}|{at}", values, typed_at)


def assigned(book: Book, lead_id: str | None = None, limit: int = 500) -> list[Assigned]:
    """The newest lines of the log, of one lead or of all, newest first."""
    where = "" if lead_id is None else "WHERE lead_id = :lead"
    rows = book.connection.execute(
        "SELECT lead_id, at, producer, step, rule, territory, model, score, because, points"
        f" FROM assignment {where} ORDER BY at DESC, id DESC LIMIT :limit",
        {"limit": limit} | ({} if lead_id is None else {"lead": lead_id}),
    )
    return [Assigned(*(*row[:9], tuple((p[0], p[1], p[2]) for p in json.loads(row[9] or "[]")))) for row in rows]


def first_routed(book: Book) -> str | None:
    """When the first lead was routed here (ISO); None where none ever was."""
    row = book.connection.execute("SELECT min(at) FROM assignment").fetchone()
    return None if row is None or row[0] is None else str(row[0])


def rule_hits(book: Book, since: str, until: str) -> dict[str, int]:
    """How many leads each rule decided from `since` to `until` (ISO)."""
    rows = book.connection.execute(
        "SELECT rule, count(*) FROM assignment WHERE rule IS NOT NULL AND at >= ? AND at <= ? GROUP BY rule",
        (since, until),
    )
    return dict(rows.fetchall())


_PARTS = ("capacity", "match", "close", "response")


def _number(text: str) -> Number:
    value = Fraction(text)
    return int(value) if value.denominator == 1 else value


def drafts(book: Book) -> list[str]:
    """The names of the drafts of the territory table, in order of entry."""
    return [row[0] for row in book.connection.execute("SELECT name FROM map_draft ORDER BY id")]


def own_texts(book: Book) -> list[tuple[str, str | None, str]]:
    """The agency's own texts: step, subject, body."""
    rows = book.connection.execute("SELECT step, subject, body FROM message_template ORDER BY id")
    return [(row[0], row[1], row[2]) for row in rows]


def source_benchmarks(book: Book) -> list[tuple[str, int, int, float, float, int, int]]:
    """The agency's own typical figures of sources: cost per lead, close rate and cost per bind, from and to."""
    rows = book.connection.execute(
        "SELECT source, coalesce(cost_low,0), coalesce(cost_high,0), coalesce(close_low,0), coalesce(close_high,0),"
        " coalesce(bind_low,0), coalesce(bind_high,0) FROM source_benchmark ORDER BY id"
    )
    return [(row[0], row[1], row[2], row[3], row[4], row[5], row[6]) for row in rows]
