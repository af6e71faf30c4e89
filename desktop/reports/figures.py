"""How figures are written on paper and in sheets: US style, exact to the cent, an em dash for what is undefined."""

from __future__ import annotations

from datetime import datetime

from desktop.core.scorecard import Unit, short_date

UNDEFINED = "—"


def count_text(count: int | None) -> str:
    """`1,234`."""
    return UNDEFINED if count is None else f"{count:,}"


def money_text(cents: int | None, with_cents: bool | None = None) -> str:
    """`$1,234` or `$1,234.50` from cents; `with_cents` forces one form (None: cents only where there are any)."""
    if cents is None:
        return UNDEFINED
    sign, (dollars, rest) = "-" if cents < 0 else "", divmod(abs(cents), 100)
    shown = bool(rest) if with_cents is None else with_cents
    return f"{sign}${dollars:,}.{rest:02d}" if shown or rest else f"{sign}${dollars:,}"


def figure_text(value: int | None, unit: Unit) -> str:
    """A count or an amount."""
    return money_text(value) if unit is Unit.MONEY else count_text(value)


def percent_text(fraction: float | None) -> str:
    """`42.9%` from 0.429."""
    return UNDEFINED if fraction is None else f"{fraction * 100:,.1f}%"


def moment_text(moment: datetime) -> str:
    """`Mar 9, 2026, 8:05 AM`."""
    hour = moment.hour % 12 or 12
    return f"{short_date(moment.date())}, {hour}:{moment.minute:02d} {'AM' if moment.hour < 12 else 'PM'}"
