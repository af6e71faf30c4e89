"""Dates and times in US and ISO forms, serials and zones."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importers.moments import read_clock, read_date, read_moment, read_time, read_time_cell
from desktop.importers.values import Unreadable

EAST = ZoneInfo("America/New_York")
DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31))


@given(DAYS)
def test_a_day_in_every_spelling(day: date) -> None:
    spelled = [
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%m/%d/%y}",
        f"{day:%m-%d-%Y}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%a %m/%d/%Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day}-{day:%b}-{day.year}",
        f"{day.isoformat()}T00:00:00",
        f"{day.month}/{day.day}/{day.year} 11:59 PM",
    ]
    assert {read_date(text, EAST) for text in spelled} == {day.isoformat()}


@given(st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2068, 1, 1)))
def test_a_moment_in_every_spelling(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    spelled = [
        moment.isoformat(),
        moment.isoformat(sep=" "),
        f"{moment:%m/%d/%Y %I:%M:%S %p}",
        f"{moment:%m/%d/%Y %H:%M:%S}",
    ]
    assert {read_moment(text, EAST) for text in spelled} == {moment.isoformat()}


@given(st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2068, 1, 1)))
def test_a_zone_makes_it_local(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    local = moment.replace(tzinfo=UTC).astimezone(EAST).replace(tzinfo=None)
    assert read_moment(f"{moment.isoformat()}Z", EAST) == local.isoformat()
    assert read_date(f"{moment.isoformat()}+00:00", EAST) == local.date().isoformat()


@given(st.integers(min_value=20_000, max_value=80_000))
def test_serials_count_from_1899(serial: int) -> None:
    day = date(1899, 12, 30) + timedelta(days=serial)
    assert read_moment(str(serial), EAST) == day.isoformat()
    assert read_moment(f"{serial}.5", EAST) == f"{day.isoformat()}T12:00:00"


@pytest.mark.parametrize(
    "text",
    ["13/7/2026", "2026-13-01", "2/30/2026", "2026-02-29", "0/1/2026", "3/7", "3/7/026", "12345", "99999", "2026",
     "03072026", "3/7/2026 25:00", "3/7/2026 13:00 PM", "3/7/2026 2:61", "yesterday", "3/\u0667/2026",
     "1/1/1899", "1/1/2100",
     "3/7-2026", "2026-03-07T10:00:00+99:00", "Foo 7, 2026", "3/7/2026 tomorrow", "Today, Mar 10"],
)  # fmt: skip
def test_refuses(text: str) -> None:
    with pytest.raises(Unreadable):
        read_moment(text, EAST)


def test_the_day_first_is_named_and_not_turned_round() -> None:
    with pytest.raises(Unreadable, match="day first"):
        read_date("13/7/2026", EAST)


@given(st.text(max_size=20))
def test_nothing_but_a_reason_is_raised(text: str) -> None:
    with suppress(Unreadable):
        assert datetime.fromisoformat(read_moment(text, EAST))


@pytest.mark.parametrize(
    ("text", "clock"),
    [("2:05 PM", "14:05:00"), ("12:00 AM", "00:00:00"), ("12:30pm", "12:30:00"), ("9 am", "09:00:00"),
     ("23:59:59", "23:59:59"),
     ("2:05:09 p.m.", "14:05:09")],
)  # fmt: skip
def test_times(text: str, clock: str) -> None:
    assert read_time(text) == clock
    assert read_clock(text) == clock[:5]


def test_a_fraction_of_a_day_is_a_time() -> None:
    assert read_time_cell("0.5") == "12:00:00"


@pytest.mark.parametrize("text", ["24:00", "9", "0 am", "13 pm", "9:5", "noon", "9m"])
def test_times_refuse(text: str) -> None:
    with pytest.raises(Unreadable):
        read_time(text)
