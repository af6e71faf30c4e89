"""What a producer's own past gives a validation plan: averages, rates and last year's commissions (metrics.md 6).

Must not know where the past is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop.core.money import ratio

DAYS = 365
"""The trailing days over which averages and rates are taken."""


@dataclass(frozen=True, slots=True)
class History:
    """A producer's sales calls, proposals and sales, with their premium and commission in cents, over `DAYS` days.

    `prior`: commission of the calendar year before, in cents, None where the agency has no record of that year.
    """

    sales_calls: int
    proposals: int
    sales: int
    premium: int
    commission: int
    prior: int | None


def inputs_from(history: History, calls_per_prospect: Fraction) -> dict[str, Fraction]:
    """The inputs that a past gives, by key; what it leaves undefined or at zero is left out.

    Prospects called = sales calls / calls per prospect. A rate is at most 100 %: several policies may come of one
    proposal, and proposals go out without a meeting, but neither happens to more than all of them.
    """
    found = {
        "prior": None if history.prior is None else Fraction(history.prior),
        "avg_commission": ratio(history.commission, history.sales),
        "avg_premium": ratio(history.premium, history.sales),
        "hit_rate": _at_most_all(ratio(history.sales, history.proposals)),
        "proposal_rate": _at_most_all(ratio(history.proposals * calls_per_prospect, history.sales_calls)),
    }
    return {key: value for key, value in found.items() if value is not None and (value > 0 or key == "prior")}


def _at_most_all(rate: Fraction | None) -> Fraction | None:
    return None if rate is None else min(rate, Fraction(1))
