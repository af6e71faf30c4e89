"""What arrives in a folder, and what of it is imported without a look."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models.book import Book
from desktop.services import imports, watching
from desktop.services.watching import Outcome
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 9, 9, 0)
HEAD = "occurred_at,producer,kind,activity_id,minutes\n"
GOOD = "2026-03-02 09:00,Dana Marsh,call,A1,5\n"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        Agency().producer("P01", "Dana Marsh").store(opened)
        yield opened


def write(folder: Path, text: str, name: str = "log.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def runs(book: Book) -> int:
    return len(imports.history(book))


def test_a_known_file_without_questions_is_imported(book: Book, tmp_path: Path) -> None:
    arrival = watching.take_in(book, [write(tmp_path, HEAD + GOOD)], NOW)
    assert (arrival.outcome, arrival.rows, runs(book)) == (Outcome.TAKEN, 1, 2)


def test_the_same_bytes_are_nothing_new(book: Book, tmp_path: Path) -> None:
    watching.take_in(book, [write(tmp_path, HEAD + GOOD)], NOW)
    arrival = watching.take_in(book, [write(tmp_path, HEAD + GOOD, "copy.csv")], NOW)
    assert (arrival.outcome, runs(book)) == (Outcome.NOTHING, 2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (HEAD + GOOD + "13/45/2026,Dana Marsh,call,A2,5\n", "rows that cannot be read"),
        (HEAD + GOOD.replace("Dana Marsh", "J. Doe & Sons"), "J. Doe & Sons"),
        (HEAD + GOOD.replace("2026-", "2062-"), "look odd"),
        ("what,is,this\n1,2,3\n", "is not recognised"),
        ("", "log.csv"),
    ],
)
def test_whatever_is_in_question_is_left_alone(book: Book, tmp_path: Path, text: str, why: str) -> None:
    arrival = watching.take_in(book, [write(tmp_path, text)], NOW)
    assert (arrival.outcome, runs(book)) == (Outcome.ASKS, 1)
    assert why in arrival.why


def test_one_questionable_file_keeps_the_others_waiting(book: Book, tmp_path: Path) -> None:
    files = [write(tmp_path, HEAD + GOOD, "a.csv"), write(tmp_path, "what,is,this\n1,2,3\n", "b.csv")]
    assert watching.take_in(book, files, NOW).outcome is Outcome.ASKS
    assert runs(book) == 1


def test_a_mark_changes_with_the_file_and_only_exports_count(tmp_path: Path) -> None:
    file = write(tmp_path, "abc")
    for name in ("~$log.xlsx", ".hidden.csv", "notes.docx", "settings.json"):
        write(tmp_path, "abc", name)
    write(tmp_path, "", "empty.csv")
    (tmp_path / "folder.csv").mkdir()
    (before,) = watching.scan(tmp_path)
    assert watching.scan(tmp_path) == {before: file}
    os.utime(file, ns=(1, 1))
    assert list(watching.scan(tmp_path)) != [before]


def test_a_folder_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        watching.scan(tmp_path / "gone")
