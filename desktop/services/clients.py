"""One client as its page shows it: what it has with the agency now and had before, and who dealt with it.

No formula of its own, no SQL. In force is defined in metrics.md 0 and files.md 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.models import facts_clients
from desktop.models.facts_clients import ClientRow, LeadNote, Term
from desktop.models.facts_leads import Event

if TYPE_CHECKING:
    from desktop.models.book import Book

__all__ = ["MOST_CONTACTS", "ClientPage", "Term", "client_page"]

MOST_CONTACTS = 1_000
"""Dealings that a client's page shows, the newest ones."""


@dataclass(frozen=True, slots=True)
class ClientPage:
    """Everything on a client: its terms from the newest, leads, and what was done for it; money in cents.

    `premium` and `commission` are those of the terms in force on `day`; `policies` counts these.
    """

    client: ClientRow
    day: date
    terms: tuple[Term, ...]
    leads: tuple[LeadNote, ...]
    contacts: tuple[Event, ...]
    policies: int
    premium: int
    commission: int
    since: date | None


def client_page(book: Book, key: str, now: datetime) -> ClientPage:
    """A client by its stored key, as known at `now`. UserError when there is none."""
    found = facts_clients.client(book, key)
    if found is None:
        raise UserError("The client is no longer in the book.", "Search for it by name.")
    day = now.date()
    terms = facts_clients.terms_of_clients(book, found.ids, day)
    running = {one.number: one for one in reversed(terms) if one.in_force(day)}
    leads = facts_clients.leads_of(book, found)
    first = min((one.effective_on for one in terms), default=None)
    return ClientPage(
        client=found,
        day=day,
        terms=tuple(terms),
        leads=tuple(leads),
        contacts=tuple(facts_clients.dealings(book, found, terms, [one.lead_id for one in leads], MOST_CONTACTS)),
        policies=len(running),
        premium=sum(one.premium for one in running.values()),
        commission=sum(one.commission for one in running.values()),
        since=date.fromisoformat(found.since) if found.since else first,
    )
