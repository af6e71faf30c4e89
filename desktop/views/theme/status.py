"""The four states a figure can be in, as every chip, card and bar names them.

Knows no metric: who is good or bad is decided in the core.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Good, near, bad, or none where nothing can be said; the value is the colour's role in the tokens."""

    GOOD = "good"
    NEAR = "near"
    BAD = "bad"
    NONE = "none"

    @property
    def icon(self) -> str:
        """The name of the mark that says the same without colour."""
        return {"good": "check", "near": "dash", "bad": "exclamation", "none": "dash"}[self.value]

    @property
    def role(self) -> str:
        """The colour role of the state."""
        return "quiet" if self is Status.NONE else self.value


def status_of(value: str | None) -> Status:
    """The status named `value`; anything unknown or missing is none."""
    return next((status for status in Status if status.value == value), Status.NONE)
