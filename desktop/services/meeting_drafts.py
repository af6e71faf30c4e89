"""What is typed into a 1:1 between two pauses, and its clock: held at once, so that a crash loses no word.

It changes no record and no figure, and stands neither in the trail nor in exports. Once kept, it is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop.core.meetings import Meeting, State
from desktop.models import grid_drafts

if TYPE_CHECKING:
    from desktop.models.book import Book

Typed = tuple[Meeting, tuple[str, ...]]
"""A meeting and what was agreed in it."""


def write(book: Book, week: str, code: str, kept: Typed, typed: Typed) -> None:
    """Hold `typed` over `kept`, what the book has of the meeting (`week`: `2026-W10`)."""
    if _plain(*kept) == _plain(*typed):
        drop(book, week, code)
    else:
        grid_drafts.write(book, _name(week, code), {"kept": _plain(*kept), "typed": _plain(*typed)})


def read(book: Book, week: str, code: str, kept: Typed) -> Typed | None:
    """What was typed over exactly `kept` and not kept itself; None when nothing was, or the book says else by now."""
    found = grid_drafts.read(book, _name(week, code))
    if found is None or _told(found["kept"]) != _told(_plain(*kept)):
        return None
    return _typed(found["typed"])


def drop(book: Book, week: str, code: str) -> None:
    """What was typed is kept, or given up."""
    if grid_drafts.read(book, _name(week, code)) is not None:
        grid_drafts.drop(book, _name(week, code))


def _name(week: str, code: str) -> str:
    return f"meeting {week} {code}"


def _plain(meeting: Meeting, priorities: Sequence[str]) -> dict[str, Any]:
    return {
        "state": None if meeting.state is None else meeting.state.value,
        "reason": meeting.reason,
        "ended_at": meeting.ended_at,
        "notes": {item: text for item, text in meeting.notes.items() if text},
        "ticks": list(meeting.ticks),
        "seconds": dict(meeting.seconds),
        "priorities": list(priorities),
    }


def _told(plain: dict[str, Any]) -> dict[str, Any]:
    """All but the clock, which runs while others type."""
    return {key: value for key, value in plain.items() if key != "seconds"}


def _typed(plain: dict[str, Any]) -> Typed:
    state = plain["state"]
    meeting = Meeting(
        state=None if state is None else State(state),
        reason=plain["reason"],
        ended_at=plain["ended_at"],
        notes=plain["notes"],
        ticks=tuple(plain["ticks"]),
        seconds=plain["seconds"],
    )
    return meeting, tuple(plain["priorities"])
