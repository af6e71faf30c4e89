"""The page of signed files in the real window: drops recognised, verdicts in words, the archive found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.core.autograph import Autograph, Role
from desktop.models.journal import Author
from desktop.services import publishing, signing
from desktop.services.verifying import Signer, Verification
from desktop.views.pages.signed import SignedPage
from desktop.views.pages.signed.attaching import AttachDialog
from desktop.views.pages.signed.verdict import VerdictCard
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import NOW, Stage

PRODUCERS = "producer_code,name,level\nP01,Dana <b>Marsh,new\nP02,Lee Hill,veteran\n"
WEEK = "2026-W10"
WHO = Author("test", "2026-03-11T09:30:00")


@pytest.fixture
def page(stage: Stage, tmp_path: Path) -> SignedPage:
    file = tmp_path / "producers.csv"
    file.write_text(PRODUCERS, encoding="utf-8")
    stage.take_in([file])
    found = stage.window.page("signed")
    assert isinstance(found, SignedPage)
    return found


def _signed(stage: Stage) -> bytes:
    def work(book: object) -> bytes:
        publishing.publish(book, WEEK, ["P01"], WHO, NOW)  # type: ignore[arg-type]
        autograph = Autograph("Dana <b>Marsh", Role.PRODUCER, NOW, typed="Dana Marsh")
        signing.sign(book, WEEK, "P01", autograph, WHO)  # type: ignore[arg-type]
        (kept,) = signing.archived(book, WEEK)  # type: ignore[arg-type]
        return signing.archived_bytes(book, kept.id)  # type: ignore[arg-type]

    found = stage.ask(work)
    assert isinstance(found, bytes)
    return found


def test_signed_files_dropped_anywhere_are_checked(stage: Stage, page: SignedPage, tmp_path: Path) -> None:
    document = _signed(stage)
    spoilt = tmp_path / "spoilt.pdf"
    spoilt.write_bytes(document.replace(b"%%EOF", b"%%EOX", 1))
    stage.window.show_page("monday")
    stage.settle()
    stage.drop(stage.window._whole, [spoilt], stage.window._veil)
    assert stage.window.current_page is page
    stage.settle()
    (card,) = page.cards
    assert card.accessibleName().startswith("spoilt.pdf: Changed after it was signed, or damaged")
    words = stage.said(page)
    assert "Do not rely on it" in words
    assert find_nameless(page) == [] and find_clipped_text(page) == []


def test_the_archive_is_listed_checked_and_saved(
    stage: Stage, page: SignedPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.window.show_page("signed")
    stage.settle()
    assert "Nothing is signed yet" in stage.said(page) and not page.save.isEnabled()
    document = _signed(stage)
    page.refresh()
    stage.settle()
    page.table.select_record(lambda one: True)
    assert page.check_button.isEnabled()
    page.check_button.click()
    stage.settle()
    assert "Untouched" in page.cards[0].accessibleName()
    words = stage.said(page)
    assert "Dana <b>Marsh" in words and "known here" in words and "the signer's computer" in words
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "copy.pdf"), ""))
    page.save.click()
    stage.settle()
    assert (tmp_path / "copy.pdf").read_bytes() == document


def test_a_scan_is_attached_after_a_question(stage: Stage, page: SignedPage, tmp_path: Path) -> None:
    scan = tmp_path / "scan-2026-W09-P02.jpg"
    scan.write_bytes(b"\xff\xd8\xff a photo")
    stage.drop(stage.window._whole, [scan], stage.window._veil)
    stage.settle()
    (dialog,) = page.findChildren(AttachDialog)
    assert find_nameless(dialog) == [] and find_clipped_text(dialog) == []
    assert dialog.answer == ("2026-W09", "P02")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    stage.settle()
    (kept,) = stage.ask(signing.archived, "2026-W09")
    assert (kept.producer, kept.kind, kept.name) == ("P02", "scan", scan.name)
    assert [row[2] for row in page.table.visible_rows()][1:] == ["scan of ink"]


def test_what_is_not_a_scan_can_be_imported(stage: Stage, page: SignedPage, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"%PDF-1.4 nothing")
    stage.drop(stage.window._whole, [file], stage.window._veil)
    stage.settle()
    (dialog,) = page.findChildren(AttachDialog)
    dialog.instead.click()
    stage.settle()
    assert stage.window.current_page is stage.importing


def test_a_signed_file_dropped_on_the_import_page_is_checked(stage: Stage, page: SignedPage, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(_signed(stage))
    stage.window.show_page("import")
    stage.settle()
    stage.drop(stage.importing.start.drop, [file])
    stage.settle()
    assert stage.window.current_page is page
    assert [card.accessibleName().split(":")[0] for card in page.cards] == ["signed.pdf"]


def test_other_drops_go_to_the_import_as_ever(stage: Stage, page: SignedPage, tmp_path: Path) -> None:
    stage.window.show_page("monday")
    stage.drop(stage.window._whole, [tmp_path / "producers.csv"], stage.window._veil)
    stage.settle()
    assert stage.window.current_page is stage.importing


@pytest.mark.parametrize(
    ("flags", "trusted", "words"),
    [
        ((False, False, False, False), False, "Not signed"),
        ((True, True, True, False), False, "certificate that is not known here"),
        ((True, True, True, False), True, "Untouched since it was signed"),
        ((True, True, False, True), True, "Changed after it was signed"),
        ((True, False, True, True), False, "Changed after it was signed"),
    ],
)
def test_every_verdict_has_its_words(
    stage: Stage, flags: tuple[bool, bool, bool, bool], trusted: bool, words: str
) -> None:
    signer = Signer("Dana", "manager", "2026-03-10T09:15:00", trusted, "Hollis & Reyes")
    card = VerdictCard(Verification(Path("x.pdf"), *flags, (signer,) if flags[0] else ()))
    assert words in card.accessibleName()
    card.deleteLater()
