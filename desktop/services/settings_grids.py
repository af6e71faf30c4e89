"""Settings that are tables, typed over as grids: lines, carriers, weights, bands, stage days, the ladder, sources.

A grid's texts become JSON values of the settings' keys; what a value must look like is the settings' own business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from desktop.core import kpis as catalog
from desktop.core.kpis.definition import Unit
from desktop.core.kpis.edges import check_way
from desktop.errors import UserError
from desktop.models import facts_people, sources
from desktop.models.journal import Author
from desktop.services import configuration, goals, grids
from desktop.services.edits import Changes
from desktop.services.grids import Line, Outcome
from desktop.settings import DEFAULTS, Json, Settings, canonical

if TYPE_CHECKING:
    from desktop.models.book import Book

SOURCES = "sources"
_Wrong = dict[tuple[int, str], str]
_ROUNDING = 1e-9
_MOST_POINTS = 1000
_OPEN = frozenset({"lines", "carriers"})
"""Grids to which lines can be added; a line as a whole is wrong at its name, elsewhere at its figure."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """`lines` shows settings as a grid; `values` reads it back, with what is wrong by line and column."""

    columns: tuple[str, ...]
    lines: Callable[[Settings], list[Line]]
    values: Callable[[Sequence[Line]], tuple[dict[str, Json], _Wrong]]


def names() -> tuple[str, ...]:
    """The grids there are."""
    return (*_GRIDS, SOURCES)


def columns(name: str) -> tuple[str, ...]:
    """A grid's columns, in order."""
    return ("source", "cost_per_lead", "monthly_cost") if name == SOURCES else _GRIDS[name].columns


def read(book: Book, name: str) -> list[Line]:
    """The grid's lines as texts; of sources also those that leads name and nobody entered."""
    if name != SOURCES:
        return _GRIDS[name].lines(configuration.load(book))
    known = grids.read(book, SOURCES, {})
    taken = {line.texts["source"].casefold() for line in known}
    return known + [Line(None, {"source": one}) for one in sources.named(book) if one.casefold() not in taken]


def save(book: Book, name: str, lines: Sequence[Line], author: Author, today: date) -> Outcome:
    """Keep a grid as one undoable action, or nothing and what is wrong with it."""
    if name == SOURCES:
        costed = [one for one in lines if one.key or any(one.texts.get(c, "").strip() for c in columns(name)[1:])]
        places = {number: lines.index(one) for number, one in enumerate(costed)}
        done = grids.save(book, SOURCES, {}, costed, "Change the costs of sources", author, today)
        return Outcome(done.changes, {(places[at], column): why for (at, column), why in done.wrong.items()})
    values, wrong = _GRIDS[name].values(lines)
    if not wrong:
        try:
            values = {key: canonical(key, value) for key, value in values.items()}
        except UserError as error:
            wrong[_culprit(name, lines), _GRIDS[name].columns[0 if name in _OPEN else -1]] = (
                error.what.partition(": ")[2] or error.what
            )
    if wrong:
        return Outcome(Changes("", changed=False), wrong)
    # what nobody changed stays as good as never set: the trail and the undo name what was typed over alone
    now = configuration.load(book)
    values = {key: value for key, value in values.items() if value != now.get(key)}
    if not values:
        return Outcome(Changes("", changed=False))
    label = f"Change {configuration.spoken(name if len(values) > 1 else next(iter(values)))}"
    changed = configuration.set_values(book, values, author, label)
    return Outcome(Changes(label, bool(changed)))


def overflow_choices(book: Book) -> list[tuple[str, str]]:
    """(code, name) of everybody who may take leads that nobody is eligible for."""
    return [(one.code, one.name) for one in facts_people.people(book) if one.status == "active"]


def _culprit(name: str, lines: Sequence[Line]) -> int:
    """The line without which the values would do; the last one where no single line is to blame."""
    filled = [at for at, line in enumerate(lines) if any(text.strip() for text in line.texts.values())]
    for at in reversed(filled):
        values, _wrong = _GRIDS[name].values([line for place, line in enumerate(lines) if place != at])
        try:
            for key, value in values.items():
                canonical(key, value)
        except UserError:
            continue
        return at
    return filled[-1] if filled else 0


# --- texts and numbers ------------------------------------------------------------------------------------------------


def _plain(number: Any) -> str:
    return f"{float(number):.4f}".rstrip("0").rstrip(".")


def _number(text: str) -> float | int:
    """A typed number; `45%` is 0.45. ValueError for anything else."""
    bare = text.strip().replace(",", "")
    value = round(float(bare[:-1]) / 100, 10) if bare.endswith("%") else float(bare)
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(text)
    return int(value) if value.is_integer() else value


