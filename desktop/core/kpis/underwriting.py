"""What carriers decide, how soon, and what they ask for first (metrics.md 4, 4.1, 4.3 and 4.4).

Formulas over the entries of the underwriting pipeline. Must not know how they are stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.core.kpis.cases import STAGES, Cases, Entry, entered, is_before, latest
from desktop.core.kpis.reading import (
    Asked,
    Details,
    Item,
    KpiReading,
    breakdown,
    days_between,
    duration,
    grouped,
    mean_of,
    no_details,
    rate_of,
)

SUBMITTED, OPENED, RESOLVED = "submitted", "requirement_opened", "requirement_resolved"
APPROVED, DECLINED = "approved", "declined"


def approval_rate(cases: Cases, asked: Asked) -> KpiReading:
    """Approved / (approved + declined), by decision date in the period (4.1); rows by carrier."""
    decided = entered(cases, asked, APPROVED, DECLINED)
    return _approvals(decided, lambda: {"rows": breakdown("carrier", approvals_by_carrier(decided))})


def approvals_by_carrier(decided: Sequence[Entry]) -> dict[str | None, KpiReading]:
    """The approval rate of each carrier that decided."""
    return {carrier: _approvals(some) for carrier, some in grouped(decided, lambda one: one.carrier).items()}


def _approvals(decided: Sequence[Entry], detail: Details = no_details) -> KpiReading:
    hits = [one.item() for one in decided if one.stage == APPROVED]
    return rate_of(hits, [one.item() for one in decided], detail)


def underwriting_days(cases: Cases, asked: Asked) -> KpiReading:
    """Mean days from submission to decision, by decision date in the period (4.3); rows by carrier.

    A decision is measured from the last submission before it, of the same carrier where there is one; without any it is
    left out.
    """
    timed = decided_after(cases, asked)
    return mean_of([item for _entry, item in timed], lambda: {"rows": breakdown("carrier", days_by_carrier(timed))})


def days_by_carrier(timed: Sequence[tuple[Entry, Item]]) -> dict[str | None, KpiReading]:
    """The underwriting days of each carrier that decided."""
    by_carrier = grouped(timed, lambda pair: pair[0].carrier)
    return {carrier: _in_days([item for _entry, item in some]) for carrier, some in by_carrier.items()}


def _in_days(items: Sequence[Item]) -> KpiReading:
    exact = mean_of(items)
    return replace(exact, value=duration(exact.value), numerator=duration(exact.numerator))


def decided_after(cases: Cases, asked: Asked) -> list[tuple[Entry, Item]]:
    """The period's decisions, each with the days that it took as a record's amount."""
    found = []
    for decision in entered(cases, asked, APPROVED, DECLINED):
        submitted = latest(cases[decision.subject], SUBMITTED, decision)
        if submitted is not None:
            days = days_between(submitted.at, decision.at)
            found.append((decision, Item(STAGES, decision.row, decision.at, days)))
    return found


def requirements_completion(cases: Cases, asked: Asked) -> KpiReading:
    """Requirements opened in the period: resolved / (resolved + unresolved on a case declined since) (4.4).

    The n-th resolved entry of a case closes its n-th opened one; other unresolved ones are left out. Rows by type, the
    opened entry's detail.
    """
    answered = {one.row for entries in cases.values() for one in _answered(entries, asked)}
    counted = [
        one
        for one in entered(cases, asked, OPENED)
        if one.row in answered or _declined_since(cases[one.subject], one, asked)
    ]

    def rate(some: Sequence[Entry]) -> KpiReading:
        return rate_of([one.item() for one in some if one.row in answered], [one.item() for one in some])

    def rows() -> Mapping[str, object]:
        types = grouped(counted, lambda one: one.detail)
        return {"rows": breakdown("type", {key: rate(some) for key, some in types.items()})}

    whole = [one.item() for one in counted]
    return rate_of([one.item() for one in counted if one.row in answered], whole, rows)


def _answered(entries: Sequence[Entry], asked: Asked) -> list[Entry]:
    """The opened requirements of a case that are resolved at `as_of`, counted off in order."""
    opened = [one for one in entries if one.stage == OPENED and asked.seen(one.at)]
    resolved = sum(one.stage == RESOLVED and asked.seen(one.at) for one in entries)
    return opened[:resolved]


def _declined_since(entries: Sequence[Entry], opened: Entry, asked: Asked) -> bool:
    return any(one.stage == DECLINED and not is_before(one.at, opened.at) and asked.seen(one.at) for one in entries)
