"""A signature given on screen: who, in what role, when, and the strokes drawn or the name typed.

Knows neither pad nor paper. Points lie in a box one high and `aspect` wide, from its upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Stroke = tuple[tuple[float, float], ...]


class Role(StrEnum):
    """Who signs a scorecard; the value is the name of the field in the file."""

    PRODUCER = "producer"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Autograph:
    """One signature: drawn when there are strokes, else typed when there is `typed`, else a seal without a hand."""

    name: str
    role: Role
    at: datetime
    strokes: tuple[Stroke, ...] = ()
    typed: str = ""
    aspect: float = 4.0

    @property
    def given(self) -> bool:
        """Whether anybody signed by hand."""
        return any(len(stroke) > 1 for stroke in self.strokes) or bool(self.typed.strip())
