"""How far the agency is on the way to its goals with a carrier, and how many new clients that still takes.

Amounts are cents. Must not know how goals and policies are stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from desktop.core.money import ratio


@dataclass(frozen=True, slots=True)
class CarrierYear:
    """A carrier's year to date: goals (None: none set) and what was written new: annual premium and policies."""

    carrier: str
    premium_goal: int | None
    policies_goal: int | None
    premium: int = 0
    policies: int = 0

    @property
    def premium_share(self) -> Fraction | None:
        """Premium written / premium goal; undefined without a goal."""
        return None if not self.premium_goal else ratio(self.premium, self.premium_goal)

    @property
    def policies_share(self) -> Fraction | None:
        """Policies written / policy goal; undefined without a goal."""
        return None if not self.policies_goal else ratio(self.policies, self.policies_goal)

    def new_clients(self, premium_per_client: Fraction | None) -> int | None:
        """New clients that the rest of the premium goal takes at this average premium per client (cents).

        Rounded up; 0 once the goal is reached; undefined without a goal or an average.
        """
        if self.premium_goal is None:
            return None
        left = self.premium_goal - self.premium
        if left <= 0:
            return 0
        return None if not premium_per_client else ceil(left / premium_per_client)
