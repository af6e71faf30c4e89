"""Reads people, their presence and all target rules: small tables, whole, once per question."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core.money import exact
from desktop.core.presence import Leave, OwnHours, Presence
from desktop.core.production import METRIC
from desktop.core.targets import TargetRule
from desktop.core.team import ACTIVE, PRODUCER, Person, own_rule

if TYPE_CHECKING:
    from desktop.models.book import Book


def people(book: Book) -> list[Person]:
    """Everybody in the book, by code, with employment, leave and own hours."""
    leaves, hours = _availability(book)
    rows = book.connection.execute(
        "SELECT id, producer_code, name, role, level, status, hired_on, left_on, target_new_premium FROM producer"
        " ORDER BY producer_code"
    )
    return [
        Person(
            id=row_id,
            code=code,
            name=name,
            role=role or PRODUCER,
            level=level,
            status=status or ACTIVE,
            presence=Presence(_day(hired), _day(left), tuple(leaves[row_id]), tuple(hours[row_id])),
            new_premium_target=target,
        )
        for row_id, code, name, role, level, status, hired, left, target in rows
    ]


def _availability(book: Book) -> tuple[dict[int, list[Leave]], dict[int, list[OwnHours]]]:
    leaves: dict[int, list[Leave]] = defaultdict(list)
    hours: dict[int, list[OwnHours]] = defaultdict(list)
    rows = book.connection.execute(
        'SELECT a.producer, v.kind, v."from", v."to", v.weekday, v.start, v."end" FROM availability v'
        " JOIN alias a ON a.id = v.producer WHERE a.producer IS NOT NULL AND v.kind IN ('leave','hours') ORDER BY v.id"
    )
    for producer, kind, start_on, end_on, weekday, start, end in rows:
        if kind == "leave":
            leaves[producer].append(Leave(_day(start_on), _day(end_on), weekday))
        elif start is not None and end is not None:
            own = OwnHours(weekday, time.fromisoformat(start), time.fromisoformat(end), _day(start_on), _day(end_on))
            hours[producer].append(own)
    return leaves, hours


def target_rules(book: Book, team: list[Person]) -> list[TargetRule]:
    """Every target rule of the dashboard's metrics, those that stand with a producer included; money in cents.

    A rule for a name that means nobody of ours is left out: it is nobody's, and not the agency's.
    """
    rows = book.connection.execute(
        "SELECT t.metric, t.target, t.stretch, t.effective_from, t.producer_code, a.producer, t.level, t.insurance_line"
        " FROM target t LEFT JOIN alias a ON a.id = t.producer_code ORDER BY t.id"
    )
    rules = [rule for person in team if (rule := own_rule(person)) is not None]
    for metric, target, stretch, start, name, producer, level, line in rows:
        if metric not in METRIC or (name is not None and producer is None):
            continue
        rules.append(
            TargetRule(
                metric=metric,
                target=_amount(metric, target),
                stretch=None if stretch is None else _amount(metric, stretch),
                effective_from=date.fromisoformat(start),
                producer=producer,
                level=None if producer is not None else level,
                line=line,
            )
        )
    return rules


def _amount(metric: str, number: float) -> Fraction:
    return exact(number) * (100 if METRIC[metric].is_money else 1)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text[:10])
