"""What was typed and not kept outlives the program, and never lies over lines that have changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.models.book import Book
from desktop.services import drafts
from desktop.services.grids import Line
from tests.services.small_agency import open_book

KEPT = (Line("k1", {"salary": "40000", "from": "1/1/2026"}, "pay.csv"), Line(None, {"salary": ""}))
TYPED = (replace(KEPT[0], texts={"salary": "45,000x", "from": "1/1/2026"}), KEPT[1], Line(None, {"salary": "ü"}))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def test_what_was_typed_comes_back_as_typed_in_another_session(book: Book) -> None:
    drafts.hold(book, "pay:P01", KEPT, TYPED)
    book.reopen()
    assert drafts.held(book, "pay:P01", KEPT) == TYPED
    assert drafts.held(book, "pay:P02", KEPT) is None


def test_the_last_word_counts_and_typed_back_is_no_draft(book: Book) -> None:
    drafts.hold(book, "pay:P01", KEPT, TYPED)
    drafts.hold(book, "pay:P01", KEPT, TYPED[:2])
    assert drafts.held(book, "pay:P01", KEPT) == TYPED[:2]
    drafts.hold(book, "pay:P01", KEPT, KEPT)
    assert drafts.held(book, "pay:P01", KEPT) is None


def test_lines_that_changed_since_are_not_covered(book: Book) -> None:
    drafts.hold(book, "pay:P01", KEPT, TYPED)
    assert drafts.held(book, "pay:P01", KEPT[:1]) is None


def test_a_forgotten_draft_is_gone(book: Book) -> None:
    drafts.hold(book, "pay:P01", KEPT, TYPED)
    drafts.forget(book, "pay:P01")
    assert drafts.held(book, "pay:P01", KEPT) is None


def test_a_field_comes_back_over_the_text_it_was_typed_over_alone(book: Book) -> None:
    drafts.hold_field(book, "facts of P01", "name", "Dana Marsh", "Dana M")
    book.reopen()
    assert drafts.held_fields(book, "facts of P01", {"name": "Dana Marsh", "email": ""}) == {"name": "Dana M"}
    assert drafts.held_fields(book, "facts of P01", {"name": "D. Marsh"}) == {}
    assert drafts.held_fields(book, "facts of P02", {"name": "Dana Marsh"}) == {}
    drafts.hold_field(book, "facts of P01", "name", "Dana Marsh", "Dana Marsh")
    assert drafts.held_fields(book, "facts of P01", {"name": "Dana Marsh"}) == {}
    drafts.hold_field(book, "facts of P01", "name", "Dana Marsh", "Dana M")
    drafts.forget_field(book, "facts of P01", "name")
    assert drafts.held_fields(book, "facts of P01", {"name": "Dana Marsh"}) == {}
