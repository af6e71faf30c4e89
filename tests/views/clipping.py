"""Finds what a user could not read or a screen reader could not name, on any page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from desktop.views.widgets.cards import NumberCard
from desktop.views.widgets.rail import RailButton

_SLACK = 1
_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QTabBar,
)


def find_clipped_text(widget: QWidget) -> list[str]:
    """The texts in `widget` that have less room than they need and no tooltip that holds the whole."""
    found: list[str] = []
    for child in [widget, *widget.findChildren(QWidget)]:
        if not child.isVisibleTo(widget) or child.width() <= 0:
            continue
        if isinstance(child, QLabel):
            found += _label(child)
        elif isinstance(child, QHeaderView):
            found += _heading(child)
        elif isinstance(child, QAbstractButton):
            found += _button(child)
    return found


def _label(label: QLabel) -> list[str]:
    if not label.text() or (label.toolTip() and label.text() in label.toolTip()):
        return []
    room = label.contentsRect()
    metrics = QFontMetrics(label.font())
    if label.wordWrap():
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        needed = metrics.boundingRect(0, 0, room.width(), 10_000, flags, label.text())
        clipped = needed.height() > room.height() + metrics.leading() + 2 or needed.width() > room.width() + _SLACK
    else:
        lines = label.text().replace("&", "").split("\n")
        widest = max(metrics.horizontalAdvance(line) for line in lines)
        clipped = widest > room.width() + _SLACK or metrics.height() * len(lines) > room.height() + 2
    return [label.text()] if clipped else []


def _button(button: QAbstractButton) -> list[str]:
    if isinstance(button, NumberCard) or not button.text() or button.toolTip() == button.text():
        return []
    if isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
        return []
    if isinstance(button, RailButton):
        return [] if button.width() >= button.sizeHint().width() else [button.text()]
    text = button.text().replace("&", "")
    if (
        QFontMetrics(button.font()).horizontalAdvance(text) > button.width()
        or button.height() < button.fontMetrics().height()
    ):
        return [button.text()]
    return [] if button.width() >= button.minimumSizeHint().width() - _SLACK else [button.text()]


def _heading(heading: QHeaderView) -> list[str]:
    found = []
    model = heading.model()
    for section in range(heading.count()):
        title = str(model.headerData(section, heading.orientation()) or "")
        if heading.isSectionHidden(section) or not title:
            continue
        tooltip = str(model.headerData(section, heading.orientation(), Qt.ItemDataRole.ToolTipRole) or "")
        if heading.fontMetrics().horizontalAdvance(title) > heading.sectionSize(section) and title not in tooltip:
            found.append(title)
    return found


def find_nameless(widget: QWidget) -> list[str]:
    """The controls in `widget` that a screen reader could not name, by class and object name."""
    found: list[str] = []
    for child in [widget, *widget.findChildren(QWidget)]:
        if not child.isVisibleTo(widget) or not isinstance(child, _CONTROLS) or isinstance(child, QHeaderView):
            continue
        if isinstance(child, QScrollBar):
            continue
        text = child.text() if isinstance(child, QAbstractButton) else ""
        if not child.accessibleName() and not text:
            found.append(f"{type(child).__name__} {child.objectName()}".strip())
    return found
