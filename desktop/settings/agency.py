"""`Settings`: the frozen reading of the agency's settings that every calculation gets handed.

Knows neither the book nor the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from types import MappingProxyType
from typing import Any

from desktop.errors import UserError
from desktop.settings import dated
from desktop.settings.checks import Json
from desktop.settings.dated import Band, DatedBand
from desktop.settings.holidays import federal_holidays
from desktop.settings.keys import DEFAULTS, canonical


@dataclass(frozen=True, slots=True)
class LineOfInsurance:
    """One line with the other spellings of its name and its group (personal, commercial, life, or none)."""

    name: str
    synonyms: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True)
class Settings:
    """All settings: those stated over the defaults. Made by `from_values` or `understood`."""

    stated: Mapping[str, Json]

    @classmethod
    def from_values(cls, values: Mapping[str, Json]) -> Settings:
        """Settings with these values; UserError for an unknown key or a value that does not fit."""
        return cls(MappingProxyType({key: canonical(key, value) for key, value in values.items()}))

    @classmethod
    def understood(cls, values: Mapping[str, Json]) -> tuple[Settings, tuple[UserError, ...]]:
        """Settings with those of the values that fit, and what is wrong with the others."""
        fitting: dict[str, Json] = {}
        wrong: list[UserError] = []
        for key, value in values.items():
            try:
                fitting[key] = canonical(key, value)
            except UserError as error:
                wrong.append(error)
        return cls(MappingProxyType(fitting)), tuple(wrong)

    def values(self) -> dict[str, Json]:
        """Every key with its value as JSON, in the order of commands.md."""
        return {key: self.get(key) for key in DEFAULTS}

    def get(self, key: str) -> Json:
        """One key's value as JSON; UserError for an unknown key."""
        if key not in DEFAULTS:
            canonical(key, None)
        return self.stated.get(key, DEFAULTS[key])

    def _any(self, key: str) -> Any:
        return self.get(key)

    @property
    def agency_name(self) -> str:
        return str(self.get("agency.name"))

    @property
    def agency_address(self) -> str:
        return str(self.get("agency.address"))

    @property
    def time_zone(self) -> str:
        """IANA name."""
        return str(self.get("agency.time_zone"))

    @cached_property
    def hours(self) -> Mapping[int, tuple[time, time]]:
        """From when to when the agency works, by ISO weekday; an end at 00:00 is the day's end (metrics.md 0)."""
        return {int(day): (_time(start), _time(end)) for day, (start, end) in self._any("hours").items()}

    def holidays_between(self, first: date, last: date) -> frozenset[date]:
        """The agency's holidays from `first` to `last`, both included: those listed, else the federal ones."""
        listed = self._any("holidays")
        if listed is None:
            return federal_holidays(first, last)
        return frozenset(day for day in map(date.fromisoformat, listed) if first <= day <= last)

    @cached_property
    def lines(self) -> tuple[LineOfInsurance, ...]:
        """The lines in the order in which they are listed (metrics.md 3)."""
        return tuple(
            LineOfInsurance(line["name"], tuple(line["synonyms"]), line["group"]) for line in self._any("lines")
        )

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        return {_fold(word): line.name for line in self.lines for word in (*line.synonyms, line.name)}

    def line_named(self, text: str) -> str | None:
        """The listed line that `text` means, by name or synonym whatever its case and punctuation; None for none."""
        return self._spellings.get(_fold(text))

    def line_group(self, name: str) -> str | None:
        """personal, commercial or life; None for a line without a group."""
        return next((line.group for line in self.lines if line.name == name), None)

    @cached_property
    def _rates(self) -> Mapping[tuple[str, str], float]:
        return {(_fold(c["carrier"]), self._line_key(c["line"])): float(c["rate"]) for c in self._any("carriers")}

    def _line_key(self, line: str) -> str:
        return _fold(self.line_named(line) or line)

    def default_rate(self, carrier: str | None, line: str) -> float | None:
        """The carrier's usual commission rate for the line, as a fraction; None where none is set (metrics.md 3)."""
        return None if carrier is None else self._rates.get((_fold(carrier), self._line_key(line)))

    @property
    def paper(self) -> str:
        """letter or a4."""
        return str(self.get("paper"))

    @property
    def overflow(self) -> str | None:
        """Code of the producer who takes leads that nobody is eligible for."""
        value = self.get("routing.overflow")
        return None if value is None else str(value)

    @property
    def cap_active(self) -> int:
        return int(self._any("routing.cap_active"))

    @property
    def cap_day(self) -> int:
        return int(self._any("routing.cap_day"))

    @property
    def routing_weights(self) -> Mapping[str, float]:
        return {name: float(weight) for name, weight in self._any("routing.weights").items()}

    @property
    def ladder_minutes(self) -> tuple[int, ...]:
        return tuple(self._any("ladder.minutes"))

    @property
    def ladder_business(self) -> bool:
        """Whether the ladder runs in business minutes, rather than around the clock."""
        return bool(self.get("ladder.business"))

    @property
    def activity_weights(self) -> Mapping[str, float]:
        return {name: float(weight) for name, weight in self._any("activity.weights").items()}

    def band(self, kpi: str) -> Band | None:
        """What holds where no dated band is in force: (green edge, red edge), or two ranges (green, yellow).

        None for a KPI without bands (metrics.md 4).
        """
        return dated.as_band(self.get(f"bands.{kpi}")) if f"bands.{kpi}" in DEFAULTS else None

    @cached_property
    def dated_bands(self) -> tuple[DatedBand, ...]:
        """Bands that hold from a day on, in order of the day."""
        return dated.read(self.get("dated_bands"))

    def expected_days(self, pipeline: str, stage: str) -> float | None:
        """How long a case may stay in a stage, in days; None for a stage without a limit (metrics.md 1)."""
        key = f"expected_days.{pipeline}.{stage}"
        return float(self._any(key)) if key in DEFAULTS else None

    @property
    def vesting_months(self) -> int:
        """Months after in-force during which an end costs commission back (5.6)."""
        return int(self._any("vesting_months"))


def _fold(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _time(text: str) -> time:
    return time(0) if text == "24:00" else time.fromisoformat(text)
