"""The weekly scorecard as a PDF: one page per producer, read on Monday, signed by hand, legible from a bad printer.

Draws a finished `ScorecardContent`; counts nothing, reads no book and no clock. The same contents give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop.core.autograph import Role
from desktop.core.scorecard import MonthToDate, ScorecardContent, ScorecardRow, StageRow, Unit, date_range
from desktop.reports import pictures
from desktop.reports.figures import UNDEFINED, count_text, figure_text, moment_text, money_text, percent_text
from desktop.reports.fonts import first, shorten, width, wrap
from desktop.reports.lettering import clean
from desktop.reports.page import Bar, Page
from desktop.reports.theme import SIZES, theme
from desktop.reports.writing import Room, draw_items, draw_notes

# A text armour of the compressed streams that no reader has needed for decades: a quarter larger and slower.
rl_config.useA85 = 0

TITLE = "Producer Weekly Scorecard"

_ROW, _HEAD, _GAP, _GUTTER = 15.6, 17.0, 9.0, 24.0
_FOOTER, _SIGNATURES = 24.0, 68.0
_TREND, _ACTUAL, _TARGET, _STRETCH, _BAR, _HIT = 0.235, 0.475, 0.605, 0.72, 0.755, 0.965
_LINES_BELOW = 10
_PASSAGE = 8.0
_PITCH = (15.0, 20.0)


def render(contents: Sequence[ScorecardContent]) -> bytes:
    """The PDF of these scorecards, a page each, in the order given."""
    buffer = BytesIO()
    canvas = Canvas(
        buffer, pagesize=SIZES[contents[0].letterhead.paper], invariant=1, pageCompression=1, initialFontName=first()
    )
    _describe(canvas, contents)
    for number, content in enumerate(contents, 1):
        size = SIZES[content.letterhead.paper]
        canvas.setPageSize(size)
        page = Page(canvas, size)
        _draw(page, content, number, len(contents))
        page.finish()
    canvas.save()
    return buffer.getvalue()


def _describe(canvas: Any, contents: Sequence[ScorecardContent]) -> None:
    first = contents[0]
    whose = first.person.name if len(contents) == 1 else f"{len(contents)} producers"
    canvas.setTitle(clean(f"Weekly scorecard, {whose}, {first.week.label}"))
    canvas.setAuthor(clean(first.letterhead.agency))
    canvas.setSubject(f"Week {first.week.label}")
    canvas.setCreator("Producer Desk")


def _draw(page: Page, content: ScorecardContent, number: int, pages: int) -> None:
    y = _letterhead(page, content)
    y = _identity(page, content, y)
    y = _metrics(page, "Activity this week", content.activity, content, y)
    y = _metrics(page, "Results this week", content.results, content, y)
    y = _legend(page, content, y)
    half = (page.right - page.left - _GUTTER) / 2
    middle = page.left + half + _GUTTER
    below = _pipeline(page, content, page.left, half, y)
    _month(page, content, middle, half, y, below)
    _words(page, content, (page.left, middle), half, below)
    line = _signature_line(page.bottom, content)
    page.signature(page.left, line, half, content.person.name, "Producer")
    page.signature(middle, line, half, content.person.manager, "Manager")
    _footer(page, content, number, pages)


def signature_boxes(content: ScorecardContent) -> dict[Role, tuple[float, float, float, float]]:
    """Where the two sign on the page: left, bottom, right and top of the room over each line, in points."""
    margin = theme().margin
    half = (SIZES[content.letterhead.paper][0] - 2 * margin - _GUTTER) / 2
    line = _signature_line(margin, content)
    lefts = {Role.PRODUCER: margin, Role.MANAGER: margin + half + _GUTTER}
    return {role: (left, line + 1, left + half, line + _SIGNATURES - 28) for role, left in lefts.items()}


def _signature_line(bottom: float, content: ScorecardContent) -> float:
    return bottom + _FOOTER + _lift(content) + 26


def _lift(content: ScorecardContent) -> float:
    """How much higher than usual the foot of a page reaches that says what it amends."""
    return _PASSAGE * len(_changed(content))


def _changed(content: ScorecardContent) -> tuple[str, ...]:
    """What changed since the version replaced, in at most three lines of the page's length."""
    if content.edition is None or not content.edition.changes:
        return ()
    look, size = theme(), SIZES[content.letterhead.paper]
    room = size[0] - 2 * look.margin
    text = f"Changed since version {content.edition.version - 1}: {'; '.join(content.edition.changes)}."
    return shorten(wrap(text, look.tiny, room), 3, look.tiny, room)


