"""What is due on an uncontacted lead, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from desktop.core import escalation
from desktop.core.escalation import Lead, Settings

HOURS = {day: (time(8), time(18)) for day in range(1, 6)}
BUSINESS = Settings(hours=HOURS, holidays=frozenset({date(2026, 3, 10)}))
MONDAY = datetime(2026, 3, 9, 9)
LEAD = Lead("L1", "P1", MONDAY, backup="P2", backup_active=14, others=("P1", "P3"))


def steps(lead: Lead, now: datetime, settings: Settings = BUSINESS) -> list[str]:
    return [one.step for one in escalation.due(lead, now, settings)]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0, []),
        (4, []),
        (5, ["notify_again"]),
        (15, ["notify_again", "warn"]),
        (29, ["notify_again", "warn"]),
        (30, ["notify_again", "warn", "reassign"]),
        (60, ["notify_again", "warn", "reassign", "alert_manager"]),
    ],
)
def test_the_ladder(minutes: int, expected: list[str]) -> None:
    assert steps(LEAD, MONDAY + timedelta(minutes=minutes)) == expected


def test_what_was_done_is_not_repeated() -> None:
    lead = replace(LEAD, done=frozenset({"notify_again", "warn"}))
    assert steps(lead, MONDAY + timedelta(minutes=40)) == ["reassign"]


def test_contact_ends_it() -> None:
    lead = replace(LEAD, contacted_at=MONDAY + timedelta(minutes=3))
    assert steps(lead, MONDAY + timedelta(hours=3)) == []
    assert steps(replace(LEAD, contacted_at=MONDAY + timedelta(hours=4)), MONDAY + timedelta(minutes=5)) == [
        "notify_again"
    ]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-09T17:50", "2026-03-11T08:20"),  # over a holiday
        ("2026-03-06T17:50", "2026-03-09T08:20"),  # over a weekend
        ("2026-03-07T12:00", "2026-03-09T08:30"),
        ("2026-03-09T07:00", "2026-03-09T08:30"),
        ("2026-03-09T17:30", "2026-03-09T18:00"),
    ],
)
def test_the_ladder_counts_business_minutes(start: str, due: str) -> None:
    found = escalation.deadline(datetime.fromisoformat(start), 30, BUSINESS)
    assert found == datetime.fromisoformat(due)


@pytest.mark.parametrize("settings", [Settings(), Settings(hours=HOURS, business=False)])
def test_around_the_clock(settings: Settings) -> None:
    assert escalation.deadline(datetime(2026, 3, 7, 23, 50), 30, settings) == datetime(2026, 3, 8, 0, 20)


@pytest.mark.parametrize(
    ("backup", "active", "others", "taker"),
    [
        ("P2", 14, ("P3",), "P2"),
        ("P2", 15, ("P3",), "P3"),
        (None, 0, ("P3",), "P3"),
        ("P1", 0, ("P1", "P3"), "P3"),
        ("P2", 15, (), None),
    ],
)
def test_who_takes_over(backup: str | None, active: int, others: tuple[str, ...], taker: str | None) -> None:
    lead = replace(LEAD, backup=backup, backup_active=active, others=others)
    found = [one for one in escalation.due(lead, MONDAY + timedelta(minutes=30), BUSINESS) if one.step == "reassign"]
    assert [one.taker for one in found] == ([taker] if taker else [])


def test_after_two_reassignments_it_stays() -> None:
    now = MONDAY + timedelta(minutes=59)
    assert "reassign" in steps(replace(LEAD, reassignments=1), now)
    assert "reassign" not in steps(replace(LEAD, reassignments=2), now)


def test_the_hour_runs_from_the_first_assignment() -> None:
    lead = replace(LEAD, owner="P2", assigned_at=MONDAY + timedelta(minutes=30), first_assigned_at=MONDAY)
    assert steps(lead, MONDAY + timedelta(minutes=34)) == []
    found = escalation.due(lead, MONDAY + timedelta(minutes=60), BUSINESS)
    assert [(one.step, one.due_at.minute, one.late) for one in found] == [
        ("notify_again", 35, True),
        ("warn", 45, True),
        ("reassign", 0, False),
        ("alert_manager", 0, False),
    ]


def test_after_a_closure_all_is_due_once_in_order_and_late() -> None:
    found = escalation.due(LEAD, datetime(2026, 3, 20, 8), BUSINESS)
    assert [one.step for one in found] == list(escalation.LADDER)
    assert all(one.late and one.at == datetime(2026, 3, 20, 8) for one in found)


@pytest.mark.parametrize(
    ("after", "met"),
    [(timedelta(minutes=4, seconds=59), True), (timedelta(minutes=5), True), (timedelta(minutes=5, seconds=30), True),
     (timedelta(minutes=6), False)],
)  # fmt: skip
def test_met_on_the_minute_is_met(after: timedelta, met: bool) -> None:
    assert escalation.is_met(MONDAY + timedelta(minutes=5), MONDAY + after) is met
    assert not escalation.is_met(MONDAY, None)


@pytest.mark.parametrize(
    ("after", "count", "newest"),
    [
        (timedelta(), 1, "call_0"),
        (timedelta(minutes=5), 3, "email_5m"),
        (timedelta(hours=1), 4, "call_1h"),
        (timedelta(hours=4), 6, "text_4h"),
        (timedelta(hours=24), 7, "call_24h"),
        (timedelta(hours=48), 9, "email_48h"),
        (timedelta(days=7), 10, "email_7d"),
        (timedelta(days=30), 11, "nurture_30d"),
    ],
)
def test_the_sequence(after: timedelta, count: int, newest: str) -> None:
    found = [one.step for one in escalation.sequence(LEAD, MONDAY + after)]
    assert (len(found), found[-1]) == (count, newest)
    assert escalation.sequence(replace(LEAD, done=frozenset(found)), MONDAY + after) == ()


def test_a_conversation_ends_the_sequence() -> None:
    assert escalation.sequence(replace(LEAD, ended_at=MONDAY), MONDAY + timedelta(days=1)) == ()
