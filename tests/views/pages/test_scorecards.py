"""The scorecards page in the real window, on a real book."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.core.autograph import Autograph, Role
from desktop.core.scorecard import ScorecardTexts
from desktop.models.journal import Author
from desktop.reports.verifying import examine
from desktop.services import books, identity, letterheads, scorecards, signing
from desktop.views.dialogs.letterhead import LetterheadDialog
from desktop.views.dialogs.signature import SignatureDialog
from desktop.views.pages.scorecards import ScorecardsPage
from desktop.views.pages.scorecards.amended import AmendmentsSheet
from desktop.views.widgets.buttons import Button
from tests.channels.stamps import TimeAuthority, stamp_server
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import Stage

PRODUCERS = "producer_code,name,level\nP01,Dana Marsh,new\nP02,Bartholomew Featherstonehaugh-Wolstenholme,veteran\n"


@pytest.fixture
def page(stage: Stage, tmp_path: Path) -> ScorecardsPage:
    """The page with two producers in the book."""
    file = tmp_path / "producers.csv"
    file.write_text(PRODUCERS, encoding="utf-8")
    stage.take_in([file])
    stage.window.show_page("scorecards")
    stage.settle()
    found = stage.window.page("scorecards")
    assert isinstance(found, ScorecardsPage)
    return found


def _names(page: ScorecardsPage) -> list[str]:
    return [page.list.item(row).text() for row in range(page.list.count())]


def test_an_empty_book_leads_to_the_import(stage: Stage) -> None:
    stage.window.show_page("scorecards")
    stage.settle()
    found = stage.window.page("scorecards")
    assert isinstance(found, ScorecardsPage)
    assert found.stack.currentWidget() is found.empty
    assert not found.save.isEnabled()
    assert found.print_page() is False


def test_the_last_full_week_opens_with_the_first_producer(page: ScorecardsPage) -> None:
    assert page.week == "2026-W10"
    assert _names(page)[0] == "Dana Marsh\nopen"
    assert page.producer == "P01"
    assert page.sheet.image is not None
    assert not find_nameless(page)
    assert not find_clipped_text(page)


def test_what_is_typed_is_saved_at_a_pause_and_printed(page: ScorecardsPage, stage: Stage) -> None:
    before = page.sheet.image
    page.form.wins[0].setFocus()
    QTest.keyClicks(page.form.wins[0], "Bound the bakery")
    stage.qtbot.waitUntil(lambda: not page.form.dirty)
    stage.settle()
    kept = stage.ask(scorecards.texts, page.week, "P01")
    assert kept.wins == ("Bound the bakery", "")
    assert _names(page)[0] == "Dana Marsh\nfilled in"
    assert page.sheet.image != before


def test_another_producer_or_week_loses_no_word_and_mixes_none(page: ScorecardsPage, stage: Stage) -> None:
    QTest.keyClicks(page.form.notes, "For Dana")
    page.list.setCurrentRow(1)
    assert not page.form.isEnabled()
    stage.settle()
    assert page.form.texts() == ScorecardTexts().padded()
    QTest.keyClicks(page.form.notes, "For Bart")
    page.picker.back.click()
    stage.settle()
    assert page.week == "2026-W09"
    assert page.form.notes.toPlainText() == ""
    assert stage.ask(scorecards.texts, "2026-W10", "P01").notes == "For Dana"
    assert stage.ask(scorecards.texts, "2026-W10", "P02").notes == "For Bart"
    assert stage.ask(scorecards.texts, "2026-W09", "P02").empty


def test_leaving_the_page_saves_at_once(page: ScorecardsPage, stage: Stage) -> None:
    QTest.keyClicks(page.form.priorities[2], "Rest")
    stage.window.show_page("producers")
    stage.settle()
    assert stage.ask(scorecards.texts, "2026-W10", "P01").priorities == ("", "", "Rest")


def test_closing_the_window_while_the_worker_is_busy_saves_what_was_typed(
    page: ScorecardsPage, stage: Stage, home: Path
) -> None:
    stage.desk.context.ask(lambda _book: time.sleep(0.4))
    QTest.keyClicks(page.form.wins[1], "Last word")
    assert page.form.dirty
    stage.window.close()
    stage.desk.close()
    book = books.open_book(home / "agency.pdesk", keys=books.PassphraseKeys("a throwaway passphrase"))
    try:
        assert scorecards.texts(book, "2026-W10", "P01").wins == ("", "Last word")
    finally:
        book.close()


def test_undo_takes_back_what_was_typed(page: ScorecardsPage, stage: Stage) -> None:
    QTest.keyClicks(page.form.challenges[0], "Price")
    page.form.flush()
    stage.settle()
    page.setFocus()
    stage.window.menus.undo_asked.emit()
    stage.settle()
    assert stage.ask(scorecards.texts, "2026-W10", "P01").empty
    assert page.form.texts() == ScorecardTexts().padded()


def test_tab_goes_from_field_to_field(page: ScorecardsPage, stage: Stage) -> None:
    page.form.wins[0].setFocus()
    QTest.keyClick(page.form.wins[0], Qt.Key.Key_Tab)
    assert page.form.wins[0].toPlainText() == ""
    assert stage.window.focusWidget() is page.form.wins[1]


def test_pdfs_and_workbook_are_saved(
    page: ScorecardsPage, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(out / Path(given[2]).name), ""))
    page.save.click()
    stage.settle()
    for key, _words in page.export_actions():
        page.export(key)
        stage.settle()
    found = {file.name for file in out.iterdir()}
    assert found == {
        "scorecard-2026-W10-P01.pdf", "scorecard-2026-W10-P02.pdf", "scorecard-2026-W10.pdf",
        "scorecards-2026-W10.xlsx", "scorecards-2026-W10-cover.pdf",
    }  # fmt: skip


def test_printing_puts_a_page_each_on_the_printer(page: ScorecardsPage, stage: Stage, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_on(printer, None)
    stage.settle()
    printed = pypdf.PdfReader(tmp_path / "printed.pdf")
    assert len(printed.pages) == 2
    assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == [612, 792]


def test_the_head_of_the_page_is_changed_and_undone(page: ScorecardsPage, stage: Stage, tmp_path: Path) -> None:
    picture = QImage(120, 40, QImage.Format.Format_RGB32)
    picture.fill(0x224466)
    file, wrong = tmp_path / "logo.png", tmp_path / "notes.png"
    picture.save(str(file))
    wrong.write_text("no picture", encoding="utf-8")
    page._on_letterhead_asked()
    stage.settle()
    (dialog,) = page.findChildren(LetterheadDialog)
    assert not find_nameless(dialog)
    assert not find_clipped_text(dialog)
    dialog.name.setText("Harbor & Pine <b>")
    dialog.paper.setCurrentIndex(1)
    dialog.choose_logo(wrong)
    assert "notes.png" in stage.said(dialog)
    dialog.choose_logo(file)
    before = page.sheet.image
    dialog.keep.click()
    stage.settle()
    kept = stage.ask(letterheads.read)
    assert (kept.name, kept.paper, kept.logo) == ("Harbor & Pine <b>", "a4", file.read_bytes())
    assert page.sheet.image != before
    stage.window.menus.undo_asked.emit()
    stage.settle()
    assert stage.ask(letterheads.read).paper == "letter"


def test_a_published_scorecard_is_signed_by_producer_then_manager(page: ScorecardsPage, stage: Stage) -> None:
    page.seals.publish(None)
    stage.settle()
    assert _names(page)[0] == "Dana Marsh\npublished, version 1"
    page.seals.ask_to_sign(Role.PRODUCER)
    dialog = page.findChild(SignatureDialog)
    assert dialog is not None and not dialog.keep.isEnabled()
    assert not find_nameless(dialog)
    assert not find_clipped_text(dialog)
    assert dialog.name.text() == "Dana Marsh"
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(dialog.pad, left, pos=QPoint(40, 80))
    QTest.mouseMove(dialog.pad, QPoint(90, 30))
    QTest.mouseMove(dialog.pad, QPoint(160, 90))
    QTest.mouseRelease(dialog.pad, left, pos=QPoint(160, 90))
    assert dialog.autograph.strokes
    QTest.mouseClick(dialog.keep, left)
    stage.settle()
    assert _names(page)[0] == "Dana Marsh\nsigned by the producer"
    page.seals.ask_to_sign(Role.MANAGER)
    dialog = page.findChildren(SignatureDialog)[-1]
    QTest.keyClicks(dialog.name, "Max Boss")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClicks(dialog.typed, "Max Boss")
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    stage.settle()
    assert _names(page)[0] == "Dana Marsh\nsigned, version 1"
    kept = stage.ask(signing.archived, page.week, "P01")
    assert [one.roles for one in kept] == [("producer",), ("producer", "manager")]
    found = examine(stage.ask(signing.archived_bytes, kept[-1].id))
    assert found.intact and found.covers_whole_file and found.unchanged and len(found.seals) == 2


def test_a_scan_is_kept_with_its_week_and_found_again(page: ScorecardsPage, stage: Stage, tmp_path: Path) -> None:
    page.seals.publish(None)
    stage.settle()
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 a scan")
    author = Author("test", "2026-03-11T09:30:00")
    kept = stage.ask(signing.attach_scan, page.week, "P01", scan, author)
    page.archive.attach(page.week, "P01", scan)
    stage.settle()
    assert _names(page)[0] == "Dana Marsh\nsigned, version 1"
    assert stage.ask(signing.archived_bytes, kept.id) == scan.read_bytes()
    assert stage.ask(scorecards.states, page.week)[0].roles == ("producer", "manager")


def test_the_page_says_what_changed_since_publication(page: ScorecardsPage, stage: Stage, tmp_path: Path) -> None:
    page.seals.publish(None)
    stage.settle()
    assert not page.archive.changed.isVisible()
    late = tmp_path / "activities.csv"
    late.write_text("occurred_at,producer,kind,direction,count\n2026-03-04 09:00,P01,call,outbound,5\n", "utf-8")
    stage.take_in([late])
    stage.window.show_page("scorecards")
    stage.settle()
    assert page.archive.changed.isVisible() and "published figure" in page.archive.changed.text()
    page.archive.changed.click()
    stage.settle()
    (sheet,) = stage.window.findChildren(AmendmentsSheet)
    words = stage.said(sheet)
    assert "Dana Marsh" in words and "Outbound calls: 0 → 5\nImport activities.csv, 03/11/2026 9:30 AM" in words
    assert find_nameless(sheet) == []
    page.form.wins[0].setPlainText("A win")
    page.form.flush()
    stage.settle()
    assert page.archive.changed.isVisible()
    page.seals.publish(None)
    stage.settle()
    assert not page.archive.changed.isVisible()
    page.archive.tell_amendments(page.week)
    stage.settle()
    assert "Nothing that was published" in stage.said(stage.window)


def test_who_signs_decides_to_do_without_a_time_stamp(page: ScorecardsPage, stage: Stage) -> None:
    authority = TimeAuthority(datetime(2026, 3, 11, 14, 30, tzinfo=UTC))
    authority.kind = "refused"
    page.seals.publish(None)
    stage.settle()
    autograph = Autograph("Dana Marsh", Role.PRODUCER, stage.desk.context.now(), typed="Dana")
    with stamp_server(authority) as address:
        stage.ask(identity.set_authority, address, stage.desk.context.now())
        page.seals.sign(autograph)
        stage.settle()
        assert "no more <stamps> today" in stage.said(page.messages)
        assert stage.ask(signing.archived, page.week) == []
        (button,) = [one for one in page.messages.findChildren(Button) if "Without" in one.text()]
        button.click()
        stage.settle()
    (kept,) = stage.ask(signing.archived, page.week)
    (seal,) = examine(stage.ask(signing.archived_bytes, kept.id)).seals
    assert seal.intact and seal.stamped_by == ""


def test_a_signed_scorecard_is_shown_and_saved_with_its_signature(
    page: ScorecardsPage, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.seals.publish(None)
    stage.settle()
    before = page.sheet.image
    page.seals.sign(Autograph("Dana Marsh", Role.PRODUCER, stage.desk.context.now(), typed="Dana"))
    stage.settle()
    assert page.sheet.image != before
    (kept,) = stage.ask(signing.archived, page.week, "P01")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    page.export("one")
    stage.settle()
    (file,) = (tmp_path / "out").iterdir()
    assert file.read_bytes() == stage.ask(signing.archived_bytes, kept.id)
