"""The working calendar follows the settings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop.core.periods import Period, month_of
from desktop.services import configuration
from desktop.services.calendars import calendar
from tests.services.small_agency import AUTHOR, open_book

NOVEMBER = month_of(date(2026, 11, 1))


def test_weekdays_and_federal_holidays_unless_the_settings_say_otherwise(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        assert calendar(book, NOVEMBER.start, NOVEMBER.end).working_days(NOVEMBER) == 19  # Veterans Day, Thanksgiving
        configuration.set_values(book, {"holidays": ["2026-11-27"]}, AUTHOR)
        assert calendar(book, NOVEMBER.start, NOVEMBER.end).working_days(NOVEMBER) == 20
        configuration.set_values(book, {"hours": {"6": ["09:00", "13:00"]}}, AUTHOR)
        saturdays = calendar(book, NOVEMBER.start, NOVEMBER.end)
        assert saturdays.working(Period(date(2026, 11, 1), date(2026, 11, 14))) == (
            date(2026, 11, 7),
            date(2026, 11, 14),
        )
        assert saturdays.weekly_minutes == 240
