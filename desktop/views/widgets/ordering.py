"""The order in which Tab goes through a page: as it is laid out, whenever its parts were made.

Parts that come with the data would else be the last to be reached, wherever they stand. Knows no page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox)
"""What Tab reaches as one, whatever it is made of."""


def next_stop(window: QWidget, here: QWidget | None, forward: bool) -> QWidget | None:
    """Where Tab leads to from `here`, round all that `window` shows, in the order of its layouts.

    None where `here` is no stop and holds none: Qt then goes its own way.
    """
    if here is None:
        return None
    stops = list(_stops(window))
    step = 1 if forward else -1
    if here in stops:
        return stops[(stops.index(here) + step) % len(stops)]
    inside = next((at for at, stop in enumerate(stops) if here.isAncestorOf(stop)), None)
    return None if inside is None else stops[inside if forward else inside - 1]


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible() or not widget.isEnabled():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, _WHOLE):
        return
    for part in _parts(widget):
        yield from _stops(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    found: list[QWidget | None]
    if isinstance(widget, QTabWidget):
        found = [widget.tabBar(), widget.cornerWidget(), widget.currentWidget()]
        yield from (part for part in found if part is not None)
    elif isinstance(widget, (QScrollArea, QStackedWidget)):
        found = [widget.widget() if isinstance(widget, QScrollArea) else widget.currentWidget()]
        yield from (part for part in found if part is not None)
    elif isinstance(widget, QSplitter):
        yield from map(widget.widget, range(widget.count()))
    else:
        layout = widget.layout()
        placed = list(_laid_out(layout)) if layout is not None else []
        yield from placed
        known = set(placed)
        for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if child not in known and not child.isWindow():
                yield child


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    order = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        order.sort(key=lambda at: _place(layout, at))
    for at in order:
        item = layout.itemAt(at)
        if item is None:
            continue
        part = item.widget()
        if part is not None:
            yield part
        elif isinstance(item, QLayout):
            yield from _laid_out(item)


def _place(grid: QGridLayout, at: int) -> tuple[int, int]:
    position: Any = grid.getItemPosition(at)
    return position[0], position[1]
