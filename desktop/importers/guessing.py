"""Suggestions about a file that no profile knows: which table its rows are, and which column is which of ours.

A suggestion carries a confidence; below `CONFIDENT` it is a hint that a person must take up, never an assignment.
Headings and values must agree. Knows neither profiles nor the book.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from desktop.core.templates import TEMPLATES, Kind
from desktop.importers.columns import converter_of, plain
from desktop.importers.layouts import fields_of, same_for_all
from desktop.importers.mapping import heading_key, weaker_keys
from desktop.importers.profiles.profile import Field, Form
from desktop.importers.records import DEFAULT_ZONE
from desktop.importers.values import Unreadable, folded, read_state
from desktop.importers.vocabulary import OTHERS, TABLE_WORDS, WORDS

CONFIDENT = 0.8
"""From here on a suggestion is taken over; below it, it is only shown."""
WORTH_SHOWING = 0.4

_EXACT, _WEAKER, _CLOSE, _CONTENT, _FAINT = 0.95, 0.9, 0.83, 0.82, 0.6
_READABLE = 0.9
_WR_LEAST, _CLOSE_LEAST = 80, 90
_ENOUGH = 3
"""Values that a column needs before its content speaks for anything."""
_ONE_RECORD = 0.98
_AHEAD = 2.0

_NUMBERLIKE = re.compile(r"[\d\s$,.%()+:/-]+", re.ASCII)
_DAYLIKE = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}.*", re.ASCII | re.DOTALL)
_PHONELIKE = re.compile(r"(\+?1[\s.-]?)?\(?[2-9]\d\d\)?[\s.-]?[2-9]\d\d[\s.-]?\d{4}(\s*(x|ext).*)?", re.ASCII | re.I)
_EMAILLIKE = re.compile(r"\S+@\S+\.\w{2,}", re.ASCII)
_CODED = frozenset({Kind.DATE, Kind.MOMENT, Kind.EMAIL, Kind.ZIP, Kind.STATE, Kind.FLAG, Kind.RATE})


@dataclass(frozen=True, slots=True)
class Guess:
    """Our `column` may be the file's column `at`; `why` is `name`, `content` or `similar`."""

    column: str
    at: int
    confidence: float
    why: str


@dataclass(frozen=True)
class FileColumn:
    """One column of a file: its heading and sample values, blanks left out."""

    heading: str
    values: tuple[str, ...]
    filled: float = 1.0

    @cached_property
    def words(self) -> frozenset[str]:
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.heading)
        return frozenset(re.findall(r"[a-z0-9]+", spaced.lower()))

    @cached_property
    def numbers(self) -> float:
        """Share of values that are figures or dates, no words."""
        return _share(self.values, lambda text: _NUMBERLIKE.fullmatch(text) is not None)

    @cached_property
    def different(self) -> float:
        return len(set(self.values)) / len(self.values) if self.values else 0.0

    def share(self, fits: Callable[[str], bool]) -> float:
        return _share(self.values, fits)


def columns_of(headings: Sequence[str], records: Sequence[Sequence[str]]) -> tuple[FileColumn, ...]:
    """The columns of some rows below these headings."""
    found = []
    for at, heading in enumerate(headings):
        cells = [plain(record[at]) for record in records if at < len(record)]
        values = tuple(cell for cell in cells if cell)
        found.append(FileColumn(heading, values, len(values) / len(records) if records else 0.0))
    return tuple(found)


def suggest(table: str, columns: Sequence[FileColumn], people: Collection[str] = ()) -> dict[str, Guess]:
    """For each of the table's columns the likeliest column of the file, a file's column for one of ours only.

    `people`: names, codes and aliases of producers in the book.
    """
    known = frozenset(folded(name) for name in people)
    found: list[Guess] = []
    for field in fields_of(table):
        named = [guess for at, column in enumerate(columns) if (guess := _by_name(table, field, at, column))]
        found += _settled(named)
        found += _by_content(field, columns, known)
    return _shared_out(found)


def confident(guesses: Mapping[str, Guess]) -> dict[str, int]:
    """What may be taken over without asking: ours -> the file's column."""
    return {name: guess.at for name, guess in guesses.items() if guess.confidence >= CONFIDENT}


