"""What KPIs are measured against, changed from a card: dated targets and dated bands, of the agency or one producer.

Each change is one undoable action. Computes no KPI; what a target does is defined in metrics.md 0, *Status*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.core import kpis as catalog
from desktop.core.kpis.definition import Unit
from desktop.core.kpis.edges import check_way
from desktop.core.templates import Cell
from desktop.errors import UserError
from desktop.models import entries
from desktop.models.journal import Author
from desktop.services import configuration, grids
from desktop.services.edits import Changes
from desktop.services.grids import Line
from desktop.settings import DEFAULTS, Band, DatedBand
from desktop.settings.dated import in_force, same_person

if TYPE_CHECKING:
    from desktop.models.book import Book

_TABLE = "targets"
_RANGE = re.compile(r"\s*(?:to|–|(?<=[\d%])\s*-)\s*")


@dataclass(frozen=True, slots=True)
class Goal:
    """A target from a day on: `value` in the KPI's unit, rates as fractions, money in dollars."""

    effective_from: date
    value: float


@dataclass(frozen=True, slots=True)
class Measure:
    """What a KPI is measured against: targets and bands of the agency or of one producer, by day.

    `bands` are in force on the day asked for: (green edge, red edge), two ranges, or None for a KPI without.
    `dated` are those that hold from a day on, the agency's or the producer's own, oldest first. `has_bands`: whether
    the KPI may have any.
    """

    kpi_id: str
    producer: str | None
    goals: tuple[Goal, ...]
    bands: Band | None
    dated: tuple[DatedBand, ...] = ()
    has_bands: bool = True


def measure(book: Book, kpi_id: str, producer: str | None = None, on: date | None = None) -> Measure:
    """The targets typed or imported for a KPI, oldest first, and its bands on a day (without one: the latest)."""
    found = [
        Goal(date.fromisoformat(str(one.cells["effective_from"])[:10]), float(one.cells["target"] or 0))
        for one in entries.read(book, _TABLE)
        if _same(one.cells, kpi_id, producer)
    ]
    goals = tuple(sorted(found, key=lambda one: one.effective_from))
    settings = configuration.load(book)
    standing = in_force(settings.dated_bands, kpi_id, on or date.max, producer)
    bands = settings.band(kpi_id) if standing is None else standing.band
    mine = tuple(one for one in settings.dated_bands if _is_mine(one, kpi_id, producer))
    return Measure(kpi_id, producer, goals, bands, mine, f"bands.{kpi_id}" in DEFAULTS)


def _is_mine(one: DatedBand, kpi_id: str, producer: str | None) -> bool:
    return one.kpi == kpi_id and same_person(one.producer, producer)


def _same(cells: object, kpi_id: str, producer: str | None) -> bool:
    fields = dict(cells)  # type: ignore[call-overload]
    code = str(fields["producer_code"] or "").casefold()
    return (
        fields["metric"] == kpi_id
        and code == (producer or "").casefold()
        and not fields["level"]
        and not fields["line"]
    )


def set_goal(
    book: Book, kpi_id: str, value: float | None, start: date, producer: str | None, author: Author, today: date
) -> Changes:
    """Set the target of a KPI from `start` on, for the agency or one producer by code; None takes that day's away.

    UserError where the target cannot stand.
    """
    fixed: dict[str, Cell] = {"metric": kpi_id, "producer_code": producer, "level": None, "line": None, "stretch": None}
    day = f"{start:%m/%d/%Y}"
    known = {line.texts["effective_from"]: line for line in grids.read(book, _TABLE, fixed)}
    here = known.get(day)
    if value is None and here is None:
        return Changes("", changed=False)
    texts = {"effective_from": "", "target": ""} if value is None else {"effective_from": day, "target": f"{value:.6f}"}
    line = Line(None if here is None else here.key, texts)
    label = f"Target of {catalog.kpi(kpi_id).label} from {day}"
    outcome = grids.save(book, _TABLE, fixed, [line], label, author, today)
    if outcome.wrong:
        raise UserError(next(iter(outcome.wrong.values())), "Type another target or day.")
    return outcome.changes


def set_bands(book: Book, kpi_id: str, band: Band | None, start: date, producer: str | None, author: Author) -> Changes:
    """Set the bands of a KPI from `start` on, for the agency or one producer by code; None takes that day's away.

    Two edges (green beyond the first, red beyond the second) or two ranges (green inside the first, red outside the
    second). UserError where they do not fit the way in which the KPI is better.
    """
    kpi = catalog.kpi(kpi_id)
    if band is not None:
        check_way(kpi, band)
    known = configuration.load(book).dated_bands
    kept = [one for one in known if not (_is_mine(one, kpi_id, producer) and one.start == start)]
    label = f"Bands of {kpi.label} from {start:%m/%d/%Y}"
    if band is not None:
        kept.append(DatedBand(kpi_id, start, producer, band))
    elif len(kept) == len(known):
        return Changes(label, changed=False)
    changed = configuration.set_values(book, {"dated_bands": [one.json() for one in kept]}, author, label)
    return Changes(label, changed=bool(changed))


Edge = float | tuple[float, float]


def edge(kpi_id: str, text: str) -> Edge | None:
    """An edge or a range as people type it: `45%`, `3 to 5`, `2-7`; None for nothing. UserError where it is neither."""
    parts = _RANGE.split(text.strip())
    if len(parts) == 2 and all(parts):
        low, high = (number(kpi_id, part) for part in parts)
        if low is not None and high is not None:
            return low, high
    return number(kpi_id, text)


def edge_typed(kpi_id: str, value: Edge) -> str:
    """The edge or range as people type it."""
    return " to ".join(typed(kpi_id, one) for one in value) if isinstance(value, tuple) else typed(kpi_id, value)


def number(kpi_id: str, text: str) -> float | None:
    """A value as people type it: `45%` or `45` of a rate, `$1,200`, `30`; None for nothing.

    UserError where it is no number.
    """
    plain = text.strip().replace(",", "").replace("$", "")
    if not plain:
        return None
    try:
        value = float(plain.removesuffix("%"))
    except ValueError:
        raise UserError(f"“{text.strip()}” is no number.", "Type a number like 45% or 30.") from None
    return value / 100 if is_rate(kpi_id) or plain.endswith("%") else value


def is_rate(kpi_id: str) -> bool:
    """Whether the KPI is shown as percent, so that 45 means 0.45."""
    return catalog.kpi(kpi_id).unit is Unit.RATIO and kpi_id != "lead_source_roi"


def typed(kpi_id: str, value: float) -> str:
    """The value as people type it."""
    if is_rate(kpi_id):
        return f"{value * 100:.4f}".rstrip("0").rstrip(".") + "%"
    return f"{value:.4f}".rstrip("0").rstrip(".")
