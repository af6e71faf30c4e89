"""Makes a small book as a released schema left it: python -m tests.databases.make NUMBER

Run once per release, before its migrations are joined by newer ones; the file is kept and never made again.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from desktop.models.book import MIGRATIONS, Book
from desktop.models.keys import HeldKeys, Key
from tests.models.rows import rows, take

FOLDER = Path(__file__).parent
KEY = Key(b"the key of old books, no secret!", b"salt of the past")


def keys() -> HeldKeys:
    """The key of every book in this folder."""
    return HeldKeys(KEY)


def fill(book: Book) -> None:
    """Two producers, a lead on its way, a shared policy, a few calls."""
    take(
        book,
        rows(
            "producers",
            {"producer_code": "P01", "name": "Dana Marsh", "level": "veteran"},
            {"producer_code": "P02", "name": "Lee, Sam", "level": "new"},
        ),
        rows("leads", {"lead_id": "L1", "received_at": "2026-03-02T09:00:00", "producer": "P01"}),
        rows("stages", {"pipeline": "sales", "stage": "quoted", "entered_at": "2026-03-04T10:00:00", "lead_id": "L1"}),
        rows(
            "policies",
            {
                "policy_number": "N1",
                "client": "Acme, LLC",
                "producer": "P01",
                "line": "BOP",
                "transaction": "new",
                "bound_on": "2026-03-10",
                "effective_on": "2026-03-15",
                "annual_premium": 123_456,
                "commission_rate": 0.15,
                "shares": "P01:0.6;P02:0.4",
            },
        ),
        rows(
            "activities",
            {"occurred_at": "2026-03-09T09:15:00", "producer": "P01", "kind": "call"},
            {"occurred_at": "2026-03-11", "producer": "P02", "kind": "call", "count": 12},
        ),
    )


def make(number: int) -> Path:
    """Write `schema-NNNN.pdesk`: a filled book that has seen the first `number` migrations."""
    target = FOLDER / f"schema-{number:04d}.pdesk"
    with tempfile.TemporaryDirectory() as name:
        migrations = Path(name) / "migrations"
        migrations.mkdir()
        for script in sorted(MIGRATIONS.glob("[0-9]*.py"))[:number]:
            shutil.copy(script, migrations)
        book = Book.open(Path(name) / "book.pdesk", _Fixed(), migrations=migrations)
        fill(book)
        book.connection.execute("VACUUM")
        book.close()
        shutil.copy(Path(name) / "book.pdesk", target)
    return target


class _Fixed:
    def find(self, salt: bytes) -> Key:
        return Key(KEY.secret, salt)

    def create(self) -> Key:
        return KEY


if __name__ == "__main__":
    sys.stdout.write(f"{make(int(sys.argv[1]))}\n")
