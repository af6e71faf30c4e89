from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.kpis.definition import Cents
from desktop.core.kpis.reading import (
    BOTH,
    DENOMINATOR,
    NUMERATOR,
    Asked,
    Item,
    KpiReading,
    Whose,
    breakdown,
    days_between,
    grouped,
    mean_of,
    median_of,
    minutes_between,
    per_of,
    rate_of,
    sum_of,
)
from desktop.core.periods import Period

ids = st.sets(st.integers(1, 60), max_size=40)
amounts = st.lists(st.integers(0, 10**7), max_size=40)


def items(rows: set[int]) -> list[Item]:
    return [Item("leads", row, "2026-03-02T10:00:00") for row in sorted(rows)]


def drawn(reading: KpiReading, *roles: str) -> list[int | float | Fraction]:
    return [one.amount for one in reading.records() if one.role in roles]


@given(ids, ids)
def test_the_records_of_a_rate_sum_to_both_of_its_sides(hits: set[int], whole: set[int]) -> None:
    reading = rate_of(items(hits), items(whole))
    assert sum(drawn(reading, NUMERATOR, BOTH)) == reading.numerator == len(hits)
    assert sum(drawn(reading, DENOMINATOR, BOTH)) == reading.denominator == len(whole)
    assert reading.value == (Fraction(len(hits), len(whole)) if whole else None)


@given(amounts)
def test_a_mean_of_money_is_rounded_to_the_cent_and_its_records_sum_to_it(cents: list[int]) -> None:
    reading = mean_of([Item("policies", at, "2026-03-02", Cents(one)) for at, one in enumerate(cents)])
    assert sum(drawn(reading, BOTH)) == reading.numerator == sum(cents)
    assert reading.denominator == len(cents)
    if cents:
        assert isinstance(reading.value, Cents)
        assert abs(Fraction(sum(cents), len(cents)) - reading.value) <= Fraction(1, 2)
    else:
        assert reading.value is None


@given(st.lists(st.floats(0, 600).map(lambda minutes: round(minutes, 2)), min_size=1, max_size=20))
def test_minutes_are_added_as_they_are_written(minutes: list[float]) -> None:
    reading = sum_of([Item("activities", at, "2026-03-02T10:00:00", one) for at, one in enumerate(minutes)])
    assert reading.value == sum(Fraction(str(one)) for one in minutes)
    assert reading.denominator is None


def test_nothing_is_not_zero() -> None:
    assert rate_of([], []).value is None
    assert mean_of([]).value is None
    assert per_of(3, 0).value is None
    assert median_of([]) is None
    assert sum_of([]).value == 0


def test_the_median_lies_in_the_middle() -> None:
    assert median_of([5, 1, 3]) == 3
    assert median_of([1, 2]) == Fraction(3, 2)
    assert median_of([Cents(100), Cents(101)]) == 101


def test_rows_of_a_breakdown_stand_by_key_with_nobodys_last() -> None:
    groups = grouped([("b", 1), (None, 2), ("a", 3)], lambda one: one[0])
    rows = breakdown("source", {key: rate_of([], items(set(range(1, len(one) + 1)))) for key, one in groups.items()})
    assert [row["key"] for row in rows] == ["a", "b", None]
    assert rows[0] == {"by": "source", "key": "a", "value": 0, "numerator": 0, "denominator": 1}


def test_moments() -> None:
    assert minutes_between("2026-03-02T10:00:00", "2026-03-02T10:00:30") == Fraction(1, 2)
    assert days_between("2026-03-02T10:00:00", "2026-03-05T22:00:00") == Fraction(7, 2)
    assert days_between("2026-03-02", "2026-03-05T22:00:00") == 3


def test_what_lies_within_a_question() -> None:
    asked = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)), datetime(2026, 3, 10, 12, 0))
    assert asked.within("2026-03-01") and asked.within("2026-03-10T12:00:00")
    assert not asked.within("2026-03-10T12:00:01") and not asked.within("2026-02-28T23:59:59")
    assert not asked.within(None) and asked.seen("2025-01-01") and not asked.seen("2026-03-11")
    assert asked.last_day == date(2026, 3, 10)


def test_whose() -> None:
    assert Whose().covers(None) and Whose().covers(7)
    assert Whose(7).covers(7) and not Whose(7).covers(None)
    assert Whose(unassigned=True).covers(None) and not Whose(unassigned=True).covers(7)
