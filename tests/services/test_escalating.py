"""The ladder, the sequence and the outbox through a real book: each step once, late or not, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.core import contacting
from desktop.core.message_texts import Text
from desktop.errors import UserError
from desktop.models import routing_ladder
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import configuration, edits, escalating, routing, sending, texts
from tests.services.small_agency import Agency, open_book

WHO = Author("test", "2026-03-10T10:00:00")
START = datetime(2026, 3, 10, 10)
BOTH = frozenset({"email", "text"})


def at(hour: int, minute: int = 0, day: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, minute)


def agency() -> Agency:
    made = Agency()
    made.producer("M01", "Max Manager", role="manager", email="max@agency.test")
    made.producer("P01", "Ann Alder", email="ann@agency.test", phone="+12125550001")
    made.producer("P02", "Bob Birch", email="bob@agency.test")
    made.producer("P03", "Cy Cedar")
    made.add("territories", territory="North", zip_from="10001", zip_to="10099", producer="P01", backup="P02")
    return made


def lead(made: Agency, name: str = "L1", **cells: object) -> Agency:
    known = {
        "first_name": "Lee",
        "last_name": "Lead",
        "email": "lee@example.com",
        "phone": "+12125550100",
        "zip": "10001",
        "state": "NY",
        "line": "Homeowners",
        "consent": True,
    }
    return made.lead(name, "2026-03-10T10:00:00", "P01", **(known | cells))  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as book:
        configuration.set_values(book, {"agency.name": "Oak", "agency.address": "1 Elm St"}, WHO)
        yield book


def steps(found: tuple[escalating.Action, ...]) -> list[str]:
    return [one.step for one in found]


def test_each_step_comes_at_its_minute_and_once(desk: Book) -> None:
    lead(agency()).store(desk)
    assert steps(escalating.escalate(desk, at(10), WHO)) == ["call_0"]
    assert escalating.escalate(desk, at(10, 4), WHO) == ()
    assert steps(escalating.escalate(desk, at(10, 5), WHO)) == ["notify_again", "text_5m", "email_5m"]
    assert steps(escalating.escalate(desk, at(10, 15), WHO)) == ["warn"]
    moved = escalating.escalate(desk, at(10, 30), WHO)
    assert [(one.step, one.sender, one.receiver, one.late) for one in moved] == [("reassign", "P01", "P02", False)]
    # the clock of the new owner starts anew, that of the manager does not
    assert steps(escalating.escalate(desk, at(10, 35), WHO)) == ["notify_again"]
    later = escalating.escalate(desk, at(11), WHO)
    assert [(one.step, one.receiver) for one in later] == [
        ("warn", "P02"),
        ("reassign", "P03"),
        ("alert_manager", "M01"),
        ("call_1h", "P03"),
    ]
    assert escalating.escalate(desk, at(11), WHO) == ()


def test_at_most_two_reassignments_and_nobody_gets_it_back(desk: Book) -> None:
    lead(agency()).store(desk)
    handed = [
        one
        for minute in (30, 60, 90, 120)
        for one in escalating.escalate(desk, at(10 + minute // 60, minute % 60), WHO)
    ]
    assert [one.receiver for one in handed if one.step == "reassign"] == ["P02", "P03"]


def test_the_reason_of_a_reassignment_names_people(desk: Book) -> None:
    lead(agency()).store(desk)
    found = escalating.escalate(desk, at(10, 30), WHO)
    said = next(one.because for one in found if one.step == "reassign")
    assert said == (
        "No contact 30 business minutes after assignment. Ann Alder had it; the backup Bob Birch takes over."
    )


def test_contact_stops_the_ladder_and_a_conversation_the_sequence(desk: Book) -> None:
    made = lead(agency(), "L1")
    lead(made, "L2", email="b@example.com", phone="+12125550102")
    lead(made, "L3", email="c@example.com", phone="+12125550103")
    made.activity("2026-03-10T10:04:00", "P01", "email", lead_id="L1")
    made.activity("2026-03-10T10:04:00", "P01", "call", lead_id="L2", outcome="connected")
    made.activity("2026-03-10T10:04:00", "P01", "email", lead_id="L3", bulk=True)
    made.store(desk)
    found: dict[str, list[str]] = {}
    for one in escalating.escalate(desk, at(10, 31), WHO):
        found.setdefault(one.lead_id, []).append(one.step)
    assert found["L1"] == ["call_0", "text_5m", "email_5m"]
    assert "L2" not in found
    assert "reassign" in found["L3"]


def test_what_fell_due_while_closed_is_stamped_late_and_in_order(desk: Book) -> None:
    lead(agency()).store(desk)
    found = escalating.escalate(desk, at(15), WHO)
    assert steps(found)[:6] == ["call_0", "notify_again", "text_5m", "email_5m", "warn", "reassign"]
    assert [one.due_at for one in found] == sorted(one.due_at for one in found)
    assert all(one.at == at(15) for one in found)
    assert [one.step for one in found if not one.late] == []


def test_the_clock_stands_still_over_the_weekend(desk: Book) -> None:
    made = agency()
    made.lead("L1", "2026-03-06T17:58:00", "P01", last_name="Lead")
    made.store(desk)
    assert "notify_again" not in steps(escalating.escalate(desk, datetime(2026, 3, 8, 12), WHO))
    monday = escalating.escalate(desk, datetime(2026, 3, 9, 8, 3), WHO)
    assert ("notify_again", datetime(2026, 3, 9, 8, 3)) in [(one.step, one.due_at) for one in monday]


def test_undoing_a_reassignment_does_not_do_it_again(desk: Book) -> None:
    lead(agency()).store(desk)
    escalating.escalate(desk, at(10, 30), WHO)
    edits.undo(desk, WHO)
    assert escalating.escalate(desk, at(10, 31), WHO) == ()


def test_messages_become_tasks_without_channel_consent_or_address(desk: Book) -> None:
    lead(agency(), consent=None).store(desk)
    escalating.escalate(desk, at(10, 5), WHO)
    tasks = {one.step: one.what for one in routing_ladder.tasks(desk)}
    assert set(tasks) == {"call_0", "text_5m", "email_5m"}
    assert "No text service is set up." in tasks["text_5m"]
    assert routing_ladder.messages(desk, ["queued"]) == []


def test_texts_need_consent_and_mail_carries_address_and_opt_out(desk: Book) -> None:
    made = lead(lead(agency(), "L1"), "L2", consent=None, email="b@example.com", phone="+12125550102")
    made.store(desk)
    escalating.escalate(desk, at(10, 5), WHO, BOTH)
    queued = {
        (one.lead_id, one.step): one for one in routing_ladder.messages(desk, ["queued"]) if one.audience == "lead"
    }
    assert set(queued) == {("L1", "text_5m"), ("L1", "email_5m"), ("L2", "email_5m")}
    assert "1 Elm St" in queued["L1", "email_5m"].body and "STOP" in queued["L1", "email_5m"].body
    assert "No consent" in {one.step: one.what for one in routing_ladder.tasks(desk, "L2")}["text_5m"]


def test_stop_is_kept(desk: Book) -> None:
    made = lead(agency())
    made.activity("2026-03-10T10:01:00", "P01", "text", lead_id="L1", direction="inbound", note="Stop.")
    made.store(desk)
    sending.opt_out(desk, "email", "LEE@example.com", at(10, 2))
    escalating.escalate(desk, at(10, 5), WHO, BOTH)
    assert [one for one in routing_ladder.messages(desk, ["queued"]) if one.audience == "lead"] == []
    assert "asked not to" in routing_ladder.tasks(desk, "L1")[-1].what


def test_quiet_hours_are_those_of_the_lead(desk: Book) -> None:
    configuration.set_values(desk, {"agency.time_zone": "America/New_York"}, WHO)
    made = lead(agency(), zip="90001", state="CA")
    made.rows["leads"] = [("L1", "2026-03-10T09:00:00", *row[2:]) for row in made.rows["leads"]]
    made.store(desk)
    escalating.escalate(desk, at(9, 5), WHO, BOTH)
    held = next(
        one for one in routing_ladder.messages(desk, ["queued"]) if one.step == "text_5m" and one.audience == "lead"
    )
    assert held.not_before == "2026-03-10T11:00:00"
    assert (
        contacting.zone_of("79901", "TX") == "America/Denver" and contacting.zone_of(None, "HI") == "Pacific/Honolulu"
    )


def test_more_than_an_hour_late_a_message_becomes_a_task(desk: Book) -> None:
    lead(agency()).store(desk)
    escalating.escalate(desk, at(11, 6), WHO, BOTH)
    assert [one.step for one in routing_ladder.messages(desk, ["queued"]) if one.audience == "lead"] == []
    assert "more than an hour late" in next(o.what for o in routing_ladder.tasks(desk) if o.step == "email_5m")


def test_own_words_fill_their_fields_and_unknown_ones_are_refused(desk: Book) -> None:
    texts.change(desk, "email_5m", Text("Hello {first_name} about {line}.", "Hi"), WHO)
    with pytest.raises(UserError, match=r"no merge field \{age\}"):
        texts.change(desk, "email_5m", Text("{age}", "Hi"), WHO)
    lead(agency()).store(desk)
    escalating.escalate(desk, at(10, 5), WHO, BOTH)
    mail = next(
        one for one in routing_ladder.messages(desk, ["queued"]) if one.step == "email_5m" and one.audience == "lead"
    )
    assert mail.body.startswith("Hello Lee about Homeowners.")


def test_routing_starts_the_ladder(desk: Book) -> None:
    made = agency()
    made.lead("L1", "2026-03-10T09:00:00", None, first_name="Lee", last_name="Lead", email="l@example.com",
              phone="+12125550100", zip="10001", line="Homeowners")  # fmt: skip
    made.store(desk)
    assert escalating.escalate(desk, START, WHO) == ()
    routing.route(desk, START, WHO)
    assert [(one.step, one.due_at) for one in escalating.escalate(desk, START, WHO)] == [("call_0", START)]
