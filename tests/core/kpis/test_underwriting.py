"""Decisions of carriers counted by hand."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from desktop.core.kpis import placement, underwriting
from desktop.core.kpis.cases import Cases, Entry, is_before
from desktop.core.kpis.reading import Asked, Whose
from desktop.core.periods import Period, end_of

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
EVERYBODY, LAST = Whose(), end_of(date(2026, 3, 31))
ANA = (("", None, 1),)


def asked(as_of: datetime = LAST, whose: Whose = EVERYBODY) -> Asked:
    return Asked(MARCH, as_of, whose)


def case(*entries: tuple[str, str] | tuple[str, str, str | None] | tuple[str, str, str | None, str | None]) -> Cases:
    """One case: (stage, moment, carrier, detail)."""
    rows = []
    for row, one in enumerate(entries, start=1):
        carrier, detail = (*one[2:], None, None)[:2]
        rows.append(Entry(row, "policy A-1", one[0], one[1], carrier, detail, ANA))
    return {"policy A-1": tuple(rows)}


def test_decisions_of_the_period_and_their_days() -> None:
    cases = case(
        ("submitted", "2026-02-20T09:00:00", "Alder"),
        ("declined", "2026-03-02T09:00:00", "Alder"),
        ("submitted", "2026-03-03T09:00:00", "Birch"),
        ("approved", "2026-03-05T21:00:00", "Birch"),
        ("approved", "2026-04-01T00:00:00", "Birch"),
    )
    found = underwriting.approval_rate(cases, asked())
    assert (found.value, found.numerator, found.denominator) == (Fraction(1, 2), 1, 2)
    assert found.detail()["rows"] == [
        {"by": "carrier", "key": "Alder", "value": 0, "numerator": 0, "denominator": 1},
        {"by": "carrier", "key": "Birch", "value": 1, "numerator": 1, "denominator": 1},
    ]
    assert underwriting.underwriting_days(cases, asked()).value == Fraction(10 + Fraction(5, 2)) / 2


def test_carriers_side_by_side_are_measured_each_from_its_own_submission() -> None:
    cases = case(
        ("submitted", "2026-03-01T08:00:00", "Alder"),
        ("submitted", "2026-03-06T08:00:00", "Birch"),
        ("approved", "2026-03-07T08:00:00", "Alder"),
    )
    assert underwriting.underwriting_days(cases, asked()).value == 6


def test_a_decision_without_submission_counts_but_has_no_days() -> None:
    cases = case(("approved", "2026-03-07T08:00:00"))
    assert underwriting.approval_rate(cases, asked()).value == 1
    found = underwriting.underwriting_days(cases, asked())
    assert (found.value, found.denominator) == (None, 0)


def test_a_decision_on_a_bare_day_follows_a_submission_of_that_day() -> None:
    cases = case(("submitted", "2026-03-07T08:00:00"), ("approved", "2026-03-07"))
    assert underwriting.underwriting_days(cases, asked()).value == 0


def test_nothing_after_as_of_and_nobody_else() -> None:
    cases = case(("submitted", "2026-03-01T08:00:00"), ("approved", "2026-03-20T08:00:00"))
    assert underwriting.approval_rate(cases, asked(datetime(2026, 3, 20, 7, 59))).denominator == 0
    assert underwriting.approval_rate(cases, asked(datetime(2026, 3, 20, 8))).denominator == 1
    assert underwriting.approval_rate(cases, asked(whose=Whose(2))).denominator == 0
    assert underwriting.approval_rate(cases, asked(whose=Whose(1))).denominator == 1


def test_the_nth_resolved_closes_the_nth_opened() -> None:
    cases = case(
        ("requirement_opened", "2026-03-02T08:00:00", None, "photos"),
        ("requirement_opened", "2026-03-03T08:00:00", None, "loss runs"),
        ("requirement_opened", "2026-03-04T08:00:00", None, "exam"),
        ("requirement_resolved", "2026-03-05T08:00:00"),
        ("declined", "2026-04-03T08:00:00"),
    )
    open_still = underwriting.requirements_completion(cases, asked())
    assert (open_still.numerator, open_still.denominator) == (1, 1)
    declined = underwriting.requirements_completion(cases, asked(end_of(date(2026, 4, 30))))
    assert (declined.numerator, declined.denominator) == (1, 3)
    assert [(row["key"], row["numerator"], row["denominator"]) for row in declined.detail()["rows"]] == [  # type: ignore[attr-defined]
        ("exam", 0, 1),
        ("loss runs", 0, 1),
        ("photos", 1, 1),
    ]


@pytest.mark.parametrize(
    ("entries", "placed"),
    [
        ([("approved", "2026-03-02T08:00:00"), ("in_force", "2026-03-20T08:00:00")], (1, 1)),
        ([("approved", "2026-03-02T08:00:00"), ("in_force", "2026-04-20T08:00:00")], (0, 1)),
        ([("approved", "2026-03-02T08:00:00"), ("not_taken", "2026-03-20T08:00:00")], (0, 1)),
        ([("in_force", "2026-03-01T08:00:00"), ("approved", "2026-03-02T08:00:00")], (0, 1)),
        (
            [
                ("approved", "2026-03-02T08:00:00"),
                ("not_taken", "2026-03-03T08:00:00"),
                ("approved", "2026-03-09T08:00:00"),
                ("in_force", "2026-03-10T08:00:00"),
            ],
            (1, 2),
        ),
    ],
)
def test_an_approval_is_placed_when_in_force_follows(entries: list[tuple[str, str]], placed: tuple[int, int]) -> None:
    found = placement.placement_rate(case(*entries), asked())
    assert (found.numerator, found.denominator) == placed


def test_moments_and_bare_days_are_compared_by_days() -> None:
    assert is_before("2026-03-01", "2026-03-02T00:00:00")
    assert not is_before("2026-03-02", "2026-03-02T10:00:00")
    assert not is_before("2026-03-02T10:00:00", "2026-03-02")
    assert is_before("2026-03-02T09:59:59", "2026-03-02T10:00:00")
