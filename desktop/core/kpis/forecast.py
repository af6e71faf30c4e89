"""The premium that the open leads will probably bring (metrics.md 4, *Forecast*).

A formula over the ways of leads through the sales pipeline. A lead belongs to its owner at `as_of`. Must not know where
leads are stored.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import partial
from math import sqrt
from typing import NamedTuple

from desktop.core import periods
from desktop.core.kpis.definition import Cents
from desktop.core.kpis.leads import Owners, is_whose
from desktop.core.kpis.nurture import Sale
from desktop.core.kpis.reading import NUMERATOR, Asked, Drawn, KpiReading, Part
from desktop.core.money import half_up, ratio
from desktop.core.pipeline import LOST, OPEN_STAGES, WON

PAST_DAYS = 365
FEW_CLOSED = 20
_TENTH_FROM_TOP = 1.2816
"""So many standard deviations either side hold 80 % of a normal distribution."""
_UNKNOWN_SHARE = 0.5
_FOREVER = "~"


class Trail(NamedTuple):
    """A lead's way: its row, line (one name for all spellings), estimated premium in cents, owners.

    `stays`: (moment, P&C stage key) in order; `sales`: the new policies bound on it.
    """

    row: int
    lead_id: str
    line: str | None
    estimate: int | None
    owners: Owners
    stays: tuple[tuple[str, str], ...]
    sales: tuple[Sale, ...]


class Closing(NamedTuple):
    """A won or lost entry of a lead. `seconds`: from the last entry into each stage that it had been in before."""

    at: str
    won: bool
    trail: Trail
    seconds: Mapping[str, float]


class Standing(NamedTuple):
    """A lead's time in an open stage; `until` is the next entry, None while it lasts."""

    since: str
    until: str | None
    stage: str
    trail: Trail


class Trails:
    """The ways of many leads, prepared once for any number of moments at which a forecast is made."""

    def __init__(self, trails: Iterable[Trail], first: str = "") -> None:
        """`first`: the earliest moment that is asked about. The trails that are kept have no stays any more."""
        closings: list[Closing] = []
        self.standings: list[Standing] = []
        for trail in trails:
            whose = trail._replace(stays=())
            closings.extend(_closings(trail, whose))
            nexts = [*(at for at, _stage in trail.stays[1:]), None]
            self.standings.extend(
                Standing(at, until, stage, whose)
                for (at, stage), until in zip(trail.stays, nexts, strict=True)
                if stage in OPEN_STAGES and (until is None or until >= first)
            )
        self.closings = sorted(closings, key=lambda one: one.at)
        self.standings.sort(key=_until)

    def standing(self, as_of: str) -> Iterator[Standing]:
        """The leads open at a moment."""
        first = bisect_right(self.standings, as_of, key=_until)
        return (one for one in self.standings[first:] if one.since <= as_of)


def _until(one: Standing) -> str:
    return one.until or _FOREVER


def _closings(trail: Trail, whose: Trail) -> Iterator[Closing]:
    since: dict[str, str] = {}
    for at, stage in trail.stays:
        if stage in (WON, LOST):
            yield Closing(at, stage == WON, whose, {key: _seconds(start, at) for key, start in since.items()})
        else:
            since[stage] = at


class Outcome(NamedTuple):
    """A lead that closed: its last closing, and the premium bound on it in cents (0 where it was lost)."""

    closing: Closing
    premium: int

    @property
    def won(self) -> bool:
        """Whether it was won."""
        return self.closing.won


class OpenLead(NamedTuple):
    """An open lead: its stage, since when, and the premium to expect if it is won."""

    trail: Trail
    stage: str
    since: str
    premium: int | Fraction


