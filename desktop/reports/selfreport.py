"""The self-report form on paper that can be filled in on screen: a PDF with one field to each question.

Draws a finished `Form`; the code of each line is the field's name. The same form gives the same bytes.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas

from desktop.core.scorecard import Paper, date_range
from desktop.core.selfreports import COUNT_HEADING, LABEL_HEADING, TARGET_HEADING, Form, FormLine
from desktop.reports.fonts import first
from desktop.reports.lettering import clean
from desktop.reports.page import Page
from desktop.reports.theme import SIZES

TITLE = "What only you know of your week"
_ROW, _FIELD = 30.0, 84.0
_DIGITS = 6


def render(form: Form) -> bytes:
    """The form as a PDF of one page on Letter."""
    buffer = BytesIO()
    size = SIZES[Paper.LETTER]
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=1, initialFontName=first())
    canvas.setTitle(clean(f"Self-report, {form.producer_name}, {form.week}"))
    canvas.setAuthor(clean(form.agency))
    canvas.setCreator("Producer Desk")
    page = Page(canvas, size)
    _draw(page, canvas, form)
    page.finish()
    canvas.save()
    return buffer.getvalue()


def _draw(page: Page, canvas: Any, form: Form) -> None:
    look, width = page.theme, page.right - page.left
    page.snug(page.left, page.top - 24, TITLE, look.headline, width, bold=True)
    whose = " – ".join(part for part in (form.producer_name, form.agency) if part)
    page.snug(page.left, page.top - 46, whose, look.section, width, bold=True)
    week = f"{form.week}, {date_range(form.days.start, form.days.end)}"
    page.snug(page.left, page.top - 62, week, look.body, width)
    note = "Fill in what happened and no system saw, leave the rest empty, save, and send this file back."
    page.snug(page.left, page.top - 80, note, look.body, width)
    y = page.top - 112
    column = page.right - 90 - _FIELD
    page.text(page.left, y, LABEL_HEADING, look.body, column - page.left, bold=True)
    page.text(column, y, COUNT_HEADING, look.body, _FIELD, bold=True)
    page.text_right(page.right, y, TARGET_HEADING, look.body, 80, bold=True)
    page.rule(page.left, page.right, y - 6)
    for line in form.lines:
        y -= _ROW
        _line(page, canvas, line, (column, y))


def _line(page: Page, canvas: Any, line: FormLine, at: tuple[float, float]) -> None:
    look, (column, y) = page.theme, at
    page.snug(page.left, y, line.label, look.body, column - page.left - 12)
    canvas.acroForm.textfield(
        name=line.code,
        tooltip=line.label,
        x=column,
        y=y - 6,
        width=_FIELD,
        height=20,
        fontSize=11,
        maxlen=_DIGITS,
        borderWidth=0.75,
        borderColor=black,
        fillColor=white,
        textColor=black,
        forceBorder=True,
    )
    if line.target is not None:
        page.text_right(page.right, y, f"{line.target:,}", look.body, 80)
    page.rule(page.left, page.right, y - 10)
