"""A PDF page as pixels, for the window to show exactly what will be printed. The only home of pypdfium2."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped]

from desktop.core.pages import PagePicture


def picture(pdf: bytes, page: int, dots_per_inch: float) -> PagePicture:
    """Page number `page` (from 0) of a PDF of our own making."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        bitmap = document[page].render(scale=dots_per_inch / 72, rev_byteorder=False, prefer_bgrx=True)
        return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        document.close()
