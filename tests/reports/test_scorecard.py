"""The scorecard on paper: words, places, picture, bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from desktop.core.scorecard import ScorecardContent
from desktop.reports.preview import picture
from desktop.reports.scorecard import render
from tests.reports import pages

GOLDEN = Path(__file__).parent.parent / "golden"
MARGIN = 0.6 * 72
RENEW = bool(os.environ.get("RENEW_GOLDEN"))


def _words(content: ScorecardContent) -> list[str]:
    """Every line of words with its place, rounded to points."""
    with pdfplumber.open(BytesIO(render([content]))) as document:
        (page,) = document.pages
        found = page.extract_words(x_tolerance=2, keep_blank_chars=True)
    return [f"{round(word['x0']):4}{round(word['top']):5}  {word['text']}" for word in found]


def _image(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[0].render(scale=60 / 72).to_pil().convert("L")
    document.close()
    return image


@pytest.mark.parametrize("name", ["ordinary", "blank"])
def test_words_and_places_are_the_golden_ones(name: str) -> None:
    file = GOLDEN / f"scorecard-{name}.txt"
    found = "\n".join(_words(pages.ALL[name]())) + "\n"
    if RENEW:
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["ordinary", "blank"])
def test_the_picture_is_the_golden_one(name: str) -> None:
    file = GOLDEN / f"scorecard-{name}.png"
    found = _image(render([pages.ALL[name]()]))
    if RENEW:
        found.save(file, optimize=True)
    with Image.open(file) as golden:
        assert golden.size == found.size
        histogram = ImageChops.difference(golden.convert("L"), found).histogram()
    unlike = sum(histogram[64:]) / sum(histogram)
    assert unlike < 0.004


@pytest.mark.parametrize("make", pages.ALL.values(), ids=pages.ALL)
def test_one_page_within_its_margins_whatever_stands_on_it(make: Callable[[], ScorecardContent]) -> None:
    with pdfplumber.open(BytesIO(render([make()]))) as document:
        (page,) = document.pages
        marks = [*page.chars, *page.lines, *page.rects, *page.curves]
        assert min(mark["x0"] for mark in marks) >= MARGIN - 1.5
        assert max(mark["x1"] for mark in marks) <= page.width - MARGIN + 1.5
        assert min(mark["top"] for mark in marks) >= MARGIN - 1.5
        assert max(mark["bottom"] for mark in marks) <= page.height - MARGIN + 3


@pytest.mark.parametrize("make", pages.ALL.values(), ids=pages.ALL)
def test_no_words_stand_on_others(make: Callable[[], ScorecardContent]) -> None:
    with pdfplumber.open(BytesIO(render([make()]))) as document:
        words = document.pages[0].extract_words(x_tolerance=2, keep_blank_chars=True)
    for number, one in enumerate(words):
        for other in words[number + 1 :]:
            across = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            assert across < 1 or down < 3, (one["text"], other["text"])


def test_signature_lines_are_long_enough_and_carry_name_role_and_date() -> None:
    with pdfplumber.open(BytesIO(render([pages.ordinary()]))) as document:
        page = document.pages[0]
        names = [word for word in page.extract_words(keep_blank_chars=True, x_tolerance=2) if word["top"] > 690]
        for name, role in (
            ("Maria O\N{RIGHT SINGLE QUOTATION MARK}Brien-Núñez", "Producer"),
            ("Tom Ashworth", "Manager"),
        ):
            (word,) = [word for word in names if word["text"] == name]
            over = [
                line for line in page.lines if abs(line["x0"] - word["x0"]) < 2 and 0 < word["top"] - line["top"] < 8
            ]
            assert [line["x1"] - line["x0"] >= 180 for line in over] == [True]
            under = [w["text"] for w in names if 0 < w["top"] - word["top"] < 20 and abs(w["x0"] - word["x0"]) < 200]
            assert role in under
            assert "Date" in under


def test_markup_is_words_and_the_file_says_whose_it_is() -> None:
    document = pypdf.PdfReader(BytesIO(render([pages.longest()])))
    text = document.pages[0].extract_text()
    assert "<b>Insurance</b>" in text
    assert "<i>" in text
    assert document.metadata is not None
    assert document.metadata.title is not None
    assert document.metadata.title.startswith("Weekly scorecard, Wolfeschlegel")
    assert (document.metadata.author or "").startswith("D'Angelo & Sons <b>")
    assert render([pages.ordinary()]) == render([pages.ordinary()])


def test_every_font_is_embedded_and_nothing_is_fetched() -> None:
    document = pypdf.PdfReader(BytesIO(render([pages.scripts()])))
    fonts = document.pages[0]["/Resources"]["/Font"].get_object()
    used = [font.get_object() for font in fonts.values()]
    assert used
    for font in used:
        if font["/BaseFont"] != "/Helvetica":
            assert "/FontFile2" in font["/FontDescriptor"].get_object()
    raw = b"".join(render([make()]) for make in pages.ALL.values())
    assert b"/URI" not in raw
    assert b"/JavaScript" not in raw


def test_what_cannot_be_drawn_shows_as_a_box() -> None:
    text = pypdf.PdfReader(BytesIO(render([pages.scripts()]))).pages[0].extract_text()
    assert "\u25a1" in text
    assert "great" in text
    assert "\u05d0" in text


def test_everybody_in_one_file_has_a_page() -> None:
    contents = [replace(pages.ordinary(), person=replace(pages.MARIA, name=f"Dana {n}")) for n in range(3)]
    document = pypdf.PdfReader(BytesIO(render(contents)))
    assert len(document.pages) == 3
    assert "Page 2 of 3" in document.pages[1].extract_text()
    assert "Dana 1" in document.pages[1].extract_text()


def test_long_words_end_with_an_ellipsis_and_the_code_stays() -> None:
    words = " ".join(_words(pages.longest()))
    assert words.count("\N{HORIZONTAL ELLIPSIS}") >= 6
    assert "(P-999" in words


def test_the_screen_shows_the_page_itself() -> None:
    shown = picture(render([pages.ordinary()]), 0, 72)
    assert (shown.width, shown.height) == (612, 792)
    assert len(shown.pixels) >= shown.stride * shown.height
    assert min(shown.pixels[0::4]) < 40
