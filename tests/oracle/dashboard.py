"""The producer dashboard in the form of its answer, computed by the naive readings of this folder."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from tests.oracle.counts import COUNTS, METRICS, MONEY, Whose, tally
from tests.oracle.facts import Agency, Row, day_of
from tests.oracle.pipeline import LeadState, leads_at, owned, snapshot
from tests.oracle.signals import Subject, health, red_flags
from tests.oracle.targets import Pair, agency_target, target
from tests.oracle.windows import Window, end_of, month_of, month_to_date

Answer = dict[str, Any]


def dashboard(agency: Agency, window: Window, as_of: datetime | None = None) -> Answer:
    """The agency, its listed producers in order and the unassigned, as `dashboard --json` has them."""
    as_of = as_of or end_of(window[1])
    leads = leads_at(agency, as_of)
    listed = [person for person in agency.people() if is_producer(person) and employed(person, window)]
    active = active_in(agency, window)
    others = [
        person
        for person in agency.people()
        if person not in listed and has_records(agency, person["producer_code"], leads, window, as_of)
    ]
    rows = [of_person(agency, person, leads, window, as_of, counts=True) for person in listed]
    rows += [of_person(agency, person, leads, window, as_of, counts=False) for person in others]
    nobody: Answer = {"producer": None, "producer_name": None}
    whole = Subject(agency, lambda code: True, active, leads, as_of, True)
    return {
        "agency": filled(whole, window, lambda metric, span: agency_target(agency, active, metric, span)),
        "producers": [*rows, {**nobody, **filled_without_targets(agency, leads, None, window, as_of)}],
    }


def of_person(
    agency: Agency, person: Row, leads: list[LeadState], window: Window, as_of: datetime, *, counts: bool
) -> Answer:
    code = person["producer_code"]
    head = {"producer": code, "producer_name": person["name"]}
    if not counts:
        return {**head, **filled_without_targets(agency, leads, person, window, as_of)}
    subject = Subject(agency, is_one(code), [person], owned(leads, is_one(code)), as_of, False)
    return {**head, **filled(subject, window, lambda metric, span: target(agency, person, metric, span))}


def filled_without_targets(
    agency: Agency, leads: list[LeadState], person: Row | None, window: Window, as_of: datetime
) -> Answer:
    code = None if person is None else person["producer_code"]
    people = [] if person is None else [person]
    subject = Subject(agency, is_one(code), people, owned(leads, is_one(code)), as_of, False, has_targets=False)
    return filled(subject, window, lambda metric, span: (None, None))


def filled(subject: Subject, window: Window, targets: Any) -> Answer:
    return {
        "metrics": metrics(subject, window, targets),
        "month_to_date": to_date(subject, window, targets),
        "pipeline": snapshot(subject.agency, subject.leads, window, subject.as_of),
        "health": health(subject),
        "red_flags": red_flags(subject),
    }


def metrics(subject: Subject, window: Window, targets: Any) -> dict[str, Answer]:
    counted = subject.tally(window)
    result = {}
    for metric in METRICS:
        value = counted.value(metric)
        pair: Pair = targets(metric, window)
        hit = None if value is None or pair[0] is None else value >= pair[0]
        result[metric] = {
            "value": value,
            "target": pair[0],
            "stretch": pair[1],
            "hit": hit,
            "automatic_share": counted.automatic_share(metric),
        }
    return result


def to_date(subject: Subject, window: Window, targets: Any) -> Answer:
    span = month_to_date(window)
    month = month_of(span[0])
    counted = subject.tally(span)
    premium_target = targets("new_premium", month)[0]
    on_track = None
    if premium_target is not None:
        elapsed = Fraction(subject.agency.working_days(*span), subject.agency.working_days(*month))
        on_track = counted.values["new_premium"] >= premium_target * elapsed
    return {
        "policies_written": counted.values["policies_written"],
        "policies_target": targets("policies_written", month)[0],
        "new_premium": counted.values["new_premium"],
        "premium_target": premium_target,
        "close_rate": counted.value("close_rate"),
        "on_track": on_track,
    }


def is_one(code: str | None) -> Whose:
    return lambda other: other == code


def is_producer(person: Row) -> bool:
    return (person.get("role") or "producer") == "producer"


def employed(person: Row, window: Window) -> bool:
    if person.get("hired_on") and day_of(person["hired_on"]) > window[1]:
        return False
    return not (person.get("left_on") and day_of(person["left_on"]) < window[0])


def active_in(agency: Agency, window: Window) -> list[Row]:
    """Those whose targets make up the agency's: producers employed in the period, also those who have left since."""
    return [
        person
        for person in agency.people()
        if is_producer(person)
        and employed(person, window)
        and (person.get("status") != "inactive" or person.get("left_on"))
    ]


def has_records(agency: Agency, code: str, leads: list[LeadState], window: Window, as_of: datetime) -> bool:
    """Whether anything that a row of the dashboard shows is the person's: counts of the period or month, or leads."""
    for span in (window, month_to_date(window)):
        counted = tally(agency, is_one(code), span, as_of)
        if any(counted.values[metric] for metric in (*COUNTS, *MONEY)):
            return True
    return any(count for _stage, count, _premium in snapshot(agency, owned(leads, is_one(code)), window, as_of))
