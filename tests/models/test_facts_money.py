"""Facts about closing, lost deals, retention and revenue: names, dates and in-force against a plain second reading."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.core.periods import Period, end_of
from desktop.core.retention import Part
from desktop.core.revenue import Sales
from desktop.models import facts_closing, facts_lost, facts_retention, facts_revenue
from desktop.models.book import Book
from desktop.models.facts_records import Scope
from tests.models.rows import column, rows, take

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
END = end_of(MARCH.end)
PEOPLE = rows(
    "producers",
    {"producer_code": "P01", "name": "Dana Marsh", "salary": 100, "new_split": 0.4},
    {"producer_code": "P02", "name": "Sam Lee"},
)


def term(number: str, effective: str, **cells: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "policy_number": number,
        "client": "Acme",
        "producer": "P01",
        "line": "BOP",
        "transaction": "new",
        "bound_on": effective,
        "effective_on": effective,
        "annual_premium": 100_000,
    }
    return known | cells


def no_rate(_carrier: str | None, _line: str) -> float | None:
    return None


def plainly_in_force(terms: list[dict[str, Any]], day: date, seen: date) -> dict[str, int]:
    """Number and premium of what is in force, term by term, as files.md 2 says it."""
    found: dict[str, int] = {}
    for one in sorted(terms, key=lambda one: str(one["effective_on"])):
        effective = date.fromisoformat(one["effective_on"])
        try:
            year_later = effective.replace(year=effective.year + 1)
        except ValueError:
            year_later = date(effective.year + 1, 2, 28)
        expires = date.fromisoformat(one["expires_on"]) if one.get("expires_on") else year_later
        ended = date.fromisoformat(one["ended_on"]) if one.get("ended_on") else date.max
        if effective <= day < expires and day < ended and date.fromisoformat(one["bound_on"]) <= seen:
            found[one["policy_number"]] = one["annual_premium"]
    return found


@pytest.mark.parametrize("seed", range(6))
def test_in_force_agrees_with_a_plain_reading(book: Book, seed: int) -> None:
    rng = random.Random(seed)
    start = date(2023, 12, 1)
    terms: dict[tuple[str, str], dict[str, Any]] = {}
    for _ in range(120):
        effective = start + timedelta(days=rng.randrange(800))
        number = f"N-{rng.randrange(40)}"
        cells: dict[str, Any] = {"annual_premium": rng.randrange(1, 10**6)}
        if rng.random() < 0.4:
            cells["expires_on"] = (effective + timedelta(days=rng.choice((181, 184, 365, 366)))).isoformat()
        if rng.random() < 0.3:
            cells["ended_on"] = (effective + timedelta(days=rng.randrange(0, 300))).isoformat()
        if rng.random() < 0.3:
            cells["bound_on"] = (effective + timedelta(days=rng.randrange(-20, 20))).isoformat()
        terms[number, effective.isoformat()] = term(number, effective.isoformat(), **cells)
    listed = list(terms.values())
    take(book, PEOPLE, rows("policies", *listed))
    days = [start + timedelta(days=rng.randrange(1000)) for _ in range(40)]
    for day in (*days, date(2025, 2, 27), date(2025, 2, 28), date(2025, 3, 1)):
        seen = day + timedelta(days=rng.randrange(0, 15))
        found = facts_retention.in_force(book, day, seen, no_rate).policies
        assert {number: one.premium for number, one in found.items()} == plainly_in_force(listed, day, seen)


def test_a_default_rate_applies_where_the_file_states_none(book: Book) -> None:
    stated = term("A", "2026-01-01", commission=7)
    rated = term("B", "2026-01-01", commission_rate=0.1, carrier="Acme Mutual")
    take(book, PEOPLE, rows("policies", stated, rated, term("C", "2026-01-01"), term("D", "2026-01-01", carrier="X")))
    found = facts_retention.in_force(book, MARCH.start, END.date(), lambda carrier, _line: 0.2 if carrier else None)
    assert {number: one.commission for number, one in found.policies.items()} == {
        "A": 7,
        "B": 10_000,
        "C": 0,
        "D": 20_000,
    }
    assert found.without_rate == ("C",)


def test_shares_in_force_name_people_however_they_are_spelled(book: Book) -> None:
    take(book, PEOPLE, rows("policies", term("A", "2026-01-01", shares="Marsh, Dana:0.7;Stranger:0.3")))
    (policy,) = facts_retention.in_force(book, MARCH.start, END.date(), no_rate).policies.values()
    dana = column(book, "producer", "id")[0]
    assert policy.parts == (Part(dana, 0.7), Part(None, 0.3))
    assert policy.premium_by_producer() == {dana: 70_000, None: 30_000}


def test_a_renewal_that_was_never_taken_ends_with_the_term_before(book: Book) -> None:
    take(
        book,
        PEOPLE,
        rows(
            "policies",
            term("A", "2025-03-10"),
            term("A", "2026-03-10", transaction="renewal", ended_on="2026-03-10", end_reason="not taken"),
        ),
    )
    (client,) = column(book, "policy", "client_ref")[:1]
    found = facts_retention.histories(book, [client], MARCH.end, MARCH.end, str.casefold)
    (course,) = found.courses
    assert (course.started_on, course.over_on, course.line) == (date(2025, 3, 10), date(2026, 3, 10), "bop")
    assert (found.endings["A"].on, found.endings["A"].lapsed, found.endings["A"].reason) == (
        date(2026, 3, 10),
        False,
        "not taken",
    )


def test_sales_by_day_for_every_name_of_a_producer(book: Book) -> None:
    take(
        book,
        PEOPLE,
        rows(
            "policies",
            term("A", "2026-03-01", commission=10),
            term("B", "2026-03-01", producer="Marsh, Dana", transaction="rewrite", commission=5),
            term("C", "2026-03-31", producer="Nobody We Know", commission=1),
            term("D", "2026-04-01"),
        ),
    )
    found = facts_revenue.sales_by_day(book, MARCH)
    dana = column(book, "producer", "id")[0]
    assert sum((sales for _day, sales in found[dana]), Sales()) == Sales(100_000, 100_000, 10, 5)
    assert found[None] == [(date(2026, 3, 31), Sales(100_000, 0, 1, 0))]
    assert facts_revenue.without_commission(book, Period(date(2026, 3, 1), date(2026, 4, 1))) == ["D"]


def test_pay_of_an_unknown_name_is_nobodys(book: Book) -> None:
    pay = rows(
        "pay",
        {"producer_code": "Stranger", "effective_from": "2026-01-01", "salary": 9},
        {"producer_code": "P01", "effective_from": "2026-02-01", "salary": 8},
        {"producer_code": "P01", "effective_from": "2026-01-01", "benefits": 7},
    )
    take(book, PEOPLE, pay)
    changes = facts_revenue.pay_changes(book)
    dana, sam = column(book, "producer", "id")
    assert [(one.effective_from, one.salary, one.benefits) for one in changes[dana]] == [
        (date.min, 100, None),
        (date(2026, 1, 1), None, 7),
        (date(2026, 2, 1), 8, None),
    ]
    assert len(changes[sam]) == 1 and set(changes) == {dana, sam}


def test_quotes_outcomes_and_losses_end_with_as_of(book: Book) -> None:
    leads = rows(
        "leads",
        {"lead_id": "L1", "received_at": "2026-03-02T09:00:00", "producer": "P01", "line": "WC"},
        {"lead_id": "L2", "received_at": "2026-03-02T09:00:00", "producer": "P02", "qualified": 1},
    )
    stages = rows(
        "stages",
        {"pipeline": "sales", "stage": "lost", "entered_at": "2026-03-10T14:00:00", "lead_id": "L1"},
        {"pipeline": "sales", "stage": "engaged_interest", "entered_at": "2026-03-10T14:00:00", "lead_id": "L2"},
    )
    quotes = rows("quotes", {"producer": "P02", "delivered_on": "2026-03-10", "lead_id": "L1"})
    take(book, PEOPLE, leads, stages, quotes)
    before, after = end_of(date(2026, 3, 9)), end_of(date(2026, 3, 10))
    everybody, sam = Scope(), Scope(column(book, "producer", "id")[1])
    assert not facts_lost.lost_deals(book, MARCH, before, everybody)
    assert [deal.lead_id for deal in facts_lost.lost_deals(book, MARCH, after, everybody)] == ["L1"]
    assert not facts_closing.outcomes(book, MARCH, after, sam)
    assert not facts_closing.quoted(book, MARCH, before, everybody)
    (quoted,) = facts_closing.quoted(book, MARCH, after, sam)
    assert (quoted.lead, quoted.line, quoted.count) == ("L1", "WC", 1)  # the lead's line, where the quote has none
    assert facts_closing.qualified_leads(book, MARCH, before, everybody) == 0
    assert facts_closing.qualified_leads(book, MARCH, after, sam) == 1
