"""Who is listed, and whose targets the agency's include."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from desktop.core.periods import Period
from desktop.core.presence import ALWAYS, Presence
from desktop.core.team import Person, listed, own_rule

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
LEFT = Presence(left_on=date(2026, 3, 10))
GONE = Presence(left_on=date(2026, 2, 28))


@pytest.mark.parametrize(
    ("person", "produces", "counts", "works"),
    [
        (Person(1, "A", "Ann"), True, True, True),
        (Person(1, "A", "Ann", status="inactive"), True, False, False),  # nobody knows since when
        (Person(1, "A", "Ann", status="inactive", presence=LEFT), True, True, False),
        (Person(1, "A", "Ann", presence=LEFT), True, True, False),
        (Person(1, "A", "Ann", presence=GONE), False, False, False),
        (Person(1, "A", "Ann", presence=Presence(hired_on=date(2026, 3, 31))), True, True, True),
        (Person(1, "A", "Ann", presence=Presence(hired_on=date(2026, 4, 1))), False, False, False),
        (Person(1, "A", "Ann", role="csr"), False, False, False),
    ],
)
def test_standing_in_march(person: Person, produces: bool, counts: bool, works: bool) -> None:
    assert person.produces_in(MARCH) is produces
    assert person.counts_in_agency(MARCH) is counts
    assert person.works_on(MARCH.end) is works


def test_producers_come_first_and_others_only_with_records() -> None:
    people = [
        Person(1, "Z", "Zoe"),
        Person(2, "B", "Bob", role="manager"),
        Person(3, "C", "Cy", role="csr"),
        Person(4, "A", "Ann"),
        Person(5, "D", "Dee", presence=GONE),
    ]
    assert [person.code for person in listed(people, MARCH, {2, 5, None})] == ["A", "Z", "B", "D"]


def test_the_target_that_stands_with_a_producer() -> None:
    assert own_rule(Person(7, "A", "Ann", presence=ALWAYS)) is None
    rule = own_rule(Person(7, "A", "Ann", new_premium_target=2_450_050))
    assert rule is not None
    assert (rule.metric, rule.target, rule.stretch, rule.producer) == ("new_premium", Fraction(2_450_050), None, 7)
    assert rule.effective_from == date.min