def suggest_table(columns: Sequence[FileColumn], file: str = "", people: Collection[str] = ()) -> str | None:
    """The table whose records the rows are; None where no table is clearly ahead."""
    scores = {table: _score(table, columns, file, people) for table in TABLE_WORDS}
    best, second = sorted(scores, key=lambda table: scores[table], reverse=True)[:2]
    return best if scores[best] >= _AHEAD and scores[best] >= scores[second] + 1 else None


def further_tables(table: str, columns: Sequence[FileColumn], people: Collection[str] = ()) -> tuple[str, ...]:
    """Tables that the same rows fill besides: clients, where policies or quotes carry how to reach them."""
    if table not in {"policies", "quotes"}:
        return ()
    sure = confident(suggest("clients", columns, people))
    return ("clients",) if {"client_id", "name"} <= sure.keys() and not {"email", "phone"}.isdisjoint(sure) else ()


# --- by name --------------------------------------------------------------------------------------------------------


def _by_name(table: str, field: Field, at: int, column: FileColumn) -> Guess | None:
    score, why = _likeness(table, field.name, column.heading)
    if not score:
        return None
    if why != "similar":
        agreeing = score if _agrees(field, column) else 0.3
        return Guess(field.name, at, agreeing - _rank(table, field.name, column.heading), why)
    sure = score >= _CLOSE and field.kind in _CODED and column.values and _agrees(field, column)
    return Guess(field.name, at, score if sure else _FAINT if _agrees(field, column) else 0.2, why)


@lru_cache(maxsize=20_000)
def _likeness(table: str, name: str, heading: str) -> tuple[float, str]:
    """How surely a heading names our column, and whether it is `name` or merely `similar`."""
    keys = _keys(table, name)
    if heading_key(heading) in keys:
        return _EXACT, "name"
    if any(key in keys for key in weaker_keys(heading)):
        return _WEAKER, "name"
    from rapidfuzz import fuzz, utils

    words = _synonyms(table, name)
    if max(fuzz.WRatio(heading, word, processor=utils.default_process) for word in words) < _WR_LEAST:
        return 0.0, ""
    close = max(fuzz.ratio(heading, word, processor=utils.default_process) for word in words) >= _CLOSE_LEAST
    return (_CLOSE if close else _FAINT), "similar"


@lru_cache(maxsize=2_000)
def _synonyms(table: str, name: str) -> tuple[str, ...]:
    return (name.replace("_", " "), *WORDS.get(table, {}).get(name, ()))


@lru_cache(maxsize=2_000)
def _keys(table: str, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(heading_key, _synonyms(table, name))))


def _rank(table: str, name: str, heading: str) -> float:
    """A little less for later synonyms, never enough to fall below the mark."""
    keys = _keys(table, name)
    return min(keys.index(heading_key(heading)) if heading_key(heading) in keys else len(keys), 20) / 1000


def _settled(named: list[Guess]) -> list[Guess]:
    """Two columns that both go by one of our names are a question, unless one has the very name."""
    sure = [guess for guess in named if guess.confidence >= CONFIDENT and guess.why == "name"]
    if len(sure) < 2 or sum(guess.confidence == _EXACT for guess in sure) == 1:
        return named
    return [Guess(one.column, one.at, min(one.confidence, _FAINT + one.confidence / 100), one.why) for one in named]


# --- by content -----------------------------------------------------------------------------------------------------


def _agrees(field: Field, column: FileColumn) -> bool:
    """Whether the column's values can be what the field takes; a column without values contradicts nothing."""
    if not column.values:
        return True
    if field.kind is Form.ID:
        own = field.name in {"lead_id", "activity_id", "quote_id"} and field.required
        return not own or (column.different >= _ONE_RECORD and column.filled >= _ONE_RECORD)
    if field.kind is Kind.PHONE:
        return column.share(lambda text: _PHONELIKE.fullmatch(text) is not None) >= _READABLE
    if field.kind is Kind.EMAIL:
        return column.share(lambda text: _EMAILLIKE.fullmatch(text) is not None) >= _READABLE
    if field.kind in {Kind.TEXT, Kind.PRODUCER, Kind.CHOICE, Kind.CODES}:
        worded = column.numbers < 0.5 and column.share(lambda text: _DAYLIKE.fullmatch(text) is not None) < 0.5
        return worded and column.share(lambda text: _EMAILLIKE.fullmatch(text) is not None) < 0.5
    return column.share(_reads(field)) >= _READABLE


