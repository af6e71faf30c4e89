"""Values that can be read and hardly be meant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.batches import Batch
from desktop.core.doubts import FACTOR, FEWEST, Doubt, Doubter, Why, fold_line, usual_premiums
from desktop.core.templates import TEMPLATES, Cell, Row

TODAY = date(2026, 3, 11)


def row(table: str, **cells: Cell) -> Row:
    return tuple(cells.get(name) for name in TEMPLATES[table].names)


def policy(premium: int, line: str = "Home", day: str = "2026-03-02") -> Row:
    return row("policies", policy_number="P", line=line, bound_on=day, annual_premium=premium)


def asked(table: str, rows: list[Row], **usual: int) -> list[Doubt]:
    doubter = Doubter(TODAY, usual)
    doubter.look_at(Batch.of_rows(table, range(2, len(rows) + 2), rows))
    return doubter.doubts()


def test_a_premium_a_hundred_times_the_usual_of_the_book_is_asked_about() -> None:
    rows = [policy(100_000), policy(9_999_900), policy(10_000_000), policy(10_000_000, "Auto")]
    assert asked("policies", rows, home=100_000) == [
        Doubt(4, "annual_premium", 10_000_000, Why.PREMIUM, 100_000),
    ]


def test_a_file_says_itself_what_is_usual_where_the_book_does_not() -> None:
    rows = [policy(100_000 + at) for at in range(FEWEST)] + [policy(90_000_000, " HOME ")]
    assert [doubt.line for doubt in asked("policies", rows)] == [2 + FEWEST]
    assert asked("policies", rows[FEWEST - 3 :]) == []


def test_premiums_of_quotes_and_leads_are_looked_at_too() -> None:
    quote = row("quotes", line="Home", premium=20_000_000, delivered_on="2026-03-02")
    lead = row("leads", line="Home", estimated_premium=20_000_000, received_at="2026-03-02T09:00:00")
    assert [one.column for one in asked("quotes", [quote], home=100_000)] == ["premium"]
    assert [one.column for one in asked("leads", [lead], home=100_000)] == ["estimated_premium"]


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("activities", "occurred_at", "2027-03-13T09:00:00"),
        ("quotes", "delivered_on", "2027-03-13"),
        ("policies", "bound_on", "2062-03-02"),
        ("leads", "received_at", "2027-03-13"),
        ("stages", "entered_at", "2027-03-13T00:00:00"),
    ],
)
def test_a_day_more_than_a_year_ahead_is_asked_about(table: str, column: str, text: str) -> None:
    assert asked(table, [row(table, **{column: text})]) == [Doubt(2, column, text[:10], Why.AHEAD)]
    assert asked(table, [row(table, **{column: "2027-03-11"})]) == []


def test_refunds_and_rows_without_a_premium_are_no_question() -> None:
    rows = [policy(0), policy(-20_000_000), row("policies", line="Home", bound_on="2026-03-02")]
    assert asked("policies", rows, home=100) == []


def test_tables_without_days_or_premiums_are_passed_over() -> None:
    assert asked("clients", [row("clients", name="Ada Moss", since="2099-01-01")]) == []


@given(st.lists(st.integers(1, 10**9), min_size=FEWEST, max_size=40))
def test_nothing_within_a_hundredfold_of_the_usual_is_asked_about(amounts: list[int]) -> None:
    usual = usual_premiums({"home": amounts})["home"]
    found = {one.value for one in asked("policies", [policy(amount) for amount in amounts], home=usual)}
    assert found == {amount for amount in amounts if amount >= FACTOR * usual}


@given(st.dates(date(2000, 1, 1), TODAY + timedelta(days=366)))
def test_no_day_up_to_a_year_ahead_is_asked_about(day: date) -> None:
    assert asked("policies", [policy(1, day=day.isoformat())]) == []


def test_too_few_make_nothing_usual() -> None:
    assert usual_premiums({"home": [1] * (FEWEST - 1) + [0], "auto": [4, 4, 4, 8, 8]}) == {"auto": 4}
    assert fold_line(None) == "" and fold_line(" Home ") == "home"
