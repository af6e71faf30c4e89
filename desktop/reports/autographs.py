"""How a signature looks on its line: the strokes or the typed name, and beside it who signed when, in small type.

Draws on a canvas of the field's own size; knows nothing of signing.
"""

from __future__ import annotations

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from desktop.core.autograph import Autograph
from desktop.reports.figures import moment_text
from desktop.reports.fonts import first
from desktop.reports.page import Page

_PEN = 1.1
_ASIDE = 0.4


def draw_autograph(autograph: Autograph, size: tuple[float, float]) -> bytes:
    """A one-page PDF of `size` points with the signature and its caption."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=1, initialFontName=first())
    page = Page(canvas, size)
    wide, high = size
    hand = wide * (1 - _ASIDE) - 6
    if any(len(stroke) > 1 for stroke in autograph.strokes):
        _draw_strokes(canvas, autograph, hand, high - 4)
    elif autograph.typed.strip():
        page.snug(2, 7, autograph.typed, min(18.0, high * 0.5), hand, bold=True)
    _draw_caption(page, autograph, wide - wide * _ASIDE, wide * _ASIDE, high)
    page.finish()
    canvas.save()
    return buffer.getvalue()


def _draw_strokes(canvas: Canvas, autograph: Autograph, wide: float, high: float) -> None:
    scale = min(high, wide / autograph.aspect)
    canvas.setLineWidth(_PEN)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in autograph.strokes:
        path = canvas.beginPath()
        for at, (x, y) in enumerate(stroke):
            (path.lineTo if at else path.moveTo)(2 + x * scale, 2 + (1 - y) * scale)
        canvas.drawPath(path, stroke=1, fill=0)


def _draw_caption(page: Page, autograph: Autograph, x: float, room: float, high: float) -> None:
    role = autograph.role.value.capitalize()
    first = "Signed on screen by" if autograph.given else f"Sealed for the {autograph.role.value} by"
    lines = (first, autograph.name, f"{role}, {moment_text(autograph.at)}")
    y = min(high - 9, 26.0)
    for line in lines:
        page.text(x, y, line, page.theme.tiny, room)
        y -= page.theme.tiny * 1.3