def _letterhead(page: Page, content: ScorecardContent) -> float:
    """Logo and agency at the left, the document's title at the right; returns the height where the next part starts."""
    look, head = page.theme, content.letterhead
    base = page.top - 25
    x = page.left
    if head.logo is not None:
        size = pictures.fitted_size(head.logo, 110, 32)
        pictures.draw_picture(page.canvas, head.logo, x, page.top - 1 - size[1] - (32 - size[1]) / 2, size)
        x += size[0] + 10
    title = width(TITLE, look.headline, True)
    page.snug(x, base, head.agency, look.section + 2.5, page.right - title - 20 - x, bold=True)
    page.text_right(page.right, base, TITLE, look.headline, title + 1, bold=True)
    page.rule(page.left, page.right, page.top - 37, stroke=1.4, grey=look.ink)
    return page.top - 37


def _identity(page: Page, content: ScorecardContent, y: float) -> float:
    """Producer, week, manager and monthly target, two by two."""
    half = (page.right - page.left - _GUTTER) / 2
    middle = page.left + half + _GUTTER
    person, week = content.person, content.week
    target = f"{money_text(content.monthly_target)} / month" if content.monthly_target is not None else ""
    _field(page, page.left, y - 17, half, "Producer", person.name, f"({person.code})" if person.code else "")
    _field(page, middle, y - 17, half, "Week", f"{week.label}  ({date_range(week.start, week.end)})")
    _field(page, page.left, y - 35, half, "Manager", person.manager)
    _field(page, middle, y - 35, half, "Target", target)
    return y - 41 - _GAP


def _field(page: Page, x: float, y: float, length: float, label: str, value: str, aside: str = "") -> None:
    """A label with its value on a line; what stands `aside` behind a long value is never cut away by it."""
    look = page.theme
    page.text(x, y, label, look.body, 52, grey=look.quiet)
    room = length - 54
    behind = min(width(aside, look.body) + 4, room / 3) if aside else 0.0
    end = page.snug(x + 54, y, value, look.section, room - behind, bold=True)
    if aside:
        page.text(end + 4, y, aside, look.body, behind - 4)
    page.rule(x + 54, x + length, y - 3.5)


def _metrics(page: Page, title: str, rows: Sequence[ScorecardRow], content: ScorecardContent, y: float) -> float:
    """A table of metrics with trend, actual, target, stretch, bullet bar and the box that says whether it was hit."""
    look, wide = page.theme, page.right - page.left
    y -= _HEAD - 5
    page.text(page.left, y, title, look.section, wide * _TREND, bold=True)
    for share, head in ((_ACTUAL, "Actual"), (_TARGET, "Target"), (_STRETCH, "Stretch")):
        page.text_right(page.left + wide * share, y, head, look.small, 60, grey=look.quiet)
    if not content.blank:
        page.text(page.left + wide * _TREND, y, "Trend", look.small, 60, grey=look.quiet)
        page.text(page.left + wide * _BAR, y, "Against target", look.small, 90, grey=look.quiet)
    hit = width("Hit?", look.small)
    page.text(page.left + wide * _HIT - hit / 2, y, "Hit?", look.small, hit + 1, grey=look.quiet)
    y -= 4
    page.rule(page.left, page.right, y, stroke=look.line, grey=look.ink)
    for row in rows:
        y -= _ROW
        _metric(page, row, content.blank, y)
    return y - _GAP


