"""What all tables of the window share unless a page gives them its own: a memory for columns, and a way into files.

Given once by whoever composes the window. Knows neither pages nor files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Remembers(Protocol):
    """A place for small values, kept from one start to the next."""

    def read(self, key: str, default: Any = None) -> Any:
        """The value under `key`."""

    def write(self, key: str, value: Any) -> None:
        """Keeps `value` under `key`."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where columns are remembered, and what asks for a file and writes a view into it."""

    memory: Remembers | None = None
    export: Callable[[Any], None] | None = None


_shared = [Home()]


def share(home: Home) -> None:
    """From now on tables that were given nothing of their own use `home`."""
    _shared[0] = home


def shared() -> Home:
    """What such tables use."""
    return _shared[0]
