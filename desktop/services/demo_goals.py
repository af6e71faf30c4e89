"""The demo agency's goals with its carriers: a tenth more than it wrote new with each the year before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desktop.core.templates import TEMPLATES, Row

_POLICIES = TEMPLATES["policies"]
_STEP = 500_000
"""Goals are set in steps of $5,000."""


def goal_rows(policies: Iterable[Row], as_of: date) -> list[Row]:
    """Rows of `carrier_goals` for the year of `as_of`; carriers without new business the year before have none."""
    carrier, bound, kind, premium = (
        _POLICIES.index(name) for name in ("carrier", "bound_on", "transaction", "annual_premium")
    )
    before = str(as_of.year - 1)
    written: dict[str, tuple[int, int]] = {}
    for row in policies:
        if row[kind] == "new" and row[carrier] and str(row[bound]).startswith(before):
            cents, count = written.get(str(row[carrier]), (0, 0))
            written[str(row[carrier])] = (cents + int(row[premium] or 0), count + 1)
    return [
        (name, as_of.year, (cents * 11 // 10 // _STEP + 1) * _STEP, count * 11 // 10 + 1)
        for name, (cents, count) in sorted(written.items())
    ]
