"""What stands on a scorecard."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.scorecard import (
    ACTIVITY_METRICS,
    RESULT_METRICS,
    Figure,
    Figures,
    Letterhead,
    MonthToDate,
    Person,
    ScorecardContent,
    ScorecardTexts,
    Unit,
    Week,
    build,
    date_range,
    freshness_sentence,
)

WEEK = Week("2026-W10", date(2026, 3, 2), date(2026, 3, 8))
FIGURES = Figures(
    {"calls_made": Figure(42, 30, 50, True, (1, 42)), "new_premium": Figure(412_550, 461_538, None, False)},
    MonthToDate(3, 5, 785_000, 2_000_000, 0.4, True),
    {"prospect": (2, 100), "quoted": (3, 250), "won": (9, 999)},
    0.7,
    [("calls", date(2026, 3, 8))],
)
TYPED = ScorecardTexts(("a win",), (), ("one", "two", "three", "four"), "note")


def _content(blank: bool = False) -> ScorecardContent:
    printed = datetime(2026, 3, 9, 8)
    return build(Letterhead("Agency"), Person("P1", "Dana"), WEEK, FIGURES, TYPED, printed, blank)


def test_rows_stand_in_the_order_of_the_form_and_missing_ones_are_undefined() -> None:
    content = _content()
    assert [row.metric for row in content.activity] == list(ACTIVITY_METRICS)
    assert [row.metric for row in content.results] == list(RESULT_METRICS)
    assert content.activity[0].figure == FIGURES.metrics["calls_made"]
    assert content.activity[1].figure == Figure()
    assert [row.unit for row in content.results] == [Unit.COUNT, Unit.COUNT, Unit.MONEY]
    assert content.monthly_target == 2_000_000


def test_the_total_sums_the_six_open_stages_alone() -> None:
    content = _content()
    assert [row.stage for row in content.stages] == [
        "prospect", "contacted", "needs_analysis", "quoted", "proposed", "closing",
    ]  # fmt: skip
    assert (content.total.count, content.total.premium) == (5, 350)


def test_a_blank_form_keeps_who_when_and_targets_and_nothing_else() -> None:
    content = _content(blank=True)
    assert content.activity[0].figure == Figure(target=30, stretch=50)
    assert content.month == MonthToDate(policies_target=5, premium_target=2_000_000)
    assert content.monthly_target == 2_000_000
    assert all(row.count is None and row.premium is None for row in (*content.stages, content.total))
    assert content.texts.empty
    assert content.automatic_share is None
    assert content.data_as_of == ""


def test_texts_have_as_many_lines_as_the_form_and_lose_none() -> None:
    texts = _content().texts
    assert texts.wins == ("a win", "")
    assert texts.challenges == ("", "")
    assert texts.priorities == ("one", "two", "three; four")


@given(st.lists(st.text(alphabet="ab ", max_size=4), max_size=6))
def test_padding_twice_is_padding_once(lines: list[str]) -> None:
    once = ScorecardTexts(priorities=tuple(lines)).padded()
    assert once.padded() == once
    assert len(once.priorities) == 3
    assert once.empty == (not any(line.strip() for line in lines))


def test_freshness_groups_sources_by_day_newest_first() -> None:
    sources = [
        ("calls", date(2026, 3, 8)),
        ("policies", date(2026, 3, 5)),
        ("emails", date(2026, 3, 8)),
        ("meetings", None),
        ("coi", date(2026, 3, 8)),
        ("texts", date(2026, 3, 9)),
    ]
    expected = "Calls, emails and COI contacts through Mar 8, 2026; policies through Mar 5, 2026."
    assert freshness_sentence(sources) == expected
    assert freshness_sentence([("calls", None)]) == "No data has been imported yet."


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 3, 2), date(2026, 3, 8), "Mar 2 \N{EN DASH} 8, 2026"),
        (date(2026, 3, 30), date(2026, 4, 5), "Mar 30 \N{EN DASH} Apr 5, 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "Dec 29, 2025 \N{EN DASH} Jan 4, 2026"),
    ],
)
def test_date_ranges_name_what_differs(start: date, end: date, text: str) -> None:
    assert date_range(start, end) == text
