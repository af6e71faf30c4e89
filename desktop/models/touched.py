"""What an action reached in the book, so that exactly the derived rows above it are made anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.models.journal import unpack

if TYPE_CHECKING:
    from desktop.models.journal import Change
    from desktop.models.tallies import ActivityTally


@dataclass(slots=True)
class Touched:
    """What an action reached, so that exactly its derived rows are made anew.

    `arrived`: activities that it added, on days that may be none of `days`.
    """

    days: set[str] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)
    policies: set[int] = field(default_factory=set)
    phones: bool = False
    settings: bool = False
    arrived: ActivityTally | None = None

    def leave(self, name: str, changes: Sequence[Change]) -> None:
        """What records of the template `name` leave when these fields of theirs change."""
        if name in {"activities", "quotes"}:
            self.days.update(
                str(unpack(change.before))[:10]
                for change in changes
                if change.column in {"occurred_at", "delivered_on"} and change.before is not None
            )
        if name == "policies":
            self.policies.update(change.row_id for change in changes)
        if name in {"leads", "stages", "owners"}:
            self.leads.update(
                str(unpack(change.before))
                for change in changes
                if change.column == "lead_id" and change.before is not None
            )
