"""Names become producers: their records become theirs, and all of it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.core.periods import Period, end_of
from desktop.models.book import Book
from desktop.services import edits, names, newcomers
from desktop.services.dashboard import dashboard
from tests.services.small_agency import AUTHOR, Agency, open_book

WEEK = Period(date(2026, 3, 2), date(2026, 3, 8))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as made:
        agency = Agency().producer("p01", "Dana Whitfield")
        agency.activity("2026-03-02", "p01", "call", count=5)
        agency.activity("2026-03-03", "Owen Pryce", "call", count=3)
        agency.activity("2026-03-03", "Pryce, Owen", "call", count=2)
        agency.activity("2026-03-03", "Kim Osei", "call", count=1)
        agency.store(made)
        yield made


def calls(book: Book) -> dict[str | None, object]:
    panels = dashboard(book, WEEK, end_of(WEEK.end)).producers
    return {panel.producer: panel.metrics["calls_made"].value for panel in panels}


def test_names_become_producers_and_both_spellings_are_theirs(book: Book) -> None:
    before = calls(book)
    assert newcomers.add_producers(book, ["Owen Pryce", "Kim Osei"], AUTHOR).label == "Add 2 producers"
    assert calls(book) == {"p01": 5, "P02": 5, "P03": 1, None: 0}
    assert names.open_names(book).names == ()
    edits.undo(book, AUTHOR)
    assert calls(book) == before == {"p01": 5, None: 6}
    assert [one.name for one in names.open_names(book).names] == ["Kim Osei", "Owen Pryce", "Pryce, Owen"]
    edits.redo(book, AUTHOR)
    assert calls(book) == {"p01": 5, "P02": 5, "P03": 1, None: 0}


def test_nobody_to_add_is_no_action(book: Book) -> None:
    assert not newcomers.add_producers(book, [], AUTHOR).changed


def test_two_spellings_of_one_newcomer_make_one_producer(book: Book) -> None:
    answers = {"Owen Pryce": newcomers.NEW, "Pryce, Owen": newcomers.NEW, "Kim Osei": "p01"}
    assert names.answer(book, answers, AUTHOR).changed
    assert calls(book) == {"p01": 6, "P02": 5, None: 0}
