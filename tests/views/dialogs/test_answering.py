"""Every dialog of the program: Enter presses its main answer from every field, and Esc keeps what was typed."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import views
from desktop.core.autograph import Role
from desktop.core.handover import Share
from desktop.core.periods import week_of
from desktop.core.templates import Kind
from desktop.services import books, drafts
from desktop.services.form_mails import Letter, Post
from desktop.services.goals import Measure
from desktop.services.letterheads import Head
from desktop.services.offboarding import Plan
from desktop.services.papers import Guess
from desktop.services.people import Member
from desktop.services.records import FieldDetail
from desktop.tasks import Executor, Shelf
from desktop.views import theme
from desktop.views.dialogs.about import AboutDialog, ShortcutsDialog
from desktop.views.dialogs.answering import TypedWords, press_on_enter
from desktop.views.dialogs.error import ErrorDialog
from desktop.views.dialogs.form_mails import FormMailsDialog
from desktop.views.dialogs.letterhead import LetterheadDialog
from desktop.views.dialogs.line import LineDialog
from desktop.views.dialogs.loss import LossForm
from desktop.views.dialogs.monday_run import MondayRunDialog
from desktop.views.dialogs.record import CorrectionDialog
from desktop.views.dialogs.signature import SignatureDialog
from desktop.views.pages.kpis.goals import GoalDialog
from desktop.views.pages.live.giving import GiveDialog
from desktop.views.pages.money.lost import TaskDialog
from desktop.views.pages.people.asking import NewPersonDialog, RehireDialog
from desktop.views.pages.people.leaving import LeavingDialog
from desktop.views.pages.routing.ams import AmsDialog
from desktop.views.pages.settings.sealing import PassphraseDialog
from desktop.views.pages.signed.attaching import AttachDialog
from desktop.views.widgets.context import PageContext

NOW = datetime(2026, 3, 11, 9, 30)
WEEK = week_of(NOW.date())
DEAL: Any = SimpleNamespace(deal=SimpleNamespace(name="Di's Diner", lead_id="L1"), on=date(2026, 5, 1), days=51)
FACTS = {"status": "active", "role": "producer", "backup": None, "left_on": None}
DANA, KIM = (Member(code, {**FACTS, "name": name}, None) for code, name in (("P01", "Dana Marsh"), ("P02", "Kim Ode")))
FIELD = FieldDetail("name", "Di's Diner", Kind.TEXT, None, None, None, None)


def leaving(_: PageContext) -> LeavingDialog:
    """With the preview of what it says."""
    dialog = LeavingDialog(DANA, [KIM], NOW.date())
    dialog._plan = Plan(dialog.order, "Dana Marsh", NOW, (), {}, {}, (), (), Share(0, 0), Share(0, 0))
    return dialog


DIALOGS: dict[type[QDialog], tuple[Callable[[PageContext], QDialog], str]] = {
    AboutDialog: (lambda _: AboutDialog("1.0", "Qt, LGPL"), "Close"),
    ShortcutsDialog: (lambda _: ShortcutsDialog([], [("Filter a table", "Ctrl+F")]), "Close"),
    ErrorDialog: (lambda _: ErrorDialog("the report"), "Continue"),
    FormMailsDialog: (
        lambda _: FormMailsDialog(Post("2026-W10", (Letter("P01", "Dana Marsh", "dana@example.com"),))),
        "Mail 1 Form",
    ),
    LetterheadDialog: (lambda _: LetterheadDialog(Head("Hollis & Reyes", "", "letter", None)), "Keep Changes"),
    LineDialog: (lambda _: LineDialog("Skip the meeting", "What came in the way?", "Skip It"), "Skip It"),
    LossForm: (lambda _: LossForm("Di's Diner", {"lost_reason": "price"}), "Keep the Reason"),
    MondayRunDialog: (lambda _: MondayRunDialog(WEEK, Path("x")), "Start"),
    CorrectionDialog: (lambda _: CorrectionDialog(FIELD), "Keep Correction"),
    SignatureDialog: (lambda _: SignatureDialog("Dana Marsh", Role.PRODUCER, lambda: NOW), "Sign"),
    GoalDialog: (lambda _: GoalDialog(Measure("engagement_rate", None, (), (0.3, 0.2)), "Agency", NOW.date()), "Keep"),
    GiveDialog: (lambda _: GiveDialog("Di's Diner", [("P01", "Dana Marsh")]), "Give"),
    TaskDialog: (lambda _: TaskDialog(DEAL, NOW.date()), "Keep the Task"),
    NewPersonDialog: (lambda _: NewPersonDialog("P09"), "Add Person"),
    RehireDialog: (lambda _: RehireDialog("Dana Marsh", NOW.date()), "Take Back"),
    LeavingDialog: (leaving, "Hand Over"),
    AmsDialog: (AmsDialog, "Save CSV…"),
    PassphraseDialog: (lambda _: PassphraseDialog(Path("agency.p12")), "Open the File"),
    AttachDialog: (lambda _: AttachDialog(Path("scan.pdf"), Guess((("P01", "Dana Marsh"),), "P01", WEEK)), "Attach"),
}
SECRET = (SignatureDialog, PassphraseDialog)
"""What is typed there is never written down."""
CHOSEN = (MondayRunDialog,)
"""What is typed there is a folder, proposed anew each time."""


@pytest.fixture
def context(home: Path) -> Iterator[PageContext]:
    file = home / "agency.pdesk"
    keys = books.PassphraseKeys("a throwaway passphrase")
    shelf = Shelf(lambda: books.open_book(file, keys=keys), lambda book: book.close())
    made = PageContext(Executor(), shelf, lambda: NOW)
    yield made
    made.executor.submit(shelf.close)
    made.executor.close()


def test_no_dialog_is_left_out() -> None:
    for module in pkgutil.walk_packages(views.__path__, "desktop.views."):
        importlib.import_module(module.name)
    found, waiting = set(), list(QDialog.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        found |= {one} if one.__module__.startswith("desktop.") else set()
    assert found == set(DIALOGS)


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_enter_presses_the_main_answer_from_every_field(
    look: theme.Theme, qtbot: QtBot, context: PageContext, kind: type[QDialog]
) -> None:
    make, main = DIALOGS[kind]
    dialog = make(context)
    qtbot.addWidget(dialog)
    dialog.show()
    pressed: list[str] = []
    for button in dialog.findChildren(QPushButton):
        if button.receivers(SIGNAL("clicked(bool)")):
            button.clicked.disconnect()
        button.clicked.connect(lambda _=False, button=button: pressed.append(button.text()))
        if button.property("role") == "main":
            button.setEnabled(True)
    others = [one for one in dialog.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]
    fields: list[QWidget] = [one for one in dialog.findChildren(QLineEdit) if one.isVisible()]
    for field in fields or [dialog]:
        # the default of old was the button that focus passed last
        others[0].setFocus()
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert pressed
    assert set(pressed) == {main}


def test_a_button_outside_a_dialog_cannot_be_the_one_for_enter(look: theme.Theme, qtbot: QtBot) -> None:
    button = QPushButton("Keep")
    qtbot.addWidget(button)
    with pytest.raises(ValueError, match="put into its dialog"):
        press_on_enter(button)


TYPED_INTO = [kind for kind in DIALOGS if kind not in (*SECRET, *CHOSEN) and hasattr(kind, "edits")]


def test_every_dialog_with_a_line_to_type_into_holds_its_words(
    look: theme.Theme, qtbot: QtBot, context: PageContext
) -> None:
    for kind, (make, _main) in DIALOGS.items():
        dialog = make(context)
        qtbot.addWidget(dialog)
        dialog.show()
        lines = [one for one in dialog.findChildren(QLineEdit) if one.isVisible() and not one.isReadOnly()]
        lines = [one for one in lines if one.objectName() != "qt_spinbox_lineedit"]
        assert bool(lines) == (kind in TYPED_INTO or kind in (*SECRET, *CHOSEN)), kind
        if kind in TYPED_INTO:
            assert set(dialog.edits.values()) == set(lines), kind  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", TYPED_INTO, ids=lambda kind: kind.__name__)
def test_words_outlive_esc_and_are_gone_once_kept_or_given_up(
    look: theme.Theme, qtbot: QtBot, context: PageContext, kind: type[QDialog]
) -> None:
    before, words = asked(qtbot, context, kind)
    name, edit = next(iter(before.edits.items()))
    kept = edit.text()
    edit.selectAll()
    QTest.keyClicks(edit, "Call Di again in May")
    QTest.keyClick(before, Qt.Key.Key_Escape)
    assert not before.isVisible()
    settle(qtbot, context)
    assert held(qtbot, context, name, kept) == {name: "Call Di again in May"}
    again, words = asked(qtbot, context, kind)
    assert again.edits[name].text() == "Call Di again in May"
    assert words._note.isVisible()
    again.leave.click()
    settle(qtbot, context)
    assert held(qtbot, context, name, kept) == {}
    last, words = asked(qtbot, context, kind)
    assert last.edits[name].text() == kept
    QTest.keyClicks(last.edits[name], "x")
    words.settle()
    settle(qtbot, context)
    assert held(qtbot, context, name, kept) == {}


def asked(qtbot: QtBot, context: PageContext, kind: type[QDialog]) -> tuple[Any, TypedWords]:
    dialog: Any = DIALOGS[kind][0](context)
    qtbot.addWidget(dialog)
    words = TypedWords(context, dialog, dialog, "words")
    dialog.show()
    settle(qtbot, context)
    return dialog, words


def held(qtbot: QtBot, context: PageContext, name: str, kept: str) -> dict[str, str]:
    heard: list[dict[str, str]] = []
    context.ask(drafts.held_fields, "words", {name: kept}, on_finished=heard.append)
    settle(qtbot, context)
    return heard[0]


def settle(qtbot: QtBot, context: PageContext) -> None:
    qtbot.waitUntil(lambda: not context.executor.busy)
    qtbot.wait(1)
