"""Counties and states as rules of the territory table: typed, imported, looked up, checked, exported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import previews, territories, territory_grid
from desktop.services.grids import Line
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 10, 12)
WHO = Author("test", "2026-03-10T12:00:00")
FILE = """territory,zip_from,zip_to,producer
Texas,TX,,P01
Alamo,"Bexar County, TX",,P02
Downtown,78205,,P01
River,78200-78210,,P01
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("areas")
    with open_book(folder) as book:
        Agency().producer("P01", "Ann Alder").producer("P02", "Bob Birch").store(book)
        path = folder / "territories.csv"
        path.write_text(FILE)
        shown = previews.preview(book, [path], NOW)
        assert [file.rejects for file in shown.files] == [()]
        previews.apply(book, shown, NOW, {})
        previews.discard(shown)
        yield book


@pytest.mark.parametrize(
    ("code", "territory"),
    [("75001", "Texas"), ("78216", "Alamo"), ("78205", "Downtown"), ("78204", "River"), ("10001", None)],
)
def test_the_narrowest_wins_among_state_county_range_and_zip(desk: Book, code: str, territory: str | None) -> None:
    found = territories.map_of(desk, NOW.date()).lookup(code)
    assert (found and found.territory) == territory


def test_lint_knows_what_lies_in_a_county_or_state(desk: Book) -> None:
    checked = territories.check(desk, NOW)
    inside = {(pair.inner, pair.outer) for pair in checked.nested}
    assert {(2, 1), (3, 2), (3, 1), (3, 4)} <= inside
    assert checked.conflicts == () and checked.dead == () and checked.unreadable == {}


def test_a_county_that_is_not_there_is_said_while_typing(desk: Book) -> None:
    assert "no county" in territory_grid.why_not("Nowhere County, TX", "")
    assert "no last ZIP" in territory_grid.why_not("TX", "78201")
    assert territory_grid.why_not("Bexar, TX", "") == "" and territory_grid.why_not("Texas", "") == ""
    outcome = territory_grid.save(
        desk, [Line(None, {"territory": "A", "zip_from": "Nowhere, TX", "producer": "P01"})], WHO, date(2026, 3, 10)
    )
    assert outcome.wrong and not outcome.changes.changed


def test_the_map_shows_the_county_and_its_line(desk: Book) -> None:
    look = territory_grid.look(desk, territory_grid.sheet(desk, None).lines, NOW)
    bexar = next(one for one in look.counties if one.fips == "48029")
    assert bexar.territory == "Alamo" and 1 in bexar.lines
    assert len([one for one in look.counties if one.territory == "Texas"]) > 200
    assert territory_grid.area_line("48029", {"territory": "A"})["zip_from"] == "Bexar County, TX"


def test_areas_leave_as_they_came(desk: Book, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    territory_grid.export_file(desk, path, territory_grid.sheet(desk, None).lines, NOW.date())
    written = {line.split(",")[1] for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]}
    assert written == {"TX", '"Bexar County', "78205", "78200-78210"}
    shown = previews.preview(desk, [path], NOW)
    assert [(file.unchanged, file.rejected) for file in shown.files] == [(4, 0)]
    previews.discard(shown)
