"""Books of every released schema open, are brought up to date after a backup, and say what they said."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from desktop.core.periods import iso_week
from desktop.models import soundness
from desktop.models.book import MIGRATIONS, Book, applied, known
from desktop.services.dashboard import dashboard
from tests.databases.make import FOLDER, keys

BOOKS = sorted(FOLDER.glob("schema-*.pdesk"))


def test_there_is_a_book_of_the_first_schema() -> None:
    assert BOOKS and BOOKS[0].name == "schema-0001.pdesk"


@pytest.mark.parametrize("old", BOOKS, ids=lambda path: path.stem)
def test_an_old_book_is_brought_up_to_date(old: Path, tmp_path: Path) -> None:
    path = tmp_path / "agency.pdesk"
    shutil.copy(old, path)
    book = Book.open(path, keys(), backups=tmp_path / "backups")
    assert applied(book.connection) == known(MIGRATIONS)
    assert soundness.problems(book) == []
    week = dashboard(book, iso_week("2026-W11"), datetime(2026, 3, 15, 23, 59, 59))
    figures = {panel.producer: panel.metrics for panel in week.producers}
    assert figures["P01"]["calls_made"].value == 1
    assert figures["P02"]["calls_made"].value == 12
    assert figures["P01"]["new_premium"].value == 74_074
    assert figures["P02"]["new_commission"].value == 7_407
    assert sum(stage.count for stage in week.agency.pipeline) == 1
    book.close()
    older = int(old.stem.removeprefix("schema-")) < len(known(MIGRATIONS))
    assert bool(list((tmp_path / "backups").glob("*"))) == older
