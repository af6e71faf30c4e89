"""Scorecards of a small agency: texts kept as typed, pages from the dashboard's figures, the same files again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest

from desktop.core.periods import end_of, iso_week
from desktop.core.scorecard import Paper, ScorecardTexts
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import configuration, edits, scorecards
from desktop.services.dashboard import dashboard
from desktop.services.scorecards import Order
from tests.reports.pages import logo
from tests.services.small_agency import Agency, open_book

WEEK = "2026-W10"
NOW = datetime(2026, 3, 10, 9, 15)
AUTHOR = Author("test", "2026-03-10T09:15:00")
TYPED = ScorecardTexts(("A win", ""), ("", "Needs help"), ("Call =Smith", "", "Rest"), "Line one\nline two")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency()
    agency.producer("P/é", "Dana Marsh", level="new", manager="Max Boss", target_new_premium=2_600_000)
    agency.producer("P/ö", "Lee Ortiz", manager="Nobody Known")
    agency.producer("P3", "Ray Gone", left_on="2025-12-31", status="inactive")
    agency.producer("M01", "Max Boss", role="manager")
    agency.activity("2026-03-03T10:00:00", "P/é", "call", count=51)
    agency.activity("2026-02-25T10:00:00", "P/é", "call", count=40)
    agency.activity("2026-03-03T10:00:00", "P/é", "referral_ask", count=9, self_reported=True)
    agency.quote("2026-03-02", "P/é")
    agency.quote("2026-03-04", "P/é")
    agency.policy("H1", "2026-03-03", "P/é", 600_050)
    agency.lead("L1", "2026-03-02T08:00:00", "P/é", estimated_premium=120_000)
    with open_book(tmp_path) as opened:
        agency.store(opened)
        yield opened


def test_the_page_shows_the_dashboards_figures(book: Book) -> None:
    (page,) = scorecards.contents(book, Order(WEEK, ["p/É"]), NOW)
    panel = dashboard(book, iso_week(WEEK), end_of(iso_week(WEEK).end), "P/é").producers[0]
    for row in (*page.activity, *page.results):
        figure = panel.metrics[row.metric]
        assert (row.figure.value, row.figure.target, row.figure.stretch, row.figure.hit) == (
            figure.value, figure.target, figure.stretch, figure.hit,
        )  # fmt: skip
    calls = page.activity[0].figure
    assert (calls.value, calls.target, calls.hit) == (51, 50, True)
    assert calls.series[-2:] == (40, 51)
    assert page.results[2].figure.value == 600_050
    assert page.results[2].figure.target == 600_000  # 26,000 x 12 / 52
    assert (page.person.name, page.person.manager) == ("Dana Marsh", "Max Boss")
    assert page.monthly_target == 2_600_000
    assert page.month.close_rate == 0.5
    assert page.month.on_track is True
    assert (page.total.count, page.total.premium) == (1, 120_000)
    assert page.data_as_of == (
        "Quotes through Mar 4, 2026; calls, referrals and policies through Mar 3, 2026; leads through Mar 2, 2026."
    )
    assert page.automatic_share == pytest.approx(54 / 63)


def test_everybody_is_who_was_employed_as_a_producer(book: Book) -> None:
    pages = scorecards.contents(book, Order(WEEK), NOW)
    assert [page.person.code for page in pages] == ["P/é", "P/ö"]
    assert pages[1].person.manager == "Nobody Known"
    assert [one.producer for one in scorecards.states(book, WEEK)] == ["P/é", "P/ö"]


def test_somebody_named_gets_a_page_though_no_producer_of_the_week(book: Book) -> None:
    pages = scorecards.contents(book, Order(WEEK, ["P3", "M01"]), NOW)
    assert [page.person.name for page in pages] == ["Ray Gone", "Max Boss"]
    assert pages[0].activity[0].figure.target is None


def test_a_later_as_of_is_not_seen(book: Book) -> None:
    (page,) = scorecards.contents(book, Order(WEEK, ["P/é"], datetime(2026, 3, 2, 23, 59)), NOW)
    assert page.activity[0].figure.value == 0
    assert page.results[0].figure.value == 1


def test_texts_are_kept_as_typed_and_can_be_undone_and_redone(book: Book) -> None:
    assert scorecards.texts(book, WEEK, "P/é").empty
    assert scorecards.save_texts(book, WEEK, "p/É", TYPED, AUTHOR).changed
    assert scorecards.texts(book, WEEK, "P/é") == TYPED
    assert not scorecards.save_texts(book, WEEK, "P/é", TYPED, AUTHOR).changed
    later = ScorecardTexts(("A win", "Another"), TYPED.challenges, TYPED.priorities, "")
    scorecards.save_texts(book, WEEK, "P/é", later, AUTHOR)
    assert scorecards.texts(book, "2026-W11", "P/é").empty
    assert [one.filled for one in scorecards.states(book, WEEK)] == [True, False]
    edits.undo(book, AUTHOR)
    assert scorecards.texts(book, WEEK, "P/é") == TYPED
    edits.undo(book, AUTHOR)
    assert scorecards.texts(book, WEEK, "P/é").empty
    edits.redo(book, AUTHOR)
    edits.redo(book, AUTHOR)
    assert scorecards.texts(book, WEEK, "P/é") == later.padded()


def test_unknown_codes_and_weeks_are_refused(book: Book, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no producer with the code"):
        scorecards.save_texts(book, WEEK, "P99", TYPED, AUTHOR)
    with pytest.raises(UserError, match="no producer with the code"):
        scorecards.write_pdfs(book, WEEK, ["P99"], tmp_path / "out", at=NOW)
    with pytest.raises(UserError, match="not a week"):
        scorecards.write_pdfs(book, "2026-W54", None, tmp_path / "out", at=NOW)
    assert not (tmp_path / "out").exists()


def test_a_file_each_named_safely_and_the_same_bytes_again(book: Book, tmp_path: Path) -> None:
    scorecards.save_texts(book, WEEK, "P/é", TYPED, AUTHOR)
    written = scorecards.write_pdfs(book, WEEK, None, tmp_path / "out", at=NOW)
    assert [one.file.name for one in written] == ["scorecard-2026-W10-P.pdf", "scorecard-2026-W10-P-2.pdf"]
    assert [(one.producer, one.producer_name, one.signed) for one in written] == [
        ("P/é", "Dana Marsh", False), ("P/ö", "Lee Ortiz", False),
    ]  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(one.file.name for one in written)
    for one in written:
        assert hashlib.sha256(one.file.read_bytes()).hexdigest() == one.sha256
    again = scorecards.write_pdfs(book, WEEK, None, tmp_path / "again", at=NOW)
    assert [one.sha256 for one in again] == [one.sha256 for one in written]
    text = pypdf.PdfReader(written[0].file).pages[0].extract_text()
    for word in ("Dana Marsh", "$6,000.50", "Needs help", "Call =Smith", "line two", "Max Boss"):
        assert word in text


def test_one_file_holds_a_page_each(book: Book, tmp_path: Path) -> None:
    (written,) = scorecards.write_pdfs(book, WEEK, None, tmp_path, at=NOW, one_file=True)
    assert written.file.name == "scorecard-2026-W10.pdf"
    assert written.producer is None
    assert len(pypdf.PdfReader(written.file).pages) == 2


def test_a_blank_form_prints_targets_and_no_figures(book: Book, tmp_path: Path) -> None:
    scorecards.save_texts(book, WEEK, "P/é", TYPED, AUTHOR)
    (written,) = scorecards.write_pdfs(book, WEEK, ["P/é"], tmp_path, at=NOW, blank=True)
    text = pypdf.PdfReader(written.file).pages[0].extract_text()
    assert "Dana Marsh" in text
    assert "$26,000 / month" in text
    assert "6,000.50" not in text
    assert "Needs help" not in text


def test_a_folder_that_cannot_be_written_is_said(book: Book, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be made"):
        scorecards.write_pdfs(book, WEEK, ["P/é"], tmp_path / "file" / "out", at=NOW)


def test_paper_name_and_logo_come_from_the_book(book: Book) -> None:
    configuration.set_values(book, {"paper": "a4", "agency.name": "Hollis & Reyes"}, AUTHOR)
    assert scorecards.set_logo(book, logo(), AUTHOR).changed
    (page,) = scorecards.contents(book, Order(WEEK, ["P/é"]), NOW)
    assert (page.letterhead.agency, page.letterhead.paper) == ("Hollis & Reyes", Paper.A4)
    assert page.letterhead.logo == logo()
    with pytest.raises(UserError, match="cannot be read"):
        scorecards.set_logo(book, b"<svg/>", AUTHOR)
    scorecards.set_logo(book, None, AUTHOR)
    assert scorecards.contents(book, Order(WEEK, ["P/é"]), NOW)[0].letterhead.logo is None


def test_the_workbook_has_a_sheet_each(book: Book, tmp_path: Path) -> None:
    file = scorecards.write_workbook(book, Order(WEEK), tmp_path / "w.xlsx", NOW)
    assert openpyxl.load_workbook(file).sheetnames == ["Dana Marsh P-é", "Lee Ortiz P-ö"]


def test_the_desk_opens_the_first_where_the_asked_one_is_not_listed(book: Book) -> None:
    desk = scorecards.open_desk(book, WEEK, "P3", NOW, 50)
    assert desk.producer == "P/é"
    assert desk.page is not None
    assert desk.page.width == 425
    empty = scorecards.open_desk(book, "1990-W01", None, NOW, 50)
    assert empty.producer == "P/é"  # hired_on unknown: employed from the beginning
