"""Whether a list of policies holds only active ones: from such a list nobody can tell who was lost.

A report of new business is all active too, and yet no list of the book; what tells them apart is how far back it goes.
"""

from __future__ import annotations

from datetime import date, timedelta

from desktop.core.months import YEAR, months_after

REACH = timedelta(days=180)
"""How far back a list must go to be one of the book rather than of what was new."""

NOTE = "This list holds active policies only: without the lost ones it cannot show retention."


class Actives:
    """Looks at the terms of one list as they pass."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._over: dict[str, str] = {}
        self._first: str | None = None
        self._listed = False

    def look_at(
        self, number: str, effective_on: str, expires_on: str | None, ended_on: str | None, *, snapshot: bool = False
    ) -> None:
        """One term; days are ISO. Of several terms of a policy the last one to be over counts."""
        over = expires_on or months_after(date.fromisoformat(effective_on), YEAR).isoformat()
        if ended_on is not None:
            over = min(over, ended_on)
        self._over[number] = max(over, self._over.get(number, over))
        self._first = effective_on if self._first is None else min(self._first, effective_on)
        self._listed = self._listed or snapshot

    @property
    def alone(self) -> bool:
        """Whether there are policies, none of them is over, and the list is one of the book."""
        today = self._today.isoformat()
        if self._first is None or any(over <= today for over in self._over.values()):
            return False
        return self._listed or self._first <= (self._today - REACH).isoformat()
