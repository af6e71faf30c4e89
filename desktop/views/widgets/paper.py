"""A printed page's pixels as an image of the window, and the sheet that shows it. Knows no document."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.pages import PagePicture
from desktop.views import theme


def image_of(picture: PagePicture) -> QImage:
    """The page as an image that owns its pixels."""
    return QImage(
        picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
    ).copy()  # fmt: skip


class PageSheet(QWidget):
    """A sheet of paper, as large as its place allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.setAccessibleName(self.tr("The page as it will print"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage | None) -> None:
        """Shows a page, or an empty place."""
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        """A readable page."""
        look = theme.current()
        return QSize(look.px(510), look.px(660))

    def minimumSizeHint(self) -> QSize:
        """Still recognisable."""
        look = theme.current()
        return QSize(look.px(300), look.px(388))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the page at the top, with a hairline around it."""
        if self.image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = min((self.width() - 2) / self.image.width(), (self.height() - 2) / self.image.height())
        wide, high = self.image.width() * scale, self.image.height() * scale
        room = QRectF((self.width() - wide) / 2, 1, wide, high)
        ratio = self.devicePixelRatioF()
        small = self.image.scaled(
            round(wide * ratio), round(high * ratio), Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        painter.drawImage(room, small)
        painter.setPen(theme.current().colour("hairline"))
        painter.drawRect(room)