def _metric(page: Page, row: ScorecardRow, blank: bool, y: float) -> None:
    look, wide, figure = page.theme, page.right - page.left, row.figure
    base = y + 4.4
    page.text(page.left, base, row.label, look.body, wide * _TREND - 4)
    if blank:
        end = page.left + wide * _ACTUAL
        page.open_cell(end - 66, y + 1.8, 66, _ROW - 3.6)
        page.text(end - 62, base, "$" if row.unit is Unit.MONEY else "", look.body, 8)
    else:
        page.figure(
            page.left + wide * _ACTUAL, base, figure_text(figure.value, row.unit), look.body + 0.5, 68, bold=True
        )
        page.trend(page.left + wide * _TREND + 1, y + 3.2, 52, _ROW - 6.4, figure.series)
    page.figure(page.left + wide * _TARGET, base, figure_text(figure.target, row.unit), look.body, 62)
    page.figure(page.left + wide * _STRETCH, base, figure_text(figure.stretch, row.unit), look.body, 56)
    if figure.value is not None and figure.target:
        bar = Bar(figure.value, figure.target, figure.stretch)
        page.bullet(page.left + wide * _BAR, y + 3.6, wide * 0.17, _ROW - 7.2, bar)
    _hit_box(page, page.left + wide * _HIT, y, figure.hit, blank)
    page.rule(page.left, page.right, y)


def _hit_box(page: Page, centre: float, y: float, hit: bool | None, blank: bool) -> None:
    if hit is None and not blank:
        room = width(UNDEFINED, page.theme.body)
        page.text(centre - room / 2, y + 4.4, UNDEFINED, page.theme.body, room + 1)
        return
    page.check_box(centre - 4.6, y + 3.2, 9.2, bool(hit))


def _legend(page: Page, content: ScorecardContent, y: float) -> float:
    if content.blank:
        return y
    weeks = max((len(row.figure.series) for row in (*content.activity, *content.results)), default=0)
    trend = f"Trend: the last {weeks} weeks.  " if weeks > 1 else ""
    text = f"{trend}Bars: actual, with a thick mark at the target and a thin one at the stretch target."
    page.text(page.left, y + 1, text, page.theme.tiny, page.right - page.left, grey=page.theme.quiet)
    return y - _GAP


def _section(page: Page, x: float, y: float, length: float, title: str) -> float:
    page.text(x, y - 12, title, page.theme.section, length, bold=True)
    page.rule(x, x + length, y - 16, stroke=page.theme.line, grey=page.theme.ink)
    return y - 16


def _pipeline(page: Page, content: ScorecardContent, x: float, length: float, y: float) -> float:
    """Six open stages and their total; returns the height under the table."""
    look = page.theme
    y = _section(page, x, y, length, "Pipeline snapshot")
    page.text_right(x + length * 0.58, y + 4, "Count", look.small, 60, grey=look.quiet)
    page.text_right(x + length, y + 4, "Premium", look.small, 90, grey=look.quiet)
    amounts = [row.premium for row in (*content.stages, content.total) if row.premium is not None]
    cents = any(amount % 100 for amount in amounts)
    for row in content.stages:
        y = _stage(page, row, x, length, y, cents)
    page.rule(x, x + length, y, stroke=look.line, grey=look.ink)
    return _stage(page, content.total, x, length, y, cents, bold=True) - _GAP


def _stage(page: Page, row: StageRow, x: float, length: float, y: float, cents: bool, bold: bool = False) -> float:
    look = page.theme
    y -= 14.2
    page.text(x, y + 4, row.label, look.body, length * 0.4, bold=bold)
    if row.count is None:
        page.rule(x + length * 0.58 - 40, x + length * 0.58, y + 2, stroke=look.line, grey=look.ink)
        page.text(x + length - 84, y + 4, "$", look.body, 8)
        page.rule(x + length - 76, x + length, y + 2, stroke=look.line, grey=look.ink)
        return y
    page.figure(x + length * 0.58, y + 4, count_text(row.count), look.body, length * 0.18, bold=bold)
    page.figure(x + length, y + 4, money_text(row.premium, cents), look.body, length * 0.4, bold=bold)
    page.rule(x, x + length, y)
    return y


def _month(page: Page, content: ScorecardContent, x: float, length: float, y: float, bottom: float) -> None:
    """Month to date against the month's targets, and whether the producer is on track."""
    month, look = content.month, page.theme
    top = _section(page, x, y, length, "Month to date")
    step = (top - bottom - _GAP) / (4 if content.blank else 5)
    y = top - step
    _progress(page, x, y, length, "Policies written", (month.policies_written, month.policies_target), count_text)
    y -= step
    _progress(page, x, y, length, "Premium written", (month.new_premium, month.premium_target), money_text)
    y -= step
    page.text(x, y + 5, "Close rate", look.body, 90)
    if content.blank:
        page.rule(x + length - 60, x + length - 10, y + 3, stroke=look.line, grey=look.ink)
        page.text_right(x + length, y + 5, "%", look.body, 10)
    else:
        page.text_right(x + length, y + 5, percent_text(month.close_rate), look.body + 0.5, 90, bold=True)
    page.rule(x, x + length, y)
    y -= step
    _on_track(page, x, y, length, month)
    if not content.blank:
        y -= step
        page.text(x, y + 5, "Tracked automatically", look.body, 120)
        page.text_right(x + length, y + 5, percent_text(content.automatic_share), look.body, 60)
        page.rule(x, x + length, y)


