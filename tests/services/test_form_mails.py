"""Self-report forms by mail against a real mail server: each their own, once, and what became of it in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from email import message_from_bytes
from pathlib import Path

import openpyxl
import pytest

from desktop.importers import Options
from desktop.models import form_mails as kept
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import form_mails, imports, people, sending, weekly_counts
from tests.channels.servers import Inbox, mail_server
from tests.services.small_agency import Agency, open_book
from tests.services.test_sending import mail_at, no_secret

WEEK = "2026-W11"
NOW = datetime(2026, 3, 16, 9)
WHO = Author("test", "2026-03-16T09:00:00")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency()
    agency.producer("P1", "Dana Marsh", email="dana@agency.test")
    agency.producer("P2", "Lee Hill", email="lee@agency.test")
    agency.producer("P3", "Kim Vale")
    with open_book(tmp_path) as opened:
        agency.store(opened)
        yield opened


def post(book: Book, inbox: Inbox, *, wanted: form_mails.Post | None = None) -> form_mails.Post:
    """Mails what waits (or `wanted`) to a server."""
    with mail_server(inbox) as port:
        sending.set_up(book, mail_at(port), WHO)
        letters = (wanted or form_mails.post_of(book, WEEK)).letters
        return form_mails.mail_forms(book, WEEK, letters, NOW, no_secret)


def states(found: form_mails.Post) -> dict[str, str]:
    return {one.producer: one.state for one in found.letters}


def test_each_gets_their_own_forms_and_what_is_filled_in_comes_back(book: Book, tmp_path: Path) -> None:
    inbox = Inbox()
    found = post(book, inbox)
    assert states(found) == {"P1": "sent", "P2": "sent", "P3": ""}
    assert [one.waits for one in found.letters] == [False, False, False]
    mails = {mail.rcpt_tos[0]: message_from_bytes(mail.content) for mail in inbox.mails}
    assert set(mails) == {"dana@agency.test", "lee@agency.test"}
    files = {part.get_filename(): part for part in mails["lee@agency.test"].walk() if part.get_filename()}
    assert list(files) == ["self-report-2026-W11-P2.xlsx", "self-report-2026-W11-P2.pdf"]
    back = tmp_path / "back.xlsx"
    back.write_bytes(files["self-report-2026-W11-P2.xlsx"].get_payload(decode=True))  # type: ignore[arg-type]
    opened = openpyxl.load_workbook(back)
    opened[opened.sheetnames[0]]["C7"] = 9
    opened.save(back)
    options = Options(today=date(2026, 3, 16), workspace=tmp_path)
    imports.import_files(book, [back], options, WHO, dry_run=False)
    rows = {row.producer: row.cells[0].reported for row in weekly_counts.grid(book, WEEK).rows}
    assert rows == {"P1": None, "P2": 9, "P3": None}


def test_asking_twice_sends_once_and_a_wish_to_send_again_is_another_mail(book: Book) -> None:
    inbox = Inbox()
    seen = form_mails.post_of(book, WEEK)
    after = post(book, inbox, wanted=seen)
    post(book, inbox, wanted=seen)
    assert len(inbox.mails) == 2
    post(book, inbox, wanted=after)
    ids = [message_from_bytes(mail.content)["Message-ID"] for mail in inbox.mails]
    assert len(ids) == 4 == len(set(ids))


def test_a_refused_one_is_told_and_tried_again_as_the_same_mail(book: Book) -> None:
    inbox = Inbox()
    inbox.answer = "450 box full"
    found = post(book, inbox)
    dana = found.letters[0]
    assert dana.state == "failed" and "450 box full" in dana.why and dana.waits
    inbox.answer = "250 OK"
    assert states(post(book, inbox)) == {"P1": "sent", "P2": "sent", "P3": ""}
    assert len(inbox.mails) == 2


def test_no_answer_is_unsure_and_waits_for_a_person(book: Book) -> None:
    inbox = Inbox()
    inbox.wait_s = 0.6
    with mail_server(inbox) as port:
        sending.set_up(book, mail_at(port, timeout_s=0.2), WHO)
        (dana, *_rest) = form_mails.post_of(book, WEEK).letters
        found = form_mails.mail_forms(book, WEEK, [dana], NOW, no_secret)
    assert states(found) == {"P1": "unsure", "P2": "", "P3": ""}
    assert not found.letters[0].waits and "may have arrived" in found.letters[0].why


def test_what_was_going_when_the_program_died_is_unsure(book: Book) -> None:
    kept.write(book, kept.FormMail(WEEK, "P1", "dana@agency.test", kept.SENDING, WHO.at))
    dana = form_mails.post_of(book, WEEK).letters[0]
    assert (dana.state, dana.waits) == ("unsure", False)
    inbox = Inbox()
    old = form_mails.Letter("P1", "Dana Marsh", "dana@agency.test")
    found = post(book, inbox, wanted=form_mails.Post(WEEK, (old,)))
    assert states(found) == {
        "P1": "unsure", "P2": "", "P3": ""
    }  # fmt: skip
    assert inbox.mails == []


def test_without_a_server_or_with_one_away_nothing_is_marked(book: Book) -> None:
    before = form_mails.post_of(book, WEEK)
    assert "not set up" in before.problem
    assert form_mails.mail_forms(book, WEEK, before.letters, NOW, no_secret) == before
    with mail_server(Inbox()) as port:
        sending.set_up(book, mail_at(port), WHO)
    found = form_mails.mail_forms(book, WEEK, before.letters, NOW, no_secret)
    assert "cannot be reached" in found.problem
    assert states(found) == {"P1": "", "P2": "", "P3": ""}


def test_a_new_address_is_the_one_that_is_written_to(book: Book) -> None:
    people.change(book, "P3", {"email": "kim@agency.test"}, WHO, NOW.date())
    inbox = Inbox()
    post(book, inbox)
    assert sorted(mail.rcpt_tos[0] for mail in inbox.mails)[1] == "kim@agency.test"
