"""The look of paper: the sizes and greys of the token file, in points.

Black on white with grey rules, so that a page survives a bad printer. Knows nothing of any document.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from desktop import paths
from desktop.core.scorecard import Paper

INCH = 72.0
SIZES = {Paper.LETTER: (612.0, 792.0), Paper.A4: (595.2756, 841.8898)}


@dataclass(frozen=True, slots=True)
class PaperTheme:
    """Lengths and type sizes in points; greys from 0 (black) to 1 (white)."""

    margin: float
    tiny: float
    small: float
    body: float
    section: float
    headline: float
    ink: float
    quiet: float
    rule: float
    band: float
    hairline: float
    line: float


@cache
def theme() -> PaperTheme:
    """The paper part of the program's tokens."""
    raw = json.loads((paths.resources() / "tokens.json").read_text(encoding="utf-8"))["paper"]
    return PaperTheme(
        margin=float(raw["margin_inches"]) * INCH,
        **{name: float(raw["type"][name]) for name in ("tiny", "small", "body", "section", "headline")},
        **{name: float(raw["grey"][name]) for name in ("ink", "quiet", "rule", "band")},
        **{name: float(raw["stroke"][name]) for name in ("hairline", "line")},
    )
