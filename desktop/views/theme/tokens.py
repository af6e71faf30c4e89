"""The design tokens: one file of sizes and colours that palette, style sheet and painters read.

Knows the file's shape and nothing of widgets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop import paths

KINDS = ("caption", "body", "section", "title", "headline")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Sizes in logical pixels at 100 %, colours as `#RRGGBB` by role."""

    unit: int
    radius: int
    motion_ms: int
    type: Mapping[str, int]
    light: Mapping[str, str]
    dark: Mapping[str, str]
    categories: tuple[str, ...]

    def scheme(self, dark: bool) -> Mapping[str, str]:
        """The colours of one scheme by role."""
        return self.dark if dark else self.light


def read_tokens(file: Path) -> Tokens:
    """The tokens in `file`; raises KeyError or ValueError when a part is missing, for that is our own fault."""
    raw = json.loads(file.read_text(encoding="utf-8"))
    return Tokens(
        unit=int(raw["unit"]),
        radius=int(raw["radius"]),
        motion_ms=int(raw["motion_ms"]),
        type={kind: int(raw["type"][kind]) for kind in KINDS},
        light=dict(raw["light"]),
        dark=dict(raw["dark"]),
        categories=tuple(raw["categories"]),
    )


@cache
def tokens() -> Tokens:
    """The tokens the program ships with."""
    return read_tokens(paths.resources() / "tokens.json")


def blend(front: str, back: str, share: float) -> str:
    """`share` (0 to 1) of colour `front` over colour `back`, both and the answer `#RRGGBB`."""
    pairs = zip(_channels(front), _channels(back), strict=True)
    return "#" + "".join(f"{round(f * share + b * (1 - share)):02X}" for f, b in pairs)


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    first, second = _luminance(one), _luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = []
    for channel in _channels(colour):
        share = channel / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
