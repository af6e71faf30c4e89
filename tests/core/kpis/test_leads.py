"""Sections 1 to 3 by hand: what counts as contact, as reached, as overdue, and whose a lead is."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.kpis import leads
from desktop.core.kpis.definition import Basis
from desktop.core.kpis.leads import LeadFact, Owners, Thread, Waiting, WonLead, owner_at, threads_of
from desktop.core.kpis.reading import Asked, Whose
from desktop.core.periods import Period, end_of

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
ASKED = Asked(MARCH, end_of(MARCH.end))
FLOW = Asked(MARCH, end_of(MARCH.end), basis=Basis.FLOW)
MINE: Owners = (("2026-01-01T00:00:00", None, 1),)
PASSED_ON: Owners = (("2026-01-01T00:00:00", "2026-03-10T12:00:00", 1), ("2026-03-10T12:00:00", None, 2))


def lead(
    row: int, received: str = "2026-03-02T09:00:00", rank: int = 1, at: str | None = None, **more: object
) -> LeadFact:
    """A lead that entered `rank` at a moment, and all below it."""
    reached = tuple((received if number == 1 else at or received) if number <= rank else None for number in range(1, 8))
    known = {"source": None, "state": None, "line": None, "owners": MINE, "reached": reached} | more
    return LeadFact(row, f"L{row}", received, **known)  # type: ignore[arg-type]


def test_speed_is_the_mean_over_those_contacted() -> None:
    found = [
        lead(1, first_touch="2026-03-02T09:04:00", touched_on="2026-03-02T09:04:00"),
        lead(2, first_touch="2026-03-02T09:30:00", touched_on="2026-03-02T09:30:00"),
        lead(3),
        lead(4, touched_on="2026-03-03"),
        lead(5, received="2026-03-02", first_touch="2026-03-02T10:00:00", touched_on="2026-03-02T10:00:00"),
    ]
    reading = leads.speed_to_lead(sorted(found, key=lambda one: one.received_at), ASKED)
    assert (reading.value, reading.numerator, reading.denominator) == (17, 34, 2)
    assert reading.detail() == {"median": 17.0, "share_within_5": Fraction(1, 5), "never_contacted": 1}


def test_a_contact_after_as_of_is_not_seen() -> None:
    early = Asked(MARCH, datetime(2026, 3, 2, 9, 10))
    found = [lead(1, first_touch="2026-03-02T09:30:00", touched_on="2026-03-02T09:30:00")]
    reading = leads.speed_to_lead(found, early)
    assert (reading.value, reading.detail()["never_contacted"]) == (None, 1)


def test_messages_in_a_row_are_one_thread_from_the_first() -> None:
    events = [(1, "10:00", True), (2, "10:05", True), (3, "10:20", False), (4, "10:30", False), (5, "11:00", True)]
    assert threads_of(events, "09:00", MINE) == [
        Thread(1, "10:00", "10:20", "09:00", MINE),
        Thread(5, "11:00", None, "09:00", MINE),
    ]


def test_response_belongs_to_the_day_of_the_message() -> None:
    asked_at = ("2026-02-28T17:00:00", "2026-03-02T10:00:00", "2026-03-31T17:00:00", "2026-03-05")
    threads = [
        Thread(at, moment, "2026-04-01T09:00:00" if at == 2 else "2026-03-06T09:00:00", "2026-02-01T00:00:00", MINE)
        for at, moment in enumerate(asked_at)
    ]
    reading = leads.response_time(threads, ASKED, lambda _start, _end: Fraction(30))
    assert (reading.value, reading.denominator) == (30, 1)
    assert reading.detail() == {"unanswered": 1}


@pytest.mark.parametrize(
    ("moment", "late"), [("2026-03-24T23:59:59", 0), ("2026-03-24T23:59:58", 1), ("2026-03-20", 1)]
)
def test_overdue_is_more_than_the_expected_time(moment: str, late: int) -> None:
    waiting = [Waiting(1, "L1", "prospect", "new_lead", moment, None, MINE)]
    reading = leads.overdue_rate(waiting, ASKED, {"prospect": "2026-03-24T23:59:59"}, lambda: (3, 2))
    assert (reading.numerator, reading.denominator) == (late, 1)
    assert reading.detail() == {"open_cases": 3, "overdue_cases": 2}


def test_a_lead_is_open_where_it_stands_at_as_of() -> None:
    stays = [
        Waiting(1, "L1", "prospect", "prospect", "2026-03-01T09:00:00", "2026-03-05T09:00:00", MINE),
        Waiting(1, "L1", "quoted", "quoted", "2026-03-05T09:00:00", "2026-04-05T09:00:00", MINE),
        Waiting(2, "L2", "prospect", "prospect", "2026-04-01T09:00:00", None, MINE),
    ]
    assert [(one.lead_id, one.stage) for one in leads.open_at(stays, ASKED)] == [("L1", "quoted")]


def test_contact_is_a_conversation_or_rank_three() -> None:
    found = [lead(1, conversation="2026-02-01"), lead(2, rank=3), lead(3, rank=2), lead(4, conversation="2026-04-01")]
    reading = leads.contact_rate(found, ASKED)
    assert (reading.numerator, reading.denominator) == (2, 4)


def test_flow_counts_what_happened_in_the_period() -> None:
    found = [
        lead(1, received="2026-01-05T09:00:00", rank=4, at="2026-03-09T09:00:00"),
        lead(2, received="2026-01-06T09:00:00", rank=3, at="2026-02-09T09:00:00", conversation="2026-03-01T09:00:00"),
        lead(3, rank=3, at="2026-04-02T09:00:00"),
        lead(4, received="2026-04-02T09:00:00", conversation="2026-03-20T09:00:00"),
    ]
    assert leads.engagement_rate(found, FLOW).numerator == 1
    assert leads.contact_rate(found, FLOW).numerator == 2
    assert leads.contact_rate(found, FLOW).denominator == 1
    assert leads.qualification_rate(found, FLOW).value == 1
    assert leads.engagement_rate(found, ASKED).value == 0


def test_attempts_are_counted_in_buckets() -> None:
    found = [lead(row, connected="2026-03-05T09:00:00", attempts=many) for row, many in enumerate((1, 1, 4, 8, 30))]
    reading = leads.attempts_to_contact([*found, lead(9)], ASKED)
    rows = reading.detail()["rows"]
    assert reading.value == Fraction(44, 5)
    assert rows == [
        {"bucket": bucket, "count": count}
        for bucket, count in zip(("1", "2", "3", "4", "5", "6", "7", "8+"), (2, 0, 0, 1, 0, 0, 0, 2), strict=True)
    ]


def test_engagement_by_source_sums_to_the_whole() -> None:
    found = [lead(1, rank=3, source="Web"), lead(2, source="Web"), lead(3, rank=5, source=None), lead(4, source="Ads")]
    rows = leads.engagement_rate(found, ASKED).detail()["rows"]
    assert rows == [
        {"by": "source", "key": "Ads", "value": 0, "numerator": 0, "denominator": 1},
        {"by": "source", "key": "Web", "value": Fraction(1, 2), "numerator": 1, "denominator": 2},
        {"by": "source", "key": None, "value": 1, "numerator": 1, "denominator": 1},
    ]


def test_velocity_is_of_first_wins() -> None:
    won = [
        WonLead(1, "L1", "2026-02-20T12:00:00", "2026-03-02T00:00:00", MINE),
        WonLead(2, "L2", "2026-03-01", "2026-03-04T18:00:00", MINE),
        WonLead(3, "L3", "2026-01-01T00:00:00", "2026-02-27T00:00:00", MINE),
    ]
    reading = leads.pipeline_velocity(won, ASKED)
    assert (reading.numerator, reading.denominator) == (Fraction(25, 2), 2)
    assert reading.detail() == {"median": 6.25}


@pytest.mark.parametrize(("as_of", "owner"), [(datetime(2026, 3, 10, 11, 59, 59), 1), (datetime(2026, 3, 10, 12), 2)])
def test_a_lead_is_its_owners_at_as_of(as_of: datetime, owner: int) -> None:
    found = [lead(1, owners=PASSED_ON)]
    counts = {number: leads.lead_close_rate(found, Asked(MARCH, as_of, Whose(number))).denominator for number in (1, 2)}
    assert counts == {owner: 1, 3 - owner: 0}
    assert owner_at(PASSED_ON, "2025-12-31T00:00:00") is None
    assert leads.lead_close_rate(found, Asked(MARCH, as_of, Whose(unassigned=True))).denominator == 0


ranks = st.lists(st.tuples(st.integers(1, 28), st.integers(1, 7), st.booleans()), max_size=30)


@given(ranks, st.integers(1, 28))
def test_cohort_rates_never_pass_one_and_grow_with_time(drawn: list[tuple[int, int, bool]], day: int) -> None:
    found = sorted(
        (
            lead(row, f"2026-03-{start:02d}T09:00:00", rank, f"2026-03-{min(start + 2, 31):02d}T09:00:00",
                 conversation=f"2026-03-{start:02d}T10:00:00" if talked else None)
            for row, (start, rank, talked) in enumerate(drawn)
        ),
        key=lambda one: one.received_at,
    )  # fmt: skip
    formulas = (leads.contact_rate, leads.engagement_rate, leads.qualification_rate, leads.lead_close_rate)
    for formula in (*formulas, leads.app_to_close_rate):
        early, late = (formula(found, Asked(MARCH, end_of(date(2026, 3, last)))) for last in (day, 31))
        assert all(one.value is None or 0 <= one.value <= 1 for one in (early, late))
        assert (late.value is None) == (late.denominator == 0)
        assert early.numerator is not None and late.numerator is not None
        assert early.numerator <= late.numerator
