"""The numbers of a plan as somebody types them: read exactly, and refused with the reason where they are impossible.

Money is cents and rates are fractions inside, dollars and either fractions or percents when typed. Must not know which
plan asks, nor whether a field or a command line does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from desktop.errors import UserError

LARGEST = Fraction(10**12)
SMALLEST = Fraction(1, 10**9)
"""Beyond these lies no agency's number: nothing is larger, and nothing but zero is nearer to zero."""

_CENTS = 100
_NUMBER = re.compile(r"([-+]?)(\$?)((?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|\.\d+)((?:[eE][-+]?\d{1,2})?)\s*(%?)")


class Unit(StrEnum):
    """What a quantity is stated in."""

    MONEY = "money"
    RATE = "rate"
    HOURS = "hours"
    WEEKS = "weeks"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An input: its key and name, and what it may be.

    `least` and `most` (None: unbounded) are as typed: dollars, fractions, hours. With `above`, `least` itself is
    refused. `default` is the value (cents for money) when nobody says.
    """

    key: str
    label: str
    unit: Unit
    least: Fraction = Fraction(0)
    above: bool = False
    most: Fraction | None = None
    default: Fraction | None = None


def rate(key: str, label: str, *, above: bool = False, default: Fraction | None = None) -> Quantity:
    """A rate: 0 to 100 %, with `above` more than 0."""
    return Quantity(key, label, Unit.RATE, above=above, most=Fraction(1), default=default)


def money(key: str, label: str, *, above: bool = False, default: Fraction | None = None) -> Quantity:
    """An amount of money from $0 on, with `above` more than that."""
    return Quantity(key, label, Unit.MONEY, above=above, default=default)


def read(quantity: Quantity, text: str) -> Fraction:
    """A typed number as an exact value: cents for money, else as it is; `30%`, `$1,500` and `1500.00` are understood.

    UserError when it is no number, or one that the quantity cannot be.
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None or (found[2] and quantity.unit is not Unit.MONEY) or (found[5] and quantity.unit is not Unit.RATE):
        raise UserError(f"{_name(quantity)} is not a number: “{text.strip()}”.", _example(quantity))
    number = Fraction(Decimal(f"{found[1]}{found[3].replace(',', '')}{found[4]}"))
    if found[5]:
        number /= 100
    return checked(quantity, number * _CENTS if quantity.unit is Unit.MONEY else number)


def checked(quantity: Quantity, value: Fraction) -> Fraction:
    """The value (cents for money), if the quantity can be that; else UserError with the reason."""
    typed = value / _CENTS if quantity.unit is Unit.MONEY else value
    below = typed < quantity.least or (quantity.above and typed == quantity.least)
    if below or (quantity.most is not None and typed > quantity.most):
        hint = _example(quantity) if quantity.unit is Unit.RATE else ""
        raise UserError(f"{_name(quantity)} must be {_bounds(quantity)}, not {_shown(quantity, typed)}.", hint)
    if abs(typed) > LARGEST or 0 < abs(typed) < SMALLEST:
        raise UserError(f"{_name(quantity)} is beyond any agency's numbers.", "Check how many zeros were typed.")
    return value


def _name(quantity: Quantity) -> str:
    return f"{quantity.label} ({quantity.key})"


def _bounds(quantity: Quantity) -> str:
    least = _shown(quantity, quantity.least)
    lower = f"above {least}" if quantity.above else f"at least {least}"
    return lower if quantity.most is None else f"{lower} and at most {_shown(quantity, quantity.most)}"


def _shown(quantity: Quantity, typed: Fraction) -> str:
    if quantity.unit is Unit.MONEY:
        return f"{'-' if typed < 0 else ''}${_plain(abs(typed))}"
    return f"{_plain(typed * 100)} %" if quantity.unit is Unit.RATE else _plain(typed)


def _plain(number: Fraction) -> str:
    if number.denominator == 1:
        return f"{number.numerator:,}"
    return f"{float(number):,.4f}".rstrip("0").rstrip(".") if abs(number) >= Fraction(1, 1000) else f"{float(number):g}"


def _example(quantity: Quantity) -> str:
    return {
        Unit.MONEY: "Write an amount such as 60000 or $60,000.",
        Unit.RATE: "Write a rate such as 0.30 or 30%.",
    }.get(quantity.unit, "Write a number such as 40.")


def at_field(quantity: Quantity, error: UserError) -> str:
    """Why a value cannot be, as it stands at the quantity's own field: without the key by which commands name it."""
    return f"{error.what.replace(f' ({quantity.key})', '', 1)} {error.what_to_do}".strip()
