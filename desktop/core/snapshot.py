"""What routing decides from: producers, map, rules and settings at one moment (routing.md 7).

Frozen facts only; must not decide anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from desktop.core import scoring
from desktop.core.crew import Producer
from desktop.core.duplicates import Directory
from desktop.core.rules import Rule
from desktop.core.scoring import Number
from desktop.core.territories import TerritoryMap


@dataclass(frozen=True, slots=True)
class Settings:
    """Routing's settings with routing.md's defaults; `agency_rate` None = the producers' won over decided leads."""

    overflow: str | None = None
    cap_active: int = 25
    cap_day: int = 10
    weights: Mapping[str, Number] = field(default_factory=lambda: dict(scoring.WEIGHTS))
    groups: Mapping[str, str] = field(default_factory=lambda: dict(scoring.GROUPS))
    capacity_bands: Sequence[tuple[int, int]] = scoring.CAPACITY_BANDS
    response_bands: Sequence[tuple[int, int]] = scoring.RESPONSE_BANDS
    ceiling: Number = scoring.CLOSE_CEILING
    prior: Number = scoring.CLOSE_PRIOR
    agency_rate: Number | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a decision reads besides the lead and the moment.

    `turns` is round robin's state and `credits` that of its weighted form. `today` is the day
    that the producers' `leads_today` count (None: the day of the first decision). `directory` holds open leads and
    clients. Without a rule that matches, the default is the weighted model over all.
    """

    producers: tuple[Producer, ...]
    territories: TerritoryMap | None = None
    rules: tuple[Rule, ...] = ()
    settings: Settings = field(default_factory=Settings)
    turns: Mapping[str, int] = field(default_factory=dict)
    credits: Mapping[str, Number] = field(default_factory=dict)
    directory: Directory = field(default_factory=Directory)
    today: date | None = None


def agency_rate(snapshot: Snapshot) -> Fraction:
    """The agency's close rate: as set, else won over decided of all producers, without history 0.20. routing.md 3.6."""
    stated = snapshot.settings.agency_rate
    if stated is not None:
        return scoring.exact(stated)
    decided = sum(one.decided for one in snapshot.producers)
    return Fraction(sum(one.bound for one in snapshot.producers), decided) if decided else scoring.AGENCY_RATE
