"""What an import's preview warns of: readable rows that may not mean what they seem to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.models.book import Book

_LEAD_TABLES = {"stages": "stage", "owners": "owner", "policies": "policy", "quotes": "quote", "activities": "activity"}


def doubled_calls(book: Book, files: Sequence[int], days: Collection[str]) -> list[tuple[str, int]]:
    """Producers (name, days) with both a call total and single calls on a day that these files touch.

    `days`: the days whose activities changed; nothing outside of their span is looked at.
    """
    if not days:
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


def unknown_leads(book: Book, files: Sequence[int]) -> list[tuple[str, int, str]]:
    """Tables whose rows of these files name leads that are not in the book: (table, rows, an example)."""
    marks = ",".join("?" * len(files)) or "NULL"
    found = []
    for name, table in _LEAD_TABLES.items():
        count, example = book.connection.execute(
            f"SELECT count(*), min(x.lead_id) FROM {table} x WHERE x.file IN ({marks}) AND x.lead_id IS NOT NULL"
            " AND x.lead_id NOT IN (SELECT lead_id FROM lead)",
            list(files),
        ).fetchone()
        if count:
            found.append((name, count, example))
    return found


def unknown_policies(book: Book, files: Sequence[int]) -> list[tuple[str, int, str]]:
    """Likewise for rows that name policies that are not in the book."""
    marks = ",".join("?" * len(files)) or "NULL"
    found = []
    for name, table in (("stages", "stage"), ("premiums", "premium")):
        count, example = book.connection.execute(
            f"SELECT count(*), min(x.policy_number) FROM {table} x WHERE x.file IN ({marks})"
            " AND x.policy_number IS NOT NULL"
            " AND x.policy_number NOT IN (SELECT policy_number FROM policy)",
            list(files),
        ).fetchone()
        if count:
            found.append((name, count, example))
    return found
