"""Rejected rows corrected in the preview, through real files and a real book."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.checks import RowIssue
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.services import imports, mending, previews
from desktop.services.previews import FilePreview
from tests.services.small_agency import open_book

NOW = datetime(2026, 3, 9, 9, 0)
HEAD = "occurred_at,producer,kind,activity_id,minutes,Office\n"
GOOD = "2026-03-02 09:00,Dana Marsh,call,A1,5,North\n"
BAD_DAY = "13/45/2026,Dana Marsh,call,A2,5,North\n"
BAD_BOTH = "2026-03-99,Dana Marsh,dance,A3,5,North\n"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def write(folder: Path, *rows: str, name: str = "log.csv", head: str = HEAD) -> Path:
    file = folder / name
    file.write_text(head + "".join(rows), encoding="utf-8")
    return file


def look(
    book: Book, file: Path, cells: Mapping[int, Mapping[int, str]] | None = None, *, take: bool = False
) -> FilePreview:
    """The file's preview with cells corrected, applied if asked for."""
    known: dict[tuple[str, str | None], Mapping[int, Mapping[int, str]]] = {}
    if cells:
        plain = previews.preview(book, [file], NOW)
        known[plain.files[0].sha256, plain.files[0].sheet] = cells
        previews.discard(plain)
    shown = previews.preview(book, [file], NOW, None, known)
    if take:
        previews.apply(book, shown, NOW, {})
    previews.discard(shown)
    return shown.files[0]


def test_rejected_rows_come_with_their_cells_and_reasons(book: Book, tmp_path: Path) -> None:
    found = look(book, write(tmp_path, GOOD, BAD_DAY, BAD_BOTH))
    first, second = found.rejected_rows
    assert (first.line, first.cells) == (3, ("13/45/2026", "Dana Marsh", "call", "A2", "5", "North"))
    assert list(first.reasons) == [0] and first.whole == ""
    assert (second.line, sorted(second.reasons)) == (4, [0, 2])
    assert second.why == "; ".join(second.reasons.values())


def test_a_corrected_row_joins_the_same_import_from_its_own_line(book: Book, tmp_path: Path) -> None:
    file = write(tmp_path, GOOD, BAD_DAY, BAD_BOTH)
    found = look(book, file, {3: {0: "03/03/2026 10:00"}}, take=True)
    assert (found.inserted, found.rejected) == (2, 1)
    rows = book.connection.execute('SELECT activity_id, occurred_at, "line" FROM activity ORDER BY "line"').fetchall()
    assert rows == [("A1", "2026-03-02T09:00:00", 2), ("A2", "2026-03-03T10:00:00", 3)]
    (run,) = imports.history(book)
    assert (run.files[0].inserted, run.files[0].rejected) == (2, 1)


def test_a_corrected_field_is_typed_and_survives_a_later_file(book: Book, tmp_path: Path) -> None:
    look(book, write(tmp_path, BAD_DAY), {2: {0: "2026-03-03 10:00", 5: "South"}}, take=True)
    marks = book.connection.execute('SELECT "table", "column", at FROM typed_field').fetchall()
    assert marks == [("activity", "occurred_at", "2026-03-09T09:00:00")]
    later = write(tmp_path, "2026-03-04 11:00,Dana Marsh,call,A2,7,North\n", name="later.csv")
    look(book, later, take=True)
    assert book.connection.execute("SELECT occurred_at, minutes FROM activity").fetchall() == [
        ("2026-03-03T10:00:00", 7.0)
    ]


def test_undo_takes_corrected_rows_and_their_marks_back(book: Book, tmp_path: Path) -> None:
    look(book, write(tmp_path, BAD_DAY), {2: {0: "2026-03-03 10:00"}}, take=True)
    imports.undo_import(book, 1, previews.author_at(NOW))
    assert book.connection.execute(
        "SELECT (SELECT count(*) FROM activity), (SELECT count(*) FROM typed_field)"
    ).fetchone() == (0, 0)


