"""Codes of forms, typed counts, and the day on which a week's count stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import periods, selfreports
from desktop.core.selfreports import KINDS, Line
from desktop.errors import UserError

KIND = st.sampled_from([kind for kind, _metric in KINDS])
CODE = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=12)
DAY = st.dates(date(2001, 1, 1), date(2090, 12, 31))


@given(CODE, DAY, KIND)
def test_a_code_stands_for_its_line(code: str, day: date, kind: str) -> None:
    line = Line(code, periods.week_name(periods.week_of(day)), kind)
    assert selfreports.read_code(f" {line.code} ") == line


@given(DAY, KIND, st.integers(0, 40), st.characters(whitelist_categories=("Lu", "Nd")))
def test_a_changed_code_is_refused(day: date, kind: str, at: int, sign: str) -> None:
    code = Line("P01", periods.week_name(periods.week_of(day)), kind).code
    at %= len(code)
    changed = code[:at] + sign + code[at + 1 :]
    if changed != code:
        with pytest.raises(UserError):
            selfreports.read_code(changed)


@given(DAY, st.integers(0, 400))
def test_a_count_stands_within_its_week_and_not_in_the_future(day: date, ago: int) -> None:
    week = periods.week_of(day)
    found = selfreports.day_of(week, day + timedelta(days=ago))
    assert week.contains(found)
    assert found <= day + timedelta(days=ago)


def test_a_week_that_has_not_begun_takes_no_count() -> None:
    with pytest.raises(UserError, match="not begun"):
        selfreports.day_of(periods.iso_week("2026-W12"), date(2026, 3, 15))


@pytest.mark.parametrize(("text", "count"), [("12", 12), (" 1,200 ", 1200), ("0", 0), ("", None), ("  ", None)])
def test_a_typed_count(text: str, count: int | None) -> None:
    assert selfreports.read_count(text) == count


@pytest.mark.parametrize("text", ["-1", "1.5", "ten", "5001", "٣", "1_0", "1e3"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is no count"):
        selfreports.read_count(text)
