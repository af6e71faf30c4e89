"""Why a message did not leave, or may have."""

from __future__ import annotations

from desktop.errors import UserError


class NotSentError(UserError):
    """A message that surely did not leave; `again` says whether trying again later may help."""

    def __init__(self, what: str, what_to_do: str, *, again: bool) -> None:
        super().__init__(what, what_to_do)
        self.again = again


class UnsureError(UserError):
    """A message that was handed over without an answer: it may have arrived, and is not sent a second time."""
