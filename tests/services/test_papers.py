"""Files brought to the program: each to its pile, whatever its name promises; scans guessed by name."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from desktop.core import periods
from desktop.services import papers
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 10, 9, 15)


def test_each_file_goes_to_its_pile(tmp_path: Path) -> None:
    made = {
        "activities.csv": b"a,b\n",
        "form.pdf": b"%PDF-1.4 /AcroForm /T (PD1:calls)",
        "sealed.PDF": b"%PDF-1.7 /AcroForm /ByteRange [0 1 2 3]",
        "scan.pdf": b"%PDF-1.4 /Image",
        "photo.jpg": b"\xff\xd8\xff",
        "liar.pdf": b"hello",
        "liar.png": b"%PDF-1.7 /ByteRange",
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder.pdf").mkdir()
    found = papers.sort([tmp_path / name for name in (*made, "folder.pdf", "missing.pdf")])
    assert [file.name for file in found.imports] == [
        "activities.csv", "form.pdf", "liar.pdf", "folder.pdf", "missing.pdf",
    ]  # fmt: skip
    assert [file.name for file in found.signed] == ["sealed.PDF", "liar.png"]
    assert [file.name for file in found.scans] == ["scan.pdf", "photo.jpg"]


def test_whose_a_scan_is_may_stand_in_its_name(tmp_path: Path) -> None:
    agency = Agency()
    agency.producer("P1", "Dana Marsh")
    agency.producer("P-2", "Lee Hill")
    with open_book(tmp_path) as book:
        agency.store(book)
        named = papers.guess(book, Path("scorecard-2026-W08-p-2.pdf"), NOW)
        assert (named.producer, named.week) == ("P-2", periods.iso_week("2026-W08"))
        plain = papers.guess(book, Path("IMG_20260303.jpg"), NOW)
        assert plain.week.start == date(2026, 3, 2)
        assert sorted(plain.people) == [("P-2", "Lee Hill"), ("P1", "Dana Marsh")]
        assert papers.guess(book, Path("2026-W99.pdf"), NOW).week == plain.week
