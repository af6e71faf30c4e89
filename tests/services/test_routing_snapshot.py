"""Least loaded after leave, weekday leave and own hours, as the snapshot reads them."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from desktop.core.presence import Leave, OwnHours
from desktop.services.routing_snapshot import BusinessClock, leave_days, own_hours, snapshot
from desktop.settings import Settings
from tests.services.small_agency import Agency, open_book


def test_one_back_from_leave_counts_with_the_peers_mean(tmp_path: Path) -> None:
    made = Agency().producer("P01", "Ann Alder").producer("P02", "Bob Birch").producer("P03", "Cy Cedar")
    made.add("availability", producer="P03", kind="leave", from_="2026-02-01", to="2026-03-09")
    for number in range(6):
        made.lead(f"L{number}", "2026-03-02T09:00:00", "P01" if number < 4 else "P02")
    with open_book(tmp_path) as book:
        made.store(book)
        found = {one.code: one for one in snapshot(book, datetime(2026, 3, 10, 10)).producers}
        later = {one.code: one for one in snapshot(book, datetime(2026, 4, 20, 10)).producers}
    assert (found["P01"].active_leads, found["P02"].active_leads, found["P03"].active_leads) == (4, 2, 0)
    assert (found["P01"].credit, found["P03"].credit) == (0, 3)
    assert later["P03"].credit == 0


def test_leave_of_one_weekday_is_spelled_out() -> None:
    fridays = Leave(date(2026, 3, 1), None, 5)
    assert leave_days([fridays], date(2026, 3, 2), date(2026, 3, 15)) == (
        (date(2026, 3, 6), date(2026, 3, 6)),
        (date(2026, 3, 13), date(2026, 3, 13)),
    )
    assert leave_days([Leave(None, date(2026, 3, 5))], date(2026, 3, 2), date(2026, 3, 3)) == (
        (date.min, date(2026, 3, 5)),
    )


def test_hours_run_from_the_first_start_to_the_last_end() -> None:
    entered = [OwnHours(1, time(8), time(12)), OwnHours(1, time(13), time(17)), OwnHours(2, time(9), time(0))]
    assert own_hours(entered, date(2026, 3, 2)) == {1: (time(8), time(17)), 2: (time(9), time(0))}
    assert own_hours([OwnHours(1, time(8), time(12), date(2026, 4, 1))], date(2026, 3, 2)) is None


def test_business_minutes_are_those_of_the_slow_way() -> None:
    from desktop.core import worktime

    settings = Settings.from_values({})
    first, last = date(2026, 1, 1), date(2026, 2, 10)
    clock, holidays = BusinessClock(settings, first, last), settings.holidays_between(first, last)
    moments = [datetime(2026, 1, day, hour, 17) for day in (2, 4, 16, 19, 31) for hour in (3, 8, 12, 17, 22)]
    for start in moments:
        for end in moments:
            assert float(clock.between(start, end)) == worktime.elapsed(start, end, settings.hours, holidays)