@dataclass(frozen=True, slots=True)
class Odds:
    """What leads that had been in a stage came to: wins, all closed, and the seconds from the stage to each win."""

    wins: int
    closed: int
    seconds: tuple[float, ...]
    chance: Fraction | None

    @property
    def thin(self) -> bool:
        """Whether too few closed to rely on."""
        return self.closed < FEW_CLOSED

    def share_within(self, spent: float, by_end: float) -> float:
        """Of the wins that took longer than `spent` seconds, those that took at most `by_end`; half where none is."""
        longer = len(self.seconds) - bisect_right(self.seconds, spent)
        if not longer:
            return _UNKNOWN_SHARE
        return (bisect_right(self.seconds, by_end) - bisect_right(self.seconds, spent)) / longer


def revenue_forecast(trails: Trails, asked: Asked) -> KpiReading:
    """8.6: expected premium of the open leads at `as_of`, with its 80 % interval and the part of this month.

    Chances and mean premiums are those of the leads asked for; where they have none, the agency's. Undefined where
    nothing has closed yet in the agency.
    """
    everybody = outcomes(trails, asked)
    mine = (
        everybody if asked.whose.everybody else [one for one in everybody if is_whose(one.closing.trail.owners, asked)]
    )
    odds = _odds(mine, everybody)
    leads = open_leads(trails, mine, everybody, asked)
    if not everybody:
        return KpiReading(None, None, None, lambda: _unknown(leads, odds))
    by_stage = {stage: _total(one.premium for one in leads if one.stage == stage) for stage in OPEN_STAGES}
    expected = sum(((odds[stage].chance or 0) * premium for stage, premium in by_stage.items()), Fraction())
    value = Cents(half_up(expected))
    return KpiReading(value, value, None, lambda: _detail(leads, odds, expected, asked), lambda: _records(leads, odds))


def _total(amounts: Iterable[int | Fraction]) -> Fraction:
    """The exact sum; whole numbers are added up by themselves, which is much faster."""
    whole, parts = 0, Fraction()
    for amount in amounts:
        if isinstance(amount, int):
            whole += amount
        else:
            parts += amount
    return whole + parts


# --- what is known of the past ----------------------------------------------------------------------------------------


def outcomes(trails: Trails, asked: Asked) -> list[Outcome]:
    """The leads that closed in the 365 days before `as_of`, each by its last won or lost entry in them."""
    first, last = periods.trailing(asked.as_of, PAST_DAYS).start.isoformat(), asked.as_of_text
    start = bisect_left(trails.closings, first, key=lambda one: one.at)
    end = bisect_right(trails.closings, last, key=lambda one: one.at)
    latest = {one.trail.row: one for one in trails.closings[start:end]}
    return [Outcome(one, _bound(one.trail, last) if one.won else 0) for one in latest.values()]


def _bound(trail: Trail, as_of: str) -> int:
    return sum(one.premium for one in trail.sales if one.bound_on <= as_of[:10])


def _odds(mine: Iterable[Outcome], everybody: Sequence[Outcome]) -> dict[str, Odds]:
    """The odds of every open stage among the leads asked for; without any the agency's chance over all stages."""
    closed = dict.fromkeys(OPEN_STAGES, 0)
    wins: dict[str, list[float]] = {stage: [] for stage in OPEN_STAGES}
    for one in mine:
        for stage, seconds in one.closing.seconds.items():
            closed[stage] += 1
            if one.won:
                wins[stage].append(seconds)
    over_all = ratio(sum(one.won for one in everybody), len(everybody))
    return {
        stage: Odds(
            wins=len(wins[stage]),
            closed=closed[stage],
            seconds=tuple(sorted(wins[stage])),
            chance=over_all if not closed[stage] else Fraction(len(wins[stage]), closed[stage]),
        )
        for stage in OPEN_STAGES
    }


