"""Names that nobody has been found for, over the whole book, and saying afterwards who is meant.

An answer is journalled like any typed change, so that it can be taken back. Writes within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.models import journal
from desktop.models.journal import Change, pack
from desktop.models.people import UnknownName
from desktop.models.storage import STORAGES

if TYPE_CHECKING:
    from desktop.models.book import Book

_OPEN = "producer IS NULL AND ignored=0 AND answered=0"


def unanswered(book: Book) -> list[UnknownName]:
    """Names that no answer settles and that records carry, most rows first."""
    if book.connection.execute(f"SELECT 1 FROM alias WHERE {_OPEN} LIMIT 1").fetchone() is None:
        return []
    owned = [(one.table, one.columns[one.owner]) for one in STORAGES.values() if one.owner >= 0]
    counts = " UNION ALL ".join(
        f'SELECT "{column}" AS alias, count(*) AS rows FROM "{table}"'
        f' WHERE "{column}" IN (SELECT id FROM alias WHERE {_OPEN}) GROUP BY 1'
        for table, column in owned
    )
    counts += (
        " UNION ALL SELECT d.alias, count(*) FROM production d JOIN policy p ON p.id = d.policy"
        f" WHERE d.alias IN (SELECT id FROM alias WHERE {_OPEN}) AND d.alias IS NOT p.producer GROUP BY 1"
    )
    rows = book.connection.execute(
        f"SELECT a.text, sum(n.rows) FROM ({counts}) n JOIN alias a ON a.id=n.alias GROUP BY a.id ORDER BY 2 DESC, 1"
    )
    return [UnknownName(text, number) for text, number in rows.fetchall()]


def settle(book: Book, action: int, name: str, code: str | None) -> int:
    """Say that `name` is the producer `code`, or (None) nobody of ours; returns the name's number.

    UserError for a name or code that there is not.
    """
    row = book.connection.execute("SELECT id, producer, ignored, answered FROM alias WHERE text=?", (name,)).fetchone()
    if row is None:
        raise UserError(f"No record carries the name {name} any more.", "Open the list of names again.")
    wanted = (None if code is None else _producer(book, code), int(code is None), 1)
    book.connection.execute("UPDATE alias SET producer=?, ignored=?, answered=? WHERE id=?", (*wanted, row[0]))
    fields = zip(("producer", "ignored", "answered"), row[1:], wanted, strict=True)
    changes = [
        Change("alias", row[0], name, field, pack(before), pack(after))
        for field, before, after in fields
        if before != after
    ]
    journal.record(book, action, changes)
    return int(row[0])


def join(book: Book, action: int, code: str) -> list[int]:
    """Journal that the names which now mean the new producer `code` meant nobody before; returns their numbers."""
    producer = _producer(book, code)
    rows = book.connection.execute("SELECT id, text FROM alias WHERE producer=?", (producer,)).fetchall()
    journal.record(
        book, action, [Change("alias", row[0], row[1], "producer", pack(None), pack(producer)) for row in rows]
    )
    return [row[0] for row in rows]


def names_of(book: Book, producers: Iterable[int]) -> list[int]:
    """The numbers of every name that these producers go by."""
    wanted = sorted(set(producers))
    marks = ",".join("?" * len(wanted)) or "NULL"
    return [row[0] for row in book.connection.execute(f"SELECT id FROM alias WHERE producer IN ({marks})", wanted)]


def _producer(book: Book, code: str) -> int:
    row = book.connection.execute("SELECT id FROM producer WHERE key=?", (code.strip().casefold(),)).fetchone()
    if row is None:
        raise UserError(f"There is no producer with the code {code}.", "Choose somebody else.")
    return int(row[0])
