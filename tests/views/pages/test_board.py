"""The stage board in the real window: cards by stage, moved by drop, by keys and by menu, lost with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QMenu

from desktop.services import boards, edits
from desktop.views import theme
from desktop.views.dialogs.loss import LossForm
from desktop.views.dialogs.record import RecordSheet
from desktop.views.pages.board import BoardPage
from desktop.views.pages.board.cards import CARD_ROLE, CardList, CardModel
from desktop.views.pages.kpis import KpisPage
from desktop.views.pages.leads import LeadsPage
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages import kpi_files
from tests.views.pages.conftest import Stage


def open_page(stage: Stage) -> BoardPage:
    stage.window.show_page("board")
    stage.settle()
    page = stage.window.page("board")
    assert isinstance(page, BoardPage)
    return page


@pytest.fixture
def page(stage: Stage, tmp_path: Path) -> BoardPage:
    stage.take_in(kpi_files.write_agency(tmp_path / "drop"))
    return open_page(stage)


def names(page: BoardPage) -> dict[str, list[str]]:
    found = {column.stage: [card.standing.name for card in column.list.cards.cards] for column in page.columns}
    return {stage: cards for stage, cards in found.items() if cards}


def cards(page: BoardPage, stage: str) -> CardList:
    return next(column.list for column in page.columns if column.stage == stage)


def test_an_empty_book_leads_to_the_import(stage: Stage) -> None:
    page = open_page(stage)
    assert page.stack.currentWidget() is page.empty
    page.empty.button.click()
    stage.settle()
    assert stage.window.current_page is stage.importing


def test_leads_stand_by_stage_with_overdue_ones_marked(page: BoardPage, stage: Stage) -> None:
    assert names(page) == {
        "prospect": ["Cara Cole", "Fay Ford", "Gus Gray"],
        "contacted": ["Dan Drew"],
        "needs_analysis": ["Ben Baker"],
        "quoted": ["Hal Hope"],
        "won": ["Ann Able"],
        "lost": ["Eve Ellis"],
    }
    hal = cards(page, "quoted").cards.index(0)
    assert "8 days over the expected time" in hal.data(Qt.ItemDataRole.AccessibleTextRole)
    quoted = next(column for column in page.columns if column.stage == "quoted")
    assert "1 overdue" in stage.said(quoted)
    assert "$5,000" in stage.said(quoted)


def test_arrows_walk_and_ctrl_arrows_move_with_undo(page: BoardPage, stage: Stage) -> None:
    prospects = cards(page, "prospect")
    prospects.enter()
    stage.qtbot.keyClick(prospects, Qt.Key.Key_Down)
    assert prospects.current_card is not None and prospects.current_card.standing.name == "Fay Ford"
    stage.qtbot.keyClick(prospects, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert names(page)["contacted"] == ["Dan Drew", "Fay Ford"]
    contacted = cards(page, "contacted")
    assert contacted.current_card is not None and contacted.current_card.standing.name == "Fay Ford"
    stage.qtbot.keyClick(contacted, Qt.Key.Key_Right)
    assert page.window().focusWidget() is cards(page, "needs_analysis")
    stage.qtbot.keyClick(cards(page, "needs_analysis"), Qt.Key.Key_Left)
    assert page.window().focusWidget() is contacted
    assert stage.ask(edits.steps).undo == "Move Fay Ford to Contacted"
    stage.window._on_undo()
    stage.settle()
    assert names(page)["contacted"] == ["Dan Drew"]


def test_arrows_skip_stages_without_cards(page: BoardPage, stage: Stage) -> None:
    quoted = cards(page, "quoted")
    quoted.enter()
    stage.qtbot.keyClick(quoted, Qt.Key.Key_Right)
    assert page.window().focusWidget() is cards(page, "won")


def test_a_card_is_dragged_to_another_stage(page: BoardPage, stage: Stage) -> None:
    source, target = cards(page, "quoted"), cards(page, "proposed")
    data = source.cards.mimeData([source.cards.index(0)])
    copy, button, plain = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 20), copy, data, button, plain)
    QApplication.sendEvent(target.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target.viewport(), QDropEvent(QPointF(20, 20), copy, data, button, plain))
    stage.settle()
    assert names(page)["proposed"] == ["Hal Hope"]
    assert "quoted" not in names(page)


def test_stages_outside_the_window_come_in_while_a_card_is_dragged_to_the_edge(page: BoardPage, stage: Stage) -> None:
    stage.window.resize(1100, 700)
    stage.settle()
    room, bar = page.area.viewport(), page.area.horizontalScrollBar()
    assert bar.maximum() > 0
    page.edges.step(room.mapToGlobal(QPoint(room.width() // 2, 100)))
    page.edges.step(room.mapToGlobal(QPoint(room.width() - 5, -50)))
    assert bar.value() == 0
    for _ in range(100):
        page.edges.step(room.mapToGlobal(QPoint(room.width() - 5, 100)))
    assert bar.value() == bar.maximum()
    for _ in range(100):
        page.edges.step(room.mapToGlobal(QPoint(5, 100)))
    assert bar.value() == 0


def test_a_card_is_followed_to_a_stage_outside_the_window(page: BoardPage, stage: Stage) -> None:
    stage.window.resize(1100, 700)
    stage.settle()
    page.move_card(("L8", None), "won")
    stage.settle()
    won = next(column for column in page.columns if column.stage == "won")
    assert page.window().focusWidget() is won.list
    assert won.visibleRegion().boundingRect().width() == won.width()


def test_a_question_waits_until_the_drop_is_over(
    page: BoardPage, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(LossForm, "exec", lambda dialog: asked.append(dialog.windowTitle()) or 0)
    source, target = cards(page, "quoted"), cards(page, "lost")
    data = source.cards.mimeData([source.cards.index(0)])
    move, button, plain = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target.viewport(), QDragEnterEvent(QPoint(20, 20), move, data, button, plain))
    QApplication.sendEvent(target.viewport(), QDropEvent(QPointF(20, 20), move, data, button, plain))
    assert asked == []
    stage.settle()
    assert asked == ["Why was Hal Hope lost?"]


def test_space_offers_every_stage_where_there_is_no_menu_key(
    page: BoardPage, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QMenu] = []
    # offscreen no keyboard can be grabbed
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: shown.append(menu))
    quoted = cards(page, "quoted")
    quoted.enter()
    stage.qtbot.keyClick(quoted, Qt.Key.Key_Space)
    (menu,) = shown
    assert "Move to Lost" in [action.text() for action in menu.actions()]


def test_lost_asks_for_its_reason_and_without_one_nothing_moves(
    page: BoardPage, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def leave(dialog: LossForm) -> int:
        asked.append(dialog.windowTitle())
        return int(QDialog.DialogCode.Rejected)

    monkeypatch.setattr(LossForm, "exec", leave)
    page.move_card(("L8", None), "lost")
    stage.settle()
    assert asked == ["Why was Hal Hope lost?"]
    assert names(page)["quoted"] == ["Hal Hope"]

    def answer(dialog: LossForm) -> int:
        dialog.reason.choose("price")
        dialog.carrier.setText("Harbor Casualty")
        dialog.difference.setText("$150")
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(LossForm, "exec", answer)
    page.move_card(("L8", None), "lost")
    stage.settle()
    assert "Hal Hope" in names(page)["lost"]
    board = stage.ask(boards.board, "sales", page._context.now())
    (hal,) = [card for card in board.columns[-1].cards if card.subject == ("L8", None)]
    assert hal.standing.detail == "price"


def test_a_price_that_cannot_be_read_moves_nothing(
    page: BoardPage, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(dialog: LossForm) -> int:
        dialog.reason.choose("price")
        dialog.difference.setText("much")
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(LossForm, "exec", answer)
    page.move_card(("L8", None), "lost")
    stage.settle()
    assert names(page)["quoted"] == ["Hal Hope"]
    assert "much" in stage.said(page.messages)


def test_the_menu_names_every_other_stage(page: BoardPage, stage: Stage) -> None:
    quoted = cards(page, "quoted")
    quoted.enter()
    asked = []
    quoted.menu_asked.disconnect()
    quoted.menu_asked.connect(lambda card, _place: asked.append(card))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), quoted.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(quoted.viewport(), event)
    menu = page.make_menu(asked[0])
    offered = {action.text(): action for action in menu.actions() if action.text()}
    assert not offered["Move to Quoted"].isEnabled()
    offered["Move to Closing"].trigger()
    stage.settle()
    assert names(page)["closing"] == ["Hal Hope"]


def test_enter_opens_the_lead_on_its_page(page: BoardPage, stage: Stage) -> None:
    heard: list[tuple[str, object]] = []
    page.page_requested.connect(lambda key, argument: heard.append((key, argument)))
    quoted = cards(page, "quoted")
    quoted.enter()
    stage.qtbot.keyClick(quoted, Qt.Key.Key_Return)
    stage.settle()
    assert heard == [("leads", "L8")]


def test_service_cases_have_boards_of_their_own(page: BoardPage, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.show_pipeline("underwriting")
    stage.settle()
    assert names(page) == {"submitted": ["Ann Able"]}
    page.move_card(("L1", None), "approved")
    stage.settle()
    assert names(page) == {"approved": ["Ann Able"]}
    page.show_pipeline("exceptions")
    stage.settle()
    assert names(page) == {"resolved": ["Ann Able"]}
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("Lapse", True))
    page.move_card((None, "P-1"), "new_exception")
    stage.settle()
    assert names(page) == {"new_exception": ["Ann Able"]}
    opened = cards(page, "new_exception")
    opened.enter()
    stage.qtbot.keyClick(opened, Qt.Key.Key_Return)
    stage.settle()
    assert isinstance(stage.window.drawer.current_widget, RecordSheet)


def test_search_and_producer_narrow_the_board(page: BoardPage, stage: Stage) -> None:
    assert page.header.search is not None
    page.header.search.setText("bop")
    assert names(page)["prospect"] == ["Fay Ford", "Gus Gray"]
    page.header.search.clear()
    page.producers.choose("DM")
    stage.settle()
    assert names(page)["prospect"] == ["Cara Cole"]


def test_the_producer_is_shared_with_the_kpi_page(page: BoardPage, stage: Stage) -> None:
    page.producers.choose("OP")
    stage.settle()
    stage.window.show_page("kpis")
    stage.settle()
    kpis = stage.window.page("kpis")
    assert isinstance(kpis, KpisPage)
    assert kpis.question.producer == "OP"
    kpis.producers.choose("DM")
    stage.settle()
    open_page(stage)
    assert page.producers.producer == "DM"
    assert names(page)["prospect"] == ["Cara Cole"]


def test_the_card_model_keeps_qts_rules(page: BoardPage) -> None:
    model = CardModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_cards(cards(page, "prospect").cards.cards)
    model.set_cards(())
    assert model.index(0).data(CARD_ROLE) is None


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
@pytest.mark.parametrize("name", ["sales", "nurture", "exceptions"])
def test_nothing_is_cut_off_or_nameless(page: BoardPage, stage: Stage, scheme: theme.Scheme, name: str) -> None:
    theme.current().set_choice(scheme)
    page.show_pipeline(name)
    stage.settle()
    assert find_clipped_text(page) == []
    assert find_nameless(page) == []
    page.grab()


def test_a_leads_page_leads_to_its_card_whoever_was_chosen(page: BoardPage, stage: Stage) -> None:
    page.producers.choose("P02")
    page.show_pipeline("underwriting")
    stage.settle()
    stage.window.show_page("leads", "L8")
    stage.settle()
    found = stage.window.page("leads")
    assert isinstance(found, LeadsPage) and found.sheet is not None
    found.sheet.stage.click()
    stage.settle()
    assert stage.window.current_page is page
    place = stage.window.focusWidget()
    assert isinstance(place, CardList) and place.current_card is not None
    assert place.current_card.standing.lead_id == "L8"
