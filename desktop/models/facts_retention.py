"""Policies in force on a day, with the premium and commission of that day (files.md 2, metrics.md 0 and 3).

In force comes from policy terms alone; terms of one policy number are one policy. Must not know what is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from desktop.core import shares
from desktop.core.months import YEAR, months_after
from desktop.core.retention import Course, InForce, Part
from desktop.models import merging
from desktop.models.facts import producers_of_aliases

if TYPE_CHECKING:
    from desktop.models.book import Book

Rates = Callable[[str | None, str], float | None]
"""(carrier, line) -> the agency's usual commission rate for them, or None."""

_LONGEST_YEAR = timedelta(days=366)
_CHUNK = 500
_EFFECTIVE, _EXPIRES, _ENDED = 2, 11, 12


def over_on(effective_on: str, expires_on: str | None, ended_on: str | None) -> date:
    """The first day on which a term is no longer in force: its end if it was ended, at the latest its expiry."""
    started = date.fromisoformat(effective_on)
    expiry = months_after(started, YEAR) if expires_on is None else date.fromisoformat(expires_on)
    return expiry if ended_on is None else min(expiry, date.fromisoformat(ended_on))


@dataclass(frozen=True, slots=True)
class BookOn:
    """The book on a day: policies in force by number; `without_rate`: those of them that state no commission at all."""

    day: date
    policies: dict[str, InForce]
    without_rate: tuple[str, ...]


def in_force(book: Book, day: date, seen: date, rates: Rates) -> BookOn:
    """What is in force on `day`, by terms bound through `seen`; of two terms of a number the later one counts."""
    people, split = producers_of_aliases(book), _split_aliases(book)
    changed, merged = _changed_premiums(book, day), merging.redirects(book)
    found: dict[str, InForce] = {}
    without: set[str] = set()
    whole = {alias: (Part(person),) for alias, person in people.items()}
    nobody = (Part(None),)
    for row in _terms_on(book, day, seen):
        row_id, number, effective, client, line, premium, stated, rate, carrier, text, alias, _expires, _ended = row
        current = changed.get((number, effective), premium)
        usual = rates(carrier, line) if stated is None and rate is None else rate
        named = split.get(row_id, ()) if text else ()
        found[number] = InForce(
            merged.get(client, client),
            line,
            current,
            stated if stated is not None else 0 if usual is None else shares.commission_on(current, usual),
            _parts(text, [people.get(one) for one in named]) if named else whole.get(alias, nobody),
        )
        if stated is None and usual is None:
            without.add(number)
        elif without:
            without.discard(number)
    return BookOn(day, found, tuple(sorted(without)))


def _terms_on(book: Book, day: date, seen: date) -> Iterator[Sequence[Any]]:
    rows = book.connection.execute(
        "SELECT id, policy_number, effective_on, client_ref, insurance_line, annual_premium,"
        " commission, commission_rate, carrier, shares, producer, expires_on, ended_on FROM policy"
        " WHERE effective_on <= :day AND bound_on <= :seen AND (ended_on IS NULL OR ended_on > :day)"
        " AND (expires_on > :day OR (expires_on IS NULL AND effective_on >= :year_before)) ORDER BY effective_on, id",
        {"day": day.isoformat(), "seen": seen.isoformat(), "year_before": (day - _LONGEST_YEAR).isoformat()},
    )
    for row in rows:
        if row[_EXPIRES] is not None or over_on(row[_EFFECTIVE], None, row[_ENDED]) > day:
            yield row


def _changed_premiums(book: Book, day: date) -> dict[tuple[str, str], int]:
    """Annual premium of terms by (number, effective day) where a change within the term is in effect on the day."""
    rows = book.connection.execute(
        'SELECT policy_number, effective_on, annual_premium FROM premium WHERE "from" <= ? ORDER BY "from", id',
        (day.isoformat(),),
    )
    return {(number, effective): premium for number, effective, premium in rows}


def _split_aliases(book: Book) -> dict[int, list[int]]:
    """Of terms with shares, the names in their order."""
    found: dict[int, list[int]] = {}
    rows = book.connection.execute(
        "SELECT n.policy, n.alias FROM policy p JOIN production n ON n.policy = p.id WHERE p.shares IS NOT NULL"
        ' ORDER BY n.policy, n."position"'
    )
    for policy, alias in rows:
        found.setdefault(policy, []).append(alias)
    return found


def _parts(text: str, producers: Iterable[int | None]) -> tuple[Part, ...]:
    fractions = [fraction for _name, fraction in shares.parse_shares(text)]
    return tuple(Part(producer, fraction) for producer, fraction in zip(producers, fractions, strict=True))


# --- those that are gone ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ending:
    """How a policy's last known term ended: the day, and the reason given; `lapsed` where it just was not renewed."""

    on: date
    lapsed: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class History:
    """All policies of some clients from their first to their last known term, and how each last term ends."""

    courses: tuple[Course, ...]
    endings: dict[str, Ending]
    names: dict[Hashable, str]


def histories(book: Book, clients: Iterable[Hashable], last: date, seen: date, named: Callable[[str], str]) -> History:
    """The policies of these clients by terms effective through `last` and bound through `seen`."""
    courses: dict[str, Course] = {}
    endings: dict[str, Ending] = {}
    names: dict[Hashable, str] = {}
    merged = merging.redirects(book)
    asked = {str(one) for one in clients}
    everybody = [*asked, *(str(gone) for gone, kept in merged.items() if str(kept) in asked)]
    for number, row, name, line, effective, expires, ended, reason in _terms_of(book, sorted(everybody)):
        client = merged.get(row, row)
        if effective[0] > last.isoformat() or effective[1] > seen.isoformat():
            continue
        over = over_on(effective[0], expires, ended)
        known = courses.get(number)
        if row == client or client not in names:
            names[client] = name
        started = date.fromisoformat(effective[0]) if known is None else known.started_on
        if known is None or over >= known.over_on:
            endings[number] = Ending(over, ended is None or over < date.fromisoformat(ended), reason)
            courses[number] = Course(number, client, named(line), started, over)
    return History(tuple(courses.values()), endings, names)


def _terms_of(book: Book, clients: Sequence[str]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(clients), _CHUNK):
        part = clients[start : start + _CHUNK]
        rows = book.connection.execute(
            "SELECT policy_number, client_ref, client, insurance_line, effective_on, bound_on,"
            " expires_on, ended_on, end_reason FROM policy"
            f" WHERE client_ref IN ({','.join('?' for _ in part)}) ORDER BY effective_on, id",
            part,
        )
        for number, client, name, line, effective, bound, *end in rows:
            yield number, client, name, line, (effective, bound), *end


def lists_only_active(book: Book, seen: date) -> bool:
    """Whether all policies come from lists of active ones, and none has ended or expired through `seen`."""
    rows = book.connection.execute("SELECT 1 FROM policy WHERE snapshot IS NOT 1 LIMIT 1").fetchall()
    if rows:
        return False
    last: dict[str, date] = {}
    for number, effective, expires, ended in book.connection.execute(
        "SELECT policy_number, effective_on, expires_on, ended_on FROM policy"
    ):
        over = over_on(effective, expires, ended)
        last[number] = max(over, last.get(number, over))
    return bool(last) and all(day > seen for day in last.values())
