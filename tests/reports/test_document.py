"""Any report on paper: words, places, pictures; headings on every page, rows in one piece, names never markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pdfplumber
import pypdf
import pytest

from desktop.core.documents import Column, Kind, Report, Row, Table
from desktop.core.scorecard import Paper
from desktop.reports.document import render
from desktop.reports.plots import ticks
from desktop.reports.values import shown
from tests.reports import documents_made as made
from tests.reports import golden

MARGIN = 0.6 * 72


@pytest.mark.parametrize("name", ["figures", "charts"])
def test_words_places_and_pictures_are_the_golden_ones(name: str) -> None:
    golden.check(f"document-{name}", render(made.ALL[name]()).data)


@pytest.mark.parametrize("make", made.ALL.values(), ids=made.ALL)
def test_everything_stands_within_the_margins(make: Callable[[], Report]) -> None:
    printed = render(make())
    with pdfplumber.open(BytesIO(printed.data)) as document:
        assert len(document.pages) == printed.pages
        for page in document.pages:
            marks = [*page.chars, *page.lines, *page.rects, *page.curves]
            assert min(mark["x0"] for mark in marks) >= MARGIN - 2
            assert max(mark["x1"] for mark in marks) <= page.width - MARGIN + 2
            assert min(mark["top"] for mark in marks) >= MARGIN - 2
            assert max(mark["bottom"] for mark in marks) <= page.height - MARGIN + 3


@pytest.mark.parametrize("name", ["figures", "charts", "long", "empty"])
def test_no_words_stand_on_others(name: str) -> None:
    with pdfplumber.open(BytesIO(render(made.ALL[name]()).data)) as document:
        for page in document.pages:
            words = page.extract_words(x_tolerance=2, keep_blank_chars=True)
            for number, one in enumerate(words):
                for other in words[number + 1 :]:
                    across = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
                    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
                    assert across < 1 or down < 3, (one["text"], other["text"])


def test_headings_and_page_numbers_on_every_page_and_no_row_is_split() -> None:
    printed = render(made.long_table())
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(printed.data)).pages]
    assert printed.pages == len(pages) > 3
    seen: list[str] = []
    for number, text in enumerate(pages, 1):
        assert "Lakeview Insurance Partners" in text and "Quarterly report" in text
        assert f"Page {number} of {len(pages)}" in text
        assert "Count" in text.split() and "Words" in text.split()
        # each row's first cell and the first line of its last stand on the same page
        rows, ends = re.findall(r"Row(\d{4})", text), re.findall(r"End(\d{4})", text)
        assert sorted(rows) == sorted(ends) != []
        seen += rows
    assert sorted(seen) == [f"{n:04}" for n in range(130)]
    assert "TOTAL" in pages[-1] and "Row0129" in pages[-1]


def test_long_words_of_a_row_stay_together() -> None:
    with pdfplumber.open(BytesIO(render(made.long_table()).data)) as document:
        lines = {
            word["text"]: number
            for number, page in enumerate(document.pages)
            for word in page.extract_words()
            if word["text"].startswith("Row")
        }
        counts = [len([w for w in page.extract_words() if w["text"] == "word"]) for page in document.pages]
    for number in range(len(document.pages)):
        wanted = sum(int(name[3:]) % 9 * 7 for name, page in lines.items() if page == number)
        assert counts[number] == wanted


def test_names_are_words_never_markup_and_nothing_is_fetched() -> None:
    printed = render(made.nasty())
    document = pypdf.PdfReader(BytesIO(printed.data))
    text = " ".join(page.extract_text() for page in document.pages)
    assert (
        "<b>Insurance</b>" in text
        and "Đorđević" in text
        and "\u05d0" in text
        and "\u4fdd\u967a" in text
        and "\U0001f600" in text
    )
    for font in [f.get_object() for p in document.pages for f in p["/Resources"]["/Font"].get_object().values()]:
        assert "/FontFile2" in font["/FontDescriptor"].get_object()
    assert b"/URI" not in printed.data and b"/JavaScript" not in printed.data


def test_the_file_says_what_it_is_and_is_the_same_each_time() -> None:
    printed = render(made.figures())
    meta = pypdf.PdfReader(BytesIO(printed.data)).metadata
    assert meta is not None
    assert (meta.title, meta.author) == ("Quarterly report", "Lakeview Insurance Partners")
    assert printed.data == render(made.figures()).data


def test_a_wide_table_turns_the_page_and_a_narrow_one_does_not() -> None:
    wide = tuple(Column(f"Premium {n}", Kind.MONEY) for n in range(14))
    report = made.document(Table(wide, (Row(tuple(10**9 for _ in wide)),)))
    box = pypdf.PdfReader(BytesIO(render(report).data)).pages[0].mediabox
    assert box.width > box.height
    box = pypdf.PdfReader(BytesIO(render(made.figures()).data)).pages[0].mediabox
    assert box.width < box.height
    turned = made.document(landscape=True, paper=Paper.A4)
    assert round(float(pypdf.PdfReader(BytesIO(render(turned).data)).pages[0].mediabox.width)) == 842


def test_figures_are_never_cut() -> None:
    columns = tuple(Column(f"C{n}", Kind.MONEY_EXACT) for n in range(12))
    report = made.document(Table(columns, (Row(tuple(123_456_789_01 + n for n in range(12))),)))
    text = pypdf.PdfReader(BytesIO(render(report).data)).pages[0].extract_text()
    for n in range(12):
        assert f"$123,456,789.{n + 1:02}" in text


def test_values_are_written_as_the_desk_writes_them() -> None:
    assert shown(123_450, Kind.MONEY) == "$1,235"
    assert shown(-123_450, Kind.MONEY) == "-$1,235"
    assert shown(123_450, Kind.MONEY_EXACT) == "$1,234.50"
    assert shown(0.125, Kind.PERCENT) == "12.5%"
    assert shown(3, Kind.MULTIPLE) == "3.00x"
    assert shown(12.5, Kind.NUMBER) == "12.5"
    assert shown(None, Kind.COUNT) == "—"
    assert shown(None, Kind.TEXT) == ""


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 0.37), (-5, 12), (0, 123_456), (0, 3)])
def test_axes_hold_their_values_with_few_round_ticks(low: float, high: float) -> None:
    found = ticks(low, high)
    assert found[0] <= low and found[-1] >= high and 2 <= len(found) <= 9
    assert 0 in [round(tick, 9) for tick in found]
