"""Cents and exact fractions: rounding half up once, at the end, and never through binary remainders (metrics.md 0).

Money is a whole number of cents everywhere; what falls between cents on the way is a `Fraction`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def exact(number: float | Decimal | Fraction) -> Fraction:
    """The number as it was written: 0.1 is one tenth, not the nearest binary fraction."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def half_up(amount: Fraction | int) -> int:
    """The nearest whole number; a half goes away from zero, so that -0.5 is -1 as 0.5 is 1."""
    top, bottom = abs(amount.numerator), amount.denominator
    magnitude = (2 * top + bottom) // (2 * bottom)
    return magnitude if amount >= 0 else -magnitude


def ratio(numerator: int | Fraction, denominator: int | Fraction) -> Fraction | None:
    """`numerator / denominator`, undefined (None) for a zero denominator."""
    return Fraction(numerator) / Fraction(denominator) if denominator else None
