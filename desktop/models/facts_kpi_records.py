"""What the records behind a KPI are: key, whose, what about, and the file and line they came from.

One query per table, whatever the number of records. Must not know which figure asks.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from desktop.models.storage import STORAGES
from desktop.models.subjects import LEAD_NAME, OF_LEAD

if TYPE_CHECKING:
    from desktop.models.book import Book


class Described(NamedTuple):
    """One record: stored key, whose (code and name), subject, detail, premium in cents, and where it came from."""

    key: str
    producer: str | None
    producer_name: str | None
    subject: str
    detail: str
    premium: int | None
    file: str | None
    sheet: str | None
    line: int | None
    entered: str | None


_OWN = "LEFT JOIN alias a ON a.id = x.producer"
_OWNED = (
    "LEFT JOIN ownership o ON o.lead_id = x.lead_id AND o.from_at <= :as_of AND (o.to_at IS NULL OR o.to_at > :as_of)"
    " LEFT JOIN alias a ON a.id = o.alias"
)
_STAGE = (
    "(SELECT s.given FROM stay s WHERE s.lead_id = x.lead_id AND s.entered_at <= :as_of"
    ' ORDER BY s."position" DESC LIMIT 1)'
)
_TOLD = {
    "activities": (f"coalesce(x.client, {OF_LEAD}, '')", "coalesce(x.outcome, x.kind)", "NULL", _OWN),
    "quotes": (f"coalesce(x.client, {OF_LEAD}, '')", "coalesce(x.carrier, '')", "x.premium", _OWN),
    "policies": ("x.client", "x.policy_number", "x.annual_premium", _OWN),
    "leads": (LEAD_NAME, f"coalesce({_STAGE}, '')", "x.estimated_premium", _OWNED),
    "stages": (f"coalesce(x.policy_number, {OF_LEAD})", "x.stage", "NULL", _OWNED),
}
"""By template: subject, detail, premium, and the join that says whose it is."""

_NAMELESS = ("x.key", "''", "NULL", "LEFT JOIN alias a ON 0")


def described(book: Book, table: str, rows: Collection[int], as_of: datetime) -> dict[int, Described]:
    """The records of a template's table with these row ids; a lead's producer is its owner at `as_of`."""
    subject, detail, premium, whose = _TOLD.get(table, _NAMELESS)
    found = book.connection.execute(
        f"SELECT x.id, x.key, g.producer_code, coalesce(g.name, a.text), {subject}, {detail}, {premium},"
        " f.name, f.sheet, x.line, CASE WHEN x.file IS NULL THEN x.entered_at END"
        f' FROM json_each(:rows) j JOIN "{STORAGES[table].table}" x ON x.id = j.value {whose}'
        " LEFT JOIN producer g ON g.id = a.producer LEFT JOIN import_file f ON f.id = x.file",
        {"rows": json.dumps(sorted(rows)), "as_of": as_of.isoformat()},
    )
    return {row: Described(*told) for row, *told in found}
