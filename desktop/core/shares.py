"""How a policy's premium and commission fall to its producers (metrics.md 3, *Shares*). Pure arithmetic on cents."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

_WHOLE = Decimal(1)


def round_half_up(amount: Decimal) -> int:
    """The nearest whole number of cents; a half goes away from zero."""
    return int(amount.quantize(_WHOLE, rounding=ROUND_HALF_UP))


def rate_of(fraction: float) -> Decimal:
    """A fraction as it was written, without the binary remainder."""
    return Decimal(repr(fraction))


def commission_on(premium: int, rate: float) -> int:
    """Cents of commission on cents of premium, rounded half up to the cent."""
    return round_half_up(Decimal(premium) * rate_of(rate))


def parse_shares(text: str) -> list[tuple[str, float]]:
    """`'P01:0.6;P02:0.4'` as names and fractions, in order. ValueError where the form is another."""
    found = []
    for part in text.split(";"):
        name, separator, fraction = part.rpartition(":")
        if not separator or not name.strip():
            raise ValueError(part)
        found.append((name.strip(), float(fraction)))
    return found


def split(amount: int, fractions: Sequence[float]) -> list[int]:
    """Cents per share, each rounded half up; the first takes what rounding leaves. Empty for no shares."""
    parts = [round_half_up(Decimal(amount) * rate_of(fraction)) for fraction in fractions]
    if parts:
        parts[0] = amount - sum(parts[1:])
    return parts
