"""Brings a book's schema up to date: all pending numbered scripts in one transaction, or none.

Knows the scripts' folder, not what they do.
"""

from __future__ import annotations

from pathlib import Path

from desktop.models import dialect
from desktop.models.dialect import BookDatabase


class BrokenMigrationError(Exception):
    """A migration left rows that refer to nothing: a bug of ours; the book was left as it was."""


def migrate(database: BookDatabase, migrations: Path) -> list[str]:
    """Apply what is pending and return its names. Another process that does the same is waited for."""
    from playhouse.migrations import Runner  # type: ignore[import-untyped]

    with dialect.unenforced(database), database.immediate():
        names: list[str] = Runner(database, str(migrations)).up()
        dangling = dialect.dangling_references(database.connection())
        if names and dangling:
            raise BrokenMigrationError(f"{names[-1]} leaves {len(dangling)} dangling references")
    return names
