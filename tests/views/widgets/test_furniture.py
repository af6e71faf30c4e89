"""Rail, drawer, messages, forms, toast, drop, header, pages and the window's memory."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.periods import Filter
from desktop.errors import UserError
from desktop.views import theme
from desktop.views.theme import Status
from desktop.views.widgets.banner import Banner, MessageBar
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.drawer import Drawer
from desktop.views.widgets.drop import dropped_paths
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.header import PageHeader
from desktop.views.widgets.page import Page
from desktop.views.widgets.period_picker import PeriodPicker
from desktop.views.widgets.rail import Group, NavigationRail, RailButton
from desktop.views.widgets.toast import Toast
from desktop.views.widgets.view_state import ViewState


@pytest.fixture
def rail(look: theme.Theme, qtbot: QtBot) -> NavigationRail:
    made = NavigationRail()
    qtbot.addWidget(made)
    made.add_page(Group.DATA, "import", "Import", "import")
    made.add_page(Group.TODAY, "monday", "Monday", "today")
    made.show()
    return made


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_rail_shows_only_groups_with_pages_in_their_order(rail: NavigationRail) -> None:
    heads = [label for label in rail.findChildren(QLabel) if label.isVisible()]
    assert [head.text() for head in sorted(heads, key=lambda head: head.y())] == ["Today", "Data"]
    assert list(rail.keys) == ["monday", "import"]


def test_rail_is_walked_and_chosen_by_keys(rail: NavigationRail, qtbot: QtBot) -> None:
    first, second = sorted(rail.findChildren(RailButton), key=lambda button: button.y())
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    with qtbot.waitSignal(rail.page_chosen) as chosen:
        QTest.keyClick(second, Qt.Key.Key_Return)
    assert chosen.args == ["import"]


def test_narrow_rail_keeps_words_as_tooltips(rail: NavigationRail, qtbot: QtBot) -> None:
    wide = rail.width()
    with qtbot.waitSignal(rail.collapsed_changed):
        rail.set_collapsed(True)
    assert rail.width() < wide / 2
    assert words(rail) == []
    assert {button.toolTip() for button in rail.findChildren(RailButton)} == {"Monday", "Import"}


def test_the_mouses_own_buttons_turn_the_drawers_pages_wherever_they_are_pressed(
    look: theme.Theme, qtbot: QtBot
) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(1000, 600)
    room.show()
    drawer = Drawer(room)
    sheets = [QListWidget() for _ in "ab"]
    for name, sheet in zip("ab", sheets, strict=True):
        drawer.show_sheet(name, sheet)
    window = room.windowHandle()
    over = sheets[1].mapTo(room, sheets[1].rect().center())
    plain = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(window, Qt.MouseButton.BackButton, plain, over)
    assert drawer.current_widget is sheets[0]
    QTest.mouseClick(window, Qt.MouseButton.BackButton, plain, over)
    assert drawer.current_widget is sheets[0]
    QTest.mouseClick(window, Qt.MouseButton.ForwardButton, plain, room.rect().topLeft())
    assert drawer.current_widget is sheets[1]


def test_drawer_goes_back_and_forward_and_forgets_what_lay_ahead(look: theme.Theme, qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(1000, 600)
    room.show()
    drawer = Drawer(room)
    sheets = [QLabel(name) for name in "abc"]
    for name, sheet in zip("ab", sheets, strict=False):
        drawer.show_sheet(name, sheet)
    drawer.go_back()
    assert drawer.current_widget is sheets[0]
    drawer.go_forward()
    assert drawer.current_widget is sheets[1]
    drawer.go_back()
    drawer.show_sheet("c", sheets[2])
    drawer.go_forward()
    assert drawer.current_widget is sheets[2]
    assert drawer.geometry().right() == room.rect().right()
    room.resize(800, 500)
    assert drawer.geometry().bottom() == room.rect().bottom()
    with qtbot.waitSignal(drawer.closed):
        QTest.keyClick(drawer, Qt.Key.Key_Escape)
    assert not drawer.is_open
    assert drawer.current_widget is None


def test_banner_says_what_and_what_to_do_and_acts(look: theme.Theme, qtbot: QtBot) -> None:
    pressed: list[str] = []
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show_error(UserError("The file is locked.", "Close it in Excel."), [("Try Again", lambda: pressed.append("x"))])
    bar.show()
    assert "The file is locked." in words(bar)
    assert "Close it in Excel." in words(bar)
    bar.findChild(Button).click()
    assert pressed == ["x"]
    bar.clear()
    assert bar.isHidden()


def test_at_most_three_banners_newest_first(look: theme.Theme, qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    for number in range(5):
        bar.show_message(Status.NEAR, f"Message {number}")
    assert [banner.accessibleName() for banner in bar._banners] == ["Message 4", "Message 3", "Message 2"]
    bar._banners[0].findChildren(QWidget)
    assert isinstance(bar._banners[0], Banner)


def test_form_row_binds_label_name_help_and_error(look: theme.Theme, qtbot: QtBot) -> None:
    form = FormBuilder()
    qtbot.addWidget(form)
    field = form.add_row("&Name", QLineEdit(), "As printed.")
    form.show()
    label = next(label for label in form.findChildren(QLabel) if label.buddy() is field)
    assert label.text() == "&Name"
    assert (field.accessibleName(), field.accessibleDescription()) == ("Name", "As printed.")
    form.set_error(field, "A name is needed.")
    assert "A name is needed." in words(form)
    assert field.property("invalid") is True
    form.set_error(field, "")
    assert "A name is needed." not in words(form)


def test_a_dialog_grows_by_the_words_on_what_is_wrong(look: theme.Theme, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    form = FormBuilder()
    field = form.add_row("Green beyond", QLineEdit(), "Yellow between them. " * 5)
    lines = QVBoxLayout(dialog)
    lines.addWidget(form)
    dialog.show()
    form.set_error(field, "The edges are the wrong way round. " * 5)
    lines.activate()
    QApplication.processEvents()
    for label in form.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())


def test_toast_offers_undo_once(look: theme.Theme, qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(800, 600)
    room.show()
    toast = Toast(room)
    undone: list[bool] = []
    toast.show_text("Imported.", "Undo", lambda: undone.append(True))
    assert abs(toast.geometry().center().x() - 400) <= 1
    toast.findChild(Button).click()
    assert undone == [True]
    assert toast.isHidden()


def test_dropped_paths_keep_order_and_leave_out_the_web(tmp_path: Path) -> None:
    data = QMimeData()
    one, two = tmp_path / "a b.csv", tmp_path / "ü.zip"
    urls = [QUrl.fromLocalFile(str(one)), QUrl("https://example.com/x.csv"), QUrl.fromLocalFile(str(two))]
    data.setUrls([*urls, urls[0]])
    assert dropped_paths(data) == [one, two]
    assert dropped_paths(QMimeData()) == []


def test_header_folds_where_it_is_narrow(look: theme.Theme, qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    header = PageHeader("Producers")
    lines = QVBoxLayout(room)
    lines.addWidget(header)
    slots = [QLineEdit() for _ in range(3)]
    for slot in slots:
        slot.setFixedWidth(240)
        header.add_slot(slot)
    header.set_main_button("Print Scorecards")
    room.show()

    def rows(width: int) -> list[int]:
        room.resize(width, 300)
        QApplication.processEvents()
        return [slot.mapTo(header, QPoint(0, 0)).y() for slot in slots]

    assert len(set(rows(1400))) == 1
    folded = rows(700)
    assert folded[0] == folded[1] < folded[2]
    assert folded[0] > header.main_button.geometry().bottom()
    assert len(set(rows(1400))) == 1


def test_empty_state_acts(look: theme.Theme, qtbot: QtBot) -> None:
    empty = EmptyState("import", "No data yet", "Drop an export here.", "Import…")
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.acted):
        empty.button.click()
    assert empty.accessibleName() == "No data yet. Drop an export here."


class CountingPage(Page):
    key = "counting"

    def __init__(self) -> None:
        super().__init__("Counting")
        self.count = 0

    def refresh(self) -> None:
        self.count += 1


def test_hidden_page_waits_with_its_refresh_until_it_is_shown(look: theme.Theme, qtbot: QtBot) -> None:
    page = CountingPage()
    qtbot.addWidget(page)
    page.mark_stale()
    assert (page.count, page.stale) == (0, True)
    page.show()
    assert (page.count, page.stale) == (1, False)
    page.mark_stale()
    assert page.count == 2
    page.hide()
    page.mark_stale()
    page.mark_stale()
    page.show()
    assert page.count == 3


def test_view_state_survives_and_a_damaged_file_is_none(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "view.json"
    state = ViewState(file)
    state.write("window.page", "producers")
    state.save()
    assert ViewState(file).read("window.page") == "producers"
    file.write_text("{broken", encoding="utf-8")
    assert ViewState(file).read("window.page", "none") == "none"
    file.write_text("[1]", encoding="utf-8")
    assert ViewState(file).read("window.page", "none") == "none"


def test_a_header_that_folds_twice_keeps_the_menus_of_its_pickers(look: theme.Theme, qtbot: QtBot) -> None:
    header = PageHeader("A title")
    qtbot.addWidget(header)
    header.resize(look.px(200), look.px(80))
    picker = PeriodPicker(lambda: date(2026, 3, 11))
    header.add_slot(picker)
    for _ in range(3):
        header.add_slot(Button("A slot that is rather wide", ""))
    picker.choose(Filter.QUARTER)
    assert picker.choice is Filter.QUARTER
