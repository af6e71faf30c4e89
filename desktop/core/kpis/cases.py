"""Entries of the service pipelines on a lead or policy, and whose they are (metrics.md 0 and 1).

Facts shared by underwriting, placement and exceptions. Must not know how entries are stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from desktop.core.kpis.leads import Owners, is_whose
from desktop.core.kpis.reading import Asked, Item

STAGES = "stages"
"""The template whose rows the entries are."""


class Entry(NamedTuple):
    """One entry of a service pipeline: its row, the lead or policy it stands on, stage, moment, carrier and detail.

    `carrier` is the entry's own, else its policy's.
    """

    row: int
    subject: str
    stage: str
    at: str
    carrier: str | None
    detail: str | None
    owners: Owners

    def item(self) -> Item:
        """The entry as a record that counts once."""
        return Item(STAGES, self.row, self.at)


Cases = Mapping[str, tuple[Entry, ...]]
"""By lead or policy its entries in one pipeline, in order of time."""


def entered(cases: Cases, asked: Asked, *stages: str) -> list[Entry]:
    """The entries into these stages in the period, of those asked for, in order of time."""
    found = [
        one
        for entries in cases.values()
        for one in entries
        if one.stage in stages and asked.within(one.at) and is_whose(one.owners, asked)
    ]
    return sorted(found, key=lambda one: (one.at, one.row))


def is_before(moment: str, other: str) -> bool:
    """Whether an ISO moment lies before another one; with a day alone on either side, by days."""
    shown = min(len(moment), len(other))
    return moment[:shown] < other[:shown]


def latest(entries: Iterable[Entry], stage: str, until: Entry) -> Entry | None:
    """The last entry into a stage at or before another entry; of the same carrier, where one is."""
    before = [one for one in entries if one.stage == stage and not is_before(until.at, one.at)]
    same = [one for one in before if one.carrier == until.carrier]
    return max(same or before, key=lambda one: (one.at, one.row), default=None)
