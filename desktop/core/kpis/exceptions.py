"""Policies in trouble: how many, how many are saved, and how soon (metrics.md 4, 5.3 to 5.5).

Formulas over the entries of the exceptions pipeline. An exception's type is the detail of its first entry. Must not
know how they are stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desktop.core.kpis.cases import STAGES, Cases, Entry, entered, latest
from desktop.core.kpis.policies import PolicyBook
from desktop.core.kpis.reading import (
    Asked,
    Details,
    Drawn,
    Item,
    KpiReading,
    breakdown,
    days_between,
    distribution,
    duration,
    grouped,
    mean,
    mean_of,
    no_details,
    rate_of,
    rate_records,
    sum_of,
)
from desktop.core.money import ratio

OPENED, RESOLVED, TERMINATED = "new_exception", "resolved", "terminated"
LAST_BUCKET = 14


def exception_rate(cases: Cases, policies: PolicyBook, asked: Asked) -> KpiReading:
    """Exceptions opened in the period / policies in force at any time in it (5.3); rows by type. May pass 1."""
    opened = entered(cases, asked, OPENED)
    count = policies.count_at_any_time(asked)

    def rows() -> Mapping[str, object]:
        types = grouped(opened, lambda one: one.detail)
        # a type's own records are its exceptions: the policies in force are the same for all of them
        rates = {
            key: KpiReading(ratio(len(some), count), len(some), count, records=sum_of(_items(some)).records)
            for key, some in types.items()
        }
        return {"rows": breakdown("type", rates)}

    def records() -> list[Drawn]:
        return rate_records(_items(opened), policies.at_any_time(asked))

    return KpiReading(ratio(len(opened), count), len(opened), count, rows, records)


def _items(entries: Sequence[Entry]) -> list[Item]:
    return [one.item() for one in entries]


class Closed(NamedTuple):
    """The entry that closes an exception, with the one that opened it (None where it is not in the book)."""

    entry: Entry
    opened: Entry | None

    @property
    def type(self) -> str | None:
        """payment, lapse or cancel_request; None where unknown."""
        return None if self.opened is None else self.opened.detail


def closed(cases: Cases, asked: Asked, *stages: str) -> list[Closed]:
    """What was closed in the period; a closing belongs to the last exception opened on the policy before it."""
    return [Closed(one, latest(cases[one.subject], OPENED, one)) for one in entered(cases, asked, *stages)]


def save_rate(cases: Cases, asked: Asked) -> KpiReading:
    """Exceptions closed in the period: resolved / (resolved + terminated) (5.4); rows by type, mean days to close."""
    found = closed(cases, asked, RESOLVED, TERMINATED)

    def detail() -> Mapping[str, object]:
        types = grouped(found, lambda one: one.type)
        rows = breakdown("type", {key: _saved(some) for key, some in types.items()})
        return {"rows": rows, "mean_days": duration(mean(_timed(found))[0])}

    return _saved(found, detail)


def _saved(found: Sequence[Closed], detail: Details = no_details) -> KpiReading:
    hits = [one.entry.item() for one in found if one.entry.stage == RESOLVED]
    return rate_of(hits, [one.entry.item() for one in found], detail)


def _timed(found: Sequence[Closed]) -> list[Item]:
    """The closing entries with the days since the opening; those without an opening are left out."""
    return [
        Item(STAGES, one.entry.row, one.entry.at, days_between(one.opened.at, one.entry.at))
        for one in found
        if one.opened is not None
    ]


def days_to_resolve(cases: Cases, asked: Asked) -> KpiReading:
    """Mean days from new exception to resolved, by resolve date (5.5); rows: how many took 0 to 13 whole days, or more.

    One that was terminated is no resolution.
    """
    timed = _timed(closed(cases, asked, RESOLVED))

    def rows() -> Mapping[str, object]:
        taken = grouped(timed, lambda one: bucket_name(int(one.amount)))
        return {"rows": distribution({name: taken.get(name, []) for name in map(bucket_name, range(LAST_BUCKET + 1))})}

    return mean_of(timed, rows)


def bucket_name(days: int) -> str:
    """0 to 13, and 14+ for all that took longer."""
    return f"{LAST_BUCKET}+" if days >= LAST_BUCKET else str(days)
