"""Golden words and pictures of printed pages; RENEW_GOLDEN=1 writes them anew, to be read as a difference."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
from PIL import Image, ImageChops

GOLDEN = Path(__file__).parent.parent / "golden"
RENEW = bool(os.environ.get("RENEW_GOLDEN"))
_UNLIKE = 0.004


def words_of(pdf: bytes) -> str:
    """Every line of words with its page and place, rounded to points."""
    lines = []
    with pdfplumber.open(BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            lines += [
                f"{number:2}{round(word['x0']):5}{round(word['top']):5}  {word['text']}"
                for word in page.extract_words(x_tolerance=2, keep_blank_chars=True)
            ]
    return "\n".join(lines) + "\n"


def pictures_of(pdf: bytes) -> Image.Image:
    """The first pages side by side, at most three, in grey at 50 dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[at].render(scale=50 / 72).to_pil().convert("L") for at in range(min(3, len(document)))]
    document.close()
    whole = Image.new("L", (sum(page.width for page in pages), max(page.height for page in pages)), 255)
    x = 0
    for page in pages:
        whole.paste(page, (x, 0))
        x += page.width
    return whole


def check(name: str, pdf: bytes) -> None:
    """Words and places are the golden ones, and the picture is all but the same."""
    text, picture = GOLDEN / f"{name}.txt", GOLDEN / f"{name}.png"
    found = pictures_of(pdf)
    if RENEW:
        text.write_text(words_of(pdf), encoding="utf-8")
        found.save(picture, optimize=True)
    assert words_of(pdf) == text.read_text(encoding="utf-8"), "if it is meant to: RENEW_GOLDEN=1"
    with Image.open(picture) as golden:
        assert golden.size == found.size
        histogram = ImageChops.difference(golden.convert("L"), found).histogram()
    assert sum(histogram[64:]) / sum(histogram) < _UNLIKE
