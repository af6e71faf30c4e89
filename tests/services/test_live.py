"""The live board's leads, what needs attention, a lead typed in, and the rounds of the clock, through a real book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import edits, live, routing, typed_leads, watch_ladder, work_queue
from tests.services.small_agency import Agency, open_book

WHO = Author("test", "2026-03-10T10:00:00")
TYPED = {
    "first_name": "Lee", "last_name": "Lead", "email": "lee@example.com", "phone": "212 555 0100", "zip": "10001",
    "line": "Homeowners",
}  # fmt: skip


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 10, hour, minute)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Book]:
    made = Agency()
    made.producer("M01", "Max Manager", role="manager")
    made.producer("P01", "Ann Alder")
    made.producer("P02", "Bob Birch")
    made.add("territories", territory="North", zip_from="10001", zip_to="10099", producer="P01", backup="P02")
    with open_book(tmp_path) as book:
        made.store(book)
        yield book


def test_a_typed_lead_is_understood_and_routed_at_once(desk: Book) -> None:
    found = typed_leads.look(desk, TYPED, at(10))
    assert found.said["zip"].startswith("New York") and found.said["phone"] == "Understood as (212) 555-0100."
    assert found.state == "NY" and found.lacking == () and found.owner is not None
    kept = typed_leads.keep(desk, TYPED, at(10), WHO)
    assert kept.routed is not None and kept.routed.producer_name == found.owner
    (one,) = live.live_leads(desk, at(10, 3))
    assert (one.name, one.owner_name, one.speed_minutes, one.ladder_minutes) == ("Lee Lead", found.owner, 3, 3.0)
    assert (one.next_step, one.next_at) == ("notify_again", at(10, 5))
    assert one.because == kept.routed.decision.because


def test_what_is_wrong_or_lacking_is_named_and_kept_for_attention(desk: Book) -> None:
    assert "email" in typed_leads.look(desk, TYPED | {"email": "lee@"}, at(10)).wrong
    assert "phone" in typed_leads.look(desk, TYPED | {"phone": "555"}, at(10)).wrong
    with pytest.raises(UserError, match="Email"):
        typed_leads.keep(desk, TYPED | {"email": "lee@"}, at(10), WHO)
    kept = typed_leads.keep(desk, TYPED | {"email": ""}, at(10), WHO)
    assert kept.lacking == ("email",)
    (trouble,) = live.attention(desk, at(10))
    assert (trouble.kind, trouble.name, trouble.lacking) == (live.LACKING, "Lee Lead", ("email",))


def test_a_second_lead_of_one_address_is_said_to_be_there(desk: Book) -> None:
    first = typed_leads.keep(desk, TYPED, at(10), WHO)
    assert typed_leads.look(desk, TYPED, at(11)).merged_into == first.lead_id


def test_what_is_typed_is_held_until_it_is_kept(desk: Book) -> None:
    typed_leads.hold(desk, TYPED)
    assert typed_leads.held(desk) == TYPED
    typed_leads.keep(desk, TYPED, at(10), WHO)
    assert typed_leads.held(desk) == {}


def test_a_lead_given_by_hand_says_why_and_can_be_taken_back(desk: Book) -> None:
    kept = typed_leads.keep(desk, TYPED, at(10), WHO)
    before = live.live_leads(desk, at(10, 1))[0].owner
    other = "P02" if before == "P01" else "P01"
    with pytest.raises(UserError, match="reason"):
        live.give(desk, kept.lead_id, other, " ", at(10, 2), WHO)
    live.give(desk, kept.lead_id, other, "speaks Polish", at(10, 2), WHO)
    one = live.live_leads(desk, at(10, 4))[0]
    assert (one.owner, one.because, one.ladder_minutes) == (other, "Given by hand: speaks Polish", 2.0)
    edits.undo(desk, WHO)
    assert live.live_leads(desk, at(10, 4))[0].owner == before


def test_the_clock_stands_still_in_a_book_that_never_routed(desk: Book) -> None:
    Agency().lead("L1", "2026-03-10T08:00:00", "P01", last_name="Old").store(desk)
    assert watch_ladder.turn(desk, at(16), WHO) == watch_ladder.Round()
    assert routing.history(desk) == []


def test_leads_of_files_from_before_the_first_routing_are_left_alone(desk: Book) -> None:
    Agency().lead("L1", "2026-03-10T08:00:00", "P01", last_name="Old").store(desk)
    kept = typed_leads.keep(desk, TYPED, at(10), WHO)
    assert {one.action.lead_id for one in watch_ladder.turn(desk, at(16), WHO).told} == {kept.lead_id}
    found = {one.name: one.next_step for one in live.live_leads(desk, at(9, 59))}
    assert found["Old"] is None


def test_what_fell_due_meanwhile_is_told_once_as_late(desk: Book) -> None:
    typed_leads.keep(desk, TYPED, at(10), WHO)
    found = watch_ladder.begin(desk, at(10, 20), WHO)
    assert [one.action.step for one in found.told] == ["call_0", "notify_again", "text_5m", "email_5m", "warn"]
    assert {one.lead for one in found.told} == {"Lee Lead"} and found.late == 5
    assert watch_ladder.turn(desk, at(10, 20), WHO).told == ()


def test_a_contact_stops_the_clock_of_the_board(desk: Book) -> None:
    kept = typed_leads.keep(desk, TYPED, at(10), WHO)
    owner = str(live.live_leads(desk, at(10, 1))[0].owner)
    work_queue.log_call(desk, kept.lead_id, owner, "connected", at(10, 4), WHO)
    one = live.live_leads(desk, at(12))[0]
    assert (one.speed_minutes, one.ladder_minutes, one.next_step) == (4, None, None)
    assert live.live(desk, at(12)).today.contacted_in_5 == 1
