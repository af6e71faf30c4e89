"""The status chip: a mark and a word beside a figure, so that status is never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views import theme
from desktop.views.theme import Status


class StatusChip(QWidget):
    """A rounded chip of mark and word in the colour of its status; without a status it is not seen.

    A compact chip is the mark in a disc, the word its tooltip.
    """

    def __init__(
        self, status: Status = Status.NONE, text: str = "", parent: QWidget | None = None, *, compact: bool = False
    ) -> None:
        super().__init__(parent)
        self._compact = compact
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._status = status
        self._text = text
        theme.current().changed.connect(self.updateGeometry)
        self.set_status(status, text)

    @property
    def status(self) -> Status:
        """What the chip says."""
        return self._status

    @property
    def text(self) -> str:
        """The word in the chip."""
        return self._text or self._word()

    def set_status(self, status: Status, text: str = "") -> None:
        """Says `status`, with `text` in place of its usual word."""
        self._status = status
        self._text = text
        self.setAccessibleName(self.text)
        self.setToolTip(self.text if self._compact else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for mark, word and padding."""
        if self._status is Status.NONE and not self._text:
            return QSize(0, self._height())
        if self._compact:
            return QSize(self._height(), self._height())
        look = theme.current()
        width = QFontMetrics(look.font("caption", bold=True)).horizontalAdvance(self.text)
        return QSize(width + look.px(12) + look.px(18), self._height())

    def minimumSizeHint(self) -> QSize:
        """The same: a chip is never cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the chip."""
        if self._status is Status.NONE and not self._text:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"{self._status.value}_tint"))
        height = self.height()
        painter.drawRoundedRect(QRectF(0, 0, self.width(), height), height / 2, height / 2)
        side = look.px(12)
        mark = look.pixmap(self._status.icon, side, self._status.role, self.devicePixelRatioF())
        left = (self.width() - side) // 2 if self._compact else look.px(7)
        painter.drawPixmap(left, (height - side) // 2, mark)
        if self._compact:
            return
        painter.setPen(look.colour(self._status.role))
        painter.setFont(look.font("caption", bold=True))
        rest = self.rect().adjusted(look.px(7) + side + look.px(4), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text)

    def _height(self) -> int:
        look = theme.current()
        return QFontMetrics(look.font("caption", bold=True)).height() + look.px(4)

    def _word(self) -> str:
        words = {
            Status.GOOD: self.tr("On target"),
            Status.NEAR: self.tr("Near"),
            Status.BAD: self.tr("Below"),
            Status.NONE: "",
        }
        return words[self._status]
