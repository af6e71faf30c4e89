"""Pipeline health and red flags, literally."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise

from tests.oracle.counts import ACTIVITY, Tally, Whose, activity_metric, seen, tally
from tests.oracle.facts import Agency, Row, day_of
from tests.oracle.pipeline import LeadState, leads_at, rank_one_entries, stuck_in_quoted
from tests.oracle.targets import level_stretch, target
from tests.oracle.windows import Window, before, full_weeks, trailing

Number = Fraction | int | None


@dataclass
class Subject:
    """One person, or the agency with all its active producers; somebody without targets has none to attain."""

    agency: Agency
    whose: Whose
    people: list[Row]
    leads: list[LeadState]
    as_of: datetime
    is_agency: bool
    has_targets: bool = True

    def tally(self, window: Window) -> Tally:
        return tally(self.agency, self.whose, window, self.as_of)

    def available(self, window: Window) -> Fraction:
        return sum((self.agency.available_days(person, *window) for person in self.people), Fraction(0))

    def target(self, metric: str, window: Window) -> Fraction:
        found = Fraction(0)
        for person in self.people:
            found += target(self.agency, person, metric, window)[0] or 0
        return found


def health(subject: Subject) -> dict[str, tuple[bool | None, Number]]:
    """id -> (fired, value)."""
    is_open = [state for state in subject.leads if state.is_open]
    result: dict[str, tuple[bool | None, Number]] = {}
    if is_open:
        prospects = Fraction(sum(1 for state in is_open if state.stage == "prospect"), len(is_open))
        stuck = Fraction(stuck_in_quoted(is_open, subject.as_of), len(is_open))
        result["too_many_prospects"] = (prospects > Fraction(40, 100), prospects)
        result["stuck_in_quoted"] = (stuck > Fraction(30, 100), stuck)
    else:
        result["too_many_prospects"] = result["stuck_in_quoted"] = (None, None)
    rate = subject.tally(trailing(subject.as_of, 90)).value("close_rate")
    result["low_close_rate"] = (rate is not None and rate < Fraction(25, 100), rate)
    result["shrinking_deals"] = shrinking(subject)
    return result


def shrinking(subject: Subject) -> tuple[bool, Number]:
    recent = trailing(subject.as_of, 90)
    now, earlier = subject.tally(recent), subject.tally(before(recent, 90))
    size, size_before = now.value("avg_policy_size"), earlier.value("avg_policy_size")
    if not size_before or size is None:
        return False, None
    enough = now.values["policies_written"] >= 5 and earlier.values["policies_written"] >= 5
    return enough and size < Fraction(90, 100) * size_before, Fraction(size) / Fraction(size_before)


def red_flags(subject: Subject) -> dict[str, bool]:
    """id -> fired."""
    weeks = full_weeks(subject.as_of, 4)
    rate = subject.tally(trailing(subject.as_of, 90)).value("close_rate")
    reached = attainment(subject, weeks) if subject.has_targets else None
    person = subject.people[0] if len(subject.people) == 1 and not subject.is_agency else None
    low_high = False
    if person is not None and reached is not None and rate is not None:
        stretch = level_stretch(subject.agency, person, "close_rate", subject.as_of.date())
        low_high = reached < Fraction(70, 100) and rate >= stretch
    return {
        "activity_drop": activity_drop(subject, weeks[1:]),
        "high_activity_low_close": reached is not None
        and reached >= 1
        and rate is not None
        and rate < Fraction(25, 100),
        "low_activity_high_close": low_high,
        "no_new_prospects": no_new_prospects(subject),
        "deal_size_shrinking": shrinking(subject)[0],
        "close_rate_drop": close_rate_drop(subject),
        "avoids_tracking": avoids_tracking(subject, weeks),
    }


def attainment(subject: Subject, weeks: list[Window]) -> Fraction | None:
    """Mean over the six activity metrics of actual / target over the last four full weeks."""
    window = (weeks[0][0], weeks[-1][1])
    actual = subject.tally(window)
    total = Fraction(0)
    for metric in ACTIVITY:
        wanted = subject.target(metric, window)
        if not wanted:
            return None
        total += Fraction(actual.values[metric]) / wanted
    return total / len(ACTIVITY)


def with_data(agency: Agency, window: Window, as_of: datetime) -> set[str]:
    """The activity metrics of which somebody in the agency has a record in the window."""
    return {
        metric
        for row in agency.rows_between("activities", "occurred_at", window)
        if (metric := activity_metric(row)) is not None and seen(row["occurred_at"], window, as_of)
    }


def activity_drop(subject: Subject, weeks: list[Window]) -> bool:
    """Whether activity per available working day fell by a tenth or more in each of the last two full weeks."""
    kinds = set(ACTIVITY)
    for week in weeks:
        kinds &= with_data(subject.agency, week, subject.as_of)
    pace = []
    for week in weeks:
        there = subject.available(week)
        if not there or not kinds:
            return False
        counted = subject.tally(week)
        pace.append(sum(counted.values[metric] for metric in kinds) / there)
    return all(old > 0 and new <= Fraction(90, 100) * old for old, new in pairwise(pace))


def no_new_prospects(subject: Subject) -> bool:
    if not subject.people:
        return False
    window = trailing(subject.as_of, 14)
    for person in subject.people if not subject.is_agency else []:
        if not subject.has_targets:
            return False
        if person.get("status") == "inactive":
            return False
        if person.get("hired_on") and not day_of(person["hired_on"]) < window[0]:
            return False
        if person.get("left_on") and day_of(person["left_on"]) < subject.as_of.date():
            return False
    if not subject.available(window):
        return False
    if not rank_one_entries(leads_at(subject.agency, subject.as_of), window):
        return False  # nobody in the agency has any: no data, not zero
    return rank_one_entries(subject.leads, window) == 0


def close_rate_drop(subject: Subject) -> bool:
    recent = trailing(subject.as_of, 30)
    now, earlier = subject.tally(recent), subject.tally(before(recent, 90))
    if now.values["quotes"] < 10 or earlier.values["quotes"] < 10:
        return False
    rate, rate_before = now.value("close_rate"), earlier.value("close_rate")
    return rate is not None and rate_before is not None and rate < Fraction(60, 100) * rate_before


def avoids_tracking(subject: Subject, weeks: list[Window]) -> bool:
    """At least two of the last four full weeks with quotes or policies and no activity at all; leave fires nothing."""
    silent = 0
    for week in weeks:
        if subject.people and not subject.available(week):
            continue
        counted = subject.tally(week)
        produced = counted.values["quotes"] or counted.values["policies_written"]
        if produced and not counted.activity and with_data(subject.agency, week, subject.as_of):
            silent += 1
    return silent >= 2
