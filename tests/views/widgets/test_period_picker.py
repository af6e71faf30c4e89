"""The period picker: filters, arrows, custom dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from desktop.core import periods
from desktop.core.periods import Filter, Period
from desktop.views import theme
from desktop.views.widgets.period_picker import PeriodPicker, following, period_text

TODAY = date(2026, 3, 11)


@pytest.fixture
def picker(look: theme.Theme, qtbot: QtBot) -> PeriodPicker:
    made = PeriodPicker(lambda: TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def test_begins_with_this_week_and_tells_of_another_choice(picker: PeriodPicker, qtbot: QtBot) -> None:
    assert picker.period == Period(date(2026, 3, 9), date(2026, 3, 15))
    with qtbot.waitSignal(picker.period_changed) as changed:
        picker.choose(Filter.MONTH)
    assert changed.args == [Period(date(2026, 3, 1), date(2026, 3, 31))]


def test_the_same_period_again_is_not_told(picker: PeriodPicker, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(picker.period_changed):
        picker.choose(Filter.WEEK)


def test_arrows_go_back_and_come_home(picker: PeriodPicker) -> None:
    picker.go_back()
    assert picker.period == Period(date(2026, 3, 2), date(2026, 3, 8))
    assert picker.choice is Filter.CUSTOM
    picker.go_on()
    assert picker.choice is Filter.WEEK


def test_custom_dates_never_end_before_they_start(picker: PeriodPicker) -> None:
    picker.choose(Filter.CUSTOM)
    assert picker._from.isVisible()
    picker._until.setDate(QDate(2026, 1, 5))
    assert picker.period == Period(date(2026, 1, 5), date(2026, 1, 5))
    picker._from.setDate(QDate(2026, 2, 1))
    assert picker.period == Period(date(2026, 2, 1), date(2026, 2, 1))


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(["week_of", "month_of", "quarter_of"]))
def test_following_undoes_previous(day: date, name: str) -> None:
    period = getattr(periods, name)(day)
    assert periods.previous(following(period)) == period
    assert following(periods.previous(period)) == period


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 3, 9), date(2026, 3, 15), "Mar 9 – 15, 2026"),
        (date(2026, 3, 30), date(2026, 4, 5), "Mar 30 – Apr 5, 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "Dec 29, 2025 – Jan 4, 2026"),
        (date(2026, 3, 9), date(2026, 3, 9), "Mar 9, 2026"),
    ],
)
def test_period_text(start: date, end: date, text: str) -> None:
    assert period_text(Period(start, end)) == text
