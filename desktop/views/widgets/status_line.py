"""The line at the foot of the window: the book, how fresh its data is, and the task at work with its Cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop.tasks import Executor, Task
from desktop.views import theme
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import ElidedLabel, Label


class StatusLine(QWidget):
    """Book and freshness at the left, the running task at the right, once it takes longer than 600 ms."""

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._mark = Label()
        self._book = Label("", "caption", "quiet")
        self._freshness = ElidedLabel("", "caption", "quiet")
        self._message = ElidedLabel("", "caption", "quiet")
        self._doing = Label("", "caption", "quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = Button(self.tr("Cancel"), "quiet")
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self._row = QHBoxLayout(self)
        places: tuple[tuple[QWidget, int], ...] = (
            (self._mark, 0),
            (self._book, 0),
            (self._freshness, 2),
            (self._message, 1),
            (self._doing, 0),
            (self._bar, 0),
            (self._cancel, 0),
        )
        for widget, stretch in places:
            self._row.addWidget(widget, stretch)
        self._show_task(False)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def watch(self, executor: Executor) -> None:
        """Shows the tasks of `executor`."""
        executor.shown.connect(self._on_executor_shown)
        executor.ended.connect(self._on_executor_ended)

    def set_book(self, name: str, tooltip: str = "") -> None:
        """Names the book; `tooltip` says where it lies."""
        self._book.setText(name)
        self._book.setToolTip(tooltip)

    def set_freshness(self, text: str, tooltip: str = "") -> None:
        """Says through when the data counts; `tooltip` source by source."""
        self._freshness.setText(text)
        self._freshness.setToolTip(tooltip)

    def set_message(self, text: str) -> None:
        """Says something quiet and passing."""
        self._message.setText(text)

    def set_progress(self, done: int, total: int, what: str) -> None:
        """Shows `done` of `total` (0: unknown) of `what`."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        label = self._task.label if self._task else ""
        self._doing.setText(" · ".join(part for part in (label, what) if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground and the hairline over it."""
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("hairline"))

    def _show_task(self, shown: bool) -> None:
        for widget in (self._doing, self._bar, self._cancel):
            widget.setVisible(shown)
        self._cancel.setEnabled(shown)

    def _on_executor_shown(self, task: Task) -> None:
        self._task = task
        self.set_progress(0, 0, "")
        task.progressed.connect(self.set_progress)
        self._show_task(True)

    def _on_executor_ended(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            self._show_task(False)

    def _on_cancel_clicked(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._cancel.setEnabled(False)
            self._doing.setText(self.tr("Stopping…"))
        self.cancel_asked.emit()

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self._row.setContentsMargins(look.unit(2), look.px(3), look.unit(2), look.px(2))
        self._row.setSpacing(look.unit())
        self._bar.setFixedWidth(look.px(140))
        self._mark.setPixmap(look.pixmap("book", look.px(14), "quiet", self.devicePixelRatioF()))
        self.setFixedHeight(look.px(32))
