"""Which lost deals come up again: those that could have been won, when the competitor's policy runs out.

Goes by the x-date alone and guesses none. Must not know how leads are stored.
"""

from __future__ import annotations

from datetime import date, timedelta

from desktop.core.months import YEAR, months_after

DAYS = 90
"""So many days ahead a win-back is worth preparing."""
WORTH = frozenset({"yes", "maybe"})
"""Answers to *could we have won* that make a lost deal worth another try."""


def comes_up(winnable: str | None, x_date: date | None, today: date, *, yearly: bool = False) -> date | None:
    """The day on which the competitor's policy runs out within 90 days of `today`, today included; else None.

    With `yearly` an x-date that has passed is taken as that of an annual policy, which runs out on its anniversaries.
    """
    if winnable not in WORTH or x_date is None:
        return None
    day = _anniversary(x_date, today) if yearly else x_date
    return day if today <= day <= today + timedelta(days=DAYS) else None


def _anniversary(x_date: date, today: date) -> date:
    """The first anniversary on or after `today`; the day itself while it lies ahead."""
    years = max(0, today.year - x_date.year)
    for passed in (years, years + 1):
        day = months_after(x_date, passed * YEAR)
        if day >= today:
            return day
    return x_date