def _reads(field: Field) -> Callable[[str], bool]:
    convert = converter_of(field, ZoneInfo(DEFAULT_ZONE))

    def reads(text: str) -> bool:
        try:
            convert(text)
        except Unreadable:
            return False
        return True

    return reads


def _by_content(field: Field, columns: Sequence[FileColumn], people: frozenset[str]) -> list[Guess]:
    """E-mail addresses, states, call directions and known producers speak for themselves, where one column has them."""
    fits = _tell_tale(field, people)
    if fits is None:
        return []
    found = [
        at
        for at, column in enumerate(columns)
        if len(column.values) >= _ENOUGH and column.share(fits) >= _READABLE and _varied(field, column)
    ]
    if len(found) != 1:
        return []
    strange = columns[found[0]].words & (OTHERS - ({"owner", "agent", "producer", "rep", "user", "employee", "assigned"}
                                                   if field.kind is Kind.PRODUCER else set()))  # fmt: skip
    return [Guess(field.name, found[0], _FAINT if strange else _CONTENT, "content")]


def _tell_tale(field: Field, people: frozenset[str]) -> Callable[[str], bool] | None:
    if field.kind is Kind.EMAIL:
        return lambda text: _EMAILLIKE.fullmatch(text) is not None
    if field.kind is Kind.STATE:
        return _is_state
    if field.kind is Kind.PRODUCER and field.name == "producer" and people:
        return lambda text: folded(text) in people
    return _reads(field) if field.name == "direction" else None


def _is_state(text: str) -> bool:
    try:
        return len(text) == 2 and text.isupper() and bool(read_state(text))
    except Unreadable:
        return False


def _varied(field: Field, column: FileColumn) -> bool:
    """One state again and again may be a code for anything."""
    return field.kind is not Kind.STATE or len(set(column.values)) >= _ENOUGH


# --- sharing out ----------------------------------------------------------------------------------------------------


def _shared_out(found: list[Guess]) -> dict[str, Guess]:
    """The surest first; a column of the file that two of ours claim alike is a question for both."""
    claims = Counter((guess.at, round(guess.confidence, 2)) for guess in _best_per_column(found))
    taken: dict[str, Guess] = {}
    used: set[int] = set()
    for guess in sorted(found, key=lambda one: (-one.confidence, one.why != "name", one.at)):
        if guess.column in taken or guess.at in used or guess.confidence < WORTH_SHOWING:
            continue
        if guess.why != "name" and guess.confidence >= CONFIDENT and claims[guess.at, round(guess.confidence, 2)] > 1:
            guess = Guess(guess.column, guess.at, _FAINT, guess.why)
        taken[guess.column] = guess
        used.add(guess.at)
    return taken


def _best_per_column(found: list[Guess]) -> list[Guess]:
    best: dict[tuple[str, int], Guess] = {}
    for guess in found:
        held = best.get((guess.column, guess.at))
        if held is None or held.confidence < guess.confidence:
            best[guess.column, guess.at] = guess
    return list(best.values())


def _score(table: str, columns: Sequence[FileColumn], file: str, people: Collection[str]) -> float:
    """How much speaks for a table: columns surely found, less needed ones that neither a column nor a value gives."""
    template = TEMPLATES[table]
    sure = confident(suggest(table, columns, people))
    points = sum(1.5 if template.columns[template.index(name)].required else 0.7 for name in sure)
    points -= sum(
        1.0 for column in template.columns if column.required and column.name not in sure and not same_for_all(column)
    )
    said = set(re.findall(r"[a-z]+", file.lower()))
    for column in columns:
        said |= column.words
    hints = sum(1 for word in TABLE_WORDS[table] if word in said)
    return points + min(hints, 2)


def _share(values: Sequence[str], fits: Callable[[str], bool]) -> float:
    counted = Counter(values)
    total = sum(counted.values())
    return sum(many for text, many in counted.items() if fits(text)) / total if total else 0.0
