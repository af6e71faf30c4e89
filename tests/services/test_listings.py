"""Long lists: order, pages, filters, sorting and the whole of them as a file, over a real book."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import Cancelled
from desktop.models import dialect
from desktop.models.book import Book
from desktop.services import listings
from desktop.services.listings import Asked, ListRow
from tests.services.small_agency import Agency, open_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency()
    agency.producer("P01", "Dana Marsh", salary=4_800_000).producer("P02", "Owen Reyes")
    for number in range(150):
        who = "P01" if number % 2 else "P02"
        agency.activity(f"2026-03-{number % 28 + 1:02}T09:{number % 60:02}:00", who, "call", client=f"Client {number}%")
    agency.policy("H-1", "2026-03-12", "P01", 125_000).policy("H-2", "2026-03-13", "P01", 90_050)
    with open_book(tmp_path) as opened:
        agency.store(opened)
        yield opened


def rows(book: Book, asked: Asked) -> list[ListRow]:
    ids = listings.order(book, asked)
    found = listings.page(book, asked.table, ids)
    return [found[one] for one in ids]


def values(book: Book, asked: Asked, name: str) -> list[object]:
    at = next(at for at, one in enumerate(listings.columns(asked.table)) if one.name == name)
    return [row.values[at] for row in rows(book, asked)]


def test_it_begins_with_the_newest_and_the_beginning_is_its_beginning(book: Book) -> None:
    asked = Asked("activities")
    times = values(book, asked, "occurred_at")
    assert times == sorted(times, reverse=True)
    assert list(listings.beginning(book, asked)) == list(listings.order(book, asked))[:120]


def test_filters_find_names_as_they_are_shown_and_signs_as_they_are_written(book: Book) -> None:
    assert len(rows(book, Asked("activities", text="dana"))) == 75
    assert values(book, Asked("activities", text="client 7%"), "client") == ["Client 7%"]
    assert len(rows(book, Asked("activities", columns={"producer": "owen", "client": "14"}))) == 7


@pytest.mark.parametrize(
    "text", ["lodz", "łódź", "BAKERY ŁÓDŹ", "(614) 555-0177", "555-0177", "+1 614 555 0177", "61455501", "dź bak"]
)
def test_a_list_finds_what_the_search_finds_and_parts_of_words(tmp_path: Path, text: str) -> None:
    agency = Agency()
    agency.add("clients", client_id="C-1", name="Łódź Bakery", phone="+16145550177")
    agency.add("clients", client_id="C-2", name="Zebra Motors", phone="+16145550999")
    with open_book(tmp_path) as book:
        agency.store(book)
        assert values(book, Asked("clients", text=text), "client_id") == ["C-1"]
        by_phone = Asked("clients", columns={"phone": "(614) 555-0177"})
        assert values(book, by_phone, "client_id") == ["C-1"]


def test_sorting_by_any_column_both_ways(book: Book) -> None:
    assert values(book, Asked("policies", sort="annual_premium"), "policy_number") == ["H-2", "H-1"]
    assert values(book, Asked("policies", sort="annual_premium", descending=True), "policy_number") == ["H-1", "H-2"]


@pytest.mark.parametrize("table", listings.TABLES)
def test_every_table_can_be_browsed(book: Book, table: str) -> None:
    found = rows(book, Asked(table))
    assert len(found) == listings.sizes(book)[table]
    assert all(len(row.values) == len(listings.columns(table)) for row in found)


def test_the_whole_list_goes_out_with_pay_hidden_where_asked(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "people.csv"
    names = ["name", "salary"]
    assert listings.write(book, Asked("producers", sort="name"), names, ["Name", "Salary"], target) == 2
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["Name", "Salary"], ["Dana Marsh", "48000.0"], ["Owen Reyes", ""]]
    listings.write(book, Asked("producers", sort="name"), names, ["Name", "Salary"], target, frozenset({"salary"}))
    assert "48000" not in target.read_text(encoding="utf-8-sig")
    assert "hidden" in target.read_text(encoding="utf-8-sig")


class Stopping:
    """Progress that asks for the end at its `at`-th report."""

    def __init__(self, at: int) -> None:
        self.left = at

    def report(self, done: int, total: int, what: str = "") -> None:
        self.left -= 1
        if self.left <= 0:
            raise Cancelled


def test_an_order_that_nobody_waits_for_any_more_ends_in_the_middle(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "_STEPS_PER_LOOK", 50)
    with pytest.raises(Cancelled):
        listings.order(book, Asked("activities", text="9%", sort="client"), Stopping(3))
    # the book is of use afterwards, and is not asked again
    assert len(listings.order(book, Asked("activities"), Stopping(1_000_000))) == 150
    assert len(listings.order(book, Asked("activities"))) == 150
