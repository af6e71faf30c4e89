"""Self-report forms go out as workbook and PDF and come back into the right week, once, the newest replacing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest

from desktop.core import periods
from desktop.errors import UserError
from desktop.importers import Options
from desktop.models import rollups
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import imports, selfreports, weekly_counts
from desktop.services.dashboard import dashboard
from desktop.services.edits import undo
from desktop.services.imports import ImportResult
from desktop.services.selfreports import WrittenForm
from tests.services.small_agency import Agency, open_book

AUTHOR = Author("test", "2026-03-16T09:00:00")
TODAY = date(2026, 3, 16)
WEEK = "2026-W11"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = (
        Agency().producer("P01", "Dana Marsh").producer("P.02", "Owen Reyes").producer("C01", "Kay Lin", role="csr")
    )
    agency.activity("2026-03-10T09:00:00", "P01", "call", count=30)
    with open_book(tmp_path) as opened:
        agency.store(opened)
        yield opened


@pytest.fixture
def written(book: Book, tmp_path: Path) -> list[WrittenForm]:
    return selfreports.write_forms(book, WEEK, tmp_path / "forms")


def fill_workbook(form: WrittenForm, target: Path, counts: dict[str, int]) -> Path:
    opened = openpyxl.load_workbook(form.workbook)
    sheet = opened.active
    for row in sheet.iter_rows(min_row=7):
        kind = str(row[0].value).split(":")[-2]
        if kind in counts:
            row[2].value = counts[kind]
    opened.save(target)
    return target


def fill_paper(form: WrittenForm, target: Path, counts: dict[str, str]) -> Path:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(form.paper))
    names = {name.split(":")[-2]: name for name in pypdf.PdfReader(form.paper).get_fields() or {}}
    writer.update_page_form_field_values(writer.pages[0], {names[kind]: text for kind, text in counts.items()})
    writer.write(target)
    return target


def take(book: Book, tmp_path: Path, *files: Path) -> ImportResult:
    options = Options(today=TODAY, workspace=tmp_path)
    return imports.import_files(book, files, options, AUTHOR, dry_run=False)


def counted(book: Book, code: str) -> dict[str, tuple[object, object]]:
    panel = dashboard(book, periods.iso_week(WEEK), datetime(2026, 3, 16, 9), code).producers[0]
    return {key: (one.value, one.automatic_share) for key, one in panel.metrics.items()}


def test_everybody_who_produces_gets_both_kinds(written: list[WrittenForm]) -> None:
    assert [(one.producer, one.workbook.name, one.paper.name) for one in written] == [
        ("P.02", "self-report-2026-W11-P-02.xlsx", "self-report-2026-W11-P-02.pdf"),
        ("P01", "self-report-2026-W11-P01.xlsx", "self-report-2026-W11-P01.pdf"),
    ]


def test_the_workbook_is_locked_but_for_the_counts_and_hides_its_code(written: list[WrittenForm]) -> None:
    sheet = openpyxl.load_workbook(written[1].workbook).active
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    free = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert free == {"C7", "C8", "C9", "C10"}
    assert [sheet.cell(row, 4).value for row in range(7, 11)] == [8, 2, 5, 4]


@pytest.mark.parametrize("paper", [False, True])
def test_a_returned_form_lands_in_its_week_as_self_reported(
    book: Book, written: list[WrittenForm], tmp_path: Path, paper: bool
) -> None:
    if paper:
        back = fill_paper(written[0], tmp_path / "back.pdf", {"referral_ask": "9", "meeting_held": "4"})
    else:
        back = fill_workbook(written[0], tmp_path / "back.xlsx", {"referral_ask": 9, "meeting_held": 4})
    (file,) = take(book, tmp_path, back).files
    assert (file.profile, file.rows, file.rejected) == ("self_report", 4, 0)
    found = counted(book, "P.02")
    assert found["referrals_asked"] == (9, 0.0)
    assert found["meetings_held"] == (4, 0.0)
    assert found["coi_contacts"][0] == 0


def test_the_same_form_twice_and_in_both_kinds_doubles_nothing(
    book: Book, written: list[WrittenForm], tmp_path: Path
) -> None:
    back = fill_workbook(written[1], tmp_path / "back.xlsx", {"coi_contact": 3})
    again = fill_paper(written[1], tmp_path / "back.pdf", {"coi_contact": "3"})
    for _ in range(2):
        take(book, tmp_path, back, again)
    assert counted(book, "P01")["coi_contacts"] == (3, 0.0)


def test_a_newer_form_replaces_the_older(book: Book, written: list[WrittenForm], tmp_path: Path) -> None:
    take(book, tmp_path, fill_workbook(written[1], tmp_path / "one.xlsx", {"coi_contact": 3, "meeting_set": 1}))
    take(book, tmp_path, fill_workbook(written[1], tmp_path / "two.xlsx", {"coi_contact": 5}))
    found = counted(book, "P01")
    assert (found["coi_contacts"][0], found["meetings_set"][0]) == (5, 1)


def test_what_was_typed_stays(book: Book, written: list[WrittenForm], tmp_path: Path) -> None:
    weekly_counts.set_counts(book, WEEK, {("P01", "coi_contact"): "7"}, AUTHOR, TODAY)
    take(book, tmp_path, fill_workbook(written[1], tmp_path / "back.xlsx", {"coi_contact": 3}))
    assert counted(book, "P01")["coi_contacts"][0] == 7


def test_a_changed_code_is_rejected_with_its_reason(book: Book, written: list[WrittenForm], tmp_path: Path) -> None:
    back = fill_workbook(written[1], tmp_path / "back.xlsx", {"coi_contact": 3})
    opened = openpyxl.load_workbook(back)
    opened.active["A8"] = str(opened.active["A8"].value).replace("P01", "P.02")
    opened.save(back)
    (file,) = take(book, tmp_path, back).files
    reasons = {issue.line: issue.reason for issue in file.rejects}
    assert "code of the form was changed" in reasons[8]
    assert file.inserted == 0


def test_an_empty_form_and_another_pdf_bring_nothing(book: Book, written: list[WrittenForm], tmp_path: Path) -> None:
    (file,) = take(book, tmp_path, written[1].workbook).files
    assert (file.inserted, file.rejected) == (0, 4)
    other = tmp_path / "other.pdf"
    plain = pypdf.PdfWriter()
    plain.add_blank_page(100, 100)
    plain.write(other)
    with pytest.raises(UserError, match="no self-report form"):
        take(book, tmp_path, other)


def test_a_damaged_pdf_is_a_problem_of_the_file(book: Book, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    with pytest.raises(UserError, match="no readable PDF"):
        take(book, tmp_path, bad)


def test_forms_need_somebody_to_ask(book: Book, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no producer with the code"):
        selfreports.write_forms(book, WEEK, tmp_path, ["C01"])


def test_a_deleted_count_stays_away_from_the_same_and_a_newer_form_until_undone(
    book: Book, written: list[WrittenForm], tmp_path: Path
) -> None:
    first = fill_workbook(written[1], tmp_path / "one.xlsx", {"coi_contact": 3, "meeting_set": 1})
    newer = fill_workbook(written[1], tmp_path / "two.xlsx", {"coi_contact": 5, "meeting_set": 2})
    take(book, tmp_path, first)
    weekly_counts.set_counts(book, WEEK, {("P01", "coi_contact"): ""}, AUTHOR, TODAY)
    said = [take(book, tmp_path, one) for one in (first, newer)]
    for result in said:
        (note,) = result.notes
        assert note.startswith("1 row of activities that you deleted or moved on 2026-03-16 was left out")
        (file,) = result.files
        assert file.rows == file.inserted + file.updated + file.unchanged + file.rejected
    assert [counted(book, "P01")[metric][0] for metric in ("coi_contacts", "meetings_set")] == [0, 2]
    assert rollups.differences(book) == []
    undo(book, AUTHOR)
    undo(book, AUTHOR)
    undo(book, AUTHOR)
    assert counted(book, "P01")["coi_contacts"][0] == 3
    assert take(book, tmp_path, newer).notes == ()
    assert counted(book, "P01")["coi_contacts"][0] == 5


def test_a_count_typed_over_a_deleted_one_meets_forms_again(
    book: Book, written: list[WrittenForm], tmp_path: Path
) -> None:
    form = fill_workbook(written[1], tmp_path / "one.xlsx", {"coi_contact": 3})
    take(book, tmp_path, form)
    for text in ("", "4"):
        weekly_counts.set_counts(book, WEEK, {("P01", "coi_contact"): text}, AUTHOR, TODAY)
    newer = fill_workbook(written[1], tmp_path / "two.xlsx", {"coi_contact": 5})
    (note,) = take(book, tmp_path, newer).notes
    assert "count stays as typed (4); the file says 5" in note
