"""A row of a file that a person moved to another date does not come back at its old one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop.importers import Options
from desktop.models import edits, entries, journal
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.services import imports
from tests.services.small_agency import Agency, open_book

AUTHOR = Author("test", "2026-03-16T09:00:00")


def test_a_leave_moved_by_hand_stays_moved(tmp_path: Path) -> None:
    stated = tmp_path / "availability.csv"
    stated.write_text("producer,kind,from,to\nP01,leave,2026-03-02,2026-03-06\n")
    options = Options(today=date(2026, 3, 16), workspace=tmp_path)
    with open_book(tmp_path) as book:
        Agency().producer("P01", "Dana Marsh").store(book)
        imports.import_files(book, [stated], options, AUTHOR, dry_run=False)
        (row,) = entries.read(book, "availability")
        with book.transaction():
            action = journal.open_action(book, AUTHOR, "availability.type", "Move a leave")
            moved = dict(row.cells) | {"from": "2026-03-03"}
            entries.write(book, action, Aliases(book), "availability", row.key, moved, AUTHOR.at)
        stated.write_text(stated.read_text() + "\n")
        result = imports.import_files(book, [stated], options, AUTHOR, dry_run=False)
        assert [one.cells["from"] for one in entries.read(book, "availability")] == ["2026-03-03"]
        assert "deleted or moved on 2026-03-16" in result.notes[0]
        assert edits.next_undo(book) is not None
