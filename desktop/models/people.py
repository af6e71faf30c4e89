"""Names as files spell them, and who is meant: the alias table.

A name is matched by code, full name in either order, alias or unique initials (files.md 1); anything else stays
unanswered until a person says who it is. Records point to the name, so an answer never rewrites them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.shares import parse_shares
from desktop.models.storage import STORAGES, fold

if TYPE_CHECKING:
    from desktop.core.batches import Batch
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name nobody has been found for, and the number of rows that carry it."""

    name: str
    rows: int


def spellings(code: str, name: str, aliases: str | None) -> list[str]:
    """Every spelling that means this producer for certain: code, name in both orders, the listed aliases."""
    found = [code, name]
    if "," in name:
        last, first = name.split(",", 1)
        name = f"{first.strip()} {last.strip()}"
        found.append(name)
    words = name.split()
    # Where the family name starts is not known ("Hal van Houten", "Jo Ann Smith"): every place is a spelling.
    found.extend(f"{' '.join(words[at:])}, {' '.join(words[:at])}" for at in range(1, len(words)))
    found.extend(part for part in (aliases or "").split(";") if part.strip())
    return [text.strip() for text in found if fold(text)]


def initials(name: str) -> str:
    """Folded initials in speaking order: "Marsh, Dana" and "Dana Marsh" are both `dm`."""
    if "," in name:
        last, first = name.split(",", 1)
        name = f"{first} {last}"
    return "".join(word[0] for word in name.casefold().split() if word[0].isalnum())


def _matches(producers: Iterable[tuple[int, str, str, str | None]]) -> dict[str, int]:
    """Folded spelling -> producer id; a spelling that two people share means nobody."""
    certain: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    codes: dict[str, int] = {}
    for row_id, code, name, aliases in producers:
        codes[fold(code)] = row_id
        for text in spellings(code, name, aliases):
            certain.setdefault(fold(text), set()).add(row_id)
        short.setdefault(initials(name), set()).add(row_id)
    found = {text: next(iter(ids)) for text, ids in certain.items() if len(ids) == 1}
    for text, ids in short.items():
        if len(ids) == 1 and len(text) > 1 and text not in certain:
            found[text] = next(iter(ids))
    return found | codes


