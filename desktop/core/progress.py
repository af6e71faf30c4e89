"""How a long piece of work says how far it is, and learns that it should stop.

Knows neither threads nor windows: whoever runs the work hands in the object.
"""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told now and then how far the work is."""

    def report(self, done: int, total: int, what: str = "") -> None:
        """`done` of `total` steps (0: nobody knows how many) of `what`; raises Cancelled when asked to stop."""


class _Silent:
    """Progress that nobody watches and nobody cancels."""

    def report(self, done: int, total: int, what: str = "") -> None:
        """Does nothing."""


SILENT: Progress = _Silent()
