"""Files beside earlier ones, through real imports into a real book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.models.book import Book
from desktop.services import imports, previews, ties
from desktop.services.ties import Tie
from tests.services.small_agency import open_book

BOOK_HEAD = (
    "Policy Number,Account Name,Applicant ID,Assigned Producer,Line Of Business,Policy Effective Date,"
    "LOB Origination Date,Total Annualized Premium\n"
)
CALL_HEAD = "occurred_at,producer,kind,activity_id,minutes\n"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def take(book: Book, file: Path, text: str, day: int = 9) -> tuple[Tie, ...]:
    """Imports `text` as a file; its preview's ties, which the import itself must say too."""
    file.write_text(text, encoding="utf-8")
    now = datetime(2026, 3, day, 9, 0)
    shown = previews.preview(book, [file], now)
    (before,) = (one.ties for one in shown.files)
    done = previews.apply(book, shown, now, {})
    previews.discard(shown)
    assert done.files[0].ties == before
    (run, *_rest) = imports.history(book)
    assert ties.unpacked(run.files[0].detail["ties"]) == before
    return before


def policies(*numbers: int, premium: int = 1000) -> str:
    rows = (
        f"HO-{at},Client {at},C{at},Dana Marsh,Home,03/{at:02}/2026,03/{at:02}/2026,{premium}.00\n" for at in numbers
    )
    return BOOK_HEAD + "".join(rows)


def calls(*days: int) -> str:
    return CALL_HEAD + "".join(f"2026-02-{day:02} 09:00,Dana Marsh,call,A{day},5\n" for day in days)


def test_a_first_file_ties_with_nothing(book: Book, tmp_path: Path) -> None:
    assert take(book, tmp_path / "book.csv", policies(1, 2, 3)) == ()


def test_policies_missing_from_the_newest_book_are_listed(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path / "march 2.csv", policies(1, 2, 3, 4), day=2)
    changed = policies(1, 2) + policies(3, premium=1200).removeprefix(BOOK_HEAD) + policies(9).removeprefix(BOOK_HEAD)
    (tie,) = take(book, tmp_path / "march 9.csv", changed)
    assert (tie.name, tie.on, tie.run) == ("march 2.csv", "2026-03-02", 1)
    assert (tie.same, tie.changed, tie.missing, tie.snapshot) == (2, 1, 1, True)
    assert [(row.what, row.day, row.premium) for row in tie.rows] == [("HO-4 · Client 4", "2026-03-04", 100_000)]


def test_only_the_newest_of_the_profile_is_asked_for_missing_rows(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path / "a.csv", policies(1, 2, 3, 4), day=2)
    take(book, tmp_path / "b.csv", policies(1, 2, 3), day=5)
    newest, oldest = take(book, tmp_path / "c.csv", policies(1, 2))
    assert (newest.name, newest.same, newest.missing) == ("b.csv", 2, 1)
    assert (oldest.name, oldest.same, oldest.missing) == ("a.csv", 2, 0)


def test_a_log_is_compared_over_its_own_days(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path / "february.csv", calls(2, 3, 4, 5, 20), day=2)
    (tie,) = take(book, tmp_path / "first week.csv", calls(3, 5, 6))
    assert (tie.same, tie.changed, tie.missing, tie.snapshot) == (2, 0, 1, False)
    assert [row.day for row in tie.rows] == ["2026-02-04"]


def test_logs_of_other_days_have_nothing_to_do_with_one_another(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path / "a.csv", calls(2, 3))
    assert take(book, tmp_path / "b.csv", calls(9, 10)) == ()


def test_the_same_bytes_are_named(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path / "a.csv", calls(2, 3), day=2)
    (tie,) = take(book, tmp_path / "copy of a.csv", calls(2, 3))
    assert (tie.name, tie.on, tie.identical, tie.same, tie.missing) == ("a.csv", "2026-03-02", True, 2, 0)


def test_an_undone_import_ties_with_nothing(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path / "a.csv", calls(2, 3))
    imports.undo_import(book, 1, previews.author_at(datetime(2026, 3, 9)))
    assert take(book, tmp_path / "b.csv", calls(2, 3, 4)) == ()


def test_all_are_counted_and_the_first_listed(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "LISTED", 2)
    take(book, tmp_path / "a.csv", policies(1, 2, 3, 4, 5))
    (tie,) = take(book, tmp_path / "b.csv", policies(5))
    assert (tie.missing, len(tie.rows)) == (4, 2)
