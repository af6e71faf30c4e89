"""Persistency, danger zone, exceptions and chargeback by hand, on the days on which they turn."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.kpis import chargeback, exceptions, persistency
from desktop.core.kpis.cases import Cases, Entry
from desktop.core.kpis.policies import Policy, PolicyBook, Term, day_after
from desktop.core.kpis.reading import Asked, Whose
from desktop.core.periods import Period, end_of, month_of

ANA, BEN = 1, 2
EVERYBODY = Whose()


def term(effective: str, over: str, ended: str | None = None, *, row: int = 1, producer: int | None = ANA) -> Term:
    end = over if ended is None else min(over, ended)
    return Term(row, effective, effective, end, ended, producer, "Alder")


def policy(*terms: Term, number: str = "A-1", in_force_on: str | None = None) -> Policy:
    return Policy(number, in_force_on or terms[0].effective, "Website", None, terms)


def asked(month: date, as_of: datetime | None = None, whose: Whose = EVERYBODY) -> Asked:
    period = month_of(month)
    return Asked(period, as_of or end_of(period.end), whose)


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2025-01-31", "2026-02-28"),
        ("2025-01-28", "2026-02-28"),
        ("2024-01-29", "2025-02-28"),
        ("2023-01-31", "2024-02-29"),
    ],
)
def test_thirteen_months_from_a_months_end(start: str, day: str) -> None:
    assert day_after(start, 13) == day


def test_persistency_is_read_on_the_day_itself() -> None:
    renewed = policy(term("2025-02-10", "2026-02-10"), term("2026-02-10", "2027-02-10", "2026-03-10", row=2))
    kept = policy(term("2025-02-10", "2026-02-10"), term("2026-02-10", "2027-02-10", "2026-03-11", row=2), number="B")
    lapsed = policy(term("2025-02-10", "2026-02-10"), number="C")
    found = persistency.persistency(PolicyBook([renewed, kept, lapsed]), asked(date(2026, 3, 1)))
    assert (found.numerator, found.denominator) == (1, 3)
    assert found.detail()["rows"] == [
        {"month": "2025-02", "started": 3, "in_force": 1, "rate": Fraction(1, 3)},
        {"by": "carrier", "key": "Alder", "value": Fraction(1, 3), "numerator": 1, "denominator": 3},
        {"by": "source", "key": "Website", "value": Fraction(1, 3), "numerator": 1, "denominator": 3},
    ]


def test_a_policy_is_not_judged_before_its_day() -> None:
    book = PolicyBook([policy(term("2025-02-10", "2026-02-10"))])
    assert persistency.persistency(book, asked(date(2026, 3, 1), datetime(2026, 3, 9, 23))).denominator == 0
    assert persistency.persistency(book, asked(date(2026, 3, 1), datetime(2026, 3, 10, 1))).denominator == 1


def test_a_renewal_bound_later_is_not_known_yet() -> None:
    late = term("2026-02-10", "2027-02-10", row=2)._replace(bound="2026-03-20")
    book = PolicyBook([policy(term("2025-02-10", "2026-02-10"), late)])
    assert persistency.persistency(book, asked(date(2026, 3, 1), datetime(2026, 3, 19, 12))).numerator == 0
    assert persistency.persistency(book, asked(date(2026, 3, 1), datetime(2026, 3, 20, 12))).numerator == 1


def test_the_danger_zone_ends_after_three_months() -> None:
    quiet = policy(term("2025-11-30", "2026-11-30"))
    ended = policy(term("2025-11-30", "2026-11-30", "2026-02-27"), number="B")
    on_the_day = policy(term("2025-11-30", "2026-11-30", "2026-02-28"), number="C")
    book = PolicyBook([quiet, ended, on_the_day])
    found = persistency.danger_zone_survival(book, {}, asked(date(2026, 2, 1)))
    assert (found.numerator, found.denominator) == (2, 3)
    troubled = persistency.danger_zone_survival(
        book, {"A-1": "2026-02-27T23:59:59", "C": "2026-02-28T00:00:00"}, asked(date(2026, 2, 1))
    )
    assert (troubled.numerator, troubled.denominator) == (1, 3)


def test_in_force_at_any_time_belongs_to_the_last_terms_producer() -> None:
    handed_on = policy(
        term("2025-03-15", "2026-03-15"), term("2026-03-15", "2027-03-15", row=2, producer=BEN), number="A"
    )
    gone = policy(term("2025-03-01", "2026-03-01"), number="B")
    last_day = policy(term("2025-03-02", "2026-03-02"), number="C")
    later = policy(term("2026-04-01", "2027-04-01"), number="D")
    never = policy(term("2026-03-05", "2027-03-05", "2026-03-05"), number="E")
    book = PolicyBook([handed_on, gone, last_day, later, never])
    everybody = book.at_any_time(asked(date(2026, 3, 1)))
    assert len(everybody) == 2
    assert len(book.at_any_time(asked(date(2026, 3, 1), whose=Whose(BEN)))) == 1
    assert len(book.at_any_time(asked(date(2026, 3, 1), whose=Whose(ANA)))) == 1
    assert len(book.at_any_time(asked(date(2026, 3, 1), datetime(2026, 3, 10), Whose(ANA)))) == 2


def test_a_period_that_has_not_begun_has_no_policies() -> None:
    book = PolicyBook([policy(term("2025-06-01", "2026-06-01"))])
    assert book.at_any_time(asked(date(2026, 3, 1), datetime(2026, 2, 28, 12))) == []
    assert len(book.at_any_time(asked(date(2026, 3, 1), datetime(2026, 3, 1, 12)))) == 1


def trouble(*entries: tuple[str, str, str | None], subject: str = "policy A-1") -> Cases:
    owners = (("", None, ANA),)
    return {
        subject: tuple(
            Entry(row, subject, stage, at, None, detail, owners) for row, (stage, at, detail) in enumerate(entries, 1)
        )
    }


def test_exceptions_take_their_type_from_the_last_opening() -> None:
    cases = trouble(
        ("new_exception", "2026-02-20T08:00:00", "payment"),
        ("resolved", "2026-03-02T20:00:00", None),
        ("new_exception", "2026-03-10T08:00:00", "lapse"),
        ("terminated", "2026-03-24T08:00:00", "ignored"),
    )
    march = asked(date(2026, 3, 1))
    saved = exceptions.save_rate(cases, march)
    assert (saved.numerator, saved.denominator) == (1, 2)
    assert [(row["key"], row["numerator"]) for row in saved.detail()["rows"]] == [("lapse", 0), ("payment", 1)]  # type: ignore[attr-defined]
    assert saved.detail()["mean_days"] == pytest.approx((10.5 + 14) / 2)
    resolved = exceptions.days_to_resolve(cases, march)
    assert resolved.value == Fraction(21, 2)
    rows = resolved.detail()["rows"]
    assert [one["count"] for one in rows if one["bucket"] == "10"] == [1]  # type: ignore[attr-defined]
    assert [one["bucket"] for one in rows][-2:] == ["13", "14+"]  # type: ignore[attr-defined]
    book = PolicyBook([policy(term("2025-06-01", "2026-06-01")), policy(term("2025-06-01", "2026-06-01"), number="B")])
    assert exceptions.exception_rate(cases, book, march).value == Fraction(1, 2)


def test_a_closing_without_an_opening_counts_without_days() -> None:
    cases = trouble(("resolved", "2026-03-02T20:00:00", None))
    assert exceptions.save_rate(cases, asked(date(2026, 3, 1))).value == 1
    assert exceptions.save_rate(cases, asked(date(2026, 3, 1))).detail()["mean_days"] is None
    assert exceptions.days_to_resolve(cases, asked(date(2026, 3, 1))).value is None


# --- chargeback -------------------------------------------------------------------------------------------------------


def risk(one: Policy, month: date, months: int = 12, whose: Whose = EVERYBODY) -> tuple[object, object]:
    parts = {1: ((ANA, 6_001), (BEN, 4_000))}
    found = chargeback.chargeback_risk(PolicyBook([one]), parts, months, asked(month, whose=whose))
    return found.value, found.detail()["commission_at_risk"]


def test_commission_at_risk_is_the_unearned_days_share() -> None:
    ended = policy(term("2025-03-01", "2026-03-01", "2025-05-13"))
    unearned = Fraction(365 - 73, 365)
    assert risk(ended, date(2025, 5, 1)) == (1, round(10_001 * unearned))
    assert risk(ended, date(2025, 5, 1), whose=Whose(ANA)) == (1, round(6_001 * unearned))
    assert risk(ended, date(2025, 5, 1), whose=Whose(BEN)) == (0, round(4_000 * unearned))
    assert risk(ended, date(2025, 6, 1)) == (0, 0)


def test_the_anniversary_itself_risks_nothing() -> None:
    renewed = term("2026-03-01", "2027-03-01", "2026-03-01", row=2)
    assert risk(policy(term("2025-03-01", "2026-03-01"), renewed), date(2026, 3, 1)) == (0, 0)
    early = policy(term("2025-03-01", "2026-03-01", "2026-02-28"))
    assert risk(early, date(2026, 2, 1)) == (1, round(Fraction(10_001, 365)))
    assert risk(early, date(2026, 2, 1), months=11) == (0, 0)


def test_flat_cancelled_is_wholly_unearned_and_a_replaced_term_is_no_end() -> None:
    flat = policy(term("2025-03-01", "2026-03-01", "2025-03-01"))
    assert risk(flat, date(2025, 3, 1)) == (1, 10_001)
    replaced = policy(term("2025-03-01", "2026-03-01", "2025-05-13"), term("2025-05-13", "2026-05-13", row=2))
    assert risk(replaced, date(2025, 5, 1)) == (0, 0)


def test_a_term_ended_after_it_had_expired_was_earned() -> None:
    short = policy(term("2025-03-01", "2025-09-01", "2025-10-05"))
    assert risk(short, date(2025, 10, 1)) == (0, 0)


def test_a_policy_that_is_not_bound_yet_is_not_judged() -> None:
    late = policy(term("2025-02-10", "2026-04-01")._replace(bound="2026-03-20"))
    book = PolicyBook([late])
    assert persistency.persistency(book, asked(date(2026, 3, 1), datetime(2026, 3, 19, 12))).denominator == 0
    assert persistency.persistency(book, asked(date(2026, 3, 1), datetime(2026, 3, 20, 12))).denominator == 1


days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(days, st.integers(0, 700), st.sampled_from([ANA, BEN, None])), max_size=25), days)
def test_rates_stay_within_bounds_and_producers_sum_to_the_agency(
    rows: list[tuple[date, int, int | None]], month: date
) -> None:
    policies = []
    for number, (start, length, producer) in enumerate(rows):
        over = day_after(start.isoformat(), 12)
        ended = date.fromordinal(start.toordinal() + length).isoformat() if length < 365 else None
        policies.append(policy(term(start.isoformat(), over, ended, row=number, producer=producer), number=str(number)))
    book = PolicyBook(policies)
    readings = [
        persistency.persistency(book, asked(month, whose=whose))
        for whose in (Whose(), Whose(ANA), Whose(BEN), Whose(unassigned=True))
    ]
    whole, *parts = readings
    assert whole.denominator == sum(int(one.denominator or 0) for one in parts)
    assert whole.numerator == sum(int(one.numerator or 0) for one in parts)
    assert whole.value is None if not whole.denominator else 0 <= float(whole.value or 0) <= 1
    items = [len(book.at_any_time(asked(month, whose=whose))) for whose in (Whose(), Whose(ANA), Whose(BEN))]
    assert items[0] >= items[1] + items[2]


@given(st.lists(days, min_size=1, max_size=20), days, days)
def test_a_wider_period_loses_no_record(starts: list[date], one: date, other: date) -> None:
    policies = [
        policy(term(start.isoformat(), day_after(start.isoformat(), 12)), number=str(number))
        for number, start in enumerate(starts)
    ]
    book, as_of = PolicyBook(policies), end_of(date(2028, 1, 1))
    first, last = min(one, other), max(one, other)
    narrow = book.completing(13, Asked(Period(first, last), as_of))
    wide = book.completing(13, Asked(Period(date(first.year - 1, 1, 1), date(last.year + 1, 12, 31)), as_of))
    assert {found.number for found, _day in narrow} <= {found.number for found, _day in wide}
