"""A profile made from a layout that a user described: what its headings are read as, and the rows made of them.

The first part is what a row must give, or it is rejected; a further part is made where the row says enough for it.
Knows no system and no file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from desktop.core.templates import TEMPLATES, Cell, Kind, Row
from desktop.importers.layouts import LEAVE_EMPTY, PERIOD, Layout, Part, check, field_of, open_questions, to_json
from desktop.importers.profiles.profile import Field, Finding, Out, Profile, Record, Shaper
from desktop.importers.profiles.templates import PROFILES
from desktop.importers.records import Options
from desktop.importers.single import read_value
from desktop.importers.values import folded

_PERIOD_FIELD = "(period)"
_WHOLE_ROWS = frozenset({"activities", "quotes"})
"""Tables in which two equal rows are two events."""

_TEMPLATE = {profile.table: profile for profile in PROFILES}


@dataclass(frozen=True, slots=True)
class _Maker:
    """How one part's row is made. `takes`: our position and the field's name; `period`: positions of the last day."""

    table: str
    takes: tuple[tuple[int, str], ...]
    blank: Row
    period: tuple[int, ...]
    required: tuple[int, ...]
    whole: bool
    check: Callable[[Row], list[Finding]] | None

    def make(self, record: Record, last_day: str | None) -> Row:
        """The row of ours; columns of which the layout says nothing are empty."""
        row = list(self.blank)
        for at, name in self.takes:
            value = record[name]
            row[at] = None if value == LEAVE_EMPTY else value
        for at in self.period:
            row[at] = last_day
        return tuple(row)

    def lacks(self, row: Row) -> bool:
        return any(row[at] is None for at in self.required)

    def wrong(self, row: Row) -> Finding | None:
        """The first reason against the row; none while the part is not described to its end."""
        found = self.check(row) if self.check is not None and self.whole else []
        return found[0] if found else None

    def field_for(self, column: str) -> str:
        at = TEMPLATES[self.table].index(column)
        return next((name for position, name in self.takes if position == at), column)


class _Parts(Shaper):
    """Makes a row for each part of each record."""

    makers: ClassVar[tuple[_Maker, ...]] = ()

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._last_day = None if options.period is None else options.period[1].isoformat()
        self._left_out: Counter[str] = Counter()
        self._seen: set[tuple[str, Row]] = set()

    def take(self, line: int, record: Record, extra: str | None) -> None:
        made: list[tuple[str, Row]] = []
        for at, maker in enumerate(self.makers):
            row = maker.make(record, self._last_day)
            if at and maker.lacks(row):
                self._left_out[maker.table] += 1
                continue
            wrong = maker.wrong(row)
            if wrong is not None:
                name, reason = wrong
                value = row[TEMPLATES[maker.table].index(name)]
                self.out.reject(line, maker.field_for(name), "" if value is None else str(value), reason)
                return
            made.append((maker.table, row))
        self._give(line, made, extra)

    def _give(self, line: int, made: list[tuple[str, Row]], extra: str | None) -> None:
        """What only repeats an earlier row (a client with several policies) is said once."""
        for at, (table, row) in enumerate(made):
            if at and table not in _WHOLE_ROWS:
                if (table, row) in self._seen:
                    continue
                self._seen.add((table, row))
            self.out.row(table, line, row, None if at else extra)

    def finish(self) -> None:
        for table, rows in self._left_out.items():
            said = f"{rows:,} row says" if rows == 1 else f"{rows:,} rows say"
            self.out.note(f"{said} too little for {table.replace('_', ' ')}; none was made of them.")


def profile_of(layout: Layout) -> Profile:
    """The profile that reads such files; UserError where the layout contradicts itself.

    Questions left open make a profile that only shows what can be read: its rows must not be kept.
    """
    check(layout)
    fields: list[Field] = []
    makers: list[_Maker] = []
    for at, part in enumerate(layout.parts):
        own = list(_fields(part, at))
        fields += own
        makers.append(_maker(part, own))
    asks = any(maker.period for maker in makers)
    if asks or not fields:
        fields.append(Field(_PERIOD_FIELD, Kind.DATE, (), layout.parts[0].table))
    needed = [field.name for field in fields if field.required] or [field.name for field in fields if field.headings]
    first = _TEMPLATE[layout.parts[0].table]
    total = f"{first.table}.{first.total}"
    return Profile(
        name=layout.name,
        title=layout.name,
        table=first.table,
        fields=tuple(fields),
        fingerprint=tuple((name,) for name in needed),
        total=total if total in {field.name for field in fields} and first.total != "count" else None,
        shaper=type("CustomParts", (_Parts,), {"makers": tuple(makers)}),
        undated=(_PERIOD_FIELD,) if asks else (),
        known=layout.headings,
        revision=hashlib.sha256(to_json(layout).encode()).hexdigest()[:8],
    )


def _fields(part: Part, at: int) -> Iterator[Field]:
    """A field to each column that has a heading. Only the first part's may reject a row by being blank."""
    words = dict(part.words)
    for name, heading in part.columns:
        field = field_of(part.table, name)
        known = tuple((word, meaning) for word, meaning in words.get(name, ()))
        yield replace(
            field,
            name=f"{part.table}.{name}" if not at else f"{part.table}.{name} ({at + 1})",
            headings=(heading,),
            required=field.required and not at,
            choices=(*field.choices, LEAVE_EMPTY) if any(m == LEAVE_EMPTY for _w, m in known) else field.choices,
            synonyms={**field.synonyms, **{folded(word): meaning for word, meaning in known}},
        )


def _maker(part: Part, fields: list[Field]) -> _Maker:
    template = TEMPLATES[part.table]
    blank: list[Cell] = [None] * len(template.columns)
    period: list[int] = []
    for name, text in part.constants:
        at = template.index(name)
        if text == PERIOD:
            period.append(at)
        else:
            blank[at] = read_value(template.columns[at], text, date(2000, 1, 1))
    takes = zip((template.index(name) for name, _heading in part.columns), fields, strict=True)
    return _Maker(
        table=part.table,
        takes=tuple((at, field.name) for at, field in takes),
        blank=tuple(blank),
        period=tuple(period),
        required=tuple(at for at, column in enumerate(template.columns) if column.required),
        whole=not open_questions(part),
        check=_TEMPLATE[part.table].check,
    )
