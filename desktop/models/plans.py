"""Inputs of plans, typed weeks of the management reports, and weekly 1:1 meetings: core records in and out.

Knows neither formulas nor where imported figures come from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.meetings import Meeting, State
from desktop.core.templates import Cell
from desktop.core.validation_tracking import WeekFigures
from desktop.models import edits
from desktop.models.storage import json_text

if TYPE_CHECKING:
    from desktop.models.book import Book

_FIGURES = ("sales_calls", "proposals", "sales", "premium", "commission", "fees")


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """What was typed into a plan: texts by key. `producer` is a code, None for the agency; `name` empty = current."""

    plan: str
    producer: str | None
    name: str
    inputs: Mapping[str, str]
    at: str


@dataclass(frozen=True, slots=True)
class TypedWeek:
    """Figures typed over a week (None: as imported), and when each of them was typed."""

    figures: WeekFigures
    typed_at: Mapping[str, str]


# --- inputs -----------------------------------------------------------------------------------------------------------


def read_plan(book: Book, plan: str, producer: int | None, name: str = "") -> dict[str, str]:
    """The texts of a plan by key, empty when nothing was typed; `producer` is a row id."""
    row = edits.read_row(book, "plan_input", _plan_key(book, plan, producer, name))
    return {} if row is None else dict(json.loads(str(row["inputs"])))


def saved_plans(book: Book, plan: str) -> list[SavedPlan]:
    """The named ones of a kind, the newest first."""
    rows = book.connection.execute(
        "SELECT x.plan, coalesce(p.producer_code, x.producer), x.name, x.inputs, x.entered_at FROM plan_input x"
        " LEFT JOIN producer p ON p.key = lower(x.producer)"
        " WHERE x.plan = ? AND x.name IS NOT NULL ORDER BY x.entered_at DESC",
        (plan,),
    )
    return [SavedPlan(row[0], row[1], row[2], json.loads(row[3]), row[4] or "") for row in rows]


def save_plan(
    book: Book, action: int, plan: str, producer: int | None, inputs: Mapping[str, str], at: str, name: str = ""
) -> bool:
    """Keep the texts of a plan within an open action; True when anything changed."""
    values = {
        "plan": plan,
        "producer": _code(book, producer),
        "name": name or None,
        "inputs": json_text(dict(inputs)),
    }
    return edits.edit_row(book, action, "plan_input", _plan_key(book, plan, producer, name), values, at)


def delete_plan(book: Book, action: int, plan: str, producer: int | None, name: str) -> bool:
    """Take a named plan away; False when there is none."""
    return edits.delete_row(book, action, "plan_input", _plan_key(book, plan, producer, name))


def _plan_key(book: Book, plan: str, producer: int | None, name: str) -> str:
    return f"{plan}|{_code(book, producer) or ''}|{name}".casefold()


def _code(book: Book, producer: int | None) -> str | None:
    if producer is None:
        return None
    row = book.connection.execute("SELECT producer_code FROM producer WHERE id = ?", (producer,)).fetchone()
    return str(row[0])


# --- typed weeks ------------------------------------------------------------------------------------------------------


def typed_weeks(book: Book, producer: int, year: int) -> dict[str, TypedWeek]:
    """The typed figures of a producer's weeks of an ISO year, by week (`2026-W10`)."""
    marks: dict[int, dict[str, str]] = {}
    for row_id, column, at in book.connection.execute(
        'SELECT row_id, "column", "at" FROM typed_field WHERE "table" = \'plan_week\''
    ):
        marks.setdefault(row_id, {})[column] = at
    rows = book.connection.execute(
        f"SELECT id, week, {', '.join(_FIGURES)} FROM plan_week WHERE lower(producer) = lower(?) AND week LIKE ?",
        (_code(book, producer), f"{year:04d}-W%"),
    )
    return {row[1]: TypedWeek(WeekFigures(*row[2:]), marks.get(row[0], {})) for row in rows}


def save_week(book: Book, action: int, producer: int, week: str, figures: Mapping[str, int | None], at: str) -> bool:
    """Set typed figures of a week within an open action; None gives a figure back to the imported one."""
    code = _code(book, producer)
    values = {"producer": code, "week": week, **figures}
    return edits.edit_row(book, action, "plan_week", f"{code}|{week}".casefold(), values, at)


# --- meetings ---------------------------------------------------------------------------------------------------------


def meetings(book: Book, first: str, last: str) -> dict[tuple[str, str], Meeting]:
    """The meetings over the weeks from `first` to `last` (`2026-W10`, both included), by producer's code and week."""
    rows = book.connection.execute(
        "SELECT coalesce(p.producer_code, m.producer), m.week, m.state, m.reason, m.ended_at, m.notes, m.ticks,"
        " m.seconds FROM meeting m LEFT JOIN producer p ON p.key = lower(m.producer) WHERE m.week >= ? AND m.week <= ?",
        (first, last),
    )
    return {(row[0], row[1]): _meeting(*row[2:]) for row in rows}


def _meeting(
    state: str | None, reason: str | None, ended_at: str | None, notes: str | None, ticks: str | None, spent: str | None
) -> Meeting:
    return Meeting(
        state=None if state is None else State(state),
        reason=reason or "",
        ended_at=ended_at,
        notes=json.loads(notes) if notes else {},
        ticks=tuple(json.loads(ticks)) if ticks else (),
        seconds=json.loads(spent) if spent else {},
    )


def save_meeting(book: Book, action: int, producer: int, week: str, meeting: Meeting, at: str) -> bool:
    """Keep a meeting within an open action; True when anything changed."""
    code = _code(book, producer)
    values: dict[str, Cell] = {
        "producer": code,
        "week": week,
        "state": None if meeting.state is None else meeting.state.value,
        "reason": meeting.reason or None,
        "ended_at": meeting.ended_at,
        "notes": _packed({item: text for item, text in meeting.notes.items() if text}),
        "ticks": _packed(list(meeting.ticks)),
        "seconds": _packed(dict(meeting.seconds)),
    }
    return edits.edit_row(book, action, "meeting", f"{code}|{week}".casefold(), values, at)


def _packed(value: dict[str, str] | dict[str, int] | list[str]) -> str | None:
    return json_text(value) if value else None