def _filled(lines: Sequence[Line]) -> list[tuple[int, dict[str, str]]]:
    """Lines that hold anything, with their numbers and stripped texts."""
    stripped = ((at, {name: text.strip() for name, text in line.texts.items()}) for at, line in enumerate(lines))
    return [(at, texts) for at, texts in stripped if any(texts.values())]


# --- the grids --------------------------------------------------------------------------------------------------------


def _line_lines(settings: Settings) -> list[Line]:
    return [
        Line(one.name, {"name": one.name, "group": one.group or "", "synonyms": "; ".join(one.synonyms)})
        for one in settings.lines
    ]


def _line_values(lines: Sequence[Line]) -> tuple[dict[str, Json], _Wrong]:
    wrong: _Wrong = {}
    found: list[Json] = []
    for at, texts in _filled(lines):
        if not texts.get("name"):
            wrong[at, "name"] = "Give the line a name."
        group = texts.get("group", "").casefold()
        if group not in ("", "personal", "commercial", "life"):
            wrong[at, "group"] = "Give personal, commercial, life, or nothing."
        synonyms: list[Json] = [part.strip() for part in texts.get("synonyms", "").split(";") if part.strip()]
        found.append({"name": texts.get("name", ""), "synonyms": synonyms, "group": group or None})
    return {"lines": found}, wrong


def _carrier_lines(settings: Settings) -> list[Line]:
    listed: Any = settings.get("carriers")
    return [
        Line(f"{one['carrier']}|{one['line']}", {"carrier": one["carrier"], "line": one["line"],
                                               "rate": _plain(float(one["rate"]) * 100) + "%"})
        for one in listed
    ]  # fmt: skip


def _carrier_values(lines: Sequence[Line]) -> tuple[dict[str, Json], _Wrong]:
    wrong: _Wrong = {}
    found: list[Json] = []
    for at, texts in _filled(lines):
        for name in ("carrier", "line"):
            if not texts.get(name):
                wrong[at, name] = "This must not be empty."
        try:
            rate = _share(texts.get("rate", ""))
        except ValueError:
            rate = 0
            wrong[at, "rate"] = "Give a commission like 12.5%."
        found.append({"carrier": texts.get("carrier", ""), "line": texts.get("line", ""), "rate": rate})
    return {"carriers": found}, wrong


def _weights(key: str, percent: bool) -> _Grid:
    order: Any = DEFAULTS[key]
    as_weight = _share if percent else _points
    reason = "Give a share from 0% to 100%." if percent else "Give a number from 0 to 1,000."

    def lines(settings: Settings) -> list[Line]:
        values: Any = settings.get(key)
        return [
            Line(name, {"what": name.replace("_", " "),
                        "weight": _plain(values[name] * 100) + "%" if percent else _plain(values[name])})
            for name in order
        ]  # fmt: skip

    def values(given: Sequence[Line]) -> tuple[dict[str, Json], _Wrong]:
        found: dict[str, Json] = {}
        wrong: _Wrong = {}
        for at, line in enumerate(given):
            if line.key is not None:
                try:
                    found[line.key] = as_weight(line.texts.get("weight", ""))
                except ValueError:
                    wrong[at, "weight"] = reason
        total = sum(cast(float, part) for part in found.values())
        if percent and not wrong and abs(total - 1) > _ROUNDING:
            wrong[len(given) - 1, "weight"] = f"The weights add up to {_plain(total * 100)}% instead of 100%."
        return {key: found}, wrong

    return _Grid(("what", "weight"), lines, values)


def _share(text: str) -> float | int:
    """A share of the whole as typed: 45, 45% and 0.45 are the same. ValueError for none."""
    share = _number(text)
    if share > 1 and not text.strip().endswith("%"):
        share = round(share / 100, 10)
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def _points(text: str) -> float | int:
    points = _number(text)
    if not 0 <= points <= _MOST_POINTS:
        raise ValueError(text)
    return points


