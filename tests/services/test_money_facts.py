"""Readings that several money pages share: kept while the book stands still, read anew after any change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.core.periods import Period
from desktop.models import facts_retention
from desktop.models.book import Book
from desktop.services import money_facts
from tests.services.small_agency import Agency, open_book

DAY = date(2026, 3, 31)
MARCH = Period(date(2026, 3, 1), DAY)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def agency() -> Agency:
    return Agency().producer("P01", "Dana Marsh").policy("A", "2026-03-02", "P01", 100_000, commission_rate=0.1)


def test_the_same_days_are_read_once_until_the_book_changes(book: Book) -> None:
    agency().store(book)
    first, sold = money_facts.in_force(book, DAY, DAY), money_facts.accounts(book, MARCH)
    assert money_facts.in_force(book, DAY, DAY) is first and money_facts.accounts(book, MARCH) is sold
    agency().policy("B", "2026-03-05", "P01", 50_000, commission_rate=0.2).store(book, "more.csv")
    assert set(money_facts.in_force(book, DAY, DAY).policies) == {"A", "B"} and set(first.policies) == {"A"}
    assert sum(one.sold(MARCH).revenue for one in money_facts.accounts(book, MARCH).values()) == 20_000


def test_what_is_kept_is_what_a_fresh_reading_gives(book: Book) -> None:
    made = agency().producer("P02", "Sam Lee")
    made.policy("S", "2026-01-02", "P01", 33_333, commission_rate=0.15, shares="P01:0.6;P02:0.4").store(book)
    for day in (date(2026, 1, 1), date(2026, 1, 2), DAY, date(2027, 1, 2), DAY):
        fresh = facts_retention.in_force(book, day, DAY, lambda _carrier, _line: None)
        assert money_facts.in_force(book, day, DAY).policies == fresh.policies


def test_only_the_last_readings_are_kept(book: Book) -> None:
    agency().store(book)
    first = money_facts.in_force(book, DAY, DAY)
    for day in range(1, 20):
        money_facts.in_force(book, date(2026, 4, day), DAY)
    assert money_facts.in_force(book, DAY, DAY) is not first


def test_another_book_is_never_answered_from_the_first(book: Book, tmp_path: Path) -> None:
    agency().store(book)
    assert set(money_facts.in_force(book, DAY, DAY).policies) == {"A"}
    (tmp_path / "second").mkdir()
    with open_book(tmp_path / "second") as second:
        assert not money_facts.in_force(second, DAY, DAY).policies
