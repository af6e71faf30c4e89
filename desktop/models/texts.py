"""Equal texts of many rows held once: the database hands out each cell as a text of its own.

Must not know what the texts mean.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Once = Callable[[Any], Any]
"""Answers a text, or None, with the equal one that it was given first."""


def held_once() -> Once:
    """A function that knows the texts of one query's rows."""
    known: dict[str | None, str | None] = {}
    return lambda text: known.setdefault(text, text)
