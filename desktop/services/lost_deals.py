"""Lost deals of a period: which, why, and what pattern they make. Reads once, answers with frozen records.

No formula of its own, no SQL. Figures are defined in metrics.md 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core import lost
from desktop.core.lost import ReasonShare
from desktop.core.periods import Period
from desktop.models import facts_lost
from desktop.models.facts_lost import LostDeal
from desktop.services.scopes import scope_or_nobody

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class ReasonFigure:
    """One of the seven reasons: its count, and its share of explained losses as a fraction."""

    reason: str
    count: int
    share: float | None


@dataclass(frozen=True, slots=True)
class PatternFigure:
    """A pattern with its share; `label` and `meaning` say what it is about."""

    id: str
    fired: bool
    share: float | None
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class LostDeals:
    """All losses of a period; those without a reason are unexplained, and a to-do list."""

    period: Period
    as_of: datetime
    reasons: tuple[ReasonFigure, ...]
    patterns: tuple[PatternFigure, ...]
    deals: tuple[LostDeal, ...]

    @property
    def explained(self) -> int:
        """How many losses have a reason."""
        return sum(one.count for one in self.reasons)

    @property
    def unexplained(self) -> tuple[LostDeal, ...]:
        """Losses that somebody still has to explain."""
        return tuple(deal for deal in self.deals if deal.reason is None)


def lost_deals(book: Book, period: Period, as_of: datetime, producer: str | None = None) -> LostDeals:
    """Losses of a period as known at `as_of`, all or one producer's (metrics.md 3); UserError for an unknown code."""
    deals = facts_lost.lost_deals(book, period, as_of, scope_or_nobody(book, producer))
    shares = lost.reasons(deal.reason for deal in deals)
    return LostDeals(
        period=period,
        as_of=as_of,
        reasons=tuple(
            ReasonFigure(one.reason, one.count, None if one.share is None else float(one.share)) for one in shares
        ),
        patterns=pattern_figures(shares),
        deals=tuple(deals),
    )


def pattern_figures(shares: Sequence[ReasonShare]) -> tuple[PatternFigure, ...]:
    """Both patterns over the shares of the reasons, with their words."""
    return tuple(
        PatternFigure(
            found.id,
            found.fired,
            None if found.share is None else float(found.share),
            lost.PATTERN[found.id].label,
            lost.PATTERN[found.id].meaning,
        )
        for found in lost.patterns(shares)
    )
