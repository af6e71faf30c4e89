"""What an import's preview warns of: readable rows that may not mean what they seem to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.models.book import Book

_AT_ONCE = 10_000


def doubled_calls(book: Book, files: Sequence[int], days: Collection[str]) -> list[tuple[str, int]]:
    """Producers (name, days) with both a call total and single calls on a day that these files touch.

    `days`: the days whose activities changed; nothing outside of their span is looked at.
    """
    if not days:
        return []
    totals = book.connection.execute(
        "SELECT 1 FROM activity WHERE count > 1 AND occurred_at >= ? AND occurred_at < ? || 'U' LIMIT 1",
        (min(days), max(days)),
    ).fetchone()
    if totals is None:
        return []
    marks = ",".join("?" * len(files)) or "NULL"
    rows = book.connection.execute(
        "SELECT coalesce(p.name, a.text), count(*) FROM (SELECT coalesce(pa.producer, -x.producer) AS who,"
        " min(x.producer) AS alias, substr(x.occurred_at,1,10) AS day FROM activity x"
        " JOIN alias pa ON pa.id=x.producer WHERE x.occurred_at >= ? AND x.occurred_at < ? || 'U'"
        " AND x.kind='call' AND coalesce(x.direction,'outbound')='outbound'"
        " GROUP BY 1, 3 HAVING max(coalesce(x.count,1)) > 1 AND min(coalesce(x.count,1)) = 1"
        f" AND sum(x.file IN ({marks})) > 0) d JOIN alias a ON a.id=d.alias LEFT JOIN producer p ON p.id=a.producer"
        " GROUP BY 1 ORDER BY 1",
        [min(days), max(days), *files],
    )
    return [(row[0], row[1]) for row in rows]


def missing(book: Book, column: str, named: Collection[str]) -> list[str]:
    """Those of the named leads (`column` lead_id) or policies (policy_number) that are not in the book, sorted."""
    table = {"lead_id": "lead", "policy_number": "policy"}[column]
    wanted = sorted(named)
    found: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        rows = book.connection.execute(f"SELECT {column} FROM {table} WHERE {column} IN ({marks})", part)
        found.update(row[0] for row in rows)
    return [one for one in wanted if one not in found]
