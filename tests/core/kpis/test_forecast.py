"""The forecast by hand: chances, premiums, interval, this month's part; and what must hold of any book."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.kpis.definition import Cents
from desktop.core.kpis.forecast import Trail, Trails, revenue_forecast
from desktop.core.kpis.nurture import Sale
from desktop.core.kpis.reading import Asked, KpiReading, Whose
from desktop.core.periods import Period, end_of

EVERYBODY, ANA, BEN = Whose(), 1, 2
AS_OF = datetime(2026, 3, 20, 12)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def at(days_before: float) -> str:
    return (AS_OF - timedelta(days=days_before)).isoformat()


def trail(
    row: int,
    *stays: tuple[float, str],
    estimate: int | None = None,
    line: str | None = "BOP",
    premium: int | None = None,
    owner: int | None = ANA,
) -> Trail:
    """A lead whose stays began so many days before `AS_OF`; `premium` is bound with the last of them."""
    moments = tuple((at(days), stage) for days, stage in stays)
    sales = () if premium is None else (Sale(moments[-1][0][:10], premium),)
    return Trail(row, f"L{row}", line, estimate, (("", None, owner),), moments, sales)


def forecast(*trails: Trail, as_of: datetime = AS_OF, whose: Whose = EVERYBODY) -> KpiReading:
    return revenue_forecast(Trails(trails), Asked(MARCH, as_of, whose))


def won(row: int, took: float, premium: int, **more: object) -> Trail:
    return trail(row, (took + 40, "prospect"), (took + 20, "quoted"), (20, "won"), premium=premium, **more)  # type: ignore[arg-type]


def lost(row: int, **more: object) -> Trail:
    return trail(row, (60, "prospect"), (30, "quoted"), (10, "lost"), **more)  # type: ignore[arg-type]


def test_chances_premiums_and_interval() -> None:
    found = forecast(
        won(1, 10, 100_000),
        won(2, 30, 140_001),
        lost(3),
        trail(4, (50, "prospect"), (9, "lost")),
        trail(5, (5, "prospect"), estimate=80_000),
        trail(6, (9, "prospect"), (5, "quoted"), estimate=0),
        trail(7, (9, "prospect"), (5, "quoted"), line="Life"),
    )
    mean = Fraction(240_001, 2)
    expected = Fraction(1, 2) * 80_000 + Fraction(2, 3) * mean
    assert found.value == found.numerator == round(expected)
    detail = found.detail()
    spread = 1.2816 * sqrt(0.25 * 80_000**2 + 2 / 9 * float(mean) ** 2)
    assert detail["low"] == pytest.approx(max(0.0, float(expected) - spread), abs=1)
    assert detail["high"] == pytest.approx(float(expected) + spread, abs=1)
    assert detail["pipeline_value"] == Cents(200_001)
    assert detail["thin"] is True
    rows = detail["rows"]
    assert [(one["stage"], one["leads"], one["p"]) for one in rows][:4] == [  # type: ignore[attr-defined]
        ("prospect", 1, Fraction(1, 2)),
        ("contacted", 0, Fraction(1, 2)),
        ("needs_analysis", 0, Fraction(1, 2)),
        ("quoted", 2, Fraction(2, 3)),
    ]


def test_this_month_takes_the_wins_that_would_come_in_time() -> None:
    wins = [won(1, 8, 100_000), won(2, 14, 100_000), won(3, 18, 100_000), won(4, 40, 100_000)]
    found = forecast(*wins, trail(9, (20, "prospect"), (10, "quoted"), estimate=90_000))
    # Spent 10 days; the month ends 11.5 days later: of the three that took longer two took at most 21.5.
    assert found.detail()["this_month"] == 60_000
    late = forecast(*wins, trail(9, (90, "prospect"), (80, "quoted"), estimate=90_000))
    assert late.detail()["this_month"] == 45_000


def test_only_the_last_365_days_count() -> None:
    old = trail(1, (500, "prospect"), (365, "won"), premium=100_000)
    open_lead = trail(9, (5, "prospect"), estimate=10_000)
    assert forecast(old, open_lead).value is None
    young = trail(2, (500, "prospect"), (364, "won"), premium=100_000)
    assert forecast(young, open_lead).value == 10_000


def test_nothing_closed_is_undefined_and_nothing_open_is_zero() -> None:
    found = forecast(trail(1, (5, "prospect"), estimate=10_000))
    assert (found.value, found.detail()["pipeline_value"], found.detail()["low"]) == (None, 10_000, None)
    assert forecast(won(1, 5, 100)).value == 0


def test_a_producer_without_history_has_the_agencys_chance() -> None:
    mine = trail(9, (5, "quoted"), estimate=30_000, owner=BEN)
    found = forecast(won(1, 5, 100_000), lost(2), trail(3, (50, "prospect"), (9, "lost")), mine, whose=Whose(BEN))
    assert found.value == 10_000
    assert found.detail()["thin"] is True
    without = forecast(won(1, 5, 100_000), lost(2), trail(9, (5, "quoted"), owner=BEN), whose=Whose(BEN))
    assert without.value == 50_000


def test_a_lead_is_in_the_stage_that_it_enters_at_the_very_moment() -> None:
    moved = trail(9, (15, "prospect"), (0, "quoted"), estimate=30_000)
    rows = forecast(won(1, 5, 100_000), moved).detail()["rows"]
    assert {one["stage"]: one["leads"] for one in rows if one["leads"]} == {"quoted": 1}  # type: ignore[attr-defined]


def test_nothing_later_than_as_of_is_seen() -> None:
    wins = (won(1, 5, 100_000), lost(2))
    moved = trail(9, (15, "prospect"), (5, "won"), estimate=30_000, premium=50_000)
    found = forecast(*wins, moved, as_of=AS_OF - timedelta(days=12))
    # The one lost ten days ago was still quoted, with the usual premium; all that had closed was won.
    assert found.value == 30_000 + 100_000
    assert forecast(*wins, moved).value == 0


stages = st.sampled_from(["prospect", "contacted", "quoted", "closing", "won", "lost"])
ways = st.lists(st.tuples(st.integers(1, 400), stages), min_size=1, max_size=6).map(
    lambda some: sorted(some, key=lambda one: -one[0])
)


@given(
    st.lists(st.tuples(ways, st.one_of(st.none(), st.integers(0, 500_000)), st.sampled_from([ANA, BEN])), max_size=20)
)
def test_what_holds_of_any_book(rows: list[tuple[list[tuple[int, str]], int | None, int]]) -> None:
    trails = [
        trail(number, *stays, estimate=estimate, owner=owner, premium=estimate if stays[-1][1] == "won" else None)
        for number, (stays, estimate, owner) in enumerate(rows)
    ]
    found = forecast(*trails)
    detail = found.detail()
    leads = [sum(one["leads"] for one in forecast(*trails, whose=whose).detail()["rows"])  # type: ignore[attr-defined]
             for whose in (EVERYBODY, Whose(ANA), Whose(BEN))]  # fmt: skip
    assert leads[0] == leads[1] + leads[2]
    if found.value is None:
        return
    assert 0 <= detail["low"] <= found.value <= detail["high"]  # type: ignore[operator]
    assert 0 <= detail["this_month"] <= found.value + 1  # type: ignore[operator]
    assert found.value <= detail["pipeline_value"]  # type: ignore[operator]
    assert sum(one.amount for one in found.records()) == found.value
    assert abs(sum(one["expected"] for one in detail["rows"]) - found.value) <= 6  # type: ignore[attr-defined]


def test_the_month_of_as_of_ends_at_its_last_second() -> None:
    end = end_of(date(2026, 3, 31))
    found = forecast(won(1, 15, 100_000), trail(9, (5, "quoted"), estimate=90_000), as_of=end)
    assert found.detail()["this_month"] == 45_000
