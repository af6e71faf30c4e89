"""The empty state: why there is nothing, what mends it, and a small picture of what will be here."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label


class Picture(QWidget):
    """A sketch of a page to come: rows with bars, and the icon of the thing in a disc."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A small landscape."""
        look = theme.current()
        return QSize(look.px(232), look.px(132))

    def minimumSizeHint(self) -> QSize:
        """The same: half a picture is worse than none."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the sketch."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -look.px(20))
        painter.setPen(QPen(look.colour("hairline"), 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(sheet, look.radius, look.radius)
        painter.setPen(Qt.PenStyle.NoPen)
        for row, share in enumerate((0.62, 0.40, 0.74)):
            top = sheet.top() + look.px(16) + row * look.px(24)
            painter.setBrush(look.colour("track"))
            painter.drawRoundedRect(QRectF(sheet.left() + look.px(14), top, look.px(48), look.px(8)), 4, 4)
            whole = sheet.width() - look.px(90)
            painter.drawRoundedRect(QRectF(sheet.left() + look.px(76), top, whole, look.px(8)), 4, 4)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(QRectF(sheet.left() + look.px(76), top, whole * share, look.px(8)), 4, 4)
        disc = look.px(44)
        place = QRectF(self.width() / 2 - disc / 2, self.height() - disc - 1, disc, disc)
        painter.setBrush(look.colour("accent"))
        painter.setPen(QPen(look.colour("page"), look.px(4)))
        painter.drawEllipse(place)
        side = look.px(22)
        mark = look.pixmap(self._icon, side, "accent_ink", self.devicePixelRatioF())
        painter.drawPixmap(round(place.center().x() - side / 2), round(place.center().y() - side / 2), mark)


class EmptyState(QWidget):
    """Picture, sentence and button in the middle of the room; `acted` when the button is pressed."""

    acted = Signal()

    def __init__(self, icon: str, title: str, sentence: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture(icon)
        self._title = Label(title, "section")
        self._sentence = Label(sentence, "body", "quiet", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(action, "main")
        if not action:
            # shown before it has a parent, it would be a window of its own for a moment
            self.button.hide()
        self.button.clicked.connect(self.acted)
        self._lines = QVBoxLayout(self)
        self._lines.addStretch(1)
        for widget in (self._picture, self._title, self._sentence, self.button):
            self._lines.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._lines.addStretch(1)
        self.setAccessibleName(f"{title}. {sentence}")
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _give_height(self) -> None:
        """As many lines as the words need: a layout that centres a label asks for one."""
        self._sentence.setMinimumHeight(self._sentence.heightForWidth(self._sentence.width()))

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self._lines.setSpacing(look.unit(1.5))
        self._sentence.setFixedWidth(look.px(420))
        self._give_height()
        self._picture.updateGeometry()
