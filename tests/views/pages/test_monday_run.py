"""The Monday run and the files of a week, from the scorecards page in the real window."""

from __future__ import annotations

from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.services import batch, people, previews, sending
from desktop.services.batch import Round
from desktop.views.dialogs.monday_run import MondayRunDialog
from desktop.views.pages.scorecards import ScorecardsPage
from tests.channels.servers import Inbox, mail_server
from tests.services.test_sending import mail_at
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import NOW, Stage

PRODUCERS = "producer_code,name,level\nP01,Dana Marsh,new\nP02,Lee Hill,veteran\n"


@pytest.fixture
def page(stage: Stage, tmp_path: Path) -> ScorecardsPage:
    file = tmp_path / "producers.csv"
    file.write_text(PRODUCERS, encoding="utf-8")
    stage.take_in([file])
    stage.window.show_page("scorecards")
    stage.settle()
    found = stage.window.page("scorecards")
    assert isinstance(found, ScorecardsPage)
    return found


def test_the_dialog_starts_with_the_week_shown_and_writes_it(
    page: ScorecardsPage, stage: Stage, tmp_path: Path
) -> None:
    page.monday.ask(page.picker.week)
    (dialog,) = page.findChildren(MondayRunDialog)
    assert not find_nameless(dialog) and not find_clipped_text(dialog)
    dialog.folder.setText(str(tmp_path / "out"))
    assert dialog.round == Round(page.week, tmp_path / "out")
    stage.qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    stage.settle()
    names = sorted(one.name for one in batch.folder_of(tmp_path / "out", page.week).iterdir())
    assert names == [
        f"scorecard-{page.week}-P01.pdf",
        f"scorecard-{page.week}-P02.pdf",
        f"scorecards-{page.week}-cover.pdf",
    ]
    assert f"3 files of week {page.week}" in stage.said(page.messages)


def test_nothing_ticked_cannot_start(page: ScorecardsPage) -> None:
    dialog = MondayRunDialog(page.picker.week, Path("x"), page)
    dialog.save.setChecked(False)
    assert not dialog.start.isEnabled() and not dialog.folder.isEnabled()
    dialog.mail.setChecked(True)
    assert dialog.start.isEnabled()
    assert dialog.round == Round(page.week, None, mail=True)


def test_mail_without_a_server_is_said_plainly(page: ScorecardsPage, stage: Stage, tmp_path: Path) -> None:
    page.monday.run(Round(page.week, tmp_path / "out", mail=True))
    stage.settle()
    said = stage.said(page.messages)
    assert "3 files" in said and batch.NO_MAIL_SERVER in said


def test_each_producer_is_mailed_their_own_and_nobody_else(page: ScorecardsPage, stage: Stage) -> None:
    author = previews.author_at(NOW)
    stage.ask(people.change, "P01", {"email": "dana@agency.test"}, author, NOW.date())
    inbox = Inbox()
    with mail_server(inbox) as port:
        stage.ask(sending.set_up, mail_at(port), author)
        page.monday.ask(page.picker.week)
        (dialog,) = page.findChildren(MondayRunDialog)
        dialog.save.setChecked(False)
        dialog.mail.setChecked(True)
        stage.qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
        stage.settle()
    (mail,) = inbox.mails
    assert mail.rcpt_tos == ["dana@agency.test"]
    (attached,) = message_from_bytes(mail.content, policy=policy.default).iter_attachments()
    text = PdfReader(BytesIO(attached.get_content())).pages[0].extract_text()
    assert "Dana Marsh" in text and "Lee Hill" not in text
    said = stage.said(page.messages)
    assert "Sent to Dana Marsh." in said and "Without an e-mail address: Lee Hill." in said


def test_a_scan_is_saved_again_from_the_menu(
    page: ScorecardsPage, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not page.monday.files.isEnabled()
    scan, target = tmp_path / "ink.pdf", tmp_path / "again.pdf"
    scan.write_bytes(b"%PDF-1.4 a scan")
    page.archive.attach(page.week, "P01", scan)
    stage.settle()
    (action,) = page.monday.files.actions()
    assert "P01" in action.text() and "ink.pdf" in action.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    action.trigger()
    stage.settle()
    assert target.read_bytes() == scan.read_bytes()
