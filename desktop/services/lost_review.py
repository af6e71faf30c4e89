"""What the page of lost deals shows at once: the period's losses, their groups, price gaps, and the patterns by month.

No formula of its own, no SQL. Figures are defined in metrics.md 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.core import lost, months, periods
from desktop.core.lost import GapBucket, ReasonShare
from desktop.core.periods import Period
from desktop.models import facts_closing
from desktop.models.facts_closing import Decision
from desktop.models.facts_lost import LostDeal
from desktop.models.facts_winback import FollowUp
from desktop.services import configuration, lost_deals, win_backs
from desktop.services.lost_deals import LostDeals, PatternFigure
from desktop.services.scopes import scope_or_nobody
from desktop.services.win_backs import WinBack

if TYPE_CHECKING:
    from desktop.models.book import Book

MONTHS = 12

BY: Mapping[str, Callable[[LostDeal], str | None]] = MappingProxyType(
    {
        "producer": lambda deal: deal.producer_name or "Unassigned",
        "line": lambda deal: deal.line,
        "carrier": lambda deal: deal.competing_carrier,
        "competitor": lambda deal: deal.competing_agency,
        "source": lambda deal: deal.source,
        "month": lambda deal: deal.lost_at[:7],
    }
)
"""What losses can be grouped by; None: not known."""


@dataclass(frozen=True, slots=True)
class LossGroup:
    """The losses of one producer, line, carrier, competitor, source or month; `name` None: not known.

    `leading` is the commonest reason among the explained ones, with its share of them.
    """

    name: str | None
    deals: tuple[LostDeal, ...]
    leading: ReasonShare | None

    @property
    def premium(self) -> int:
        """Estimated annual premium lost, in cents."""
        return sum(deal.premium or 0 for deal in self.deals)


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """A month's losses and both patterns in it."""

    month: Period
    total: int
    explained: int
    patterns: tuple[PatternFigure, ...]


@dataclass(frozen=True, slots=True)
class LostReview:
    """The period's losses with price gaps, the twelve months that end with it, the win-back queue and all tasks.

    `unexplained_before`: losses without a reason in those of the twelve months that lie before the period.
    """

    found: LostDeals
    gaps: tuple[GapBucket, ...]
    months: tuple[MonthFigure, ...]
    win_backs: tuple[WinBack, ...]
    tasks: tuple[FollowUp, ...]
    unexplained_before: int

    def held(self, pattern: str) -> tuple[Period, ...]:
        """The months in which a pattern held."""
        return tuple(one.month for one in self.months if any(p.id == pattern and p.fired for p in one.patterns))


def review(
    book: Book, period: Period, now: datetime, producer: str | None = None, *, yearly: bool = False
) -> LostReview:
    """Everything on lost deals of a period as known now (or at its end), all, one producer's or nobody's."""
    as_of = periods.default_as_of(period, now)
    found = losses(book, period, as_of, producer)
    gaps = lost.price_gaps(
        (deal.price_difference, deal.winnable) for deal in found.deals if deal.price_difference is not None
    )
    by_month = pattern_months(book, period, as_of, producer)
    return LostReview(
        found=found,
        gaps=tuple(gaps),
        months=by_month,
        win_backs=tuple(win_backs.queue(book, now, producer, yearly=yearly)),
        tasks=tuple(win_backs.tasks(book)),
        unexplained_before=sum(one.total - one.explained for one in by_month if one.month.end < period.start),
    )


def losses(book: Book, period: Period, as_of: datetime, producer: str | None = None) -> LostDeals:
    """The losses of a period, their lines by the names of the agency's list; an unknown line keeps its spelling."""
    found = lost_deals.lost_deals(book, period, as_of, producer)
    named = configuration.load(book).line_named
    deals = tuple(
        deal if deal.line is None else replace(deal, line=named(deal.line) or deal.line) for deal in found.deals
    )
    return replace(found, deals=deals)


def pattern_months(book: Book, period: Period, as_of: datetime, producer: str | None = None) -> tuple[MonthFigure, ...]:
    """Both patterns in each of the twelve calendar months that end with the period's last.

    A lead counts with its last outcome of a month.
    """
    first = period.end.replace(day=1)
    shown = [periods.month_of(months.months_after(first, number)) for number in range(1 - MONTHS, 1)]
    ends: dict[tuple[str, str], Decision] = {}
    within = Period(shown[0].start, shown[-1].end)
    for one in facts_closing.decisions(book, within, as_of, scope_or_nobody(book, producer)):
        ends[one.at[:7], one.lead] = one
    lost_in: dict[str, list[str | None]] = {}
    for (month, _lead), one in ends.items():
        if not one.won:
            lost_in.setdefault(month, []).append(one.reason)
    return tuple(_month(month, lost_in.get(f"{month.start:%Y-%m}", [])) for month in shown)


def _month(month: Period, reasons: list[str | None]) -> MonthFigure:
    explained = sum(reason is not None for reason in reasons)
    return MonthFigure(month, len(reasons), explained, lost_deals.pattern_figures(lost.reasons(reasons)))


def groups(deals: Iterable[LostDeal], by: str) -> list[LossGroup]:
    """All losses, with a reason or without, grouped: the largest group first, those not known last; months in order.

    Spellings that differ in case or blanks alone are one group, under the commonest of them.
    """
    sorted_out: dict[str | None, list[LostDeal]] = {}
    for deal in deals:
        name = BY[by](deal)
        sorted_out.setdefault(None if name is None else " ".join(name.casefold().split()), []).append(deal)
    found = [LossGroup(_spelling(members, by), tuple(members), _leading(members)) for members in sorted_out.values()]
    if by == "month":
        return sorted(found, key=lambda one: one.name or "")
    return sorted(found, key=lambda one: (one.name is None, -len(one.deals), (one.name or "").casefold()))


def _spelling(deals: Sequence[LostDeal], by: str) -> str | None:
    counts = Counter(BY[by](deal) for deal in deals)
    return min(counts, key=lambda name: (-counts[name], name or ""))


def _leading(deals: Sequence[LostDeal]) -> ReasonShare | None:
    first = max(lost.reasons(deal.reason for deal in deals), key=lambda one: one.count)
    return first if first.count else None
