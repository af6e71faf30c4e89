"""Whole columns of text to natives, fast: each distinct text is read once and remembered, within bounds.

A cell that cannot be read becomes `Bad`, with the reason; nothing else ever does. Knows neither files nor rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import tzinfo
from itertools import repeat
from typing import cast

from desktop.core.templates import UNASSIGNED, Cell, Kind
from desktop.importers import moments, values
from desktop.importers.profiles.profile import Field, Form
from desktop.importers.values import Converter, Unreadable

_REMEMBERED = 40_000
_DAMAGE = "\ufffd"
_SECOND_LOOK = (("'", "\n'"), (_DAMAGE, _DAMAGE), ("+", "E+"), ("+", "e+"))
"""What a chunk of trimmed texts may hold that must not pass as it is: apostrophes in front, damage, `1E+12`.

Each after a sign of it that is found faster.
"""
_CLOCK = re.compile("[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")
_RUNNABLE = "=+-@\t\r"


class Bad:
    """A cell that cannot be read."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason


Value = Cell | Bad
EMPTY = Bad("is empty, but required")
_DAMAGED = Bad("holds a character that cannot be read")


def plain(text: str) -> str:
    """Trimmed; the apostrophe that keeps a spreadsheet from running the text is taken off again."""
    text = text.strip()
    if len(text) > 1 and text[0] == "'" and text[1] in _RUNNABLE:
        return text[1:].strip()
    return text


class _Memory(dict[str, "Value"]):
    """Text to value, read at first sight."""

    def __init__(self, column: ColumnReader) -> None:
        super().__init__()
        self._column = column

    def __missing__(self, text: str) -> Value:
        value = self[text] = self._column.read(text)
        return value


class ColumnReader:
    """Reads the cells of one field."""

    def __init__(self, field: Field, zone: tzinfo) -> None:
        self.field = field
        self.bare = False
        self.percent = False
        self.extensions = False
        self._blank: Value = EMPTY if field.required else None
        self._convert = converter_of(field, zone)
        self._memory = _Memory(self)
        self._any_bad = False

    def column(self, cells: Sequence[str]) -> list[Value]:
        """The values of some cells, in order."""
        values = list(map(self._memory.__getitem__, cells))
        if len(self._memory) > _REMEMBERED:
            self._memory.clear()
        return values

    def bad(self, read: Sequence[Value]) -> list[int]:
        """Positions of the cells that could not be read."""
        if not self._any_bad or Bad not in set(map(type, read)):
            return []
        return [at for at, value in enumerate(read) if type(value) is Bad]

    def read(self, cell: str) -> Value:
        """One cell. Blank is None, or bad where the field is required."""
        text = plain(cell)
        if not text:
            value = self._blank
        elif _DAMAGE in text:
            value = _DAMAGED
        else:
            value = self._converted(text)
        if type(value) is Bad:
            self._any_bad = True
        return value

    def _converted(self, text: str) -> Value:
        try:
            value = self._convert(text)
        except Unreadable as unreadable:
            return Bad(str(unreadable))
        if self.field.kind is Kind.RATE and isinstance(value, str):
            self.bare = True
            self.percent = self.percent or values.is_over_one(value)
        elif self.field.kind is Kind.PHONE:
            self.extensions = self.extensions or values.extension_of(text) is not None
        return value


class TextReader(ColumnReader):
    """Texts and ids are mostly distinct, so they are not remembered but passed through where nothing is to be done."""

    def column(self, cells: Sequence[str]) -> list[Value]:
        trimmed = list(map(str.strip, cells))
        joined = "\n".join(("", *trimmed))
        if any(sign in joined and odd in joined for sign, odd in _SECOND_LOOK):
            return [self.read(cell) for cell in trimmed]
        if "" not in trimmed:
            return cast("list[Value]", trimmed)
        return [cell or self.read(cell) for cell in trimmed]


class IndentedReader(ColumnReader):
    """Texts whose indent says that they belong to the row above."""

    def read(self, cell: str) -> Value:
        value = super().read(cell)
        return cell[: len(cell) - len(cell.lstrip())] + value if isinstance(value, str) else value


