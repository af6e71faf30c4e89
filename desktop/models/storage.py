"""How template rows lie in the book's tables: names, order, and the key that says "same record".

Knows SQL names, not SQL statements.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desktop.core.templates import TEMPLATES, Cell, Kind, Row, Template

_TABLES = {
    "settings": "setting",
    "producers": "producer",
    "sources": "source",
    "territories": "territory",
    "clients": "client",
    "pay": "pay",
    "targets": "target",
    "leads": "lead",
    "owners": "owner",
    "stages": "stage",
    "policies": "policy",
    "premiums": "premium",
    "quotes": "quote",
    "activities": "activity",
    "rules": "rule",
    "availability": "availability",
    "stated_totals": "stated_total",
    "client_pairs": "client_pair",
    "carrier_goals": "carrier_goal",
    "client_spends": "client_spend",
    "follow_ups": "follow_up",
    "account_rounding": "account_rounding",
    "assignments": "assignment",
    "rotation": "rotation",
    "ladder_steps": "ladder_step",
    "lead_tasks": "lead_task",
    "opt_outs": "opt_out",
    "message_templates": "message_template",
    "plans": "plan_input",
    "plan_weeks": "plan_week",
    "meetings": "meeting",
    "scorecards": "scorecard",
}
_FOLDED_KEYS = frozenset(
    {
        *("producers", "sources", "territories", "pay", "targets", "availability", "stated_totals", "carrier_goals"),
        *("plans", "plan_weeks", "meetings", "scorecards"),
    }
)
_OWN_KEY = {"activities": "activity_id", "quotes": "quote_id"}
_OWNERS = ("producer", "producer_code")


@dataclass(frozen=True, slots=True)
class Storage:
    """Where one template is kept: `columns[i]` is the table's column for the template's column `i`.

    `people` and `flags` are positions of columns of those kinds, `owner` the one that says whose a record is (or -1),
    `own_key` that of an id which a row may lack.
    """

    template: Template
    table: str
    columns: tuple[str, ...]
    people: tuple[int, ...]
    flags: tuple[int, ...]
    owner: int
    own_key: int | None

    @property
    def people_columns(self) -> tuple[str, ...]:
        return tuple(self.columns[at] for at in self.people)

    def column(self, name: str) -> str:
        """The table's column for the template's column `name`."""
        return self.columns[self.template.index(name)]

    def heading(self, column: str) -> str:
        """The template's name for the table's `column`."""
        if column not in self.columns:
            return column
        return self.template.names[self.columns.index(column)]


def _column(template: str, name: str) -> str:
    if name == "line":
        return "insurance_line"
    if template == "rules" and name == "id":
        return "rule_id"
    if template == "settings" and name == "key":
        return "name"
    return name


def _places(template: Template, names: tuple[str, ...]) -> list[int]:
    return [template.index(name) for name in names if name in template.names]


def _storage(template: Template) -> Storage:
    own = _OWN_KEY.get(template.name)
    return Storage(
        template=template,
        table=_TABLES[template.name],
        columns=tuple(_column(template.name, name) for name in template.names),
        people=tuple(at for at, column in enumerate(template.columns) if column.kind is Kind.PRODUCER),
        flags=tuple(at for at, column in enumerate(template.columns) if column.kind is Kind.FLAG),
        owner=next((at for at in _places(template, _OWNERS) if template.columns[at].kind is Kind.PRODUCER), -1),
        own_key=None if own is None else template.index(own),
    )


STORAGES: Mapping[str, Storage] = MappingProxyType({name: _storage(t) for name, t in TEMPLATES.items()})
BY_TABLE: Mapping[str, Storage] = MappingProxyType({storage.table: storage for storage in STORAGES.values()})


def fold(text: str) -> str:
    """A name's comparable form: case, punctuation and spaces do not matter (files.md 2)."""
    return "".join(character for character in text.casefold() if character.isalnum())


def stated_key(storage: Storage, row: Row, code_of: Callable[[str], str] = str) -> str | None:
    """The key that the row's own fields give, or None for a row without one (an activity or quote without its id).

    `code_of` turns a person's name into the code of the producer it means, so that no spelling makes another record.
    """
    template = storage.template
    if storage.own_key is not None:
        value = row[storage.own_key]
        return None if value is None else str(value)
    parts = []
    for name in template.key:
        at = template.index(name)
        text = "" if row[at] is None else str(row[at]).strip()
        parts.append(code_of(text) if at in storage.people and text else text)
    key = "|".join(parts)
    return key.casefold() if template.name in _FOLDED_KEYS else key


def fingerprint(row: Row, extra: str | None) -> int:
    """64 bits over the whole row, for rows that carry no id of their own."""
    return int.from_bytes(hashlib.blake2b(repr((row, extra)).encode(), digest_size=8).digest(), "big")


def numbered_key(mark: int, ordinal: int) -> str:
    """Key of the `ordinal`-th equal row (from 1) with fingerprint `mark`."""
    return f"row:{mark:016x}:{ordinal}"


def stored(cell: Cell) -> Cell:
    """A cell as the database holds it: flags are 0 and 1."""
    return int(cell) if isinstance(cell, bool) else cell


def json_text(value: object) -> str:
    """A value as a cell of kind JSON holds it: one spelling, the one that an import reads."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
