"""What an action reached in the book, so that exactly the derived rows above it are made anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.models.tallies import ActivityTally


@dataclass(slots=True)
class Touched:
    """What an action reached, so that exactly its derived rows are made anew.

    `arrived`: activities that it added, on days that may be none of `days`.
    """

    days: set[str] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)
    policies: set[int] = field(default_factory=set)
    phones: bool = False
    settings: bool = False
    arrived: ActivityTally | None = None
