"""Policies that run out in the days ahead, with what is offered for the next term, and prospects' x-dates.

No SQL. A term runs out on its expiry; one that was cancelled does not (files.md 2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.models import facts_clients, facts_leads
from desktop.models.facts_clients import Term
from desktop.models.facts_leads import OpenLead
from desktop.services.scopes import scope

if TYPE_CHECKING:
    from desktop.models.book import Book

SPANS = (30, 60, 90)
"""Days ahead that can be asked for."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """A term that runs out on `on`. `offered`: the premium of the next term in cents where that stands in the book.

    `change` is offered less expiring, `share` that over the expiring premium (None where that is 0 or nothing offered).
    """

    term: Term
    on: date
    days: int
    offered: int | None

    @property
    def change(self) -> int | None:
        """Cents that the next term costs more."""
        return None if self.offered is None else self.offered - self.term.premium

    @property
    def share(self) -> float | None:
        """The change as a fraction of the expiring premium."""
        change = self.change
        return None if change is None or not self.term.premium else change / self.term.premium


@dataclass(frozen=True, slots=True)
class XDate:
    """An open lead whose present policy elsewhere runs out on `on`, `days` from today."""

    lead: OpenLead
    on: date
    days: int


@dataclass(frozen=True, slots=True)
class Whose:
    """One producer's share of what is due: code and name (None = nobody's), terms, premium in cents, x-dates.

    `change` is what the next terms cost more in cents, over those that have one in the book (None: none has);
    `before` is what those cost now.
    """

    producer: str | None
    name: str | None
    renewals: int
    premium: int
    x_dates: int
    change: int | None
    before: int

    @property
    def share(self) -> float | None:
        """The change as a fraction of what those terms cost now."""
        return None if self.change is None or not self.before else self.change / self.before


def whose(producer: str | None, name: str | None, terms: Sequence[Renewal], x_dates: int) -> Whose:
    """Somebody's share, added up."""
    changes = [one.change for one in terms if one.change is not None]
    return Whose(
        producer,
        name,
        len(terms),
        sum(one.term.premium for one in terms),
        x_dates,
        sum(changes) if changes else None,
        sum(one.term.premium for one in terms if one.change is not None),
    )


@dataclass(frozen=True, slots=True)
class Due:
    """What is due in `days` days from `today`: terms and x-dates, the soonest first, and each producer's share."""

    today: date
    days: int
    renewals: tuple[Renewal, ...]
    x_dates: tuple[XDate, ...]
    people: tuple[Whose, ...]

    @property
    def premium(self) -> int:
        """Cents of annual premium that run out."""
        return sum(one.term.premium for one in self.renewals)


def due(book: Book, now: datetime, days: int, producer: str | None = None) -> Due:
    """Terms that run out and x-dates that come from today through `days` days on, all or one producer's by code.

    UserError for a code that nobody has.
    """
    today, last = now.date(), now.date() + timedelta(days=days)
    within = scope(book, producer)
    terms = facts_clients.expiring(book, today, last, within)
    following = facts_clients.renewals_of(book, terms, last)
    renewals = tuple(
        Renewal(
            one, one.over, (one.over - today).days, following[one.number].premium if one.number in following else None
        )
        for one in terms
    )
    x_dates = tuple(
        XDate(one, date.fromisoformat(str(one.x_date)), (date.fromisoformat(str(one.x_date)) - today).days)
        for one in facts_leads.x_dates(book, now, last, within)
    )
    return Due(today, days, renewals, x_dates, _people(renewals, x_dates))


def due_for(book: Book, now: datetime, days: int, producer: str | None) -> tuple[Due, Due]:
    """What is due for everybody, and for the one producer asked for (None: everybody again)."""
    everything = due(book, now, days)
    return everything, everything if producer is None else due(book, now, days, producer)


def _people(renewals: tuple[Renewal, ...], x_dates: tuple[XDate, ...]) -> tuple[Whose, ...]:
    """By code, what belongs to nobody last."""
    terms: dict[tuple[str | None, str | None], list[Renewal]] = defaultdict(list)
    leads: dict[tuple[str | None, str | None], int] = defaultdict(int)
    for one in renewals:
        terms[one.term.producer, one.term.producer_name].append(one)
    for found in x_dates:
        leads[found.lead.producer, found.lead.producer_name] += 1
    keys = sorted({*terms, *leads}, key=lambda key: (key[0] is None, key[0] or "", key[1] or ""))
    return tuple(whose(code, name, terms[code, name], leads[code, name]) for code, name in keys)
