"""Duplicate clients from file to decision: listed, merged, imported again, undone, exported and imported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.periods import Period, end_of
from desktop.errors import UserError
from desktop.models import merging as stored
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.models.search import find
from desktop.services import books, edits, exporting, imports, merging, previews, retention
from desktop.services.imports import ImportResult
from desktop.services.merging import Why

AUTHOR = Author("test", "2026-03-10T08:00:00")
NOW = datetime(2026, 3, 10, 8)
TODAY = NOW.date()
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
CLIENTS = """client_id,name,email,phone,zip
C1,Dana Marsh,dana@example.com,555-555-0100,10001
C2,"Marsh, Dana",dana@example.com,,10001
C3,Owen Pryce,owen@example.com,,10001
"""
POLICIES = """policy_number,client,client_id,producer,line,transaction,bound_on,effective_on,annual_premium,ended_on
A-1,Dana Marsh,C1,Sam Lee,Auto,new,2025-09-01,2025-09-01,1000,
A-2,"Marsh, Dana",C2,Sam Lee,Home,new,2025-09-01,2025-09-01,500,2026-03-15
A-3,Owen Pryce,C3,Sam Lee,Home,new,2025-09-01,2025-09-01,700,
A-4,Pryce Owen,,Sam Lee,Flood,new,2025-09-01,2025-09-01,300,
"""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = books.open_throwaway(tmp_path / "agency.pdesk")
    yield opened
    opened.close()


def take(book: Book, *paths: Path) -> ImportResult:
    return imports.import_files(book, paths, previews.options(book, NOW), AUTHOR, dry_run=False)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    made = (tmp_path / "clients.csv", tmp_path / "policies.csv")
    for path, text in zip(made, (CLIENTS, POLICIES), strict=True):
        path.write_text(text, encoding="utf-8")
    return made


def kept(book: Book) -> tuple[int, int]:
    """Clients at the beginning and clients lost."""
    found = retention.ratios(book, MARCH, end_of(MARCH.end)).clients
    return found.begin, found.lost


def rows(book: Book) -> dict[str, int]:
    return {
        f"{row[1] or '-'} {row[2]}": row[0] for row in book.connection.execute("SELECT id, client_id, name FROM client")
    }


def merge(book: Book) -> None:
    numbers = rows(book)
    merging.merge(book, numbers["C1 Dana Marsh"], numbers["C2 Marsh, Dana"], AUTHOR)


def test_pairs_are_listed_with_what_speaks_for_them(book: Book, files: tuple[Path, Path]) -> None:
    take(book, *files)
    board = merging.board(book, TODAY)
    first, second = board.pairs
    assert (first.one.card.client_id, first.other.card.client_id) == ("C1", "C2")
    assert first.why == (Why.EMAIL, Why.NAME, Why.ZIP)
    assert (first.one.premium, first.other.premium, first.premium) == (100_000, 50_000, 150_000)
    assert (second.one.card.name, second.other.card.name, second.why) == ("Owen Pryce", "Pryce Owen", (Why.NAME,))
    assert board.total == 2 and not board.decided


def test_both_sides_say_what_is_theirs(book: Book, files: tuple[Path, Path], tmp_path: Path) -> None:
    more = {
        "leads.csv": "lead_id,received_at,email,producer\nL1,2026-03-01,dana@example.com,Sam Lee\n",
        "quotes.csv": "producer,delivered_on,quote_id,lead_id,client\nSam Lee,2026-03-02,Q1,L1,\n"
        "Sam Lee,2026-03-02,Q2,,Dana Marsh\nSam Lee,2026-03-02,Q3,,C3\n",
        "activities.csv": 'occurred_at,producer,kind,client\n2026-03-02,Sam Lee,call,"Marsh, Dana"\n',
    }
    for name, text in more.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    take(book, *files, *(tmp_path / name for name in more))
    numbers = rows(book)
    left, right = merging.sides(book, numbers["C1 Dana Marsh"], numbers["C2 Marsh, Dana"], TODAY)
    assert left.holdings == stored.Holdings(1, 1, 100_000, 1, 2, 0)
    assert right.holdings == stored.Holdings(1, 1, 50_000, 1, 1, 1)
    with pytest.raises(UserError):
        merging.sides(book, 1, 999, TODAY)


def test_a_merged_client_is_one_client_until_it_is_undone(book: Book, files: tuple[Path, Path]) -> None:
    take(book, *files)
    assert kept(book) == (4, 1)
    merge(book)
    assert kept(book) == (3, 0)  # the policy is lost, the client is not
    assert len(merging.board(book, TODAY).pairs) == 1
    assert edits.steps(book).undo == "Merge Marsh, Dana into Dana Marsh"
    edits.undo(book, AUTHOR)
    assert kept(book) == (4, 1)
    edits.redo(book, AUTHOR)
    assert kept(book) == (3, 0)
    assert [entry.what for entry in edits.trail(book)][:3] == ["redo", "undo", "client.merge"]


def test_the_same_and_newer_files_land_on_the_kept_client(book: Book, files: tuple[Path, Path], tmp_path: Path) -> None:
    take(book, *files)
    merge(book)
    before = rows(book)
    again = [tmp_path / "again" / path.name for path in files]
    again[0].parent.mkdir()
    for old, new in zip(files, again, strict=True):
        new.write_text(old.read_text(encoding="utf-8") + "\n", encoding="utf-8")  # other bytes, same rows
    assert [(one.inserted, one.updated) for one in take(book, *files, *again).files] == [(0, 0)] * 4
    newer = tmp_path / "newer.csv"
    newer.write_text(
        POLICIES.splitlines()[0] + '\nA-5,"Marsh, Dana",C2,Sam Lee,Boat,new,2025-10-01,2025-10-01,100,\n',
        encoding="utf-8",
    )
    assert [(one.inserted, one.updated) for one in take(book, newer).files] == [(1, 0)]
    assert rows(book) == before and kept(book) == (3, 0)


def test_what_was_told_apart_is_not_asked_again(book: Book, files: tuple[Path, Path]) -> None:
    take(book, *files)
    pair = merging.board(book, TODAY).pairs[0]
    merging.keep_apart(book, pair.one.card.number, pair.other.card.number, AUTHOR)
    board = merging.board(book, TODAY)
    assert len(board.pairs) == 1 and [one.verdict for one in board.decided] == [merging.DIFFERENT]
    assert kept(book) == (4, 1)
    merging.take_back(book, board.decided[0].key, AUTHOR)
    assert len(merging.board(book, TODAY).pairs) == 2
    with pytest.raises(UserError):
        merging.take_back(book, board.decided[0].key, AUTHOR)
    edits.undo(book, AUTHOR)
    assert len(merging.board(book, TODAY).pairs) == 1


def test_a_chain_of_merges_ends_at_its_last(book: Book, files: tuple[Path, Path]) -> None:
    take(book, *files)
    one = rows(book)
    merge(book)
    with pytest.raises(UserError):
        merging.merge(book, one["C2 Marsh, Dana"], one["C1 Dana Marsh"], AUTHOR)
    merging.merge(book, one["- Pryce Owen"], one["C1 Dana Marsh"], AUTHOR)
    assert set(stored.redirects(book).values()) == {one["- Pryce Owen"]}
    assert kept(book) == (2, 0)


def test_the_undo_of_an_import_and_a_new_one_keep_the_verdict(book: Book, files: tuple[Path, Path]) -> None:
    run = take(book, *files).import_id
    merge(book)
    assert run is not None
    left = imports.undo_import(book, run, AUTHOR)
    assert left.kept == () and rows(book) == {} and stored.redirects(book) == {}
    take(book, *files)
    assert kept(book) == (3, 0)


def test_an_export_into_an_empty_book_gives_the_same_numbers(
    book: Book, files: tuple[Path, Path], tmp_path: Path
) -> None:
    take(book, *files)
    merge(book)
    numbers = rows(book)
    merging.merge(book, numbers["C3 Owen Pryce"], numbers["- Pryce Owen"], AUTHOR)
    written = exporting.export(book, tmp_path / "out")
    assert "client_pairs.csv" in {path.name for path in written}
    other = books.open_throwaway(tmp_path / "other.pdesk")
    result = take(other, *written)
    assert sum(one.rejected for one in result.files) == 0
    assert kept(other) == kept(book) == (2, 0)
    assert merging.board(other, TODAY).pairs == ()
    merging.take_back(other, merging.board(other, TODAY).decided[0].key, AUTHOR)
    assert kept(other) == (3, 0)
    other.close()


def test_search_shows_a_merged_client_under_the_kept_name(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text(CLIENTS, encoding="utf-8")
    take(book, file)
    rows = {name: number for number, name in book.connection.execute("SELECT id, name FROM client")}
    verdict = merging.merge(book, rows["Dana Marsh"], rows["Owen Pryce"], AUTHOR)
    assert verdict.changed
    (hit,) = find(book, "pryce", "client", 6)
    assert hit.title == "Dana Marsh" and "was Owen Pryce" in hit.detail
    assert [one.title for one in find(book, "example.com", "client", 6)] == ["Dana Marsh", "Marsh, Dana"]
