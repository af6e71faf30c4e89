"""What changed, in words; the logo can be taken back; pay is not told while it is hidden."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.models import scorecards as logos
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import configuration, discretion, edits, grids, letterheads, people, records, trail
from desktop.services.grids import Line
from desktop.services.letterheads import Head
from tests.services.small_agency import Agency, open_book

TODAY = date(2026, 3, 11)
AUTHOR = Author("lee", "2026-03-11T09:30:00")
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        Agency().producer("P01", "Dana Marsh", salary=61_234_00).producer("P02", "Kim Roy").store(opened)
        yield opened


def test_every_changed_field_is_a_line_newest_first(book: Book) -> None:
    people.change(book, "P01", {"backup": "P02", "hired_on": "3/2/2026"}, AUTHOR, TODAY)
    configuration.set_values(book, {"agency.name": "Hollis"}, AUTHOR)
    setting, hired, backup, imported = trail.lines(book)
    assert (setting.record, setting.key, setting.field, setting.after, setting.who) == (
        "settings", "agency.name", "", '"Hollis"', "lee",
    )  # fmt: skip
    assert {(one.field, one.before, one.after) for one in (hired, backup)} == {
        ("hired_on", "", "03/02/2026"), ("backup", "", "Kim Roy"),
    }  # fmt: skip
    assert imported.label == "agency.csv" and imported.record == ""


def test_a_setting_that_is_first_set_comes_from_what_held_by_itself(book: Book) -> None:
    configuration.set_values(book, {"ladder.minutes": [2, 15, 30, 60]}, AUTHOR)
    configuration.set_values(book, {"ladder.minutes": [3, 15, 30, 60]}, AUTHOR)
    configuration.set_values(book, {"agency.time_zone": "America/Denver"}, AUTHOR)
    zone, again, first, _import = trail.lines(book)
    assert (first.before, first.after) == ("[5,15,30,60]", "[2,15,30,60]")
    assert (again.before.replace(" ", ""), zone.before) == ("[2,15,30,60]", "")


def test_what_was_taken_back_is_marked(book: Book) -> None:
    configuration.set_values(book, {"agency.name": "Hollis"}, AUTHOR)
    edits.undo(book, AUTHOR)
    undo, setting, _import = trail.lines(book)
    assert undo.label == "Undo Change the agency's name" and setting.undone and not undo.undone


def test_pay_is_not_told_while_hidden(book: Book) -> None:
    people.change(book, "P01", {"salary": "77,777"}, AUTHOR, TODAY)
    line = Line(None, {"effective_from": "7/1/2025", "salary": "88,888", "new_split": "43.21%"})
    grids.save(book, "pay", {"producer_code": "P01"}, [line], "Change pay", AUTHOR, TODAY)
    shown, veiled = (repr(trail.lines(book, hidden)) for hidden in (False, True))
    for amount in ("77,777", "61,234", "88,888", "43.21%"):
        assert amount in shown
        assert amount not in veiled
    assert discretion.HIDDEN in veiled and "07/01/2025" in veiled


def test_a_record_with_hidden_pay_tells_neither_fields_nor_history(book: Book) -> None:
    people.change(book, "P01", {"salary": "77,777"}, AUTHOR, TODAY)
    detail = records.record_detail(book, "producers", "p01")
    assert "7777700" in repr(detail)
    hidden = repr(discretion.hide_record(detail, True))
    assert "7777700" not in hidden and "6123400" not in hidden and "Dana Marsh" in hidden
    assert discretion.hide_record(detail, False) is detail


def test_the_logo_is_taken_back_and_brought_again(book: Book) -> None:
    letterheads.save(book, Head("", "", "letter", PICTURE), AUTHOR)
    assert logos.logo(book) == PICTURE
    edits.undo(book, AUTHOR)
    assert logos.logo(book) is None
    edits.redo(book, AUTHOR)
    assert logos.logo(book) == PICTURE
    letterheads.save(book, Head("", "", "letter", None), AUTHOR)
    assert logos.logo(book) is None
    edits.undo(book, AUTHOR)
    assert logos.logo(book) == PICTURE
    assert {"a picture"} == {one.after or one.before for one in trail.lines(book) if one.record == "logo"}


def test_a_logo_of_an_older_book_is_read_and_can_be_replaced(book: Book) -> None:
    book.connection.execute("INSERT INTO logo (image) VALUES (?)", (PICTURE,))
    assert logos.logo(book) == PICTURE
    letterheads.save(book, Head("", "", "letter", None), AUTHOR)
    edits.undo(book, AUTHOR)
    assert logos.logo(book) == PICTURE
