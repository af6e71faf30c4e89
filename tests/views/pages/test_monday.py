"""The first screen in the real window: empty, filled, and every item leading to the page that settles it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.core.scorecard import ScorecardTexts
from desktop.models import facts_leads, routing_ladder
from desktop.models.book import Book
from desktop.models.facts_records import Scope
from desktop.models.journal import Author
from desktop.services import scorecards
from desktop.views import theme
from desktop.views.pages.live import LivePage
from desktop.views.pages.monday import MondayPage
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.agency_files import write_agency
from tests.views.pages.conftest import NOW, Stage

AUTHOR = Author("test", "2026-03-11T10:00:00")


def open_page(stage: Stage) -> MondayPage:
    stage.window.show_page("monday")
    stage.settle()
    page = stage.window.page("monday")
    assert isinstance(page, MondayPage)
    return page


def fill(stage: Stage, folder: Path) -> MondayPage:
    stage.take_in(write_agency(folder / "files"))
    return open_page(stage)


def test_it_is_the_first_page_and_leads_an_empty_book_to_the_import(stage: Stage) -> None:
    stage.window.show_last_page()
    stage.settle()
    page = stage.window.current_page
    assert isinstance(page, MondayPage)
    assert page.stack.currentWidget() is page.empty
    page.empty.button.click()
    stage.settle()
    assert stage.window.current_page is stage.importing


def test_last_week_stands_on_the_cards(stage: Stage, tmp_path: Path) -> None:
    page = fill(stage, tmp_path)
    assert "$1,250" in page.cards["new_premium"].accessibleName()
    assert "33.3%" in page.cards["close_rate"].accessibleName()
    assert [row[0] for row in page.table.visible_rows()[1:3]] == [
        "Dana Whitfield",
        "Bartholomew Featherstonehaugh-Villanueva",
    ]


def test_every_item_leads_somewhere(stage: Stage, tmp_path: Path) -> None:
    page = fill(stage, tmp_path)
    items = [button.item for listing in (page.talks, page.missing, page.this_week) for button in listing.items]
    assert {item.title for item in items} >= {"2 of 2 scorecards to fill", "1 name that nobody knows", "1 row rejected"}
    news = [button.item for button in page.news.items]
    assert {item.page for item in (*items, *news)} <= set(stage.window.page_keys)


def test_what_was_typed_since_is_new_and_leads_to_the_trail(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    stage.ask(scorecards.save_texts, "2026-W10", "P01", ScorecardTexts(notes="Well done"), AUTHOR)
    stage.window.note_change()
    page = open_page(stage)
    newest = page.news.items[0].item
    assert newest.title == "Scorecard of Dana Whitfield, 2026-W10"
    page.news.items[0].click()
    stage.settle()
    assert stage.window.current_page is stage.window.page("settings")


def test_a_scorecard_to_fill_opens_that_week_by_keys(stage: Stage, tmp_path: Path) -> None:
    page = fill(stage, tmp_path)
    button = next(one for one in page.missing.items if one.item.page == "scorecards")
    button.setFocus()
    stage.qtbot.keyClick(button, Qt.Key.Key_Return)
    stage.settle()
    assert stage.window.current_page is stage.window.page("scorecards")


def test_follow_ups_lead_to_everybodys_work_queue(stage: Stage, tmp_path: Path) -> None:
    page = fill(stage, tmp_path)
    stage.ask(_add_tasks)
    stage.window.show_page("live")
    stage.settle()
    live = stage.window.page("live")
    assert isinstance(live, LivePage)
    # somebody looked at one producer's queue before
    live.producer.setCurrentIndex(live.producer.findData("P02"))
    live.producer.activated.emit(live.producer.currentIndex())
    stage.settle()
    assert live.producer.currentData() == "P02"
    assert "P01" not in owners(live)
    stage.window.note_change()
    open_page(stage)
    button = next(one for one in page.this_week.items if one.item.page == "live")
    assert button.item.title == "2 follow-ups due today"
    button.setFocus()
    stage.qtbot.keyClick(button, Qt.Key.Key_Return)
    stage.settle()
    assert stage.window.current_page is live
    assert live.current is live.queue.table
    assert live.producer.currentData() == ""
    assert "P01" in owners(live)


def owners(live: LivePage) -> set[str | None]:
    rows = live.queue.table.records
    return {rows.row_at(at).producer for at in range(rows.rowCount())}


def _add_tasks(book: Book) -> None:
    both = facts_leads.open_leads(book, NOW, Scope())[:2]
    with book.transaction():
        tasks = [
            routing_ladder.Task(f"t{at}", one.lead_id, "call_4h", "2026-03-10T09:00:00", "Call")
            for at, one in enumerate(both)
        ]
        routing_ladder.add_tasks(book, tasks, "2026-03-10")


def test_a_producer_opens_by_double_click(stage: Stage, tmp_path: Path) -> None:
    page = fill(stage, tmp_path)
    page.table.selectRow(0)
    page.table.row_activated.emit(page.model.row_at(0))
    stage.settle()
    assert stage.window.current_page is stage.producers
    assert stage.producers.table.selected_record.scope == "P01"


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_nothing_is_cut_off_or_nameless(stage: Stage, tmp_path: Path, scheme: theme.Scheme) -> None:
    page = fill(stage, tmp_path)
    theme.current().set_choice(scheme)
    stage.settle()
    assert find_clipped_text(page) == []
    assert find_nameless(page) == []
