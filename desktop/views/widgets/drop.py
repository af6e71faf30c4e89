"""Where files are dropped: a large area on the import page, and a veil over the whole window on any page.

Knows local paths only; what is in the files is the importers' business.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label


def dropped_paths(data: QMimeData) -> list[Path]:
    """The local files and folders in `data`, in order, each once; what is not on this machine is left out."""
    found: dict[Path, None] = {}
    for url in data.urls():
        if url.isLocalFile() and url.toLocalFile():
            found[Path(url.toLocalFile())] = None
    return list(found)


class DropArea(QWidget):
    """A large dashed area with a button for those who rather choose files."""

    files_dropped = Signal(object)
    choose_asked = Signal()

    def __init__(self, title: str, sentence: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(f"{title}. {sentence}")
        self._over = False
        self._mark = Label()
        self._sentence = Label(sentence, "body", "quiet")
        self.button = Button(button, "main", "folder")
        self.button.clicked.connect(self.choose_asked)
        self._lines = QVBoxLayout(self)
        self._lines.addStretch(1)
        for widget in (self._mark, Label(title, "section"), self._sentence, self.button):
            self._lines.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._lines.addStretch(1)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def minimumSizeHint(self) -> QSize:
        """Large enough to hit."""
        return QSize(theme.current().px(320), theme.current().px(176))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcomes files."""
        if dropped_paths(event.mimeData()):
            self._set_over(True)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Still welcome."""
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Gone again."""
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tells which files were dropped."""
        self._set_over(False)
        event.acceptProposedAction()
        self.files_dropped.emit(dropped_paths(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the dashed border."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.colour("accent" if self._over else "disabled"), 2 if self._over else 1.5)
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(look.colour("accent_tint" if self._over else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), look.radius, look.radius)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self._mark.setPixmap(look.pixmap("import", look.px(36), "accent", self.devicePixelRatioF()))
        self._lines.setSpacing(look.unit())


class DropVeil(QWidget):
    """Covers `parent` while files are dragged over it, so that they can be dropped anywhere.

    Once shown it takes the events itself: a text field under it would otherwise take a file for words.
    """

    files_dropped = Signal(object)

    def __init__(self, parent: QWidget, sentence: str) -> None:
        super().__init__(parent)
        self._host = parent
        self._mark = Label()
        self._words = Label(sentence, "section")
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(self._mark)
        row.addWidget(self._words)
        row.addStretch(1)
        self.setAcceptDrops(True)
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hears the drag events that no widget on the page wanted."""
        if isinstance(event, QDragEnterEvent):
            if dropped_paths(event.mimeData()):
                event.acceptProposedAction()
                self._cover()
            return True
        # a move is a drop event to Qt's classes, so it comes first
        if isinstance(event, QDragMoveEvent):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent):
            self._take(event)
            return True
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Goes on with what began over the page."""
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Still welcome."""
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files have left the window."""
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tells which files were dropped."""
        self._take(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the veil and its dashed frame."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = look.colour("page")
        ground.setAlphaF(0.94)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(look.colour("accent"), 2, Qt.PenStyle.DashLine))
        gap = look.unit(2)
        painter.drawRoundedRect(self.rect().adjusted(gap, gap, -gap, -gap), look.radius, look.radius)

    def _take(self, event: QDropEvent) -> None:
        self.hide()
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def _cover(self) -> None:
        look = theme.current()
        self._mark.setPixmap(look.pixmap("import", look.px(28), "accent", self.devicePixelRatioF()))
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
