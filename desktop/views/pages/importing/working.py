"""The state between: files are being read or imported, and how far it is.

Nothing is shown for the first moments, so that quick work does not flicker. Knows no task.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QScrollArea, QVBoxLayout, QWidget

from desktop.tasks.executor import SHOW_AFTER_MS
from desktop.views import theme
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import ElidedLabel, Label


class Working(QWidget):
    """What is being done, a bar, and a button to stop."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = Label("", "section")
        self._step = ElidedLabel("", "body", "quiet")
        self._step.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.stop = Button(self.tr("Stop"))
        self.stop.clicked.connect(self.stop_asked)
        self._inside = QWidget()
        lines = QVBoxLayout(self._inside)
        lines.setSpacing(theme.current().unit(1.5))
        lines.addStretch(1)
        lines.addWidget(self._what, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(self._step)
        lines.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addWidget(self._inside)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SHOW_AFTER_MS)
        self._delay.timeout.connect(self._on_delay_timeout)

    def begin(self, what: str) -> None:
        """Says what is being done, a little later."""
        self._what.setText(what)
        self._step.setText("")
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(theme.current().px(360))
        self._inside.setVisible(False)
        self._delay.start()

    def show_progress(self, done: int, total: int, what: str) -> None:
        """Moves the bar; without a total it runs on."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._step.setText(what)

    def _on_delay_timeout(self) -> None:
        self._inside.setVisible(True)


def scrolled(widget: QWidget, name: str) -> QScrollArea:
    """`widget` in an area that scrolls, named `name`."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setAccessibleName(name)
    widget.setObjectName("plain")
    area.setWidget(widget)
    return area
