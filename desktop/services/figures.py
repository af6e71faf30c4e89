"""The dashboard as frozen records: what window, command and paper show, already computed.

Money is integer cents, rates are fractions as floats, None is undefined. Must not know how anything is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.core.periods import Period
from desktop.core.redflags import Evidence

Number = int | float


@dataclass(frozen=True, slots=True)
class MetricFigure:
    """One of the twelve metrics. `previous` is the value of the previous period, for the trend arrow."""

    id: str
    value: Number | None
    target: Number | None
    stretch: Number | None
    hit: bool | None
    automatic_share: float | None
    previous: Number | None


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Month-to-date of the period, with the targets of the whole month."""

    period: Period
    policies_written: int
    policies_target: int | None
    new_premium: int
    premium_target: int | None
    close_rate: float | None
    on_track: bool | None


@dataclass(frozen=True, slots=True)
class StageFigure:
    """Leads in a stage: open ones at `as_of`, or won and lost in the period. `action` is what each lead asks for."""

    stage: str
    count: int
    premium: int
    action: str


@dataclass(frozen=True, slots=True)
class HealthFigure:
    """A pipeline health rule; `fired` None = undefined. `reading` says what it means when it fires."""

    id: str
    fired: bool | None
    value: float | None
    limit: float
    label: str
    reading: str


@dataclass(frozen=True, slots=True)
class FlagFigure:
    """A red flag; money in `evidence` is dollars, weeks are the ISO date of their Monday."""

    id: str
    fired: bool
    evidence: Evidence
    label: str
    meaning: str
    action: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """Through which day a source has records; None when it has none."""

    source: str
    through: date | None


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything about one producer, the agency, or what belongs to nobody.

    `producer` is the producer's code; None on the agency's panel and on the unassigned one, which is `unassigned`.
    `has_targets` is false for those who are no producers employed in the period. `automatic_share` is over all counts.
    """

    producer: str | None
    producer_name: str
    unassigned: bool
    has_targets: bool
    metrics: dict[str, MetricFigure]
    automatic_share: float | None
    month_to_date: MonthFigures
    pipeline: tuple[StageFigure, ...]
    health: tuple[HealthFigure, ...]
    red_flags: tuple[FlagFigure, ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The dashboard of a period: the agency, then producers by code, others with records, and the unassigned row."""

    period: Period
    previous_period: Period
    as_of: datetime
    agency: Panel
    producers: tuple[Panel, ...]
    freshness: tuple[Freshness, ...]


@dataclass(frozen=True, slots=True)
class WeeklySeries:
    """Values per metric over consecutive weeks, oldest first; None = no data in that week, or undefined.

    `producers` by code, None = unassigned.
    """

    weeks: tuple[Period, ...]
    agency: dict[str, tuple[Number | None, ...]]
    producers: dict[str | None, dict[str, tuple[Number | None, ...]]]
