"""A PDF page as pixels, for the window to show exactly what will be printed. The only home of pypdfium2."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of `width` x `height` pixels, four bytes each in the order blue, green, red, unused; `pages` in all."""

    width: int
    height: int
    stride: int
    pixels: bytes
    pages: int


def picture(pdf: bytes, page: int, dots_per_inch: float) -> PagePicture:
    """Page number `page` (from 0) of a PDF of our own making."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        bitmap = document[page].render(scale=dots_per_inch / 72, rev_byteorder=False, prefer_bgrx=True)
        return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), len(document))
    finally:
        document.close()
