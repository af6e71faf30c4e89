"""The errors the program speaks of: their world (`UserError`) apart from our bugs (anything else).

Knows nothing of files, books or windows, so that every room may raise these.
"""

from __future__ import annotations


class AppError(Exception):
    """Base of every error that the program raises on purpose."""


class UserError(AppError):
    """Something in the user's world is wrong: `what` is wrong and `what_to_do` about it, both whole sentences."""

    def __init__(self, what: str, what_to_do: str = "") -> None:
        super().__init__(what, what_to_do)
        self.what = what
        self.what_to_do = what_to_do

    def __str__(self) -> str:
        return f"{self.what} {self.what_to_do}".strip()


class NewerBookError(UserError):
    """The book was written by a newer version of the program and is left untouched."""


class Cancelled(AppError):  # noqa: N818 - a request granted, not a fault
    """The user asked a running task to stop; whoever catches it leaves nothing behind."""
