"""The rail gets closer before it scrolls, and keys go along it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.widgets.rail import DENSITIES, ROOMY, Group, NavigationRail, RailButton
from tests.views.clipping import find_clipped_text, find_nameless


def made(qtbot: QtBot, pages: int, height: int) -> NavigationRail:
    rail = NavigationRail()
    qtbot.addWidget(rail)
    for number in range(pages):
        rail.add_page(list(Group)[number * 6 // pages], f"page{number}", f"Page {number}", "today")
    rail.resize(rail.width(), height)
    rail.show()
    qtbot.waitExposed(rail)
    return rail


def button(rail: NavigationRail, number: int) -> RailButton:
    return next(one for one in rail.findChildren(RailButton) if one.key == f"page{number}")


def seen(rail: NavigationRail, number: int) -> bool:
    one = button(rail, number)
    return one.visibleRegion().boundingRect().height() == one.height()


def test_few_pages_stand_roomy_under_the_words_of_their_groups(look: theme.Theme, qtbot: QtBot) -> None:
    rail = made(qtbot, 12, 900)
    assert rail.density == ROOMY
    assert button(rail, 0).height() == look.px(34)


@pytest.mark.parametrize(("pages", "height"), [(19, 706), (25, 706), (25, 1018), (30, 1018)])
@pytest.mark.parametrize("collapsed", [False, True])
def test_every_page_is_seen_without_scrolling(
    look: theme.Theme, qtbot: QtBot, pages: int, height: int, collapsed: bool
) -> None:
    rail = made(qtbot, pages, height)
    rail.set_collapsed(collapsed)
    qtbot.wait(10)
    assert all(seen(rail, number) for number in range(pages))
    assert find_clipped_text(rail) == []
    assert find_nameless(rail) == []


def test_the_height_given_back_makes_room_again(look: theme.Theme, qtbot: QtBot) -> None:
    rail = made(qtbot, 19, 600)
    assert rail.density.row < ROOMY.row
    rail.resize(rail.width(), 1200)
    assert rail.density == ROOMY


def test_below_the_least_height_it_scrolls_to_where_the_keys_are(look: theme.Theme, qtbot: QtBot) -> None:
    rail = made(qtbot, 25, 300)
    assert rail.density == DENSITIES[-1]
    assert not seen(rail, 24)
    qtbot.keyClick(button(rail, 0), Qt.Key.Key_End)
    qtbot.wait(10)
    assert seen(rail, 24)
    rail.set_current("page0")
    assert seen(rail, 0)


def test_a_page_says_its_group_to_those_who_do_not_see_it(look: theme.Theme, qtbot: QtBot) -> None:
    rail = made(qtbot, 6, 900)
    assert button(rail, 5).accessibleDescription() == "Data"


def test_whoever_comes_in_by_keys_sees_where(look: theme.Theme, qtbot: QtBot) -> None:
    rail = made(qtbot, 30, 300)
    rail.set_current("page29")
    assert not seen(rail, 0)
    rail.activateWindow()
    button(rail, 0).setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: seen(rail, 0))
    rail.set_current("page29")
    assert rail.findChildren(QScrollArea)[0].horizontalScrollBar().value() == 0
