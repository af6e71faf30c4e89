"""The whole book as templates and back: an export of the import of an export is the same, whatever the names say."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import exporting, imports, previews
from tests.services import report_agency
from tests.services.report_agency import PRINTED
from tests.services.small_agency import Agency, open_book

NAMES = (
    "=1+2",
    "+cmd|' /C calc'!A0",
    "-2",
    "@SUM(A1)",
    "\tTab",
    "<b>Bold</b> & Sons",
    "O’Hára",
    "مكتب",
    "😀 x",
    "x" * 200,
)


def _export(book: Book, folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in exporting.export(book, folder)}


def test_an_export_comes_back_as_it_went(tmp_path: Path) -> None:
    homes = [tmp_path / name for name in ("first", "second")]
    for home in homes:
        home.mkdir()
    with open_book(homes[0]) as book:
        report_agency.fill(book)
        named = Agency()
        for number, name in enumerate(NAMES):
            named.producer(f"Z{number}", name.strip())
        named.store(book)
        first = _export(book, tmp_path / "out1")
    with open_book(homes[1]) as book:
        author = Author("test", PRINTED.isoformat(timespec="seconds"))
        done = imports.import_files(book, [tmp_path / "out1"], previews.options(book, PRINTED), author, dry_run=False)
        assert [file.rejects for file in done.files if file.rejects] == []
        second = _export(book, tmp_path / "out2")
    assert first == second
    with (tmp_path / "out1" / "producers.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [
        cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and len(cell) > 9)
    ]
    assert "'=1+2" in cells and "'@SUM(A1)" in cells
