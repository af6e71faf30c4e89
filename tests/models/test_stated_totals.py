"""Totals that other systems state: kept by producer or source and period, and part of nothing that we count."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.models import contents
from desktop.models.book import MIGRATIONS, Book
from desktop.models.keys import HeldKeys
from desktop.models.tables import StatedTotalRow
from tests.models.rows import rows, take, take_back

MARCH = {"system": "agencyzoom", "from": "2026-03-01", "to": "2026-03-31"}
DANA = {**MARCH, "producer": "Dana Whitfield", "premium": 1988500, "sales": 12, "points": 3.5}
REFERRAL = {**MARCH, "source": "Referral", "premium": 500000}


def test_the_same_totals_again_change_nothing_and_newer_ones_replace_them(book: Book) -> None:
    assert take(book, rows("stated_totals", DANA, REFERRAL)).counts == [(2, 0, 0)]
    assert take(book, rows("stated_totals", DANA, REFERRAL)).counts == [(0, 0, 2)]
    newer = {**DANA, "premium": 2000000, "pulled_on": "2026-04-02"}
    assert take(book, rows("stated_totals", newer, {**DANA, "to": "2026-03-15"})).counts == [(1, 1, 0)]
    assert contents.count(book, "stated_totals") == 3


def test_they_touch_nothing_that_is_counted(book: Book) -> None:
    taken = take(book, rows("stated_totals", DANA, REFERRAL))
    assert not taken.intake.touched.days
    assert book.connection.execute("SELECT count(*) FROM day_cell").fetchone()[0] == 0
    assert [(one.name, one.rows) for one in taken.intake.aliases.unknown()] == [("Dana Whitfield", 1)]
    assert take_back(book, taken.run).removed == 2
    assert contents.count(book, "stated_totals") == 0


def test_a_book_of_the_first_release_gets_the_table(tmp_path: Path) -> None:
    scripts = tmp_path / "migrations"
    scripts.mkdir()
    shutil.copy(MIGRATIONS / "0001_create_book.py", scripts)
    keys = HeldKeys()
    Book.open(tmp_path / "old.pdesk", keys, migrations=scripts).close()
    book = Book.open(tmp_path / "old.pdesk", keys)
    assert take(book, rows("stated_totals", DANA)).counts == [(1, 0, 0)]
    columns = {row[1] for row in book.connection.execute('PRAGMA table_info("stated_total")')}
    assert columns == {field.column_name for field in StatedTotalRow._meta.sorted_fields}
    book.close()