def test_the_same_file_dropped_again_can_still_be_corrected(book: Book, tmp_path: Path) -> None:
    file = write(tmp_path, GOOD, BAD_DAY)
    look(book, file, take=True)
    assert look(book, file).inserted == 0
    found = look(book, file, {3: {0: "2026-03-03 10:00"}}, take=True)
    assert (found.inserted, found.unchanged, found.rejected) == (1, 1, 0)


def test_a_correction_that_is_wrong_again_is_rejected_again(book: Book, tmp_path: Path) -> None:
    found = look(book, write(tmp_path, BAD_DAY), {2: {0: "yesterday-ish"}})
    (row,) = found.rejected_rows
    assert (row.cells[0], found.inserted) == ("yesterday-ish", 0)


def test_a_row_too_wide_is_cut_to_its_headings_once_corrected(book: Book, tmp_path: Path) -> None:
    file = write(tmp_path, "2026-03-02 09:00,Dana Marsh,call,A1,5,North,what is this\n")
    (row,) = look(book, file).rejected_rows
    assert row.reasons == {} and "cell more" in row.whole
    assert look(book, file, {2: {5: "North"}}).inserted == 1


def test_a_row_that_swallows_others_is_never_mended_over(book: Book, tmp_path: Path) -> None:
    swallowing = f'2026-03-02 09:00,Dana Marsh,call,A1,5,"North\n{GOOD.strip()}\n"\n'
    file = write(tmp_path, swallowing, GOOD.replace("A1", "A9"))
    before = look(book, file)
    assert before.rejected >= 1
    after = look(book, file, {before.rejected_rows[0].line: {5: "North"}})
    assert (after.rejected, after.inserted) == (before.rejected, before.inserted)


def test_rows_that_a_profile_folds_stay_one_record(book: Book, tmp_path: Path) -> None:
    head = (
        "Policy Number,Account Name,Applicant ID,Assigned Producer,Line Of Business,Policy Effective Date,"
        "Total Annualized Premium\n"
    )
    rows = ("P-1,Ann Lee,C1,Dana Marsh,Home,03/01/2026,1000.00\n", "P-1,Ann Lee,C1,Dana Marsh,Auto,03/01/2026,8OO\n")
    found = look(book, write(tmp_path, *rows, head=head), {3: {6: "800.00"}}, take=True)
    assert found.rejected == 0
    assert book.connection.execute('SELECT annual_premium, "line" FROM policy').fetchall() == [(180_000, 2)]


def test_rows_are_saved_under_the_files_headings_with_the_reason(tmp_path: Path) -> None:
    target = tmp_path / "rejected.csv"
    mending.write_rows(("occurred_at", "kind"), [(7, ("=1+1", "dance"), "is no kind")], target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["occurred_at", "kind", "Why rejected", "Row in file"],
            ["'=1+1", "dance", "is no kind", "7"],
        ]
    with pytest.raises(UserError, match="cannot be written"):
        mending.write_rows(("a",), [], tmp_path / "nowhere" / "x.csv")


_CELLS = st.dictionaries(
    st.integers(1, 4), st.dictionaries(st.integers(0, 3), st.text(max_size=3), min_size=1), min_size=1
)


@given(earlier=_CELLS, later=_CELLS)
def test_the_later_correction_of_a_cell_counts_and_none_is_lost(
    earlier: dict[int, dict[int, str]], later: dict[int, dict[int, str]]
) -> None:
    key = ("abc", None)
    both = mending.merged({key: earlier}, {key: later})[key]
    for line, cells in {**earlier, **later}.items():
        for column in cells.keys() | earlier.get(line, {}).keys():
            expected = later.get(line, {}).get(column, earlier.get(line, {}).get(column))
            assert both[line][column] == expected


def test_reasons_of_one_cell_are_joined_and_short_rows_filled_up() -> None:
    issues = [
        RowIssue(5, "kind", "x", "is odd"),
        RowIssue(5, "kind", "x", "is long"),
        RowIssue(5, "(row)", "", "is torn"),
    ]
    (row,) = mending.rejected_rows(("at", "kind", "note"), [(5, ("1", "x")), (6, ("2",))], issues)
    assert (row.cells, row.reasons, row.whole) == (("1", "x", ""), {1: "is odd; is long"}, "(row): is torn")
