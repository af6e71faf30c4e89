"""Typed weekly counts in a real book: kept, counted as self-reported, replaced, taken away and undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core import periods
from desktop.errors import UserError
from desktop.models import rollups
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import edits, weekly_counts
from desktop.services.dashboard import dashboard
from desktop.services.weekly_counts import Cell
from tests.services.small_agency import Agency, open_book

AUTHOR = Author("test", "2026-03-16T09:00:00")
TODAY = date(2026, 3, 16)
WEEK = "2026-W11"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency()
    agency.producer("P01", "Dana Marsh").producer("P02", "Owen Reyes").producer("C01", "Kay Lin", role="csr")
    agency.activity("2026-03-10T09:00:00", "P01", "call", count=30).activity(
        "2026-03-11", "P01", "meeting_held", count=2
    )
    with open_book(tmp_path) as opened:
        agency.store(opened)
        yield opened


def cells(book: Book, code: str) -> dict[str, Cell]:
    row = next(row for row in weekly_counts.grid(book, WEEK).rows if row.producer == code)
    return dict(zip((kind for kind, _metric in weekly_counts.KINDS), row.cells, strict=True))


def value(book: Book, metric: str) -> tuple[object, object]:
    panel = dashboard(book, periods.iso_week(WEEK), datetime(2026, 3, 16, 9), "P01").producers[0]
    return panel.metrics[metric].value, panel.metrics[metric].automatic_share


def test_producers_alone_are_asked(book: Book) -> None:
    assert [row.producer for row in weekly_counts.grid(book, WEEK).rows] == ["P01", "P02"]
    assert cells(book, "P01")["call"] == Cell(None, 30)


def test_a_typed_count_counts_as_self_reported(book: Book) -> None:
    done = weekly_counts.set_counts(
        book, WEEK, {("P01", "referral_ask"): "9", ("P01", "meeting_held"): "1"}, AUTHOR, TODAY
    )
    assert done.label == "Counts of Dana Marsh, 2026-W11"
    assert value(book, "referrals_asked") == (9, 0.0)
    assert value(book, "meetings_held") == (3, 2 / 3)
    assert cells(book, "P01")["meeting_held"] == Cell(1, 2)
    assert rollups.differences(book) == []


def test_typed_again_it_is_replaced_and_emptied_it_is_gone(book: Book) -> None:
    for text in ("9", "4"):
        weekly_counts.set_counts(book, WEEK, {("P01", "referral_ask"): text}, AUTHOR, TODAY)
    assert value(book, "referrals_asked")[0] == 4
    assert not weekly_counts.set_counts(book, WEEK, {("P01", "referral_ask"): "4"}, AUTHOR, TODAY).changed
    weekly_counts.set_counts(book, WEEK, {("P01", "referral_ask"): ""}, AUTHOR, TODAY)
    assert cells(book, "P01")["referral_ask"] == Cell(None, 0)
    assert rollups.differences(book) == []


def test_undo_and_redo_go_back_and_forth(book: Book) -> None:
    weekly_counts.set_counts(book, WEEK, {("P01", "coi_contact"): "3"}, AUTHOR, TODAY)
    weekly_counts.set_counts(book, WEEK, {("P01", "coi_contact"): ""}, AUTHOR, TODAY)
    seen = []
    for step in (edits.undo, edits.undo, edits.redo, edits.redo):
        step(book, AUTHOR)
        seen.append(value(book, "coi_contacts")[0])
        assert rollups.differences(book) == []
    assert seen == [3, 0, 3, 0]


def test_one_bad_cell_keeps_all_of_them_out(book: Book) -> None:
    with pytest.raises(UserError, match="no count"):
        weekly_counts.set_counts(book, WEEK, {("P01", "call"): "9", ("P02", "call"): "many"}, AUTHOR, TODAY)
    with pytest.raises(UserError, match="no producer"):
        weekly_counts.set_counts(book, WEEK, {("P09", "call"): "9"}, AUTHOR, TODAY)
    assert cells(book, "P01")["call"] == Cell(None, 30)


def test_this_weeks_count_stands_today(book: Book) -> None:
    weekly_counts.set_counts(book, "2026-W12", {("P01", "coi_contact"): "2"}, AUTHOR, TODAY)
    panel = dashboard(book, periods.iso_week("2026-W12"), datetime(2026, 3, 16, 9), "P01").producers[0]
    assert panel.metrics["coi_contacts"].value == 2