class Aliases:
    """The names of one open transaction: looks up, adds and matches them, and counts rows per name."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._ids: dict[str, int] = {}
        self._memo: dict[str, int] = {}
        self._producers: dict[int, int | None] = {}
        self._texts: dict[int, str] = {}
        self._settled: set[int] = set()
        self.rows: Counter[int] = Counter()
        self._lines: dict[int, set[int]] | None = None
        self._load()

    def _load(self) -> None:
        for row_id, text, folded, producer, ignored, answered in self._book.database.execute_sql(
            "SELECT id, text, folded, producer, ignored, answered FROM alias"
        ).fetchall():
            self._ids[folded] = row_id
            self._texts[row_id] = text
            self._producers[row_id] = producer
            if ignored or answered:
                self._settled.add(row_id)
        self._match = self._matches()

    def _matches(self) -> dict[str, int]:
        return _matches(
            self._book.database.execute_sql("SELECT id, producer_code, name, aliases FROM producer").fetchall()
        )

    def id_of(self, text: str) -> int:
        """The alias of a name as it stands in a file; made, and matched where that is certain, when new."""
        known = self._memo.get(text)
        if known is not None:
            return known
        folded = fold(text) or text
        row_id = self._ids.get(folded)
        if row_id is None:
            row_id = self._add(text, folded)
        self._memo[text] = row_id
        return row_id

    def _add(self, text: str, folded: str) -> int:
        producer = self._match.get(folded)
        cursor = self._book.database.execute_sql(
            "INSERT INTO alias (text, folded, producer, ignored, answered) VALUES (?,?,?,0,0)", (text, folded, producer)
        )
        row_id = int(cursor.lastrowid)
        self._ids[folded], self._producers[row_id], self._texts[row_id] = row_id, producer, text
        return row_id

    def code_of(self, text: str) -> str:
        """The code of the producer that a name means, or the name itself where it means nobody yet."""
        producer = self._producers[self.id_of(text)]
        if producer is None:
            return text
        (code,) = self._book.database.execute_sql(
            "SELECT producer_code FROM producer WHERE id=?", (producer,)
        ).fetchone()
        return str(code)

    def producer_of(self, alias: int | None) -> int | None:
        """The producer's row id that a name means, or None."""
        return None if alias is None else self._producers.get(alias)

    def same_person(self, one: int | None, other: int | None) -> bool:
        """Whether two names are one, or mean the same known producer."""
        if one == other:
            return True
        found = self.producer_of(one)
        return found is not None and found == self.producer_of(other)

    def rematch(self) -> set[int]:
        """After producers came or changed: give each its spellings and answer names that are now certain.

        Returns the names that mean somebody else than before.
        """
        changed: set[int] = set()
        self._match = self._matches()
        for _row_id, code, name, aliases in self._book.database.execute_sql(
            "SELECT id, producer_code, name, aliases FROM producer"
        ).fetchall():
            for text in spellings(code, name, aliases):
                self.id_of(text)
        for folded, row_id in self._ids.items():
            producer = self._match.get(folded)
            if producer != self._producers[row_id] and row_id not in self._settled and producer is not None:
                self._book.database.execute_sql("UPDATE alias SET producer=? WHERE id=?", (producer, row_id))
                self._producers[row_id] = producer
                changed.add(row_id)
        return changed

    def open_file(self, *, by_line: bool) -> None:
        """Count for a new file: `by_line` where a line may make several records or be part of another line's."""
        self._lines = {} if by_line else None

    def count(self, named: Iterable[int | None], lines: Iterable[int]) -> None:
        """Count the rows of one batch by the names that say whose they are; `lines` are theirs in the file."""
        if self._lines is None:
            for alias, number in Counter(named).items():
                if alias is not None:
                    self.rows[alias] += number
            return
        for alias, line in zip(named, lines, strict=True):
            if alias is not None and self._producers[alias] is None:
                self._lines.setdefault(alias, set()).add(line)

    def close_file(self, merged: Mapping[int, int]) -> None:
        """A line counts once for a name, whatever it made; one that is part of another (`merged`) counts with that."""
        for alias, lines in (self._lines or {}).items():
            joined = sum(leader in lines and line not in lines for line, leader in merged.items())
            self.rows[alias] += len(lines) + joined
        self._lines = None

    def count_open(self, batches: Iterable[Batch]) -> None:
        """Count the rows of names that mean nobody yet, in a file whose rows are in the book already."""
        still = {alias for alias, producer in self._producers.items() if producer is None} - self._settled
        if not still:
            return
        for batch in batches:
            owner = STORAGES[batch.table].owner
            if owner >= 0:
                texts = (None if cell is None else str(cell) for cell in batch.cells(owner))
                found = (None if text is None else self._ids.get(fold(text) or text) for text in texts)
                self.count([alias if alias in still else None for alias in found], batch.lines)
            if batch.table == "policies":
                self._count_open_shares(batch, still)

    def _count_open_shares(self, batch: Batch, still: set[int]) -> None:
        at, owner = (STORAGES["policies"].template.index(name) for name in ("shares", "producer"))
        for line, row in zip(batch.lines, batch.rows, strict=True):
            if row[at] is not None:
                names = {fold(name) or name for name, _part in parse_shares(str(row[at]))} - {fold(str(row[owner]))}
                met = [alias for name in names if (alias := self._ids.get(name)) in still]
                self.count(met, [line] * len(met))

    def unknown(self) -> list[UnknownName]:
        """Names met in this transaction that mean nobody yet, most rows first."""
        found = [
            UnknownName(self._texts[alias], rows)
            for alias, rows in self.rows.items()
            if self._producers[alias] is None and alias not in self._settled
        ]
        return sorted(found, key=lambda name: (-name.rows, name.name))


def answer(book: Book, text: str, producer_code: str | None) -> None:
    """Say once who a name is: a producer's code, or None for nobody of ours. Raises KeyError for an unknown code."""
    producer: int | None = None
    if producer_code is not None:
        row = book.database.execute_sql(
            "SELECT id FROM producer WHERE key=?", (producer_code.strip().casefold(),)
        ).fetchone()
        if row is None:
            raise KeyError(producer_code)
        producer = row[0]
    book.database.execute_sql(
        "INSERT INTO alias (text, folded, producer, ignored, answered) VALUES (?,?,?,?,1)"
        " ON CONFLICT (folded) DO UPDATE SET producer=excluded.producer, ignored=excluded.ignored, answered=1",
        (text, fold(text) or text, producer, int(producer is None)),
    )
