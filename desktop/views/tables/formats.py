"""Figures as US readers write them. Takes native values (cents, fractions, dates) and answers text; None is an em dash.

Knows no metric and no Qt.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

EM_DASH = "—"
MINUS = "−"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun, both forms translated: `1 quote`, `12 quotes`."""
    return f"{number:,} {one if number == 1 else many}"


def count(value: float | None) -> str:
    """`1,234`, or one decimal where there is a fraction."""
    if value is None:
        return EM_DASH
    whole = float(value).is_integer()
    return _signed(value, f"{abs(value):,.0f}" if whole else f"{abs(value):,.1f}")


def money(cents: int | None) -> str:
    """Cents as whole dollars: `$1,234`."""
    if cents is None:
        return EM_DASH
    dollars = (Decimal(abs(cents)) / 100).quantize(Decimal(1), ROUND_HALF_UP)
    return _signed(cents if dollars else 0, f"${dollars:,}")


def money_exact(cents: int | None) -> str:
    """Cents as dollars and cents: `$1,234.56`."""
    return EM_DASH if cents is None else _signed(cents, f"${abs(cents) // 100:,}.{abs(cents) % 100:02}")


def percent(fraction: float | None) -> str:
    """A fraction as percent with one decimal: `43.2%`."""
    if fraction is None:
        return EM_DASH
    text = f"{abs(fraction) * 100:,.1f}"
    return _signed(fraction if text != "0.0" else 0, f"{text}%")


def days(value: float | None) -> str:
    """Days with one decimal at most: `4`, `4.5`."""
    return count(round(value, 1)) if value is not None else EM_DASH


def day(value: date | None) -> str:
    """`03/09/2026`."""
    return EM_DASH if value is None else f"{value:%m/%d/%Y}"


def moment(value: datetime | None) -> str:
    """`03/09/2026 2:05 PM`."""
    if value is None:
        return EM_DASH
    return f"{value:%m/%d/%Y} {clock(value)}"


def clock(value: datetime) -> str:
    """`2:05 PM`."""
    return f"{value.hour % 12 or 12}:{value:%M} {'AM' if value.hour < 12 else 'PM'}"


def signed_count(value: float | None) -> str:
    """A change with its sign: `+12`."""
    return _with_plus(value, count(value))


def signed_money(cents: int | None) -> str:
    """A change of money with its sign: `+$1,234`."""
    return _with_plus(cents, money(cents))


def signed_percent(fraction: float | None) -> str:
    """A change of a rate with its sign: `+4.1%`."""
    return _with_plus(fraction, percent(fraction))


def _signed(value: float, text: str) -> str:
    return f"{MINUS}{text}" if value < 0 else text


def _with_plus(value: float | None, text: str) -> str:
    return f"+{text}" if value is not None and value > 0 else text
