"""Which approved policies really go into force (metrics.md 4, 4.2).

A formula over the entries of the placement pipeline. Must not know how they are stored.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.kpis.cases import Cases, Entry, entered, is_before
from desktop.core.kpis.reading import Asked, KpiReading, rate_of

APPROVED, IN_FORCE, NOT_TAKEN = "approved", "in_force", "not_taken"


def placement_rate(cases: Cases, asked: Asked) -> KpiReading:
    """Placement approvals of the period that reached in force by `as_of` / all of them (4.2)."""
    approvals = entered(cases, asked, APPROVED)
    placed = [one.item() for one in approvals if _is_placed(cases[one.subject], one, asked)]
    return rate_of(placed, [one.item() for one in approvals])


def _is_placed(entries: Sequence[Entry], approval: Entry, asked: Asked) -> bool:
    """Whether in force follows the approval; one not taken and then approved anew is the new approval's success."""
    refused = False
    for one in entries:
        if one.row == approval.row or is_before(one.at, approval.at) or _other(one, approval) or not asked.seen(one.at):
            continue
        if one.stage == IN_FORCE:
            return True
        if one.stage == APPROVED and refused:
            return False
        refused = refused or one.stage == NOT_TAKEN
    return False


def _other(one: Entry, approval: Entry) -> bool:
    """Whether an entry is about another carrier."""
    return None not in (one.carrier, approval.carrier) and one.carrier != approval.carrier