def _keyed(prefix: str, columns: tuple[str, ...], text: Callable[[str, Json], dict[str, str]],
           value: Callable[[str, Mapping[str, str]], Json], reason: str) -> _Grid:  # fmt: skip
    """A grid of one key per line: `bands.KPI`, `expected_days.PIPELINE.STAGE`."""
    keys = [key for key in DEFAULTS if key.startswith(prefix)]

    def lines(settings: Settings) -> list[Line]:
        return [Line(key, _key_texts(key) | text(key, settings.get(key))) for key in keys]

    def values(given: Sequence[Line]) -> tuple[dict[str, Json], _Wrong]:
        found: dict[str, Json] = {}
        wrong: _Wrong = {}
        for at, line in enumerate(given):
            if line.key is None:
                continue
            try:
                typed = value(line.key, line.texts)
            except UserError as error:
                wrong[at, columns[-1]] = f"{error.what} {error.what_to_do}"
                continue
            except ValueError:
                wrong[at, columns[-1]] = reason
                continue
            try:
                found[line.key] = canonical(line.key, typed)
            except UserError:
                wrong[at, columns[-1]] = reason
        return found, wrong

    return _Grid(columns, lines, values)


def _key_texts(key: str) -> dict[str, str]:
    parts = key.split(".")
    if parts[0] == "bands":
        kpi = catalog.kpi(parts[1])
        unit = "times the cost" if kpi.id == "lead_source_roi" else _UNITS.get(kpi.unit, "")
        return {"kpi": f"{kpi.label}, {unit}" if unit else kpi.label}
    return {"pipeline": parts[1].replace("_", " "), "stage": parts[2].replace("_", " ")}


_UNITS = {Unit.MINUTES: "minutes", Unit.DAYS: "days", Unit.DOLLARS: "$", Unit.POINTS: "points", Unit.COUNT: "count"}


def _band_texts(key: str, band: Json) -> dict[str, str]:
    kpi, edges = key.removeprefix("bands."), band if isinstance(band, list) else [None, None]
    return {
        name: "" if edge is None else goals.edge_typed(kpi, cast("goals.Edge", _as_edge(edge)))
        for name, edge in zip(("green", "red"), edges, strict=True)
    }


def _as_edge(edge: Json) -> object:
    return tuple(edge) if isinstance(edge, list) else edge


def _band_value(key: str, texts: Mapping[str, str]) -> Json:
    """Read as in the form behind a KPI's target: 45 of a rate is 45 %, and green is the better side."""
    kpi = key.removeprefix("bands.")
    green, red = (goals.edge(kpi, texts.get(name, "").strip()) for name in ("green", "red"))
    if green is None and red is None:
        return None
    if green is None or red is None:
        raise ValueError(texts)
    check_way(catalog.kpi(kpi), (green, red))
    return [_as_json(green), _as_json(red)]


def _as_json(edge: goals.Edge) -> Json:
    return [round(one, 10) for one in edge] if isinstance(edge, tuple) else round(edge, 10)


_STEPS = ("Remind", "Warn", "Give to the backup", "Alert the manager")


def _ladder_lines(settings: Settings) -> list[Line]:
    return [
        Line(step, {"step": step, "minutes": str(minutes)})
        for step, minutes in zip(_STEPS, settings.ladder_minutes, strict=True)
    ]


def _ladder_values(lines: Sequence[Line]) -> tuple[dict[str, Json], _Wrong]:
    found: list[Json] = []
    wrong: _Wrong = {}
    before: int | None = None
    for at, line in enumerate(lines):
        if line.key is None:
            continue
        typed = line.texts.get("minutes", "").strip().replace(",", "")
        minutes = int(typed) if typed.isdecimal() else None
        if minutes is None:
            wrong[at, "minutes"] = "Give whole minutes."
        elif before is not None and minutes <= before:
            wrong[at, "minutes"] = f"Give more than {before}: each step comes later than the one before."
        found.append(minutes)
        before = minutes
    return {"ladder.minutes": found}, wrong


_GRIDS: Mapping[str, _Grid] = MappingProxyType(
    {
        "lines": _Grid(("name", "group", "synonyms"), _line_lines, _line_values),
        "carriers": _Grid(("carrier", "line", "rate"), _carrier_lines, _carrier_values),
        "activity.weights": _weights("activity.weights", percent=False),
        "routing.weights": _weights("routing.weights", percent=True),
        "bands": _keyed(
            "bands.", ("kpi", "green", "red"), _band_texts, _band_value,
            "Give two edges like 5 and 15, two ranges like 3 to 5 and 2 to 7, or leave both empty.",
        ),
        "expected_days": _keyed(
            "expected_days.", ("pipeline", "stage", "days"), lambda _key, days: {"days": _plain(days)},
            lambda _key, texts: _number(texts.get("days", "")), "Give a number of days from 0.01 to 3,650.",
        ),
        "ladder.minutes": _Grid(("step", "minutes"), _ladder_lines, _ladder_values),
    }
)  # fmt: skip