class MomentReader(ColumnReader):
    """Most moments are distinct, but days and times of day repeat: those made of known halves are put together.

    ISO moments pass as they are; others (`3/7/2026 2:05 PM`) are two look-ups.
    """

    def __init__(self, field: Field, zone: tzinfo) -> None:
        super().__init__(field, zone)
        self._days: set[str] = set()
        self._clocks: set[str] = set()
        self._heads: dict[str, str] = {}
        self._tails: dict[str, str] = {}

    def column(self, cells: Sequence[str]) -> list[Value]:
        days, clocks, heads, tails = self._days, self._clocks, self._heads, self._tails
        if heads:
            values = [
                f"{day}T{clock}" if (day := heads.get(head)) and (clock := tails.get(tail)) else self._halved(cell)
                for cell, (head, _space, tail) in zip(cells, map(str.partition, cells, repeat(" ")), strict=True)
            ]
        else:
            values = [cell if cell[10:] in clocks and cell[:10] in days else self._halved(cell) for cell in cells]
        for known in (self._memory, days, heads, tails):
            if len(known) > _REMEMBERED:
                known.clear()
        return values

    def _halved(self, cell: str) -> Value:
        """Reads a moment; the halves of one that is a day, a space and a time of day are remembered."""
        head, _space, tail = cell.partition(" ")
        value = self._learn(cell)
        if tail and isinstance(value, str) and moments.is_halved(cell, head, tail):
            self._heads[head], self._tails[tail] = value[:10], value[11:]
        return value

    def _learn(self, cell: str) -> Value:
        return self._joined(cell) if len(cell) == 19 else self._memory[cell]

    def _joined(self, cell: str) -> Value:
        """A day not seen before is read as a whole; there are no more clocks than seconds in a day."""
        day, clock = cell[:10], cell[10:]
        if _CLOCK.fullmatch(clock) is None:
            return self.read(cell)
        if day not in self._days:
            value = self.read(cell)
            if not isinstance(value, str) or value[:10] != day:
                return value
            self._days.add(day)
        if clock[0] == "T":
            self._clocks.add(clock)
            return cell
        return f"{day}T{clock[1:]}"


_TEXTS = frozenset({Kind.TEXT, Form.ID})
_REPEATED_TEXTS = frozenset({"source", "line", "carrier", "state", "stage", "metric", "csr"})


def reader_for(field: Field, zone: tzinfo) -> ColumnReader:
    """The reader that suits the field's kind."""
    if field.kind in _TEXTS and field.name not in _REPEATED_TEXTS:
        return TextReader(field, zone)
    if field.kind is Form.INDENTED:
        return IndentedReader(field, zone)
    return MomentReader(field, zone) if field.kind is Kind.MOMENT else ColumnReader(field, zone)


def converter_of(field: Field, zone: tzinfo) -> Converter:
    """The function that reads one plain, non-empty cell of the field."""
    if field.kind is Kind.CHOICE:
        return values.choice_reader(field.choices, field.synonyms)
    if field.kind is Kind.DATE:
        return lambda text: moments.read_date(text, zone)
    if field.kind is Kind.MOMENT:
        return lambda text: moments.read_moment(text, zone)
    return _CONVERTERS[field.kind]


def _as_it_is(text: str) -> Cell:
    return text


def _read_producer(text: str) -> Cell:
    """A name or code as it stands; nobody where the program's own export says so."""
    return None if text.lower() == UNASSIGNED else text


_CONVERTERS: dict[Kind | Form, Converter] = {
    Kind.TEXT: _as_it_is,
    Kind.PRODUCER: _read_producer,
    Kind.MONEY: values.read_money,
    Kind.RATE: values.read_rate,
    Kind.COUNT: values.read_count,
    Kind.MINUTES: values.read_minutes,
    Kind.NUMBER: values.read_number,
    Kind.FLAG: values.read_flag,
    Kind.ZIP: values.read_zip,
    Kind.ZIP_RULE: values.read_zip_rule,
    Kind.STATE: values.read_state,
    Kind.PHONE: values.read_phone,
    Kind.EMAIL: values.read_email,
    Kind.CODES: values.read_codes,
    Kind.SHARES: values.read_shares,
    Kind.TIME: moments.read_clock,
    Kind.JSON: values.read_json,
    Form.ID: values.read_id,
    Form.CLOCK: moments.read_time_cell,
    Form.DURATION: values.read_duration,
    Form.SECONDS: values.read_seconds,
    Form.INDENTED: _as_it_is,
}
