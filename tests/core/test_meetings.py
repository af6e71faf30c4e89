"""The agenda of the 1:1, its clock, and how faithfully meetings are kept."""

from __future__ import annotations

from desktop.core import redflags
from desktop.core.meetings import AGENDA, LONGEST_MINUTES, SKILLS, SPARE_MINUTES, TALKS, Pace, Record, State, pace
from desktop.core.meetings import spare_seconds as spare


def test_sixteen_minutes_and_four_to_spare() -> None:
    assert [item.minutes for item in AGENDA] == [2, 3, 3, 3, 3, 2]
    assert (sum(item.minutes for item in AGENDA), SPARE_MINUTES, LONGEST_MINUTES) == (16, 4, 20)


def test_an_item_may_take_its_minutes_and_the_meeting_twenty() -> None:
    first = AGENDA[0]
    assert pace(first, {"activity": 120}) is Pace.IN_TIME
    assert pace(first, {"activity": 121}) is Pace.OVER
    assert pace(first, {"activity": 10, "results": 1191}) is Pace.TOO_LONG


def test_what_an_item_takes_beyond_its_minutes_comes_off_the_spare_ones() -> None:
    assert spare({}) == spare({"activity": 120}) == 240
    assert spare({"activity": 150, "results": 190}) == 200
    assert spare({"activity": 900}) == 0


def test_held_skipped_and_in_a_row() -> None:
    held, skipped = State.HELD, State.SKIPPED
    record = Record((held, skipped, None, held, held))
    assert (record.held, record.skipped, record.streak) == (3, 1, 2)
    assert Record((held, None)).streak == Record(()).streak == 0


def test_every_red_flag_has_a_talk_and_a_skill() -> None:
    assert set(TALKS) == set(SKILLS) == set(redflags.RED_FLAGS)
