"""Policies from term to term, and the commission of those that ended (metrics.md 0 and 4, section 5).

Must not know what is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from desktop.core.kpis.chargeback import Parts
from desktop.core.kpis.policies import Policy, PolicyBook, Term, day_after
from desktop.core.kpis.reading import Horizon
from desktop.core.months import YEAR, months_after
from desktop.models.facts import producers_of_aliases
from desktop.models.texts import held_once

if TYPE_CHECKING:
    from desktop.models.book import Book

_REACH_MONTHS = 14
"""How far back terms begin that matter: a month more than the 13 after which persistency is read."""

_RECENT = "(p.effective_on >= :floor OR p.expires_on >= :first OR p.in_force_on >= :floor)"


def policy_book(book: Book, horizon: Horizon) -> PolicyBook:
    """Every policy with terms that begin within 14 months before the horizon or last into it: those, and its first."""
    rows = book.connection.execute(
        "SELECT p.policy_number, p.id, p.bound_on, p.effective_on, p.expires_on, p.ended_on, n.alias, p.carrier,"
        " p.in_force_on, p.source, p.lead_id FROM policy p"
        ' LEFT JOIN production n ON n.policy = p.id AND n."position" = 0'
        f" WHERE p.bound_on <= :day AND ({_RECENT} OR p.id IN (SELECT id FROM (SELECT e.id, min(e.effective_on)"
        f" FROM policy e WHERE e.policy_number IN (SELECT p.policy_number FROM policy p WHERE {_RECENT})"
        " GROUP BY e.policy_number))) ORDER BY p.policy_number, p.effective_on, p.id",
        {
            "day": horizon.as_of.date().isoformat(),
            "first": horizon.first.isoformat(),
            "floor": months_after(horizon.first, -_REACH_MONTHS).isoformat(),
        },
    )
    people, sources = producers_of_aliases(book), _sources_of_leads(book)
    numbers = groupby(map(_sharing(), rows), key=itemgetter(0))
    return PolicyBook(_policy(number, list(terms), people, sources) for number, terms in numbers)


def _sharing() -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Rows with equal texts held once: days, carriers and sources are few."""
    once = held_once()
    return lambda row: (*row[:2], *map(once, row[2:6]), row[6], *map(once, row[7:]))


def _policy(
    number: str, rows: Sequence[Sequence[Any]], people: dict[int, int | None], sources: dict[str, str | None]
) -> Policy:
    first = rows[0]
    source, lead = first[9], first[10]
    return Policy(
        number=number,
        in_force_on=first[8] or first[3],
        source=sources.get(lead) if source is None else source,
        lead=lead,
        terms=tuple(_terms(rows, people)),
    )


def _terms(rows: Iterable[Sequence[Any]], people: dict[int, int | None]) -> Iterable[Term]:
    for _number, row, bound, effective, expires, ended, alias, carrier, *_rest in rows:
        over = day_after(effective, YEAR) if expires is None else expires
        yield Term(
            row, bound, effective, over if ended is None else min(over, ended), ended, people.get(alias), carrier
        )


def _sources_of_leads(book: Book) -> dict[str, str | None]:
    """The sources of the leads that policies without a source of their own came from."""
    rows = book.connection.execute(
        "SELECT DISTINCT l.lead_id, l.source FROM policy p JOIN lead l ON l.lead_id = p.lead_id WHERE p.source IS NULL"
    )
    return dict(rows.fetchall())


def commissions_at_risk(book: Book, horizon: Horizon) -> Parts:
    """By the row of its first term the commission of every policy that was ended in the horizon, per producer."""
    rows = book.connection.execute(
        "SELECT n.policy, n.alias, n.commission FROM production n JOIN policy p ON p.id = n.policy"
        " WHERE p.policy_number IN (SELECT policy_number FROM policy WHERE ended_on >= :first AND ended_on <= :day)"
        ' ORDER BY n.policy, n."position"',
        {"first": horizon.first.isoformat(), "day": horizon.as_of.date().isoformat()},
    )
    people = producers_of_aliases(book)
    found: dict[int, list[tuple[int | None, int]]] = {}
    for policy, alias, commission in rows:
        found.setdefault(policy, []).append((people.get(alias), commission))
    return {policy: tuple(parts) for policy, parts in found.items()}
