"""The band over a table's heading: the names of groups of columns, each over its own.

Knows a view's heading; the groups are handed in.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views import theme
from desktop.views.tables import RecordTableView

Groups = Sequence[tuple[str, Sequence[str]]]


class GroupBand(QWidget):
    """Draws each group's title over those of its columns that stand side by side."""

    def __init__(self, view: RecordTableView, groups: Groups, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._title_of = {key: title for title, keys in groups for key in keys}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        heading = view.horizontalHeader()
        for signal in (heading.sectionResized, heading.sectionMoved, heading.geometriesChanged):
            signal.connect(self._on_heading_changed)
        view.horizontalScrollBar().valueChanged.connect(self._on_heading_changed)
        theme.current().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """One line of small letters."""
        look = theme.current()
        return QSize(look.px(200), QFontMetrics(look.font("caption", bold=True)).height() + look.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws titles and a rule under each group."""
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(look.font("caption", bold=True))
        gap = look.px(6)
        room = self._room()
        for title, left, right in self._spans():
            # the title stays in sight while its group is scrolled out at the left
            seen = QRect(left + gap, 0, right - left - 2 * gap, self.height()).intersected(room)
            painter.fillRect(seen.left(), self.height() - 2, seen.width(), 2, look.colour("hairline"))
            painter.setPen(look.colour("quiet"))
            painter.drawText(seen, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)

    def _room(self) -> QRect:
        """The band beside the first column, which stays where it is."""
        heading = self._view.horizontalHeader()
        first = heading.sectionSize(heading.logicalIndex(0))
        return self.rect().adjusted(first + theme.current().px(6), 0, 0, 0)

    def _spans(self) -> list[tuple[str, int, int]]:
        """Title and edges of each run of neighbouring columns of one group."""
        heading = self._view.horizontalHeader()
        columns = self._view.records.columns
        shift = self._view.frameWidth()
        found: list[tuple[str, int, int]] = []
        for place in range(heading.count()):
            section = heading.logicalIndex(place)
            if heading.isSectionHidden(section):
                continue
            left = heading.sectionViewportPosition(section) + shift
            title = self._title_of.get(columns[section].key, "")
            right = left + heading.sectionSize(section)
            if found and found[-1][0] == title:
                found[-1] = (title, found[-1][1], right)
            else:
                found.append((title, left, right))
        return [span for span in found if span[0]]

    def _on_heading_changed(self, *_: object) -> None:
        self.update()
