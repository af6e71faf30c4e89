"""Targets: by level, overridden by a producer's own, prorated to the period and reduced by days away."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.oracle.counts import COUNTS, RATES
from tests.oracle.facts import Agency, Row, day_of, days, half_up
from tests.oracle.windows import Window, is_month, is_week

WEEKLY = ("calls_made", "emails_sent", "meetings_set", "meetings_held", "referrals_asked", "coi_contacts")
Pair = tuple[Fraction | None, Fraction | None]

_TABLE: dict[str, dict[str, tuple[str, str]]] = {
    "new": {
        "calls_made": ("50", "75"),
        "emails_sent": ("30", "50"),
        "meetings_set": ("8", "12"),
        "meetings_held": ("6", "10"),
        "referrals_asked": ("10", "15"),
        "coi_contacts": ("3", "5"),
        "quotes": ("15", "25"),
        "policies_written": ("6", "12"),
        "close_rate": ("0.30", "0.40"),
        "new_premium": ("1500000", "3000000"),
        "new_commission": ("200000", "400000"),
    },
    "veteran": {
        "calls_made": ("30", "50"),
        "emails_sent": ("20", "30"),
        "meetings_set": ("5", "8"),
        "meetings_held": ("4", "6"),
        "referrals_asked": ("8", "12"),
        "coi_contacts": ("2", "3"),
        "quotes": ("10", "20"),
        "policies_written": ("5", "10"),
        "close_rate": ("0.40", "0.55"),
        "new_premium": ("2000000", "5000000"),
        "new_commission": ("300000", "800000"),
    },
}


def level_of(person: Row) -> str:
    return person.get("level") or "veteran"


def in_unit(metric: str, stated: float | None) -> Fraction | None:
    """A target as targets.csv states it (dollars, counts, fractions) in cents, counts and fractions."""
    if stated is None:
        return None
    exact = Fraction(str(stated))
    return exact if metric in COUNTS or metric == "close_rate" else exact * 100


def _latest(rows: list[Row], day: date) -> Row | None:
    found: Row | None = None
    for row in rows:
        if day_of(row["effective_from"]) > day:
            continue
        if found is None or day_of(row["effective_from"]) >= day_of(found["effective_from"]):
            found = row
    return found


def _rows(agency: Agency, metric: str, code: str | None, level: str | None) -> list[Row]:
    return [
        row
        for row in agency.rows("targets")
        if row["metric"] == metric
        and row.get("producer_code") == code
        and row.get("level") == level
        and not row.get("line")
    ]


def stated(agency: Agency, person: Row, metric: str, day: date) -> Pair:
    """The person's target and stretch per week or month on a day: own, else the level's, else the default."""
    own = _latest(_rows(agency, metric, person["producer_code"], None), day)
    if own is not None:
        return in_unit(metric, own["target"]), in_unit(metric, own.get("stretch"))
    if metric == "new_premium" and person.get("target_new_premium") is not None:
        return Fraction(person["target_new_premium"]), None
    level = level_of(person)
    row = _latest(_rows(agency, metric, None, level), day)
    if row is not None:
        return in_unit(metric, row["target"]), in_unit(metric, row.get("stretch"))
    if metric in _TABLE[level]:
        target, stretch = _TABLE[level][metric]
        return Fraction(target), Fraction(stretch)
    return None, None


def prorate(metric: str, value: Fraction, window: Window) -> Fraction:
    count = (window[1] - window[0]).days + 1
    if metric in WEEKLY:
        return value * count / 7
    if is_month(window):
        return value
    if is_week(window):
        return value * 12 / 52
    return value * 12 * count / 365


def target(agency: Agency, person: Row, metric: str, window: Window) -> Pair:
    """Target and stretch for a period, in whole counts or cents (rates untouched)."""
    pair = stated(agency, person, metric, window[1])
    if metric in RATES:
        return pair
    working = agency.working_days(*window)
    if working:
        there = agency.available_days(person, *window) / working
    else:  # a weekend: there are no working days to have a share of, so the days themselves count
        there = sum((agency.available(person, day) for day in days(*window)), Fraction(0)) / len(days(*window))
    target_, stretch = (
        None if value is None else Fraction(half_up(prorate(metric, value, window) * there)) for value in pair
    )
    return target_, stretch


def agency_target(agency: Agency, people: list[Row], metric: str, window: Window) -> Pair:
    """The sum over active producers; for a rate the agency's own row, else none."""
    if metric in RATES:
        row = _latest(_rows(agency, metric, None, None), window[1])
        if row is None:
            return None, None
        return in_unit(metric, row["target"]), in_unit(metric, row.get("stretch"))
    pairs = [target(agency, person, metric, window) for person in people]
    targets = [pair[0] for pair in pairs]
    stretches = [pair[1] for pair in pairs]
    return _total(targets), _total(stretches)


def _total(values: list[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(values) else None


def level_stretch(agency: Agency, person: Row, metric: str, day: date) -> Fraction:
    level = level_of(person)
    row = _latest(_rows(agency, metric, None, level), day)
    if row is not None and row.get("stretch") is not None:
        return Fraction(str(row["stretch"]))
    return Fraction(_TABLE[level][metric][1])
