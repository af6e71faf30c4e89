"""What an action reached in the book, so that exactly the derived rows above it are made anew."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Touched:
    """What an action reached, so that exactly its derived rows are made anew."""

    days: set[str] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)
    policies: set[int] = field(default_factory=set)
    phones: bool = False
    settings: bool = False
