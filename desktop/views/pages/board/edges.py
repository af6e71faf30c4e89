"""Brings stages that stand outside the window in, while a card is dragged to the board's edge.

Knows the area that scrolls; what is dragged is the lists' business.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QScrollArea

from desktop.views import theme

_BEAT = 30
"""Milliseconds between two steps."""


class EdgeScroller(QObject):
    """Scrolls `area` sideways as long as `set_dragging` says so and the pointer is near one of its edges."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        # a pointer that is held still at the edge sends no events: the time has to
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT)
        self._timer.timeout.connect(lambda: self.step(QCursor.pos()))

    def set_dragging(self, dragging: bool) -> None:
        """Begins to look after the pointer, or ends it."""
        if dragging:
            self._timer.start()
        else:
            self._timer.stop()

    def step(self, pointer: QPoint) -> None:
        """One step towards the edge that `pointer` (of the screen) is near, none elsewhere."""
        room = self._area.viewport()
        place, near, stride = room.mapFromGlobal(pointer), theme.current().px(48), theme.current().px(16)
        if not 0 <= place.y() < room.height():
            return
        bar = self._area.horizontalScrollBar()
        if place.x() < near:
            bar.setValue(bar.value() - stride)
        elif place.x() >= room.width() - near:
            bar.setValue(bar.value() + stride)
