"""Times of day as people write them, and back."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.clocks import read_clock, write_clock


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("9", 9, 0), ("930", 9, 30), ("9:30pm", 21, 30), ("9.30 P.M.", 21, 30), ("9p", 21, 0), ("1130p", 23, 30),
        ("17:00", 17, 0), ("12", 12, 0), ("12 am", 0, 0), ("12:15 PM", 12, 15), ("24:00", 0, 0), ("0:05", 0, 5),
        (" Noon ", 12, 0), ("midnight", 0, 0),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(text: str, hour: int, minute: int) -> None:
    assert read_clock(text) == time(hour, minute)


@pytest.mark.parametrize("text", ["", "late", "9:5", "9:60", "25", "24:01", "13 pm", "0 am", "9 to 5", "12345"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_clock(text) is None


def test_an_end_without_am_or_pm_is_the_first_after_the_beginning() -> None:
    assert read_clock("5:30", time(8)) == time(17, 30)
    assert read_clock("9", time(8)) == time(9)
    assert read_clock("12", time(13)) == time(12)
    assert read_clock("5 am", time(8)) == time(5)


@given(st.times().map(lambda value: value.replace(second=0, microsecond=0)))
def test_what_is_written_is_read_back(value: time) -> None:
    assert read_clock(write_clock(value)) == value
