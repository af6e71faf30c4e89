"""The outbox against real servers: each message once, failures in words and tried again, no assignment touched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.channels import HookSetup, SmtpSetup
from desktop.models import routing_ladder
from desktop.models.book import Book
from desktop.models.routing_ladder import FAILED, QUEUED, SENDING, SENT, UNSURE, WITHDRAWN
from desktop.services import configuration, escalating, previews, sending
from tests.channels.servers import Hook, Inbox, hook_server, mail_server
from tests.services.small_agency import open_book
from tests.services.test_escalating import WHO, agency, at, lead


def no_secret(_name: str) -> str | None:
    return None


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as book:
        configuration.set_values(book, {"agency.name": "Oak", "agency.address": "1 Elm St"}, WHO)
        lead(agency()).store(book)
        yield book


def states(book: Book, audience: str = "lead") -> dict[str, str]:
    every = [QUEUED, SENDING, SENT, FAILED, UNSURE, WITHDRAWN]
    return {one.step: one.state for one in routing_ladder.messages(book, every) if one.audience == audience}


def owners(book: Book) -> list[object]:
    return book.connection.execute("SELECT * FROM ownership").fetchall()  # type: ignore[no-any-return]


def mail_at(port: int, **changes: object) -> SmtpSetup:
    known = {"host": "127.0.0.1", "port": port, "sender": "oak@agency.test", "security": "none", "timeout_s": 2.0}
    return SmtpSetup(**(known | changes))  # type: ignore[arg-type]


def test_messages_go_once_and_stay_on_record_as_bulk(desk: Book) -> None:
    inbox, hook = Inbox(), Hook()
    with mail_server(inbox) as mail_port, hook_server(hook) as hook_port:
        sending.set_up(desk, mail_at(mail_port), WHO)
        sending.set_up(desk, HookSetup(f"http://127.0.0.1:{hook_port}/"), WHO)
        escalating.escalate(desk, at(10, 5), WHO, sending.channels(desk))
        first = sending.send_waiting(desk, at(10, 5), no_secret)
        again = sending.send_waiting(desk, at(10, 6), no_secret)
    assert first.problems == () and again.sent == 0
    assert states(desk) == {"text_5m": SENT, "email_5m": SENT}
    told = sorted(mail.rcpt_tos[0] for mail in inbox.mails)
    assert told == ["ann@agency.test", "ann@agency.test", "lee@example.com"]
    bulk = desk.connection.execute("SELECT kind, bulk, lead_id FROM activity ORDER BY kind").fetchall()
    assert bulk == [("email", 1, "L1"), ("text", 1, "L1")]
    assert "warn" in [one.step for one in escalating.escalate(desk, at(10, 15), WHO)]


def test_a_refusal_waits_longer_each_time_and_touches_no_owner(desk: Book) -> None:
    inbox, before = Inbox(), owners(desk)
    inbox.rcpt = "451 busy"
    with mail_server(inbox) as port:
        sending.set_up(desk, mail_at(port), WHO)
        escalating.escalate(desk, at(10, 5), WHO, sending.channels(desk))
        now, rounds = at(10, 5), 0
        result = sending.send_waiting(desk, now, no_secret)
        assert result.sent == 0 and "451 busy" in result.problems[0][1]
        assert sending.send_waiting(desk, now, no_secret).problems == ()
        inbox.rcpt = "250 OK"
        while states(desk)["email_5m"] == QUEUED and rounds < 10:
            now, rounds = now + timedelta(minutes=1), rounds + 1
            sending.send_waiting(desk, now, no_secret)
    assert states(desk)["email_5m"] == SENT and rounds == 1
    assert owners(desk) == before


def test_what_stays_refused_is_shown_as_failed(desk: Book) -> None:
    inbox = Inbox()
    inbox.rcpt = "550 no such user"
    with mail_server(inbox) as port:
        sending.set_up(desk, mail_at(port), WHO)
        escalating.escalate(desk, at(10, 5), WHO, sending.channels(desk))
        sending.send_waiting(desk, at(10, 5), no_secret)
    assert states(desk)["email_5m"] == FAILED
    assert "550" in str(next(one.error for one in sending.outbox(desk) if one.step == "email_5m"))


def test_what_was_going_when_the_program_died_is_not_sent_again(desk: Book) -> None:
    inbox = Inbox()
    with mail_server(inbox) as port:
        sending.set_up(desk, mail_at(port), WHO)
        escalating.escalate(desk, at(10, 5), WHO, sending.channels(desk))
        for one in sending.outbox(desk):
            routing_ladder.mark(desk, one.key, SENDING)
        assert sending.recover(desk) == 3
        assert sending.send_waiting(desk, at(10, 6), no_secret).sent == 0
    assert inbox.mails == [] and states(desk)["email_5m"] == UNSURE


def test_a_late_or_unwanted_message_is_withdrawn(desk: Book) -> None:
    inbox = Inbox()
    with mail_server(inbox) as port:
        sending.set_up(desk, mail_at(port), WHO)
        escalating.escalate(desk, at(10, 5), WHO, sending.channels(desk))
        result = sending.send_waiting(desk, at(11, 6), no_secret)
    assert "It is more than an hour late." in [words for _key, words in result.problems]
    assert states(desk)["email_5m"] == WITHDRAWN
    assert any(one.step == "email_5m" for one in routing_ladder.tasks(desk))
    assert all(mail.rcpt_tos != ["lee@example.com"] for mail in inbox.mails)


def test_a_lead_that_went_with_its_import_stops_nobody_elses_messages(desk: Book) -> None:
    inbox = Inbox()
    with mail_server(inbox) as port:
        sending.set_up(desk, mail_at(port), WHO)
        escalating.escalate(desk, at(10, 5), WHO, sending.channels(desk))
        previews.undo(desk, previews.history(desk)[0].run, at(10, 5))
        result = sending.send_waiting(desk, at(10, 6), no_secret)
    assert states(desk) == {"email_5m": WITHDRAWN} and [why for _key, why in result.problems] == [
        "The lead needs it no longer."
    ]
