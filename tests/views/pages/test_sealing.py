"""The signing section of the settings in the real window: by keyboard, and refusals in words at their place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from desktop.services import identity
from desktop.services.identity import Standing
from desktop.views.pages.settings import SettingsPage
from desktop.views.pages.settings.sealing import PassphraseDialog, SealingPanel
from tests.services.test_identity import own_file
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import NOW, Stage


@pytest.fixture
def page(stage: Stage) -> SettingsPage:
    stage.window.show_page("settings", "signing")
    stage.settle()
    found = stage.window.page("settings")
    assert isinstance(found, SettingsPage)
    return found


def press(stage: Stage, button: object) -> None:
    button.setFocus()  # type: ignore[attr-defined]
    QTest.keyClick(button, Qt.Key.Key_Space)
    stage.settle()


def said(panel: SealingPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_a_certificate_is_created_and_exported(
    stage: Stage, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = page.sealing.panel
    assert "None yet" in said(panel) and not panel.export.isEnabled()
    press(stage, panel.new)
    assert "Good until Mar 10, 2029" in said(panel) and "in this book, encrypted" in said(panel)
    file = tmp_path / "agency.pem"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    press(stage, panel.export)
    assert file.read_bytes().startswith(b"-----BEGIN CERTIFICATE-----")
    assert find_clipped_text(page) == [] and find_nameless(page) == []


def test_an_own_certificate_with_its_passphrase(
    stage: Stage, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, file = page.sealing.panel, own_file(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    for typed, words in (("wrong", "cannot be opened"), ("secret", "Own Authority")):
        press(stage, panel.own)
        (dialog,) = page.findChildren(PassphraseDialog)
        assert find_nameless(dialog) == []
        QTest.keyClicks(dialog.typed, typed)
        QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
        stage.settle()
        stage.qtbot.waitUntil(lambda: page.findChildren(PassphraseDialog) == [])
        assert words in said(panel)
    assert "choose its successor" in said(panel)


def test_the_address_of_an_authority(stage: Stage, page: SettingsPage) -> None:
    edit = page.sealing.panel.authority
    for typed, kept in (("stamps.test", ""), ("http://stamps.test/tsa", "http://stamps.test/tsa"), ("", "")):
        edit.setFocus()
        edit.selectAll()
        QTest.keyClick(edit, Qt.Key.Key_Delete)
        QTest.keyClicks(edit, typed)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        stage.settle()
        assert stage.ask(identity.standing, NOW).authority == kept
        assert ("is not a web address" in said(page.sealing.panel)) is (typed == "stamps.test")


def test_trust_is_given_and_taken(
    stage: Stage, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = page.sealing.panel
    file = tmp_path / "other.pem"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    file.write_bytes(b"nothing")
    press(stage, panel.trust)
    assert "holds no certificate" in said(panel)
    from desktop.reports import certificates

    other = certificates.make_identity("A Carrier & Co", NOW)
    file.write_bytes(certificates.to_pem(other.chain[0]))
    press(stage, panel.trust)
    assert panel.others.item(0).text() == "A Carrier & Co, until Mar 10, 2029"
    panel.others.setCurrentRow(0)
    press(stage, panel.distrust)
    assert panel.others.count() == 0 and not panel.distrust.isEnabled()


def test_what_ends_soon_is_said(stage: Stage, page: SettingsPage) -> None:
    day = (NOW + timedelta(days=20)).date().isoformat()
    page.sealing.panel.show_standing(Standing("X", day, "ab" * 32, False, "", ends_soon=True))
    assert "the next signature renews it" in said(page.sealing.panel)
