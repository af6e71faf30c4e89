"""The form that asks why a deal was lost, by keys alone."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.dialogs.loss import LossForm


def _form(qtbot: QtBot) -> LossForm:
    form = LossForm("Ann Marrow")
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_1)
    return form


def test_enter_in_a_field_keeps_after_the_focus_has_passed_ask_later(look: theme.Theme, qtbot: QtBot) -> None:
    form = _form(qtbot)
    for _ in range(9):
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    form.change.setFocus()
    qtbot.keyClick(form.change, Qt.Key.Key_Return)
    assert form.result() == LossForm.DialogCode.Accepted


def test_a_price_that_cannot_be_read_leaves_the_form_open_with_what_was_typed(look: theme.Theme, qtbot: QtBot) -> None:
    form = _form(qtbot)
    form.agency.setText("Rivulet")
    form.difference.setText("twelve")
    form.accept()
    assert form.isVisible()
    assert "twelve" in form.problem.text()
    form.difference.setText("($1,234.50)")
    form.accept()
    assert form.result() == LossForm.DialogCode.Accepted
    assert form.texts["competing_agency"] == "Rivulet"
