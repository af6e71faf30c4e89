"""What changed: the audit trail in words, one line per changed field, pay hidden where it is to be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.core.templates import Kind
from desktop.models import trail as repository
from desktop.models.storage import BY_TABLE
from desktop.models.trail import TrailRow
from desktop.services import discretion, grids
from desktop.settings import DEFAULTS

if TYPE_CHECKING:
    from desktop.models.book import Book

NEWEST = 5_000
"""Lines that are shown at most."""
_LONGEST = 200
_PLUMBING = frozenset({"id", "key", "extra", "file", "line", "entered_at", "client_ref", "folded"})


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line: when, who, the action's words, the kind of record, which, the field (empty: the whole), from, to."""

    at: datetime
    who: str
    label: str
    record: str
    key: str
    field: str
    before: str
    after: str
    undone: bool


def lines(book: Book, hidden: bool = False, limit: int = NEWEST) -> list[TrailLine]:
    """The newest lines of the audit trail; with `hidden`, pay is not told."""
    names = repository.names_of_aliases(book)
    return [_line(row, names, hidden) for row in repository.rows(book, limit)]


def _line(row: TrailRow, names: Mapping[int, str], hidden: bool) -> TrailLine:
    storage = None if row.table is None else BY_TABLE.get(row.table)
    field = _field(row)
    return TrailLine(
        at=datetime.fromisoformat(row.at),
        who=row.who,
        label=row.label,
        record="" if row.table is None else (row.table if storage is None else storage.template.name),
        key=_key(row, names),
        field=field,
        before=_value(row, row.before, names, hidden) or _default(row),
        after=_value(row, row.after, names, hidden),
        undone=row.undone,
    )


def _default(row: TrailRow) -> str:
    """What held before a setting was first set; of the time zone, which was the computer's, nothing is known."""
    unset = row.table == "setting" and row.before is None and row.after is not None and row.key != "agency.time_zone"
    value = DEFAULTS.get(row.key or "") if unset else None
    return "" if value in (None, "") else _short(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _field(row: TrailRow) -> str:
    if row.column is None or (row.table == "setting" and row.column == "value"):
        return ""
    storage = BY_TABLE.get(row.table or "")
    return row.column if storage is None or not row.column else storage.heading(row.column)


def _key(row: TrailRow, names: Mapping[int, str]) -> str:
    if row.table == "alias":
        return names.get(int(row.key), row.key) if row.key is not None and row.key.isdigit() else row.key or ""
    return (row.key or "").replace("||", "|").strip("|")


def _value(row: TrailRow, text: str | None, names: Mapping[int, str], hidden: bool) -> str:
    if text is None:
        return ""
    if row.table == "logo":
        return "a picture"
    value = json.loads(text)
    if row.column == "" and isinstance(value, dict):
        return _whole(row.table or "", value, names, hidden)
    return _cell(row.table or "", row.column or "", value, names, hidden)


def _whole(table: str, row: Mapping[str, Any], names: Mapping[int, str], hidden: bool) -> str:
    """A whole row: its filled fields in words."""
    if table == "setting":
        return _short(str(row.get("value") or ""))
    shown = {name: value for name, value in row.items() if name not in _PLUMBING and value is not None}
    return _short(", ".join(f"{name} {_cell(table, name, value, names, hidden)}" for name, value in shown.items()))


def _cell(table: str, column: str, value: Any, names: Mapping[int, str], hidden: bool) -> str:
    storage = BY_TABLE.get(table)
    if hidden and value is not None and discretion.is_pay(column):
        return discretion.HIDDEN
    if value is None:
        return ""
    if storage is None or column not in storage.columns:
        return _short(names.get(value, "") if table == "alias" and column == "producer" else str(value))
    at = storage.columns.index(column)
    if at in storage.people:
        return names.get(int(value), "")
    kind = storage.template.columns[at].kind
    if kind is Kind.JSON:
        return _short(str(value))
    return _short(grids.as_typed(kind, value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
