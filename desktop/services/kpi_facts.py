"""What every KPI reader gets handed: the facts of the book, each topic loaded once for all that is asked.

A reader takes `KpiFacts` and one question (`Asked`) and answers with a `KpiReading`. It asks `facts.load(loader)` for
its topic's frozen facts, loaded for the whole horizon, so that the periods of a trend, the period before and all
producers share one pass; it must let nothing count that lies after `asked.as_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from weakref import WeakKeyDictionary, ref

from desktop.core import periods
from desktop.core.kpis.reading import Asked, Horizon, KpiReading, Whose
from desktop.core.presence import Calendar
from desktop.core.team import Person
from desktop.models import facts_kpi_extent, facts_people
from desktop.models.facts_records import Scope
from desktop.services import configuration
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.models.book import Book

T = TypeVar("T")


_READINGS = 800
"""Readings that are kept for the next page that asks the same: a page of cards with its trends has 260."""

_MOMENTS = 120
"""Things worked out for one moment or question that are kept: a trend needs some three for each of its periods."""

_SMALL = 150_000
"""Up to so many activities the whole past is read at once."""

_EARLIEST = date(1990, 1, 1)
"""What the whole past goes back to: before it a date is a slip of the pen, and not worth its years' holidays."""

_KEPT, _KEPT_OF_LARGE = 3, 1
"""Sets of facts that are kept of a book: those of the last filters chosen. Those of a large book fill the memory."""

_MARGIN = timedelta(days=62)
"""How much further back a large book is read than asked: the month before, and the one before that, are there too."""


class KpiFacts:
    """The book's facts from `horizon.first` on, as known at `horizon.as_of`; everything is read once, when needed."""

    def __init__(self, book: Book, horizon: Horizon) -> None:
        self._book = ref(book)
        self.horizon = horizon
        self._known: dict[Hashable, Any] = {}
        self._lately: dict[Hashable, Any] = {}
        self._readings: dict[Hashable, KpiReading] = {}

    @property
    def book(self) -> Book:
        """The book that these are facts of. RuntimeError when it is gone."""
        book = self._book()
        if book is None:
            raise RuntimeError("the book of these facts is gone")
        return book

    @cached_property
    def settings(self) -> Settings:
        """The agency's settings."""
        return configuration.load(self.book)

    @cached_property
    def people(self) -> list[Person]:
        """Everybody in the book, by code."""
        return facts_people.people(self.book)

    @cached_property
    def calendar(self) -> Calendar:
        """Business hours, with the holidays of the horizon and of the year around it."""
        first, last = self.horizon.first, self.horizon.as_of.date()
        holidays = self.settings.holidays_between(first.replace(month=1, day=1), last.replace(month=12, day=31))
        return Calendar(self.settings.hours, holidays)

    def load(self, loader: Callable[[Book, Horizon], T]) -> T:
        """What a query of `models` loads for the horizon, once."""
        return self.once(loader, lambda: loader(self.book, self.horizon))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out the first time that the key is asked for.

        What belongs to a question or moment (the key is a tuple) is kept among the last of these alone.
        """
        known = self._lately if isinstance(key, tuple) else self._known
        found: T = known.pop(key) if key in known else make()
        known[key] = found
        if len(self._lately) > _MOMENTS:
            del self._lately[next(iter(self._lately))]
        return found

    def reading(self, kpi_id: str, asked: Asked, reader: Reader) -> KpiReading:
        """A reader's answer, worked out once while it is among the last ones asked for."""
        key = (kpi_id, asked)
        found = self._readings.pop(key, None)
        if found is None:
            found = reader(self, asked)
            found = replace(found, detail=cache(found.detail))
        self._readings[key] = found
        if len(self._readings) > _READINGS:
            del self._readings[next(iter(self._readings))]
        return found

    def let_go(self) -> None:
        """Forgets what was read and worked out; whatever is asked again is read again.

        Answers hold on to the facts that they came from, and these to the answers: neither would go by itself.
        """
        for kept in (self._known, self._lately, self._readings):
            kept.clear()

    def covers(self, horizon: Horizon) -> bool:
        """Whether these facts answer what is asked over a horizon, too."""
        return self.horizon.first <= horizon.first and horizon.as_of <= self.horizon.as_of


_shelf: WeakKeyDictionary[Book, tuple[Hashable, list[KpiFacts]]] = WeakKeyDictionary()


def facts_of(book: Book, first: date, as_of: datetime) -> KpiFacts:
    """Facts for everything asked from a day on and as of a moment at most.

    Those of the last questions are kept for the next one as long as nothing in the book has changed, so that another
    producer, page or moment of the same day costs no query. They are loaded to the end of the day of `as_of`.
    """
    horizon = _horizon(first, as_of)
    kept = _kept(book)
    facts = min(
        (one for one in kept if one.covers(horizon)), key=lambda one: one.horizon.as_of - _start(one), default=None
    )
    large = is_large(book)
    if facts is None:
        facts = KpiFacts(book, _with_margin(horizon) if large else horizon)
    most = _KEPT_OF_LARGE if large else _KEPT
    _keep(book, [facts, *(one for one in kept if one is not facts)][:most])
    return facts


def _keep(book: Book, kept: list[KpiFacts]) -> None:
    """Keeps these of the book's facts and lets go of all others."""
    for one in _shelf.pop(book, (None, []))[1]:
        if one not in kept:
            one.let_go()
    if kept:
        _shelf[book] = (book.state, kept)


def _with_margin(horizon: Horizon) -> Horizon:
    return horizon._replace(first=max(horizon.first, date.min + _MARGIN) - _MARGIN)


def passing_facts(book: Book, first: date, as_of: datetime) -> KpiFacts:
    """Facts that are not kept, for an answer that comes before the one that reads further back."""
    return KpiFacts(book, _horizon(first, as_of))


def takes_long(book: Book, first: date, as_of: datetime) -> bool:
    """Whether facts from a day on have to be read from a large book first."""
    horizon = _horizon(first, as_of)
    return is_large(book) and not any(one.covers(horizon) for one in _kept(book))


def is_large(book: Book) -> bool:
    """Whether the book holds too much for its whole past to be read at once."""
    return facts_kpi_extent.activities_at_most(book) > _SMALL


def forget(book: Book) -> None:
    """Keeps nothing of the book any longer."""
    _keep(book, [])


def _kept(book: Book) -> list[KpiFacts]:
    """What is kept of the book as it is now."""
    state, kept = _shelf.get(book, (None, []))
    return kept if state == book.state else []


def _horizon(first: date, as_of: datetime) -> Horizon:
    return Horizon(first, periods.end_of(as_of.date()))


def reach_back(book: Book, as_of: datetime) -> None:
    """Lets the next questions share facts of the book's whole past, where it is small enough to be read at once.

    For a window, in which one filter follows another: whichever is chosen, nothing is read again.
    """
    if is_large(book):
        return
    facts_of(book, _EARLIEST, as_of)


def _start(facts: KpiFacts) -> datetime:
    return datetime.combine(facts.horizon.first, time())


class Reader(Protocol):
    """One KPI's way from the facts to its reading."""

    def __call__(self, facts: KpiFacts, asked: Asked, /) -> KpiReading: ...


def scope_of(whose: Whose) -> Scope:
    """The same question as the queries of `models` take it."""
    return Scope(whose.producer, whose.unassigned)
