"""Published weeks: frozen scorecards in the order in which they were published, each sealed over the one before.

Rows come and stay: nothing here changes or removes one. Knows canonical text, not what it says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.models import journal
from desktop.models.soundness import Problem

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.models.journal import Author

WHAT = "week.publish"
_FIELDS = "week, producer, version, content, sha256, as_of, at, who, last_action, chain"


@dataclass(frozen=True, slots=True)
class Publication:
    """One frozen scorecard. `as_of` and `at` are ISO local times, `last_action` the newest entry of the trail then."""

    week: str
    producer: str
    version: int
    content: str
    sha256: str
    as_of: str
    at: str
    who: str
    last_action: int
    chain: str

    def sealed(self, before: str) -> str:
        """The chain's next link: over the link before and everything in this row."""
        fields = (self.week, self.producer, self.version, digest(self.content), self.as_of, self.at, self.who)
        text = json.dumps([before, *fields, self.last_action], ensure_ascii=False, separators=(",", ":"))
        return digest(text)


def digest(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def latest(book: Book, week: str) -> dict[str, Publication]:
    """The valid version of every producer's scorecard published of a week, by code."""
    rows = book.connection.execute(f"SELECT {_FIELDS} FROM published WHERE week = ? ORDER BY version", (week,))
    return {row[1]: Publication(*row) for row in rows.fetchall()}


def versions(book: Book, week: str, producer: str) -> list[Publication]:
    """All versions of one producer's week, first to last."""
    rows = book.connection.execute(
        f"SELECT {_FIELDS} FROM published WHERE week = ? AND producer = ? ORDER BY version", (week, producer)
    )
    return [Publication(*row) for row in rows.fetchall()]


def add(book: Book, week: str, producer: str, content: str, as_of: str, author: Author) -> Publication:
    """Freeze one scorecard as the next version, within the caller's transaction, and enter it in the trail.

    The entry is not one that can be undone: what was published stays published.
    """
    before = versions(book, week, producer)
    number = before[-1].version + 1 if before else 1
    sha256 = digest(content)
    label = f"Publish the scorecard of {producer}, week {week}, version {number}"
    action = journal.enter(book, author, WHAT, label)
    row = book.connection.execute("SELECT chain FROM published ORDER BY id DESC LIMIT 1").fetchone()
    draft = Publication(week, producer, number, content, sha256, as_of, author.at, author.who, action, "")
    made = replace(draft, chain=draft.sealed("" if row is None else row[0]))
    book.connection.execute(f"INSERT INTO published ({_FIELDS}) VALUES ({','.join('?' * 10)})", _values(made))
    return made


def _values(one: Publication) -> tuple[str | int, ...]:
    return (
        one.week, one.producer, one.version, one.content, one.sha256, one.as_of, one.at, one.who, one.last_action,
        one.chain,
    )  # fmt: skip


def broken(book: Book) -> Iterator[Problem]:
    """What was altered, added or taken away in the published weeks behind the program's back."""
    rows = book.connection.execute(f"SELECT {_FIELDS} FROM published ORDER BY id").fetchall()
    before = ""
    counted: dict[tuple[str, str], int] = {}
    for found in rows:
        one = Publication(*found)
        where = f"week {one.week}, {one.producer}, version {one.version}"
        if digest(one.content) != one.sha256:
            yield Problem("A published figure was altered", where)
        if one.sealed(before) != one.chain:
            yield Problem("A published week does not follow from the one before", where)
        if one.version != counted.get((one.week, one.producer), 0) + 1:
            yield Problem("A published version is missing", where)
        counted[one.week, one.producer] = one.version
        before = one.chain
    (entered,) = book.connection.execute("SELECT count(*) FROM action WHERE what = ?", (WHAT,)).fetchone()
    if entered != len(rows):
        yield Problem(f"{entered} scorecards were published, {len(rows)} are kept", "published weeks")
