"""Average policy sizes by line and the targets that hold for them, counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from desktop.core.periods import Period
from desktop.models.book import Book
from desktop.services import line_sizes
from desktop.services.found_records import UNASSIGNED
from tests.services.small_agency import Agency, open_book

MARCH, LATE = Period(date(2026, 3, 1), date(2026, 3, 31)), datetime(2026, 4, 1)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = Agency().producer("P01", "Dana Marsh").producer("P02", "Kim Roy", level="new")
    made.policy("H-1", "2026-03-02", "P01", 1_200_00).policy("H-2", "2026-03-03", "P01", 1_801_00, line="HO3")
    made.policy("B-1", "2026-03-04", "P01", 4_000_00, line="BOP", shares="P01:0.75;P02:0.25")
    made.policy("B-0", "2026-02-04", "P01", 9_000_00, line="BOP")
    made.policy("R-1", "2026-03-05", "P01", 7_000_00, transaction="renewal")
    made.policy("U-1", "2026-03-05", "Who", 500_00, line="Yacht")
    size = {"metric": "avg_policy_size", "effective_from": "2026-01-01"}
    made.add("targets", **size, producer_code="P01", line="homeowners", target=1500, stretch=1800)
    made.add("targets", **{**size, "effective_from": "2026-03-15"}, producer_code="P01", line="Homeowners", target=1600)
    made.add("targets", **{**size, "effective_from": "2026-04-01"}, producer_code="P01", line="BOP", target=1)
    made.add("targets", **size, level="new", line="Life", target=900)
    made.add("targets", **size, line="BOP", target=3500).add("targets", **size, target=2000)
    with open_book(tmp_path_factory.mktemp("book")) as opened:
        made.store(opened)
        yield opened


def told(book: Book, whose: str | None) -> list[tuple[str, int, int | None, int | None, bool | None]]:
    found = line_sizes.sizes(book, MARCH, LATE, whose)
    return [(one.line, one.policies, one.average, one.target, one.hit) for one in found]


def test_a_producers_lines_stand_beside_the_targets_of_their_day(book: Book) -> None:
    # homes: 1,200 and 1,801; of the shop policy three quarters are hers, and it counts for her
    assert told(book, "p01") == [
        ("Homeowners", 2, 1_500_50, 1_600_00, False),
        ("BOP", 1, 3_000_00, None, None),
    ]
    before = line_sizes.sizes(book, Period(date(2026, 3, 1), date(2026, 3, 14)), LATE, "P01")
    assert (before[0].target, before[0].stretch, before[0].hit) == (1_500_00, 1_800_00, True)


def test_a_share_without_the_count_has_no_average_and_a_level_has_targets(book: Book) -> None:
    assert told(book, "P02") == [("BOP", 0, None, None, None), ("Life", 0, None, 900_00, None)]


def test_the_agency_has_its_own_and_nobody_none(book: Book) -> None:
    assert told(book, None) == [
        ("Homeowners", 2, 1_500_50, None, None),
        ("BOP", 1, 4_000_00, 3_500_00, True),
        ("Yacht", 1, 500_00, None, None),
    ]
    assert told(book, UNASSIGNED) == [("Yacht", 1, 500_00, None, None)]