def _progress(
    page: Page,
    x: float,
    y: float,
    length: float,
    label: str,
    figures: tuple[int | None, int | None],
    written: Callable[[int | None], str],
) -> None:
    look, (value, target) = page.theme, figures
    page.text(x, y + 5, label, look.body, 74)
    goal = f" / {written(target)} target"
    room = width(goal, look.small)
    page.text_right(x + length, y + 5, goal, look.small, room + 1)
    end = x + length - room
    if value is None:
        page.rule(end - 58, end, y + 3, stroke=look.line, grey=look.ink)
    else:
        text = written(value)
        page.figure(end, y + 5, text, look.body + 0.5, end - x - 78, bold=True)
        start = x + 78
        spare = end - width(text, look.body + 0.5, True) - 8 - start
        if target and spare >= 24:
            page.bullet(start, y + 4.5, min(spare, 64), 8.4, Bar(value, target))
    page.rule(x, x + length, y)


def _on_track(page: Page, x: float, y: float, length: float, month: MonthToDate) -> None:
    look = page.theme
    page.text(x, y + 5, "On track for goal?", look.body, 110)
    at = x + length - 84
    for word, answer in (("YES", True), ("NO", False)):
        page.check_box(at, y + 4, 9.2, month.on_track is answer)
        page.text(at + 13, y + 5, word, look.body, 30, bold=month.on_track is answer)
        at += 50
    page.rule(x, x + length, y)


def _words(page: Page, content: ScorecardContent, columns: tuple[float, float], length: float, y: float) -> None:
    """What producer and manager wrote, between the tables and the signatures, in whatever room the paper leaves."""
    texts = content.texts
    left, right = columns
    bottom = page.bottom + _FOOTER + _lift(content) + _SIGNATURES
    pitch = max(_PITCH[0], min(_PITCH[1], (y - bottom - 2 * 16 - _GAP) / _LINES_BELOW))
    upper, lower = 4 * pitch, 6 * pitch
    top = _section(page, left, y, length, "Wins this week")
    _section(page, right, y, length, "Challenges / coaching needs")
    draw_items(page, Room(left, top - 1, length, upper, pitch), texts.wins)
    draw_items(page, Room(right, top - 1, length, upper, pitch), texts.challenges)
    y = top - upper - _GAP
    top = _section(page, left, y, length, "Next week's priorities")
    _section(page, right, y, length, "Manager notes")
    draw_items(page, Room(left, top - 1, length, lower, pitch), texts.priorities)
    draw_notes(page, Room(right, top - 1, length, lower, pitch), texts.notes)


def _footer(page: Page, content: ScorecardContent, number: int, pages: int) -> None:
    look = page.theme
    page.rule(page.left, page.right, page.bottom + _lift(content) + 17)
    y = page.bottom + _lift(content) + 8
    for line in _changed(content):
        page.text(page.left, y, line, look.tiny, page.right - page.left)
        y -= _PASSAGE
    stamp = f"Printed {moment_text(content.printed_at)}   Page {number} of {pages}"
    page.text_right(page.right, page.bottom + 8, stamp, look.small, 200, grey=look.quiet)
    room = page.right - page.left - width(stamp, look.small) - 16
    if content.edition is not None:
        words = content.edition.words
        room = min(room, page.right - page.left - width(words, look.tiny, True) - 16)
        page.text_right(page.right, page.bottom, words, look.tiny, 260, bold=True)
    y = page.bottom + 8
    for line in _two_lines(content.data_as_of, look.tiny, room):
        page.text(page.left, y, line, look.tiny, room, grey=look.quiet)
        y -= 8


def _two_lines(text: str, size: float, room: float) -> tuple[str, ...]:
    lines = wrap(text, size, room)
    return lines if len(lines) <= 2 else (lines[0], " ".join(lines[1:]))
