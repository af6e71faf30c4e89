"""Indexes put off while very many rows arrive are all there again afterwards, and after a failure too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.models import bulk, rollups
from desktop.models.book import Book
from tests.models.rows import column, rows, take
from tests.models.test_intake import CALL, PRODUCERS

EVENTS = [
    {**CALL, "activity_id": "A1", "lead_id": "L2", "phone": "+16145550142"},
    {**CALL, "activity_id": "A2", "kind": "meeting_held"},
    {**CALL, "activity_id": "A3", "lead_id": "L1"},
]


def _indexes(book: Book) -> set[tuple[str, str]]:
    sql = "SELECT name, sql FROM sqlite_master WHERE type='index' AND sql IS NOT NULL"
    return {(row[0], row[1]) for row in book.connection.execute(sql)}


def test_every_index_is_back_when_the_rows_are_there(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FEWEST", 2)
    before = _indexes(book)
    dropped: list[str] = []
    monkeypatch.setattr(bulk.IndexesLast, "_drop", _noting(dropped))
    take(book, PRODUCERS, rows("activities", *EVENTS))
    assert {"activity_occurred_at", "activity_phone", "activity_lead_id_occurred_at"} <= set(dropped)
    assert _indexes(book) == before
    found = book.connection.execute("SELECT key FROM activity WHERE lead_id IS NOT NULL ORDER BY lead_id").fetchall()
    assert [row[0] for row in found] == ["A3", "A1"]
    assert rollups.differences(book) == []
    assert book.connection.execute("PRAGMA cache_size").fetchone()[0] == -32768


def test_a_failed_import_leaves_every_index(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FEWEST", 2)
    before = _indexes(book)

    def fail(_self: bulk.IndexesLast) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bulk.IndexesLast, "build", fail)
    with pytest.raises(KeyboardInterrupt):
        take(book, rows("activities", *EVENTS))
    assert _indexes(book) == before
    assert column(book, "activity", "id") == []


def _noting(dropped: list[str]) -> Callable[[bulk.IndexesLast, str, str], None]:
    original = bulk.IndexesLast._drop

    def drop(self: bulk.IndexesLast, name: str, sql: str) -> None:
        dropped.append(name)
        original(self, name, sql)

    return drop


def test_a_file_that_repeats_an_earlier_one_rebuilds_nothing(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    take(book, PRODUCERS, rows("activities", *EVENTS))
    monkeypatch.setattr(bulk, "FEWEST", 2)
    dropped: list[str] = []
    monkeypatch.setattr(bulk.IndexesLast, "_drop", _noting(dropped))
    assert take(book, rows("activities", *EVENTS, {**CALL, "activity_id": "A4"})).counts == [(1, 0, 3)]
    assert dropped == []
    take(book, rows("activities", *({**CALL, "activity_id": f"B{at}"} for at in range(4))))
    assert "activity_occurred_at" in dropped


@pytest.mark.parametrize(("table", "built"), [("activity", False), ("client", True)])
def test_what_is_taken_back_has_no_index_that_nobody_asks(
    book: Book, monkeypatch: pytest.MonkeyPatch, table: str, built: bool
) -> None:
    monkeypatch.setattr(bulk, "FEWEST", 2)
    before = _indexes(book)
    book.connection.execute("BEGIN")
    bulk.IndexesLast(book, table, 2, lasting=False).build()
    assert (_indexes(book) == before) is built
    book.connection.execute("ROLLBACK")
    assert _indexes(book) == before
