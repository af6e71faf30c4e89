"""The weekly 1:1 over a small agency's book: its numbers, what is kept, and how the scorecard shows what was agreed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.core.meetings import Meeting, State
from desktop.core.scorecard import ScorecardTexts
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import edits, meetings, scorecards
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 9, 10)
WEEK = "2026-W10"
AUTHOR = Author("Chris", "2026-03-09T10:00:00")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = (
        Agency()
        .producer("P01", "Dana Marsh", hired_on="2020-01-06", status="active")
        .producer("P02", "Lee Ortiz")
        .producer("C01", "Kim", role="csr")
    )
    for at in range(4):
        agency.activity(f"2026-02-{9 + 7 * at if at < 3 else 24:02d}T09:00:00", "P01", "call", direction="outbound")
    agency.quote("2026-03-03", "P01", "L1", quote_id="Q1")
    agency.lead("L1", "2026-01-05T09:00:00", "P01", business_name="Bolt Works").stage(
        "L1", "2026-01-20T09:00:00", "quoted"
    )
    agency.lead("L2", "2026-01-05T09:00:00", "P01", lost_reason="price", business_name="Sand Co")
    agency.stage("L2", "2026-03-04T09:00:00", "lost")
    agency.lead("L3", "2026-03-05T09:00:00", "P02").stage("L3", "2026-03-05T09:00:00", "prospect")
    with open_book(tmp_path) as found:
        agency.store(found)
        yield found


def test_a_meeting_shows_its_numbers_and_what_waits(book: Book) -> None:
    found = meetings.open_desk(book, WEEK, "P01", NOW).sheet
    assert found is not None
    assert found.panel.metrics["quotes"].value == 1
    assert [one.lead.name for one in found.stuck] == ["Bolt Works"]
    assert [(deal.lead_id, deal.reason) for deal in found.lost] == [("L2", "price")]
    assert found.next_targets["calls_made"].target == 30
    assert found.priorities == ("", "", "")


def test_every_fired_flag_brings_its_numbers_and_a_question(book: Book) -> None:
    found = meetings.open_desk(book, WEEK, "P01", NOW).sheet
    assert found is not None
    fired = {flag.id for flag in found.panel.red_flags if flag.fired}
    assert fired == {talk.id for talk in found.talks} != set()
    for talk in found.talks:
        assert any(letter.isdigit() for letter in talk.numbers)
        assert talk.question.endswith("?") and talk.skill


def test_last_weeks_priorities_are_this_weeks_commitments(book: Book) -> None:
    agreed = ScorecardTexts(priorities=("Call ten owners", "", "Ask Ava for names"))
    scorecards.save_texts(book, "2026-W09", "P01", agreed, AUTHOR)
    found = meetings.open_desk(book, WEEK, "P01", NOW).sheet
    assert found is not None and found.commitments == ("Call ten owners", "Ask Ava for names")


def test_what_is_kept_comes_back_and_stands_on_the_scorecard(book: Book) -> None:
    scorecards.save_texts(book, WEEK, "P01", ScorecardTexts(wins=("A shop",)), AUTHOR)
    meeting = Meeting(
        notes={"activity": "Slow Monday", "skill": ""}, ticks=("Call ten owners",), seconds={"activity": 80}
    )
    meetings.save(book, WEEK, "P01", meeting, ("Five quotes", "", ""), AUTHOR)
    found = meetings.open_desk(book, WEEK, "P01", NOW).sheet
    assert found is not None
    assert found.meeting == replace(meeting, notes={"activity": "Slow Monday"})
    texts = scorecards.texts(book, WEEK, "P01").padded()
    assert (texts.priorities[0], texts.wins[0]) == ("Five quotes", "A shop")
    edits.undo(book, AUTHOR)
    found = meetings.open_desk(book, WEEK, "P01", NOW).sheet
    assert found is not None and found.meeting.empty and found.priorities == ("", "", "")


def test_the_clock_alone_is_no_change(book: Book) -> None:
    none = ("", "", "")
    assert not meetings.save(book, WEEK, "P01", Meeting(seconds={"activity": 5}), none, AUTHOR).changed
    assert meetings.save(book, WEEK, "P01", meetings.hold(Meeting(), NOW), none, AUTHOR).changed


def test_held_and_skipped_are_counted(book: Book) -> None:
    none = ("", "", "")
    for week in ("2026-W08", "2026-W09"):
        meetings.save(book, week, "P01", meetings.hold(Meeting(), NOW), none, AUTHOR)
    meetings.save(book, WEEK, "P02", meetings.skip(Meeting(), " ill "), none, AUTHOR)
    desk = meetings.open_desk(book, WEEK, None, NOW)
    first, second = desk.attendees
    assert (first.record.held, first.record.streak, first.meeting.state) == (2, 0, None)
    assert (second.record.skipped, second.meeting.state, second.meeting.reason) == (1, State.SKIPPED, "ill")
    # the first whose meeting is still open comes up
    assert desk.sheet is not None and desk.sheet.producer == "P01"


def test_nobody_to_meet(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        assert meetings.open_desk(book, WEEK, None, NOW) == meetings.Desk(WEEK, (), None)
        with pytest.raises(UserError, match="no producer"):
            meetings.save(book, WEEK, "P01", Meeting(), ("", "", ""), AUTHOR)
