"""Dialogs: a report to copy that names nobody, and keys read from the actions."""

from __future__ import annotations

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.dialogs.about import AboutDialog, ShortcutsDialog
from desktop.views.dialogs.error import ErrorDialog, write_report
from tests.views.clipping import find_clipped_text, find_nameless


def fail() -> BaseException:
    try:
        try:
            int("Dana Whitfield")
        except ValueError as error:
            raise KeyError("/home/dana/secret.csv") from error
    except KeyError as error:
        return error


def test_report_says_where_and_names_nobody() -> None:
    report = write_report(fail(), "0.1.0")
    assert "builtins.KeyError" in report
    assert "builtins.ValueError" in report
    assert "test_dialogs.py:" in report
    assert "Producer Desk 0.1.0" in report
    for private in ("Dana", "dana", "secret", "/"):
        assert private not in report.replace("tests/", "")


def test_report_can_be_copied(look: theme.Theme, qtbot: QtBot) -> None:
    dialog = ErrorDialog("the report")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.copy_report()
    assert QGuiApplication.clipboard().text() == "the report"
    assert find_clipped_text(dialog) == find_nameless(dialog) == []


def test_about_says_version_and_licence(look: theme.Theme, qtbot: QtBot) -> None:
    dialog = AboutDialog("9.8.7", "Qt, LGPL")
    qtbot.addWidget(dialog)
    dialog.show()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "9.8.7" in said
    assert "Apache" in said
    assert find_clipped_text(dialog) == find_nameless(dialog) == []


def test_keys_are_those_of_the_actions(look: theme.Theme, qtbot: QtBot) -> None:
    action, silent = QAction("&Import…"), QAction("Nothing")
    action.setShortcut("Ctrl+I")
    dialog = ShortcutsDialog([action, silent], [("Filter a table", "Ctrl+F")])
    qtbot.addWidget(dialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"Import…", "Ctrl+I", "Filter a table", "Ctrl+F"} <= set(said)
    assert "Nothing" not in said
