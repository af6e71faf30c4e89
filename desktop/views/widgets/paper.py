"""A printed page's pixels as an image of the window. Knows no document."""

from __future__ import annotations

from PySide6.QtGui import QImage

from desktop.core.pages import PagePicture


def image_of(picture: PagePicture) -> QImage:
    """The page as an image that owns its pixels."""
    return QImage(
        picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
    ).copy()  # fmt: skip