def _seconds(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


# --- the open leads ---------------------------------------------------------------------------------------------------


def open_leads(trails: Trails, mine: Sequence[Outcome], everybody: Sequence[Outcome], asked: Asked) -> list[OpenLead]:
    """The open leads at `as_of` that belong to those asked for, each with the premium to expect.

    Their estimate, else the mean premium of their line's wins, else of all wins: of the same leads, else the agency's.
    """
    usual = _usual([one for one in mine if one.won] or [one for one in everybody if one.won])
    found = []
    for since, _until, stage, trail in trails.standing(asked.as_of_text):
        if is_whose(trail.owners, asked):
            premium = usual(trail.line) if trail.estimate is None else trail.estimate
            found.append(OpenLead(trail, stage, since, premium))
    return found


def _usual(wins: Sequence[Outcome]) -> Callable[[str | None], Fraction]:
    by_line: dict[str | None, list[int]] = {}
    for one in wins:
        by_line.setdefault(one.closing.trail.line, []).append(one.premium)
    means = {line: Fraction(sum(some), len(some)) for line, some in by_line.items() if line is not None}
    over_all = ratio(sum(one.premium for one in wins), len(wins)) or Fraction()
    return lambda line: means.get(line, over_all) if line is not None else over_all


# --- what comes of it -------------------------------------------------------------------------------------------------


def _detail(leads: Sequence[OpenLead], odds: Mapping[str, Odds], expected: Fraction, asked: Asked) -> dict[str, object]:
    variance = 0.0
    for one in leads:
        chance = odds[one.stage].chance or Fraction()
        variance += float(chance * (1 - chance)) * float(one.premium) ** 2
    spread = Fraction(_TENTH_FROM_TOP * sqrt(variance))
    return {
        "low": Cents(max(0, half_up(expected - spread))),
        "high": Cents(max(0, half_up(expected + spread))),
        "pipeline_value": Cents(half_up(_total(one.premium for one in leads))),
        "this_month": Cents(round(_this_month(leads, odds, asked))),
        "thin": any(odds[one.stage].thin for one in leads),
        "rows": _rows(leads, odds),
    }


def _this_month(leads: Iterable[OpenLead], odds: Mapping[str, Odds], asked: Asked) -> float:
    """The part that comes by the end of `as_of`'s month."""
    end = periods.end_of(periods.month_of(asked.as_of.date()).end)
    total = 0.0
    for one in leads:
        since, behind = datetime.fromisoformat(one.since), odds[one.stage]
        spent, by_end = (asked.as_of - since).total_seconds(), (end - since).total_seconds()
        total += float(behind.chance or 0) * float(one.premium) * behind.share_within(spent, by_end)
    return total


def _rows(leads: Sequence[OpenLead], odds: Mapping[str, Odds]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for stage in OPEN_STAGES:
        those = [one for one in leads if one.stage == stage]
        premium = _total(one.premium for one in those)
        chance = odds[stage].chance
        figures = {
            "stage": stage,
            "leads": len(those),
            "p": chance,
            "premium": Cents(half_up(premium)),
            "expected": None if chance is None else Cents(half_up(chance * premium)),
            "thin": odds[stage].thin,
        }
        rows.append(Part(figures, partial(_records, those, odds)))
    return rows


def _unknown(leads: Sequence[OpenLead], odds: Mapping[str, Odds]) -> dict[str, object]:
    """Where nothing has closed yet: what is in the pipeline, without any chance."""
    value = Cents(half_up(_total(one.premium for one in leads)))
    nothing = dict.fromkeys(("low", "high"))
    return {**nothing, "pipeline_value": value, "this_month": None, "thin": True, "rows": _rows(leads, odds)}


def _records(leads: Iterable[OpenLead], odds: Mapping[str, Odds]) -> list[Drawn]:
    """The open leads, each with its part of the expected premium in whole cents that add up to the rounded sum."""
    found, whole, given = [], Fraction(), 0
    for one in leads:
        whole += (odds[one.stage].chance or 0) * one.premium
        amount = half_up(whole) - given
        given += amount
        found.append(Drawn(NUMERATOR, "leads", one.trail.row, Cents(amount), one.since))
    return found
