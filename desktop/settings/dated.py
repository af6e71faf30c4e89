"""Bands that hold from a day on, of the agency or of one producer: how they are kept and which one is in force.

Knows neither which KPIs there are nor the book.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from desktop.errors import UserError
from desktop.settings import checks
from desktop.settings.checks import Check, Json

Band = tuple[float, float] | tuple[tuple[float, float], tuple[float, float]]
_NEEDED = {"kpi", "from", "band"}


@dataclass(frozen=True, slots=True)
class DatedBand:
    """The bands of a KPI from `start` on: a producer's by code, or (`producer` None) the agency's."""

    kpi: str
    start: date
    producer: str | None
    band: Band

    def json(self) -> Json:
        """As the setting keeps it."""
        return {
            "kpi": self.kpi,
            "from": self.start.isoformat(),
            "producer": self.producer,
            "band": [list(edge) if isinstance(edge, tuple) else edge for edge in self.band],
        }


def as_band(value: Json) -> Band | None:
    """A checked pair of edges or ranges; None for none."""
    if not isinstance(value, list):
        return None
    first, second = value
    if isinstance(first, list) and isinstance(second, list):
        return _range(first), _range(second)
    return float(str(first)), float(str(second))


def _range(ends: list[Json]) -> tuple[float, float]:
    return float(str(ends[0])), float(str(ends[1]))


def in_force(dated: Iterable[DatedBand], kpi: str, on: date, producer: str | None = None) -> DatedBand | None:
    """The bands of a KPI in force on a day: a producer's own before the agency's, of each the latest begun."""
    begun = [one for one in dated if one.kpi == kpi and one.start <= on]
    own = [one for one in begun if one.producer is not None and same_person(one.producer, producer)]
    return max(own or [one for one in begun if one.producer is None], key=lambda one: one.start, default=None)


def same_person(code: str | None, other: str | None) -> bool:
    """Whether two codes are the same one; None is the agency."""
    return (code or "").casefold() == (other or "").casefold()


def dated_bands(kpis: Collection[str]) -> Check:
    """[{kpi, from, producer, band}], each KPI, day and producer once; kept in order of the day."""
    expected = 'a list like {"kpi": "contact_rate", "from": "2026-01-01", "producer": null, "band": [0.5, 0.35]}'

    def check(value: Json) -> Json:
        if not isinstance(value, list):
            raise checks.refuse(value, expected)
        found = [_checked(entry, kpis, expected) for entry in value]
        keys = [(one.kpi, one.start, (one.producer or "").casefold()) for one in found]
        if len(set(keys)) < len(keys):
            raise UserError("A KPI has two bands from one day.", "Give each KPI, day and producer once.")
        found.sort(key=lambda one: (one.start, one.kpi, one.producer or ""))
        return [one.json() for one in found]

    return check


def _checked(entry: Json, kpis: Collection[str], expected: str) -> DatedBand:
    if not isinstance(entry, dict) or not _NEEDED <= entry.keys() <= _NEEDED | {"producer"}:
        raise checks.refuse(entry, expected)
    band = as_band(checks.band(entry["band"]))
    if entry["kpi"] not in kpis or band is None:
        raise checks.refuse(entry, expected)
    try:
        start = date.fromisoformat(str(entry["from"]))
    except ValueError:
        raise checks.refuse(entry, expected) from None
    producer = checks.optional_text(entry.get("producer"))
    return DatedBand(str(entry["kpi"]), start, None if producer is None else str(producer), band)


def read(value: Json) -> tuple[DatedBand, ...]:
    """The setting's value, checked before, as records."""
    found = []
    for entry in value if isinstance(value, list) else []:
        band = as_band(entry["band"]) if isinstance(entry, dict) else None
        if isinstance(entry, dict) and band is not None:
            producer = entry["producer"]
            start = date.fromisoformat(str(entry["from"]))
            found.append(DatedBand(str(entry["kpi"]), start, None if producer is None else str(producer), band))
    return tuple(found)
