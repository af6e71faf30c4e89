"""The embedded letters of everything printed: which font draws a character, how wide a text is, where it breaks.

Text is data here, never markup. A character that no font has is drawn as an open box, so that nothing vanishes.
Knows fonts and nothing of pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop import paths
from desktop.reports.lettering import clean, visual

ELLIPSIS = "…"
_BOX, _LAST_RESORT = "\u25a1", "?"
_FILES = {False: "NotoSans-Regular.ttf", True: "NotoSans-Bold.ttf"}
_WIDER = ("DejaVuSans.ttf", "NotoEmoji-Regular.ttf", "DroidSansFallback.ttf")
"""What draws the characters that the first font lacks; each is loaded with the first that only it has."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that one font draws, and its width at one point."""

    font: str
    text: str
    width: float


def first() -> Any:
    """The name of the embedded font that a document begins with, else it would name one that it does not hold.

    Untyped, since the library's stubs take the name for a number.
    """
    return _font(_FILES[False]).fontName


@lru_cache(maxsize=8192)
def pieces(text: str, bold: bool = False) -> tuple[Piece, ...]:
    """`text` from left to right as drawn, split where the font changes."""
    first = _font(_FILES[bold])
    shown = visual(clean(text))
    if shown.isascii():
        return (_piece(first, shown),) if shown else ()
    chosen = [_chosen(char, first) for char in shown]
    return tuple(
        _piece(font, "".join(char for _, char in group)) for font, group in groupby(chosen, key=lambda pair: pair[0])
    )


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of `text` in points at `size` points."""
    return sum(piece.width for piece in pieces(text, bold)) * size


@lru_cache(maxsize=4096)
def cut(text: str, size: float, room: float, bold: bool = False) -> str:
    """`text`, or as much of its beginning as fits `room` points with an ellipsis behind it."""
    text = clean(text)
    if width(text, size, bold) <= room:
        return text
    return text[: _fitting(text, size, room, bold, ELLIPSIS)].rstrip() + ELLIPSIS


@lru_cache(maxsize=4096)
def wrap(text: str, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
    """`text` broken into lines of at most `room` points, at blanks where possible; typed line ends are kept."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        lines.extend(_wrapped(clean(paragraph).split(), size, room, bold))
    return tuple(lines)


def shorten(lines: tuple[str, ...], count: int, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
    """The first `count` of `lines`; where some are left out the last one ends with an ellipsis."""
    if len(lines) <= count:
        return lines
    if count <= 0:
        return ()
    last = lines[count - 1]
    fitting = _fitting(last, size, room, bold, ELLIPSIS)
    return (*lines[: count - 1], last[:fitting].rstrip() + ELLIPSIS)


def _wrapped(words: list[str], size: float, room: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in words:
        wider = f"{line} {word}" if line else word
        if width(wider, size, bold) <= room:
            line = wider
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, size, room, bold)
        lines.extend(whole)
    return [*lines, line] if line else lines


def _broken(word: str, size: float, room: float, bold: bool) -> list[str]:
    """A word in parts that fit a line each."""
    parts = []
    while width(word, size, bold) > room:
        at = max(1, _fitting(word, size, room, bold))
        parts.append(word[:at])
        word = word[at:]
    return [*parts, word]


def _fitting(text: str, size: float, room: float, bold: bool, tail: str = "") -> int:
    """How many characters of `text` fit `room` together with `tail`."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle] + tail, size, bold) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _chosen(char: str, first: TTFont) -> tuple[TTFont, str]:
    """The font that draws `char`, and what is drawn: itself, or a box where no font has it."""
    if ord(char) in first.face.charToGlyph:
        return first, char
    for file in _WIDER:
        font = _font(file)
        if ord(char) in font.face.charToGlyph:
            return font, char
    wide = _font(_WIDER[0])
    return (wide, _BOX) if ord(_BOX) in wide.face.charToGlyph else (first, _LAST_RESORT)


def _piece(font: TTFont, text: str) -> Piece:
    return Piece(font.fontName, text, pdfmetrics.stringWidth(text, font.fontName, 1))


class _Font(TTFont):
    """A font whose letters beyond the first 65,536 are copied out of the document as they were written.

    The library names them to readers by five digits, which none understands; the standard has them as two halves.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        super().addObjects(doc)
        for name, made in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                made.content = _FAR.sub(lambda found: f"<{_halves(int(found[1], 16))}>", made.content)


_FAR = re.compile(r"<([0-9A-F]{5,6})>")


def _halves(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()


@cache
def _font(file: str) -> TTFont:
    font = _Font(Path(file).stem, str(paths.resources() / "fonts" / file))
    pdfmetrics.registerFont(font)
    return font
