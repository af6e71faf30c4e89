"""A printed page as pixels: what the drawing rooms hand to the window, which knows no PDF.

Knows neither.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of `width` x `height` pixels in rows of `stride` bytes; a pixel is blue, green, red and an unused byte."""

    width: int
    height: int
    stride: int
    pixels: bytes = field(repr=False)
