"""Derived tables say what the records below them add up to."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop.models import imports, rollups, warnings
from desktop.models.book import Book
from tests.models.rows import column, contents, rows, take
from tests.models.test_intake import CALL, PRODUCERS, TERM


def test_only_outbound_calls_and_personal_emails_count(book: Book) -> None:
    events = (
        CALL,
        {**CALL, "direction": "inbound"},
        {**CALL, "count": 12, "self_reported": True},
        {**CALL, "kind": "email"},
        {**CALL, "kind": "email", "bulk": True},
        {**CALL, "kind": "email", "direction": "inbound"},
        {**CALL, "kind": "text"},
    )
    take(book, PRODUCERS, rows("activities", *events))
    assert column(book, "day_cell", "calls_made") == [13]
    assert column(book, "day_cell", "calls_made_auto") == [1]
    assert column(book, "day_cell", "emails_sent") == [1]


def test_one_lead_quoted_three_times_a_day_is_one_quote(book: Book) -> None:
    quote = {"producer": "P01", "delivered_on": "2026-03-05", "lead_id": "L1"}
    others = (
        {**quote, "carrier": "Harbor Mutual"},
        {**quote, "producer": "Marsh, Dana", "carrier": "Northfield"},
        {**quote, "lead_id": None},
        {**quote, "lead_id": None, "carrier": "Northfield"},
        {**quote, "delivered_on": "2026-03-06"},
    )
    take(book, PRODUCERS, rows("quotes", quote, *others))
    assert column(book, "day_cell", "quotes") == [3, 1]


def test_premium_follows_the_shares_and_the_count_the_first_named(book: Book) -> None:
    shared = {**TERM, "shares": "P01:0.333;P02:0.333;P03:0.334", "commission_rate": 0.15}
    take(book, PRODUCERS, rows("policies", shared))
    assert column(book, "production", "premium") == [33_301, 33_300, 33_400]
    assert column(book, "production", "commission") == [4_995, 4_995, 5_010]
    assert column(book, "production", "counted") == [1, 0, 0]


def test_where_a_commission_comes_from(book: Book) -> None:
    terms = rows(
        "policies",
        {**TERM, "policy_number": "A", "commission": 7, "commission_rate": 0.5},
        {**TERM, "policy_number": "B", "commission_rate": 0.125, "annual_premium": 1_004},
        {**TERM, "policy_number": "C", "annual_premium": 1_000},
    )
    take(book, PRODUCERS, terms, rate=0.1)
    assert column(book, "production", "commission") == [7, 126, 100]
    assert column(book, "production", "basis") == ["stated", "rate", "default"]
    with book.transaction():
        rollups.rebuild(book, lambda _carrier, _line: None)
    assert column(book, "production", "basis") == ["stated", "rate", "none"]


def test_a_renewal_or_rewrite_is_no_new_business(book: Book) -> None:
    terms = rows(
        "policies", {**TERM, "transaction": "renewal"}, {**TERM, "policy_number": "R", "transaction": "rewrite"}
    )
    take(book, PRODUCERS, terms)
    assert column(book, "day_cell", "policies_written") == []


def test_rebuilding_gives_what_was_kept(book: Book) -> None:
    lead = {"lead_id": "L1", "received_at": "2026-03-01T09:00:00", "producer": "P01"}
    stage = {"pipeline": "sales", "stage": "quoted", "entered_at": "2026-03-02T09:00:00", "lead_id": "L1"}
    owner = {"lead_id": "L1", "at": "2026-03-03T09:00:00", "producer": "P02"}
    take(book, PRODUCERS, rows("leads", lead), rows("stages", stage), rows("owners", owner), rows("policies", TERM))
    take(book, rows("activities", CALL))
    before = contents(book)
    with book.transaction():
        rollups.rebuild(book, lambda _carrier, _line: None)
    assert contents(book) == before


def test_a_total_changed_behind_the_programs_back_is_found(book: Book) -> None:
    take(book, PRODUCERS, rows("activities", CALL))
    assert rollups.differences(book) == []
    book.connection.execute("UPDATE day_cell SET calls_made=9")
    assert rollups.differences(book) == ["2026-03-03"]


def test_a_call_total_beside_single_calls_of_one_drop_is_warned_of(book: Book) -> None:
    taken = take(book, PRODUCERS, rows("activities", CALL, {**CALL, "activity_id": "T", "count": 12}))
    assert taken.intake.touched.days == {"2026-03-03"}
    files = imports.files_of(book, taken.run)
    assert warnings.doubled_calls(book, files, taken.intake.touched.days) == [("Dana Marsh", 1)]


ACTIVITIES = st.lists(
    st.fixed_dictionaries(
        {
            "occurred_at": st.sampled_from([f"2026-03-0{day}T09:00:00" for day in range(2, 6)]),
            "producer": st.sampled_from(["P01", "Dana Marsh", "Nobody"]),
            "kind": st.sampled_from(["call", "email", "meeting_held", "text"]),
            "activity_id": st.none() | st.sampled_from("ABCDEF"),
            "direction": st.sampled_from([None, "inbound", "outbound"]),
            "count": st.sampled_from([None, 1, 3]),
            "bulk": st.sampled_from([None, True, False]),
            "self_reported": st.sampled_from([None, True, False]),
        }
    ),
    min_size=1,
    max_size=6,
)
QUOTES = st.lists(st.sampled_from(["2026-03-03", "2026-03-07"]), max_size=1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(ACTIVITIES, min_size=1, max_size=3), min_size=1, max_size=3), QUOTES)
@example([[[CALL]], [[{**CALL, "kind": "email"}]]], ["2026-03-03"])
def test_days_counted_on_arrival_are_those_of_a_fresh_count(
    book: Book, drops: list[list[list[dict[str, Any]]]], quotes: list[str]
) -> None:
    with suppress(_Done), book.transaction():
        for drop in drops:
            files = [rows("activities", *events) for events in drop]
            quoted = [rows("quotes", {"producer": "P01", "delivered_on": day}) for day in quotes]
            take(book, PRODUCERS, *files, *quoted)
            assert rollups.differences(book) == []
        raise _Done


class _Done(Exception):  # noqa: N818 - carries the example out of its transaction, so that the next finds an empty book
    pass
