"""What Qt puts into a control is named after it, the calendar of a date too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDateEdit, QLineEdit, QSpinBox, QTimeEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.header import SearchField
from desktop.views.widgets.naming import NamedTabs
from tests.views.clipping import find_nameless


@pytest.mark.parametrize("make", [QSpinBox, QTimeEdit, QDateEdit, QComboBox])
def test_the_field_inside_bears_the_name_of_its_row(look: theme.Theme, qtbot: QtBot, make: type[QWidget]) -> None:
    form = FormBuilder()
    qtbot.addWidget(form)
    control = make()
    if isinstance(control, QComboBox):
        control.setEditable(True)
    form.add_row("&Last day", control)
    form.show()
    assert [field.accessibleName() for field in control.findChildren(QLineEdit)] == ["Last day"]
    form.rename(control, "&First day")
    assert [field.accessibleName() for field in control.findChildren(QLineEdit)] == ["First day"]
    assert find_nameless(form) == []


def test_a_calendar_that_opens_is_named(look: theme.Theme, qtbot: QtBot) -> None:
    form = FormBuilder()
    qtbot.addWidget(form)
    day = QDateEdit(QDate(2026, 3, 9))
    day.setCalendarPopup(True)
    form.add_row("Due", day)
    calendar = day.calendarWidget()
    assert find_nameless(calendar) == []
    said = {one.accessibleName() for one in calendar.findChildren(QAbstractButton)}
    assert {"Month before", "Month after"} <= said


def test_tabs_and_search_leave_nothing_nameless(look: theme.Theme, qtbot: QtBot) -> None:
    tabs = NamedTabs("Views")
    qtbot.addWidget(tabs)
    tabs.addTab(SearchField("Find a lead"), "Leads")
    tabs.show()
    assert tabs.accessibleName() == tabs.tabBar().accessibleName() == "Views"
    assert find_nameless(tabs) == []


def test_tabs_of_a_page_have_no_line_over_them(qtbot: QtBot) -> None:
    tabs = NamedTabs("Views")
    qtbot.addWidget(tabs)
    tabs.setDocumentMode(True)
    assert not tabs.tabBar().drawBase()
