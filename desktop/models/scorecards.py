"""What was typed on the weekly scorecards, who manages whom, and the agency's logo.

Hands core records in and out; knows nothing of figures or paper.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from desktop.core.scorecard import ScorecardTexts
from desktop.models import edits, journal
from desktop.models.journal import Change
from desktop.models.storage import json_text

if TYPE_CHECKING:
    from desktop.models.book import Book

_PICTURES = (b"\x89PNG", b"\xff\xd8")
"""How a PNG and a JPEG picture begin."""


def read_texts(book: Book, week: str) -> dict[str, ScorecardTexts]:
    """The texts of every scorecard of a week (`2026-W10`) that has any, by the producer's code."""
    rows = book.connection.execute(
        "SELECT coalesce(p.producer_code, s.producer), s.wins, s.challenges, s.priorities, s.notes FROM scorecard s"
        " LEFT JOIN producer p ON p.key = lower(s.producer) WHERE s.week = ?",
        (week,),
    )
    return {
        code: ScorecardTexts(_lines(wins), _lines(challenges), _lines(priorities), notes or "")
        for code, wins, challenges, priorities, notes in rows
    }


def save_texts(book: Book, action: int, week: str, producer: int, texts: ScorecardTexts, at: str) -> bool:
    """Keep the texts of one producer's week within an open action; True when anything changed. `producer`: row id."""
    (code,) = book.connection.execute("SELECT producer_code FROM producer WHERE id = ?", (producer,)).fetchone()
    return edits.edit_row(
        book,
        action,
        "scorecard",
        f"{code}|{week}".casefold(),
        {
            "producer": code,
            "week": week,
            "wins": _packed(texts.wins),
            "challenges": _packed(texts.challenges),
            "priorities": _packed(texts.priorities),
            "notes": texts.notes or None,
        },
        at,
    )


def managers(book: Book) -> dict[str, str]:
    """The manager's name by producer code: a person of the book, else the name as it stands in the file."""
    rows = book.connection.execute(
        "SELECT p.producer_code, coalesce(m.name, a.text) FROM producer p JOIN alias a ON a.id = p.manager"
        " LEFT JOIN producer m ON m.id = a.producer"
    )
    return dict(rows.fetchall())


def logo(book: Book) -> bytes | None:
    """The agency's logo as it was given."""
    row = book.connection.execute("SELECT image FROM logo ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else _picture(row[0])


def replace_logo(book: Book, action: int, image: bytes | None) -> None:
    """Put `image` in place of the logo, None takes it away; journalled, so that it can be undone."""
    changes = []
    for row_id, old in book.connection.execute("SELECT id, image FROM logo").fetchall():
        row = {"id": row_id, "image": _packed_picture(_picture(old))}
        changes.append(Change("logo", row_id, "logo", "", json.dumps(row), None))
    book.connection.execute("DELETE FROM logo")
    if image is not None:
        text = _packed_picture(image)
        row_id = int(book.connection.execute("INSERT INTO logo (image) VALUES (?)", (text,)).lastrowid)
        changes.append(Change("logo", row_id, "logo", "", None, json.dumps({"id": row_id, "image": text})))
    journal.record(book, action, changes)


def _picture(stored: str | bytes) -> bytes:
    """A picture as bytes: kept as Base64, for the journal's sake, or in older books as it is."""
    raw = stored.encode("ascii") if isinstance(stored, str) else bytes(stored)
    return raw if raw.startswith(_PICTURES) else base64.b64decode(raw)


def _packed_picture(image: bytes) -> str:
    return base64.b64encode(image).decode("ascii")


def _lines(text: str | None) -> tuple[str, ...]:
    return () if text is None else tuple(json.loads(text))


def _packed(lines: tuple[str, ...]) -> str | None:
    return json_text(list(lines)) if any(lines) else None
