"""Asks of each file that is about to be imported which of its readable values can hardly be meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from desktop.core.doubts import AHEAD, By, Claim, Doubt, Doubter, Why, usual_premiums
from desktop.models import usual

if TYPE_CHECKING:
    from desktop.importers import Reading
    from desktop.models.book import Book


def find(
    book: Book, readings: Sequence[Reading], today: date, period: tuple[date, date] | None = None
) -> list[tuple[Doubt, ...]]:
    """The doubts about each reading, in its order. Call it outside a trial: the book alone says what is usual.

    `period`: the one given for the drop.
    """
    known = usual_premiums(usual.premiums_by_line(book))
    return [_of_one(one, Doubter(today, known, _claims(one, readings, period), one.table)) for one in readings]


def outside(readings: Sequence[Reading], period: tuple[date, date] | None = None) -> list[tuple[Doubt, ...]]:
    """Of each reading, the rows outside of the period that it states or that was given for it."""
    found = []
    for one in readings:
        claims = _claims(one, readings, period)
        doubts = _of_one(one, Doubter(date.max - AHEAD, {}, claims, one.table)) if claims else ()
        found.append(tuple(doubt for doubt in doubts if doubt.why is Why.PERIOD))
    return found


def _claims(reading: Reading, readings: Sequence[Reading], period: tuple[date, date] | None) -> tuple[Claim, ...]:
    """Periods that a reading's rows are said to be of; one given for several files is meant for those without dates."""
    from desktop.importers.profiles import BY_NAME

    profile = BY_NAME.get(reading.profile or "")
    meant = len(readings) == 1 or (profile is not None and bool(profile.undated))
    if period is None or not meant:
        return reading.claims
    return (*reading.claims, Claim(*period, By.CHOICE))


def _of_one(reading: Reading, doubter: Doubter) -> tuple[Doubt, ...]:
    for batch in reading.batches():
        doubter.look_at(batch)
    return tuple(doubter.doubts())
