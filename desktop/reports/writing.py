"""The places on a page for words: what was typed, wrapped into its room, or ruled lines to write on by hand.

Typed words shrink a little before any is cut, and whatever is cut ends with an ellipsis. Knows nothing of scorecards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.reports.fonts import shorten, wrap
from desktop.reports.page import Page

_INDENT = 14.0
_SIZES = (9.0, 8.0, 7.0)
_LEADING = 1.3


@dataclass(frozen=True, slots=True)
class Room:
    """A rectangle for words in points: left and top edge, length, height, and the pitch of lines for handwriting."""

    x: float
    top: float
    length: float
    height: float
    pitch: float


def share_lines(needs: Sequence[int], total: int) -> tuple[int, ...]:
    """How many of `total` lines each text gets: one each, and the rest one by one to the hungriest."""
    given = [1] * len(needs)
    for _ in range(total - len(needs)):
        hungriest = max(range(len(needs)), key=lambda at: needs[at] - given[at])
        if needs[hungriest] <= given[hungriest]:
            break
        given[hungriest] += 1
    return tuple(given)


def draw_items(page: Page, room: Room, items: Sequence[str]) -> None:
    """Numbered items: typed ones as text, missing ones as lines to be filled in by hand."""
    if not any(item.strip() for item in items):
        _draw_empty_items(page, room, len(items))
        return
    size, texts = _fitted(items, room.length - _INDENT, room.height)
    leading = size * _LEADING
    slot = room.height / len(items)
    if all(max(1, len(lines)) * leading + 3 <= slot for lines in texts):
        _draw_slots(page, room, slot, size, texts)
        return
    spare = (room.height - leading * sum(max(1, len(lines)) for lines in texts)) / len(items)
    y = room.top - size - 1
    for number, lines in enumerate(texts, 1):
        page.text(room.x, y, f"{number}.", size, _INDENT)
        for line in lines:
            page.text(room.x + _INDENT, y, line, size, room.length - _INDENT)
            y -= leading
        if not lines:
            page.rule(room.x + _INDENT, room.x + room.length, y - 2)
            y -= leading
        y -= min(spare, leading * 0.8)


def _draw_slots(page: Page, room: Room, slot: float, size: float, texts: Sequence[tuple[str, ...]]) -> None:
    """Items in slots of equal height, each closed by a rule, like the form that is filled in by hand."""
    for number, lines in enumerate(texts, 1):
        top = room.top - slot * (number - 1)
        y = top - size - 2
        page.text(room.x, y, f"{number}.", size, _INDENT)
        for line in lines:
            page.text(room.x + _INDENT, y, line, size, room.length - _INDENT)
            y -= size * _LEADING
        page.rule(room.x + _INDENT, room.x + room.length, top - slot + 1)


def draw_notes(page: Page, room: Room, text: str) -> None:
    """One running text, and lines for handwriting in what is left under it."""
    size, (lines,) = _fitted([text], room.length, room.height)
    y = room.top - size - 1
    for line in lines:
        page.text(room.x, y, line, size, room.length)
        y -= size * _LEADING
    used = room.top - y - size - 1 if lines else 0.0
    _draw_rules(page, room.x, room.x + room.length, room, used)


def _draw_empty_items(page: Page, room: Room, count: int) -> None:
    rows = max(count, int(room.height / room.pitch + 0.01))
    each = rows // count
    for row in range(each * count):
        y = room.top - room.pitch * (row + 1) + 2
        if row % each == 0:
            page.text(room.x, y + 2, f"{row // each + 1}.", page.theme.body, _INDENT)
        page.rule(room.x + _INDENT, room.x + room.length, y)


def _draw_rules(page: Page, x1: float, x2: float, room: Room, used: float) -> None:
    for row in range(int(room.height / room.pitch + 0.01)):
        depth = room.pitch * (row + 1) - 2
        if depth - room.pitch * 0.7 >= used:
            page.rule(x1, x2, room.top - depth)


def _fitted(items: Sequence[str], length: float, height: float) -> tuple[float, list[tuple[str, ...]]]:
    """The largest type size at which all items fit, and their lines; at the smallest they are cut."""
    for size in _SIZES:
        texts = [wrap(item, size, length) for item in items]
        rows = int(height / (size * _LEADING) + 0.01)
        if sum(max(1, len(lines)) for lines in texts) <= rows:
            return size, texts
    given = share_lines([len(lines) for lines in texts], max(rows, len(items)))
    return size, [shorten(lines, most, size, length) for lines, most in zip(texts, given, strict=True)]
