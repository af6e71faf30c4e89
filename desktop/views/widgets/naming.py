"""Names for screen readers, also of what Qt itself puts into a control: text fields, calendars, small buttons.

Qt leaves those nameless, and a reader that walks from one to the next would say no more than "text". Knows no page.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDateTimeEdit,
    QLineEdit,
    QSpinBox,
    QTableView,
    QTabWidget,
    QToolButton,
    QWidget,
)


def name_control(control: QWidget, name: str) -> None:
    """Names `control` and the text fields in it; a date's calendar too."""
    control.setAccessibleName(name)
    for field in control.findChildren(QLineEdit):
        field.setAccessibleName(name)
    if isinstance(control, QDateTimeEdit) and control.calendarPopup():
        _name_calendar(control.calendarWidget(), name)


def name_clearing(field: QLineEdit) -> None:
    """Names the button that empties `field`."""
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(_say("Clear"))


class NamedTabs(QTabWidget):
    """Tabs without a line under them; `name` is theirs and their bar's."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.tabBar().setAccessibleName(name)
        self.tabBar().setDrawBase(False)

    def setDocumentMode(self, enabled: bool) -> None:
        """As Qt's, which would bring the line back."""
        super().setDocumentMode(enabled)
        self.tabBar().setDrawBase(False)


def _name_calendar(calendar: QCalendarWidget, name: str) -> None:
    calendar.setAccessibleName(name)
    parts: tuple[tuple[type[QWidget], str, str], ...] = (
        (QTableView, "qt_calendar_calendarview", name),
        (QToolButton, "qt_calendar_prevmonth", _say("Month before")),
        (QToolButton, "qt_calendar_nextmonth", _say("Month after")),
        (QToolButton, "qt_calendar_monthbutton", _say("Month")),
        (QToolButton, "qt_calendar_yearbutton", _say("Year")),
        (QSpinBox, "qt_calendar_yearedit", _say("Year")),
    )
    for kind, object_name, words in parts:
        part = calendar.findChild(kind, object_name)
        if isinstance(part, QSpinBox):
            name_control(part, words)
        elif isinstance(part, QWidget):
            part.setAccessibleName(words)


def _say(text: str) -> str:
    return QCoreApplication.translate("naming", text)
