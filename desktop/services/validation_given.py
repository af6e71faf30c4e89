"""The inputs of a validation plan that a producer's data gives, for window, commands and paper alike.

The one place that turns a producer's past, retention and pay into inputs (metrics.md 6, *From data*). Must not know who
asks, nor read the book itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import validation, validation_history
from desktop.core.money import half_up
from desktop.core.validation import PlanKind

if TYPE_CHECKING:
    from desktop.services.plans import Track

NEWPRODUCER = "newproducer"
_YEAR = "last 365 days"
_PAY = {
    "initial": "salary",
    "draw": "salary",
    "new_rate": "new_split",
    "renewal_rate": "renewal_split",
    "growth_rate": "new_split",
    "base_rate": "renewal_split",
}
_HUNDRED_DOLLARS = 10_000


@dataclass(frozen=True, slots=True)
class Given:
    """An input that data gives (cents, rates, counts), and in words where it comes from."""

    value: Fraction
    source: str


def given(plan: str, track: Track, calls_per_prospect: Fraction) -> dict[str, Given]:
    """Inputs by key; some may be those of another plan. What the data leaves undefined or at zero is left out.

    So is a retention of zero: a book in which every client ended is one that was imported in part. Typed, it counts.
    """
    past = validation_history.inputs_from(track.history, calls_per_prospect)
    found = {key: Given(value, "commissions of last year" if key == "prior" else _YEAR) for key, value in past.items()}
    found |= {key: Given(track.pay[name], "pay on record") for key, name in _PAY.items() if track.pay.get(name)}
    if track.kept:
        found["retention"] = Given(track.kept, "clients kept, 365 days")
    if track.history.commission > 0:
        weekly = Fraction(track.history.commission) / validation.WEEKS_WORKED
        found["production"] = Given(weekly, "new commission of the last 365 days / 50")
    return found | _repeated(plan, found, track.history.commission)


def _repeated(plan: str, found: Mapping[str, Given], new: int) -> dict[str, Given]:
    """The desired compensation to begin with: what the last year's result pays at these rates, not below the initial.

    Whole hundreds of dollars, since it is a wish; the salary alone where the past does not say.
    """
    old_rate, new_rate = ("renewal_rate", "new_rate") if plan == PlanKind.NEWREN else ("base_rate", "growth_rate")
    if "initial" not in found:
        return {}
    initial = found["initial"]
    if not all(key in found for key in ("prior", old_rate, new_rate)):
        return {"desired": initial}
    retention = found["retention"].value if "retention" in found else validation.RETENTION
    paid = found["prior"].value * retention * found[old_rate].value + new * found[new_rate].value
    whole = Fraction(half_up(paid / _HUNDRED_DOLLARS) * _HUNDRED_DOLLARS)
    return {"desired": Given(max(initial.value, whole), "a year like the last")}
