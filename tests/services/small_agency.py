"""A small agency in a real book, written row by row, so that every figure of a test can be counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.batches import Batch
from desktop.core.templates import TEMPLATES, Cell, Row
from desktop.models import imports, journal, rollups
from desktop.models.book import Book
from desktop.models.intake import Intake
from desktop.models.journal import Author
from desktop.models.keys import HeldKeys

AUTHOR = Author("test", "2026-03-10T08:00:00")


@dataclass(slots=True)
class Agency:
    """Rows to be, by table; `add` takes the template's columns by name."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, **cells: Cell) -> Agency:
        template = TEMPLATES[table]
        unknown = set(cells) - {name.rstrip("_") for name in template.names} - {f"{n}_" for n in template.names}
        if unknown:
            raise KeyError(unknown)
        row = tuple(cells.get(name, cells.get(f"{name}_")) for name in template.names)
        self.rows.setdefault(table, []).append(row)
        return self

    def producer(self, code: str, name: str, **cells: Cell) -> Agency:
        return self.add("producers", producer_code=code, name=name, **cells)

    def activity(self, at: str, producer: str, kind: str, **cells: Cell) -> Agency:
        return self.add("activities", occurred_at=at, producer=producer, kind=kind, **cells)

    def quote(self, day: str, producer: str, lead: str | None = None, **cells: Cell) -> Agency:
        return self.add("quotes", delivered_on=day, producer=producer, lead_id=lead, **cells)

    def policy(self, number: str, day: str, producer: str, premium: int, **cells: Cell) -> Agency:
        known: dict[str, Cell] = {
            "policy_number": number,
            "client": f"Client of {number}",
            "producer": producer,
            "line": "Homeowners",
            "transaction": "new",
            "bound_on": day,
            "effective_on": day,
            "annual_premium": premium,
        }
        return self.add("policies", **(known | cells))

    def lead(self, lead_id: str, at: str, producer: str | None, **cells: Cell) -> Agency:
        return self.add("leads", lead_id=lead_id, received_at=at, producer=producer, **cells)

    def stage(self, lead_id: str, at: str, stage: str) -> Agency:
        return self.add("stages", pipeline="sales", stage=stage, entered_at=at, lead_id=lead_id)

    def store(self, book: Book, name: str = "agency.csv") -> None:
        """Import all rows as one drop, one file per table, the first row on line 2."""
        with book.transaction():
            run = imports.open_run(book, AUTHOR.at, name)
            action = journal.open_action(book, AUTHOR, "import.apply", name, import_run=run)
            intake = Intake(book, action)
            for table in TEMPLATES:
                rows = self.rows.get(table)
                if rows:
                    file = imports.add_file(
                        book, run, f"{table}.csv", None, f"{name}-{table}", f"template_{table}", table
                    )
                    batch = Batch.of_rows(table, range(2, len(rows) + 2), rows)
                    intake.take_file(file, lambda batch=batch: [batch])  # type: ignore[misc]
            rollups.refresh(book, intake.touched, lambda _carrier, _line: None, intake.aliases)


@contextmanager
def open_book(folder: Path) -> Iterator[Book]:
    """A new book in a folder, closed afterwards."""
    book = Book.open(folder / "agency.book", HeldKeys())
    try:
        yield book
    finally:
        book.close()
