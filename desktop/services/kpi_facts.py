"""What every KPI reader gets handed: the facts of the book, each topic loaded once for all that is asked.

A reader takes `KpiFacts` and one question (`Asked`) and answers with a `KpiReading`. It asks `facts.load(loader)` for
its topic's frozen facts, loaded for the whole horizon, so that the periods of a trend, the period before and all
producers share one pass; it must let nothing count that lies after `asked.as_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from desktop.core.kpis.reading import Asked, Horizon, KpiReading, Whose
from desktop.core.presence import Calendar
from desktop.core.team import Person
from desktop.models import facts_people
from desktop.models.facts_records import Scope
from desktop.services import configuration
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.models.book import Book

T = TypeVar("T")


class KpiFacts:
    """The book's facts from `horizon.first` on, as known at `horizon.as_of`; everything is read once, when needed."""

    def __init__(self, book: Book, horizon: Horizon) -> None:
        self.book = book
        self.horizon = horizon
        self._known: dict[Hashable, Any] = {}

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
        """What `make` gives, worked out the first time that the key is asked for."""
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found


class Reader(Protocol):
    """One KPI's way from the facts to its reading."""

    def __call__(self, facts: KpiFacts, asked: Asked, /) -> KpiReading: ...


def scope_of(whose: Whose) -> Scope:
    """The same question as the queries of `models` take it."""
    return Scope(whose.producer, whose.unassigned)
