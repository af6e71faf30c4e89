"""Section 7 by hand: points, working days, talk, leads worked, and what nobody has touched."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction

import pytest

from desktop.core.kpis import activity
from desktop.core.kpis.activity import Act, DayWork, OpenCase, Untouched
from desktop.core.kpis.leads import Owners, Waiting
from desktop.core.kpis.reading import Asked, Whose
from desktop.core.periods import Period, end_of
from desktop.core.presence import Calendar

WEEK = Period(date(2026, 3, 2), date(2026, 3, 8))
ASKED = Asked(WEEK, end_of(WEEK.end))
CALENDAR = Calendar(dict.fromkeys(range(1, 6), (time(8), time(18))), frozenset({date(2026, 3, 6)}))
WEIGHTS = {"call": 1, "text": 1, "email": 1, "lead_worked": 2, "meeting_held": 5}
MINE: Owners = (("2026-01-01T00:00:00", None, 1),)

MONDAY = DayWork(
    "2026-03-02", 1, calls=10, texts=2, emails=3, meetings=1, worked=4, talked=5, minutes=20.5, reached=6, untimed=2
)
SUNDAY = DayWork("2026-03-08", 1, calls=4, texts=0, emails=0, meetings=0, worked=1, talked=1, minutes=3.25, reached=1)
OTHERS = DayWork("2026-03-03", 2, calls=100, texts=0, emails=0, meetings=0, worked=9, talked=0, minutes=0.0)
WORK = [MONDAY, OTHERS, SUNDAY, DayWork("2026-03-09", 1, 50, 0, 0, 0, 0, 0, 0.0)]


def _of(producer: int | None, as_of: datetime = ASKED.as_of) -> Asked:
    return Asked(WEEK, as_of, Whose(producer, unassigned=producer is None))


def test_the_score_counts_weekends_over_working_days() -> None:
    reading = activity.activity_score(WORK, _of(1), CALENDAR, WEIGHTS, {1, 2})
    assert (reading.numerator, reading.denominator) == (10 + 2 + 3 + 2 * 4 + 5 + 4 + 2, 4)
    assert reading.detail() == {"today": 6, "mean_7_days": Fraction(34, 7), "rank": 2}


def test_weights_are_the_agencys() -> None:
    weights = WEIGHTS | {"call": 0.1, "lead_worked": 0}
    assert activity.points([MONDAY], weights) == 1 + 2 + 3 + 5


def test_days_to_come_are_no_working_days_yet() -> None:
    asked = _of(1, datetime(2026, 3, 3, 12, 0))
    assert activity.calls_per_day(WORK, asked, CALENDAR).denominator == 2
    before = activity.calls_per_day(WORK, _of(1, datetime(2026, 2, 27, 12, 0)), CALENDAR)
    assert (before.value, before.detail()["weekly_average"]) == (None, None)


def test_calls() -> None:
    reading = activity.calls_per_day(WORK, ASKED, CALENDAR)
    assert (reading.value, reading.numerator) == (Fraction(114, 4), 114)
    assert reading.detail() == {"total": 114, "weekly_average": 114}


def test_talk() -> None:
    reading = activity.talk_minutes_per_day(WORK, ASKED, CALENDAR, lambda: 2400)
    assert reading.value == Fraction(95, 16)
    assert reading.detail() == {
        "mean_call_minutes": pytest.approx(23.75 / 6),
        "talk_share": Fraction(2375, 240_000),
        "calls_without_minutes": 2,
    }


def test_leads_worked_on_working_days_alone_bulk_messages_included() -> None:
    reading = activity.leads_worked(WORK, _of(1), CALENDAR, lambda: 12)
    assert (reading.numerator, reading.denominator, reading.detail()) == (6, 4, {"open_leads": 12})


@pytest.mark.parametrize(("team", "rank"), [({1, 2}, 2), ({1}, 1), ({1, 3}, 1), ({2, 3}, None)])
def test_rank_in_the_team(team: set[int], rank: int | None) -> None:
    assert activity.activity_score(WORK, _of(1), CALENDAR, WEIGHTS, team).detail()["rank"] == rank


def test_alerts_after_more_than_three_days() -> None:
    since = ("2026-03-05T23:59:59", "2026-03-05T23:59:58", "2026-02-22T23:59:59", "2026-02-22T23:59:58", "2026-02-22")
    cases = [Untouched("leads", at, f"L{at}", "quoted", moment, MINE) for at, moment in enumerate(since)]
    reading = activity.manager_alerts(cases, ASKED)
    assert (reading.value, reading.numerator, reading.denominator) == (4, 4, None)
    detail = reading.detail()
    assert (detail["over_72_hours"], detail["over_14_days"]) == (4, 2)
    assert activity.manager_alerts(cases, _of(2)).value == 0


def test_a_lead_is_touched_by_what_was_done_before_as_of() -> None:
    stays = [Waiting(at, f"L{at}", "quoted", "quoted", "2026-03-05T09:00:00", None, MINE) for at in (1, 2, 3)]
    touches = {"L1": ["2026-03-01", "2026-03-06T09:00:00", "2026-03-09T09:00:00"], "L2": ["2026-03-04T09:00:00"]}
    found = activity.standing(stays, touches, "2026-03-08T12:00:00")
    assert [(one.key, one.since) for one in found] == [
        ("L1", "2026-03-06T09:00:00"), ("L2", "2026-03-05T09:00:00"), ("L3", "2026-03-05T09:00:00"),
    ]  # fmt: skip


def test_an_exception_is_open_until_an_entry_ends_it() -> None:
    entries = [
        OpenCase(at, "exceptions", stage, f"2026-03-{day:02d}T09:00:00", subject, None, None, MINE)
        for at, (day, subject, stage) in enumerate(
            ((1, "H1", "new_exception"), (2, "H2", "new_exception"), (3, "H1", "working"), (5, "H2", "terminated"),
             (7, "H1", "resolved"), (9, "H1", "new_exception"))
        )
    ]  # fmt: skip
    moments = ("2026-03-01", "2026-03-04T09:00:00", "2026-03-08T09:00:00", "2026-03-09T09:00:00")
    found = [[(one.subject, one.row) for one in activity.latest_open(entries, at)] for at in moments]
    assert found == [[], [("H1", 2), ("H2", 1)], [], [("H1", 5)]]


def test_the_records_of_a_score_sum_to_it() -> None:
    acts = [
        Act(1, "2026-03-02T09:00:00", 1, "call", 3, "L1", 0),
        Act(2, "2026-03-02T10:00:00", 1, "email", 1, "L1", 0),
        Act(3, "2026-03-02T11:00:00", 2, "call", 1, "L1", 0),
        Act(4, "2026-03-07T11:00:00", 1, "", 1, "L1", 0),
        Act(5, "2026-03-07T12:00:00", 1, "", 1, None, 0),
        Act(6, "2026-03-07T13:00:00", 1, "meeting_held", 1, None, 0),
    ]
    assert [(one.row, one.amount) for one in activity.score_records(acts, WEIGHTS)] == [
        (1, 5), (2, 1), (3, 3), (4, 2), (6, 5),
    ]  # fmt: skip
    assert [one.row for one in activity.worked_records(acts, CALENDAR.working(WEEK))] == [1, 3]
