"""The Monday run against a real mail server: every file in its folder, each producer sent their own and no other's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from desktop.core.autograph import Autograph, Role
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import batch, publishing, sending, signing
from desktop.services.batch import Round
from tests.channels.servers import Inbox, mail_server
from tests.services.small_agency import Agency, open_book
from tests.services.test_sending import mail_at, no_secret

WEEK = "2026-W10"
NOW = datetime(2026, 3, 10, 9, 15)
WHO = Author("test", "2026-03-10T09:15:00")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency()
    agency.producer("P1", "Dana Marsh", email="dana@agency.test")
    agency.producer("P2", "Lee Hill", email="lee@agency.test")
    agency.producer("P3", "Kim Vale")
    agency.policy("H1", "2026-03-03", "P1", 600_050)
    with open_book(tmp_path) as opened:
        agency.store(opened)
        yield opened


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_everything_lies_in_the_folder_of_year_and_week(book: Book, tmp_path: Path) -> None:
    done = batch.run(book, Round("2026-W10", tmp_path / "out"), NOW, no_secret)
    folder = tmp_path / "out" / "2026" / "2026-W10"
    assert done.files == tuple(
        folder / name
        for name in (
            "scorecard-2026-W10-P1.pdf", "scorecard-2026-W10-P2.pdf", "scorecard-2026-W10-P3.pdf",
            "scorecards-2026-W10-cover.pdf",
        )
    )  # fmt: skip
    assert sorted(folder.iterdir()) == sorted(done.files)
    cover = words(done.files[-1].read_bytes())
    assert "Ranking" in cover and "Sign-off" in cover and "Dana Marsh" in cover
    assert (done.sent, done.without_address, done.problems) == ((), (), ())


def test_the_year_of_the_folder_is_that_of_the_week() -> None:
    assert batch.folder_of(Path("x"), "2026-W53") == Path("x/2026/2026-W53")


def test_each_gets_only_their_own(book: Book, tmp_path: Path) -> None:
    inbox = Inbox()
    with mail_server(inbox) as port:
        sending.set_up(book, mail_at(port), WHO)
        done = batch.run(book, Round(WEEK, None, mail=True), NOW, no_secret)
    assert done.files == ()
    assert set(done.sent) == {"Dana Marsh", "Lee Hill"}
    assert done.without_address == ("Kim Vale",)
    assert done.problems == ()
    got = {}
    for mail in inbox.mails:
        (to,) = mail.rcpt_tos
        (file,) = [part for part in message_from_bytes(mail.content).walk() if part.get_filename()]
        got[to] = (file.get_filename(), words(file.get_payload(decode=True)))  # type: ignore[arg-type]
    assert {to: name for to, (name, _text) in got.items()} == {
        "dana@agency.test": "scorecard-2026-W10-P1.pdf",
        "lee@agency.test": "scorecard-2026-W10-P2.pdf",
    }
    assert "Dana Marsh" in got["dana@agency.test"][1] and "Lee Hill" not in got["dana@agency.test"][1]
    assert "Lee Hill" in got["lee@agency.test"][1] and "Dana Marsh" not in got["lee@agency.test"][1]


def test_without_a_mail_server_the_files_are_written_all_the_same(book: Book, tmp_path: Path) -> None:
    done = batch.run(book, Round(WEEK, tmp_path, mail=True), NOW, no_secret)
    assert len(done.files) == 4
    assert done.sent == ()
    assert done.problems == (batch.NO_MAIL_SERVER,)


def test_a_server_that_is_away_is_told_once(book: Book, tmp_path: Path) -> None:
    with mail_server(Inbox()) as port:
        sending.set_up(book, mail_at(port), WHO)
    done = batch.run(book, Round(WEEK, tmp_path, mail=True), NOW, no_secret)
    assert len(done.files) == 4
    assert done.sent == () and len(done.problems) == 1


def test_a_refused_address_is_told_by_name(book: Book) -> None:
    inbox = Inbox()
    inbox.rcpt = "550 no such box"
    with mail_server(inbox) as port:
        sending.set_up(book, mail_at(port), WHO)
        done = batch.run(book, Round(WEEK, None, mail=True), NOW, no_secret)
    assert done.sent == ()
    assert sorted(one.partition(":")[0] for one in done.problems) == ["Dana Marsh", "Lee Hill"]


def test_a_signed_scorecard_goes_out_as_it_was_sealed(book: Book, tmp_path: Path) -> None:
    publishing.publish(book, WEEK, ["P1"], WHO, NOW)
    signed = signing.sign(book, WEEK, "P1", Autograph("Dana Marsh", Role.PRODUCER, NOW, typed="Dana Marsh"), WHO)
    done = batch.run(book, Round(WEEK, tmp_path / "out"), NOW, no_secret)
    (kept,) = signing.archived(book, WEEK, "P1")
    assert kept.sha256 == signed.sha256
    assert done.files[0].read_bytes() == signing.archived_bytes(book, kept.id)


def test_the_files_of_a_week_open_again(book: Book, tmp_path: Path) -> None:
    publishing.publish(book, WEEK, ["P1"], WHO, NOW)
    signing.sign(book, WEEK, "P1", Autograph("Dana Marsh", Role.PRODUCER, NOW, typed="Dana Marsh"), WHO)
    scan = tmp_path / "ink & paper.pdf"
    scan.write_bytes(b"%PDF-1.4 a scan")
    signing.attach_scan(book, WEEK, "P2", scan, WHO)
    sealed, inked = batch.files_of(book, WEEK)
    assert (sealed.producer, sealed.sealed) == ("P1", True)
    assert (inked.producer, inked.name, inked.sealed, inked.day) == ("P2", "ink & paper.pdf", False, "2026-03-10")
    assert batch.save_kept(book, inked.number, tmp_path / "again.pdf").read_bytes() == scan.read_bytes()
    assert batch.files_of(book, "2026-W09") == []
