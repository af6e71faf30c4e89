"""How a file ties with earlier ones: rows in both, rows it changed, and rows of theirs that it no longer has.

Called within the import's transaction, so that preview and import say the same. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.models import ties
from desktop.models.ties import DATED, Described, EarlierFile, Holdings

if TYPE_CHECKING:
    from desktop.importers import Reading
    from desktop.models.book import Book

EARLIER = 4
"""How many earlier files a file is compared with."""

LISTED = 500
"""How many missing rows are listed one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One earlier file beside the one at hand. `on` is the ISO day of its import, `run` that import's number.

    `same` and `changed`: records that are in both. `missing`: records of the earlier file that should be in this one
    and are not: any of them where files list all there is (`snapshot`), else those of the days that this file covers.
    `rows` lists the first of these. `identical`: the very same bytes.
    """

    name: str
    on: str
    run: int
    same: int
    changed: int
    missing: int = 0
    snapshot: bool = False
    identical: bool = False
    rows: tuple[Described, ...] = ()


def find(book: Book, run: int, file: int, reading: Reading, *, known: bool, met: int) -> tuple[Tie, ...]:
    """The earlier files that share records with `file` of the import `run`, newest first.

    `known`: these bytes are in the book already; `met`: how many of its records were (none: nothing to compare).
    """
    if known:
        same = ties.same_content(book, run, reading.sha256, reading.sheet)
        rows = reading.rows - reading.rejected_rows
        return () if same is None else (Tie(same.name, same.at[:10], same.run, rows, 0, identical=True),)
    if not met or reading.table not in DATED:
        return ()
    earlier = ties.earlier_files(book, run, reading.table, EARLIER)
    if not earlier:
        return ()
    held = ties.holdings(book, reading.table, [file, *(one.file for one in earlier)])
    held.note_changed(ties.changed_by(book, run, reading.table))
    newest = next((one.file for one in earlier if one.profile == reading.profile), None)
    made = [_tie(book, reading.table, one, held, at, one.file == newest) for at, one in enumerate(earlier, 1)]
    return tuple(tie for tie in made if tie.same or tie.changed)


def _tie(book: Book, table: str, earlier: EarlierFile, held: Holdings, at: int, newest: bool) -> Tie:
    """`at`: the earlier file's place among those that `held` knows, of which the file at hand is the first."""
    same, changed = held.shared(at)
    both = same + changed > 0
    snapshot = newest and both and table == "policies" and ties.are_snapshots(book, held.both(at))
    gone = _gone(book, table, held, at, snapshot) if newest and both else []
    return Tie(
        earlier.name,
        earlier.at[:10],
        earlier.run,
        same,
        changed,
        len(gone),
        snapshot,
        rows=tuple(ties.describe(book, table, gone[:LISTED])) if gone else (),
    )


def _gone(book: Book, table: str, held: Holdings, at: int, snapshot: bool) -> list[int]:
    """Records of theirs that are not among mine; without `snapshot` those of the days from my first to my last."""
    gone = held.gone(at)
    return list(gone) if snapshot else ties.within(book, table, gone, held.first, held.last)


def packed(found: Sequence[Tie]) -> list[list[Any]]:
    """Ties as JSON holds them in the history."""
    return [
        [
            *(one.name, one.on, one.run, one.same, one.changed, one.missing, one.snapshot, one.identical),
            [[row.what, row.day, row.premium, row.line] for row in one.rows],
        ]
        for one in found
    ]


def unpacked(stored: Sequence[Sequence[Any]]) -> tuple[Tie, ...]:
    """Ties from the history."""
    found = []
    for *figures, rows in stored:
        name, on, run, same, changed, missing, snapshot, identical = figures
        listed = tuple(Described(*row) for row in rows)
        found.append(Tie(name, on, run, same, changed, missing, snapshot, identical, listed))
    return tuple(found)
