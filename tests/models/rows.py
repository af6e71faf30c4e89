"""Template rows written short, and one function to take them into a book like an import does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.core.batches import Batch
from desktop.core.templates import TEMPLATES
from desktop.models import imports, journal, rollups, undo
from desktop.models.book import Book
from desktop.models.intake import Intake
from desktop.models.journal import Author
from desktop.models.outcomes import INSERTED, UNCHANGED, UPDATED
from desktop.models.undo import TakenBack

AUTHOR = Author("principal", "2026-03-20T09:00:00")


def rows(table: str, *dicts: Mapping[str, Any], line: int = 2) -> Batch:
    """A batch of `table` from dictionaries of its fields."""
    template = TEMPLATES[table]
    unknown = {name for given in dicts for name in given} - set(template.names)
    assert not unknown, unknown
    made = [tuple(given.get(name) for name in template.names) for given in dicts]
    return Batch.of_rows(table, range(line, line + len(made)), made)


@dataclass(frozen=True)
class Taken:
    """An import's number, its (inserted, updated, unchanged) per batch, and the intake."""

    run: int
    counts: list[tuple[int, int, int]]
    intake: Intake


def take(
    book: Book,
    *files: Batch | list[Batch],
    author: Author = AUTHOR,
    rate: float | None = None,
    only: frozenset[str] = frozenset(),
) -> Taken:
    """Import each batch, or each list of batches of one table, as a file of its own."""
    counts = []
    with book.transaction():
        run = imports.open_run(book, author.at, "test")
        action = journal.open_action(book, author, "import", "Import test", import_run=run)
        intake = Intake(book, action)
        for one in files:
            parts = one if isinstance(one, list) else [one]
            table = parts[0].table
            file = imports.add_file(book, run, f"{table}.csv", None, "", "test", table)
            outcomes = intake.take_file(file, lambda parts=parts: iter(parts), only=only)  # type: ignore[misc]
            counts.append((outcomes.count(INSERTED), outcomes.count(UPDATED), outcomes.count(UNCHANGED)))
        rollups.refresh(book, intake.touched, lambda _carrier, _line: rate, intake.aliases)
    return Taken(run, counts, intake)


def take_back(book: Book, run: int, author: Author = AUTHOR) -> TakenBack:
    """Undo an import."""
    with book.transaction():
        taken = undo.undo_import(book, run)
        imports.mark_undone(book, run, author.at)
        by = journal.open_action(book, author, "undo", "Undo", import_run=run)
        journal.close_import(book, run, by)
        rollups.refresh(book, taken.touched, lambda _carrier, _line: None)
    return taken


_TRACES = {"import_run", "import_file", "action", "change", "schema_migration", "sqlite_sequence"}
# How the word index lies on its pages depends on the way it came about; what is found by it does not.
_PAGES_OF_INDEX = {"search_config", "search_data", "search_docsize", "search_idx"}


def contents(book: Book) -> dict[str, list[str]]:
    """Every table's rows but those that only say what happened."""
    tables = [row[0] for row in book.connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    return {
        table: sorted(repr(row) for row in book.connection.execute(f'SELECT * FROM "{table}"'))
        for table in tables
        if table not in _TRACES | _PAGES_OF_INDEX
    }


def column(book: Book, table: str, name: str) -> list[Any]:
    """One column of a table in order of entry (of the key, where rows have no number)."""
    columns = [row[1] for row in book.connection.execute(f'PRAGMA table_info("{table}")')]
    order = "id" if "id" in columns else ",".join(f'"{one}"' for one in columns)
    return [row[0] for row in book.connection.execute(f'SELECT "{name}" FROM "{table}" ORDER BY {order}')]
