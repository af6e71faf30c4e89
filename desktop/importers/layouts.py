"""A layout that a user described: which column of a file is which of ours, what holds for all rows, what words mean.

The record, its text as JSON (`.profile.json`), and what is still to be said of it. Knows neither files nor the book.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.core.templates import TEMPLATES, Column, Kind, Template
from desktop.errors import UserError
from desktop.importers.inputs import PROFILE_SUFFIX
from desktop.importers.profiles.profile import Field
from desktop.importers.profiles.templates import PROFILES
from desktop.importers.single import read_value

FORMAT = "producer_desk_profile"
VERSION = 1
SUFFIX = PROFILE_SUFFIX
PERIOD = "(last day of the period)"
"""In place of a date that the file lacks: the period is asked for with each file."""
LEAVE_EMPTY = "(leave empty)"
"""What a word of the file may mean in a column that may be empty."""

_MOST = 1_000_000
_SAME_FOR_ALL = frozenset({Kind.CHOICE, Kind.PRODUCER, Kind.FLAG, Kind.STATE, Kind.RATE})
_TEXTS_FOR_ALL = frozenset({"line", "source", "carrier", "system", "territory", "metric", "pipeline", "stage", "note"})

Pairs = tuple[tuple[str, str], ...]

_OURS_ALONE = frozenset(name for name, one in TEMPLATES.items() if not one.shown) - {"stated_totals"}
MAPPABLE: tuple[str, ...] = tuple(
    name for name, one in TEMPLATES.items() if one.suffix == "csv" and name not in _OURS_ALONE
)
"""The tables that a file's rows may become."""

_FIELDS: Mapping[str, Mapping[str, Field]] = {
    profile.table: {field.name: field for field in profile.fields} for profile in PROFILES
}


@dataclass(frozen=True, slots=True)
class Part:
    """One record of ours per row of the file. `columns`: ours -> heading; `constants`: ours -> text for all rows;
    `words`: ours -> (word of the file -> our choice, or LEAVE_EMPTY)."""

    table: str
    columns: Pairs = ()
    constants: Pairs = ()
    words: tuple[tuple[str, Pairs], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A described file: its name, its headings, and what its rows are. The first part is what a row must give."""

    name: str
    headings: tuple[str, ...]
    parts: tuple[Part, ...]


def field_of(table: str, column: str) -> Field:
    """How a column of ours is read in the app's own template. KeyError where there is none."""
    return _FIELDS[table][column]


def fields_of(table: str) -> tuple[Field, ...]:
    """All columns of a table, in the template's order."""
    return tuple(_FIELDS[table].values())


def same_for_all(column: Column) -> bool:
    """Whether one value may stand for all rows: choices, people, a few texts, and needed days (`PERIOD`)."""
    if column.kind in {Kind.DATE, Kind.MOMENT}:
        return column.required
    return column.kind in _SAME_FOR_ALL or column.name in _TEXTS_FOR_ALL


def open_questions(part: Part) -> tuple[str, ...]:
    """Required columns of which nothing is said yet."""
    said = {name for name, _heading in part.columns} | {name for name, _text in part.constants}
    return tuple(column.name for column in TEMPLATES[part.table].columns if column.required and column.name not in said)


def needs_period(layout: Layout) -> bool:
    """Whether the file's days are asked for at each import."""
    return any(text == PERIOD for part in layout.parts for _name, text in part.constants)


# --- as text --------------------------------------------------------------------------------------------------------


def to_json(layout: Layout) -> str:
    """The layout as text, one spelling per layout."""
    parts = [
        {
            "table": part.table,
            "columns": dict(part.columns),
            "constants": dict(part.constants),
            "words": {name: dict(words) for name, words in part.words},
        }
        for part in layout.parts
    ]
    document = {FORMAT: VERSION, "name": layout.name, "headings": list(layout.headings), "parts": parts}
    return json.dumps(document, ensure_ascii=False, indent=1)


def from_json(text: str, called: str = "The file") -> Layout:
    """A layout from its text; UserError (which speaks of `called`) for anything that is none."""
    if len(text) > _MOST:
        raise _no_layout(called)
    try:
        document = json.loads(text)
        if not isinstance(document, dict) or document.get(FORMAT) != VERSION:
            raise _no_layout(called)
        headings = tuple(_text(one) for one in document["headings"])
        parts = tuple(_part(one) for one in document["parts"])
        name = _text(document["name"]).strip()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_layout(called) from error
    if not name or not parts or len(headings) != len(set(headings)):
        raise _no_layout(called)
    layout = Layout(name, headings, parts)
    check(layout)
    return layout


def rename(layout: Layout, name: str) -> Layout:
    """The same under another name; UserError for an empty or overlong one."""
    name = " ".join(name.split())
    if not name or len(name) > 80:
        raise UserError("A profile needs a name of up to 80 letters.", "Name it after the system and its report.")
    return replace(layout, name=name)


def check(layout: Layout) -> None:
    """UserError where the layout speaks of headings, words or values that cannot be."""
    for part in layout.parts:
        template = TEMPLATES[part.table]
        for name, heading in part.columns:
            if heading not in layout.headings:
                raise UserError(f"The profile has no column {heading} for {name}.", "Choose another column.")
        for name, text in part.constants:
            _check_constant(template, name, text)
        for name, words in part.words:
            allowed = {*field_of(part.table, name).choices, LEAVE_EMPTY}
            wrong = [meaning for _word, meaning in words if meaning not in allowed]
            if wrong:
                raise UserError(f"{wrong[0]} is no {name}.", f"Choose one of {', '.join(sorted(allowed))}.")


def _check_constant(template: Template, name: str, text: str) -> None:
    column = template.columns[template.index(name)]
    if text == PERIOD:
        if column.kind not in {Kind.DATE, Kind.MOMENT}:
            raise UserError(f"{name} is no date.", "Choose another value.")
        return
    read_value(column, text, date(2000, 1, 1))


def _part(found: Any) -> Part:
    table = found["table"]
    if table not in MAPPABLE:
        raise ValueError(table)
    known = set(TEMPLATES[table].names)
    columns, constants = _pairs(found["columns"]), _pairs(found.get("constants", {}))
    words = tuple((_text(name), _pairs(meanings)) for name, meanings in found.get("words", {}).items())
    names = [name for name, _rest in (*columns, *constants, *words)]
    if not known.issuperset(names):
        raise ValueError(names)
    return Part(table, columns, constants, words)


def _pairs(found: Any) -> Pairs:
    return tuple((_text(name), _text(value)) for name, value in found.items())


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError(type(found))
    return found


def _no_layout(called: str) -> UserError:
    return UserError(f"{called} is no profile of Producer Desk.", f"Profiles are files that end in {SUFFIX}.")
