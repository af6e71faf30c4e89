"""Close rates by line of insurance: reads leads with an outcome and quotes, answers with frozen records.

No formula of its own, no SQL. Figures are defined in metrics.md 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core import closing
from desktop.core.closing import Rates
from desktop.core.periods import Period
from desktop.models import facts_closing
from desktop.services import configuration
from desktop.services.scopes import scope_or_nobody
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class LineFigure:
    """One line's row: counts, close rate as a fraction with its 95 % interval, average premium per win in cents."""

    line: str
    quotes: int
    wins: int
    losses: int
    close_rate: float | None
    low: float | None
    high: float | None
    avg_premium: int | None


@dataclass(frozen=True, slots=True)
class CloseRates:
    """The table of close rates; `overall` comes from the totals. `spellings`: unknown lines and their leads decided.

    `unpaid`: wins on whose lead no premium was bound, which count as 0 in the averages.
    """

    period: Period
    as_of: datetime
    rows: tuple[LineFigure, ...]
    overall: LineFigure
    spellings: Mapping[str, int]
    unpaid: int = 0


def close_rates(book: Book, period: Period, as_of: datetime, producer: str | None = None) -> CloseRates:
    """Close rates by line over a period as known at `as_of`, all or one producer's (metrics.md 3).

    UserError for a code that nobody has.
    """
    settings, whose = configuration.load(book), scope_or_nobody(book, producer)
    outcomes = facts_closing.outcomes(book, period, as_of, whose)
    quoted = facts_closing.quoted(book, period, as_of, whose)
    lines = [line.name for line in settings.lines]
    rows = closing.close_rates(lines, settings.line_named, quoted, outcomes)
    return CloseRates(
        period=period,
        as_of=as_of,
        rows=tuple(line_figure(line, rates) for line, rates in rows),
        overall=line_figure("OVERALL", closing.overall(quoted, outcomes)),
        spellings=_unknown(settings, (outcome.line for outcome in outcomes)),
        unpaid=sum(outcome.won and not outcome.premium for outcome in outcomes),
    )


def _unknown(settings: Settings, lines: Iterable[str | None]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        if line is not None and settings.line_named(line) is None:
            found[line] = found.get(line, 0) + 1
    return dict(sorted(found.items()))


def line_figure(line: str, rates: Rates) -> LineFigure:
    """A row as it is answered."""
    low, high = rates.interval or (None, None)
    return LineFigure(
        line=line,
        quotes=rates.quotes,
        wins=rates.wins,
        losses=rates.losses,
        close_rate=None if rates.close_rate is None else float(rates.close_rate),
        low=low,
        high=high,
        avg_premium=rates.average_premium,
    )
