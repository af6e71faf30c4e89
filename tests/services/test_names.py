"""Names that nobody goes by: listed over the whole book, answered once, and the answer taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.core.periods import Period, end_of
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.people import UnknownName
from desktop.services import edits, names
from desktop.services.dashboard import dashboard
from desktop.services.imports import IGNORE
from tests.services.small_agency import AUTHOR, Agency, open_book

WEEK = Period(date(2026, 3, 2), date(2026, 3, 8))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as made:
        agency = Agency().producer("P01", "Dana Whitfield")
        agency.activity("2026-03-02", "P01", "call", count=5)
        agency.activity("2026-03-03", "Danny W.", "call", count=3)
        agency.activity("2026-03-03", "Sam Q.", "call", count=2)
        # one lead quoted under two spellings on a day is one quote, once it is known that both are one person
        agency.quote("2026-03-04", "P01", "L1", quote_id="Q1").quote("2026-03-04", "Danny W.", "L1", quote_id="Q2")
        agency.store(made)
        yield made


def figures(book: Book, metric: str) -> dict[str | None, object]:
    panels = dashboard(book, WEEK, end_of(WEEK.end)).producers
    return {panel.producer: panel.metrics[metric].value for panel in panels}


def test_open_names_come_with_rows_and_people(book: Book) -> None:
    found = names.open_names(book)
    assert found.names == (UnknownName("Danny W.", 2), UnknownName("Sam Q.", 1))
    assert [(one.code, one.name) for one in found.people] == [("P01", "Dana Whitfield")]


def test_answer_counts_and_is_taken_back(book: Book) -> None:
    assert figures(book, "calls_made") == {"P01": 5, None: 5}
    changes = names.answer(book, {"Danny W.": "P01", "Sam Q.": IGNORE}, AUTHOR)
    assert changes.label == "2 names" and changes.changed
    assert figures(book, "calls_made") == {"P01": 8, None: 2}
    assert figures(book, "quotes") == {"P01": 1, None: 0}
    assert names.open_names(book) == names.OpenNames((), ())
    edits.undo(book, AUTHOR)
    assert figures(book, "calls_made") == {"P01": 5, None: 5}
    assert figures(book, "quotes") == {"P01": 1, None: 1}
    edits.redo(book, AUTHOR)
    assert figures(book, "calls_made") == {"P01": 8, None: 2}
    assert figures(book, "quotes") == {"P01": 1, None: 0}


def test_no_answer_is_no_action(book: Book) -> None:
    before = edits.steps(book)
    assert not names.answer(book, {}, AUTHOR).changed
    assert edits.steps(book) == before


@pytest.mark.parametrize("answers", [{"Danny W.": "P99"}, {"Nobody": "P01"}])
def test_wrong_answer_changes_nothing(book: Book, answers: dict[str, str]) -> None:
    with pytest.raises(UserError):
        names.answer(book, answers, AUTHOR)
    assert len(names.open_names(book).names) == 2
