"""The grid of weekly counts in the real window: typed by keys, kept at once, undone, and forms that come back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.models.journal import Author
from desktop.services import people, sending, weekly_counts
from desktop.services.weekly_counts import KINDS
from desktop.views import theme
from desktop.views.dialogs.form_mails import FormMailsDialog
from desktop.views.pages.settings import SettingsPage
from desktop.views.pages.typing import TypingPage
from tests.channels.servers import Inbox, mail_server
from tests.services.test_sending import mail_at
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.agency_files import write_agency
from tests.views.pages.conftest import NOW, Stage

WHO = Author("test", "2026-03-11T09:30:00")


@pytest.fixture
def page(stage: Stage, tmp_path: Path) -> TypingPage:
    stage.take_in(write_agency(tmp_path / "files"))
    stage.window.show_page("typing")
    stage.settle()
    found = stage.window.page("typing")
    assert isinstance(found, TypingPage)
    return found


def type_in(stage: Stage, page: TypingPage, text: str) -> None:
    """Types over the current cell and goes on with Enter."""
    assert page.grid is not None
    QTest.keyClicks(page.grid, text[0])
    editor = page.grid.findChild(QLineEdit)
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    stage.settle()


def kept(stage: Stage, page: TypingPage, producer: str, kind: str) -> int | None:
    found = stage.ask(weekly_counts.grid, page.week)
    row = next(row for row in found.rows if row.producer == producer)
    return row.cells[[one for one, _metric in KINDS].index(kind)].reported


def test_last_week_is_open_and_a_typed_count_is_kept_at_once(stage: Stage, page: TypingPage) -> None:
    assert page.week == "2026-W10"
    type_in(stage, page, "12")
    assert kept(stage, page, "P01", "referral_ask") == 12
    assert page.grid is not None
    assert page.grid.counts.text(0, 0) == "12"


def test_what_was_tracked_stands_beside_and_is_not_touched(stage: Stage, page: TypingPage) -> None:
    assert page.grid is not None
    call = [kind for kind, _metric in KINDS].index("call")
    assert page.grid.counts.found.rows[0].cells[call].tracked == 55
    assert "55 tracked" in str(page.grid.counts.index(0, call + 1).data(Qt.ItemDataRole.AccessibleTextRole))


def test_undo_in_the_grid_and_in_the_menu_take_back(stage: Stage, page: TypingPage) -> None:
    type_in(stage, page, "12")
    assert page.grid is not None
    page.grid.setCurrentIndex(page.grid.counts.index(0, 2))
    type_in(stage, page, "3")
    stage.window.menus.undo_asked.emit()
    stage.settle()
    assert kept(stage, page, "P01", "coi_contact") is None
    assert page.grid.counts.text(0, 1) == ""
    assert kept(stage, page, "P01", "referral_ask") == 12
    assert page.grid.hasFocus()


def test_what_is_no_count_says_so_and_stays_while_others_are_kept(stage: Stage, page: TypingPage) -> None:
    type_in(stage, page, "many")
    assert page.grid is not None
    page.grid.setCurrentIndex(page.grid.counts.index(1, 1))
    type_in(stage, page, "8")
    assert kept(stage, page, "P02", "referral_ask") == 8
    assert kept(stage, page, "P01", "referral_ask") is None
    assert page.grid.counts.text(0, 0) == "many"
    assert "no count" in str(page.grid.counts.index(0, 1).data(Qt.ItemDataRole.ToolTipRole))


def test_a_pasted_block_is_one_step(stage: Stage, page: TypingPage) -> None:
    assert page.grid is not None
    page.grid.paste("5\t1\n6\t2\n")
    stage.settle()
    assert [kept(stage, page, code, "coi_contact") for code in ("P01", "P02")] == [1, 2]
    stage.window.menus.undo_asked.emit()
    stage.settle()
    assert [kept(stage, page, code, "referral_ask") for code in ("P01", "P02")] == [None, None]


def test_another_week_has_its_own_counts(stage: Stage, page: TypingPage) -> None:
    type_in(stage, page, "12")
    page.picker.back.click()
    stage.settle()
    assert page.grid is not None
    assert page.grid.counts.text(0, 0) == ""
    page.picker.on.click()
    stage.settle()
    assert page.grid.counts.text(0, 0) == "12"


def test_a_week_that_has_not_begun_says_so_instead_of_taking_counts(stage: Stage, page: TypingPage) -> None:
    for _ in range(2):
        page.picker.on.click()
        stage.settle()
    assert page.stack.currentWidget() is page.early
    assert page.forms.isEnabled()
    page.early.button.click()
    stage.settle()
    assert page.week == "2026-W11"
    assert page.stack.currentWidget() is page.full


def test_forms_go_out_and_a_dropped_one_comes_back(stage: Stage, page: TypingPage, tmp_path: Path) -> None:
    page.write_forms(tmp_path / "forms")
    stage.settle()
    form = tmp_path / "forms" / "self-report-2026-W10-P02.xlsx"
    book = openpyxl.load_workbook(form)
    book.active["C7"] = 11
    book.save(form)
    stage.take_in([form])
    stage.window.show_page("typing")
    stage.settle()
    assert page.grid is not None
    assert page.grid.counts.text(1, 0) == "11"


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_nothing_is_cut_off_or_nameless(page: TypingPage, scheme: theme.Scheme) -> None:
    theme.current().set_choice(scheme)
    assert find_clipped_text(page) == []
    assert find_nameless(page) == []


def test_an_empty_book_leads_to_the_import(stage: Stage) -> None:
    stage.window.show_page("typing")
    stage.settle()
    found = stage.window.page("typing")
    assert isinstance(found, TypingPage)
    found.empty.button.click()
    stage.settle()
    assert stage.window.current_page is stage.importing


def test_forms_are_mailed_and_each_outcome_is_told(stage: Stage, page: TypingPage) -> None:
    stage.ask(people.change, "P01", {"email": "dana@agency.test"}, WHO, NOW.date())
    stage.ask(people.change, "P02", {"email": "lee@agency.test"}, WHO, NOW.date())
    inbox = Inbox()
    with mail_server(inbox) as port:
        stage.ask(sending.set_up, mail_at(port), WHO)
        page.mail.click()
        stage.settle()
        dialog = page.forms_by_mail.dialog
        assert dialog is not None
        assert find_nameless(dialog) == [] and find_clipped_text(dialog) == []
        assert {one.producer for one in dialog.chosen} == {"P01", "P02"}
        dialog.boxes["P02"].setChecked(False)
        dialog.send.click()
        stage.settle()
        assert [mail.rcpt_tos for mail in inbox.mails] == [["dana@agency.test"]]
        assert "Sent" in dialog.boxes["P01"].accessibleName()
        inbox.rcpt = "550 no such box"
        dialog.send.click()
        stage.settle()
        assert "no such box" in stage.said(dialog) and "Not sent" in dialog.boxes["P02"].accessibleName()
        assert {one.producer for one in dialog.chosen} == {"P02"}
    dialog.close_button.click()
    stage.settle()


def test_without_a_mail_server_the_dialog_leads_to_its_settings(stage: Stage, page: TypingPage) -> None:
    stage.ask(people.change, "P01", {"email": "dana@agency.test"}, WHO, NOW.date())
    page.mail.click()
    page.mail.click()
    stage.settle()
    dialog = page.forms_by_mail.dialog
    assert dialog is not None
    assert len(page.findChildren(FormMailsDialog)) == 1
    assert not dialog.send.isEnabled()
    dialog.set_up.click()
    stage.settle()
    settings = stage.window.current_page
    assert isinstance(settings, SettingsPage)
    assert settings.stack.currentWidget().isAncestorOf(settings.mail)
