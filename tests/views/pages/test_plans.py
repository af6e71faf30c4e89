"""The plan pages in the real window: worked examples, refusals at the field, what survives, and the 1:1 by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from desktop.core.meetings import State
from desktop.core.scorecard import ScorecardTexts
from desktop.services import meetings, planning, previews, scorecards, tracking
from desktop.views import theme
from desktop.views.dialogs.line import LineDialog
from desktop.views.pages.plans import EffortPage, MeetingsPage, PacePage, TrackingPage, ValidationPage
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.agency_files import write_agency
from tests.views.pages.conftest import NOW, Stage

KEYS = ("ept", "validation", "tracking", "pace", "meetings")
DOCUMENT = {
    "desired": "60000", "initial": "50000", "prior": "150000", "retention": "90%", "renewal_rate": "25%",
    "new_rate": "40%", "base_rate": "25%", "growth_rate": "40%", "avg_commission": "1500", "avg_premium": "10000",
    "hit_rate": "50%", "proposal_rate": "50%", "calls_per_prospect": "1", "weeks": "50",
}  # fmt: skip


@pytest.fixture
def full(stage: Stage, tmp_path: Path) -> Iterator[Stage]:
    stage.take_in(write_agency(tmp_path / "files"))
    yield stage
    # a page that is left keeps what was typed on it
    stage.window.show_page("monday")
    stage.settle()


def _open(stage: Stage, key: str) -> object:
    stage.window.show_page(key)
    stage.settle()
    return stage.window.page(key)


def _effort(stage: Stage) -> EffortPage:
    page = _open(stage, "ept")
    assert isinstance(page, EffortPage)
    return page


def _fill(page: EffortPage | ValidationPage, texts: dict[str, str]) -> None:
    for key, text in texts.items():
        page.form.field(key).setText(text)


def test_production_time_of_the_document(full: Stage) -> None:
    page = _effort(full)
    _fill(page, {"hours": "2000", "duty.renewals": "1000", "duty.service": "400", "duty.vacation": "0"})
    _fill(page, {"closing": "30%", "goal": "30,000"})
    assert page.plan.effective.value.text() == "180 h"
    assert page.plan.required.value.text() == "$166.67"
    assert "new clients, out of" in page.plan.required.words.text()
    for premium, rate, hours in (("1000", "15%", "54 minutes"), ("3800", "15%", "3.42 h"), ("20000", "15%", "18 h")):
        page.account.form.field("premium").setText(premium)
        page.account.form.field("rate").setText(rate)
        assert page.account.break_even.value.text() == hours


def test_a_slider_moves_its_field_and_too_many_hours_are_refused(full: Stage) -> None:
    page = _effort(full)
    _fill(page, {"hours": "2000", "closing": "30%", "goal": "30000", "duty.service": "500"})
    row = page.form._rows["duty.renewals"]
    assert row.slider is not None
    row.slider.setValue(900)
    assert page.form.field("duty.renewals").text() == "900"
    _fill(page, {"hours": "1000"})
    assert "only 1,000 are available" in page.plan.wrong.text()
    assert page.plan.effective.value.text() == "—"
    for odd in ("1e99", "9" * 400, "nan", "-inf"):
        _fill(page, {"hours": odd})
        assert row.slider.minimum() <= page.form._rows["hours"].slider.value() <= 2_600  # type: ignore[union-attr]
        assert page.found.errors["hours"]
    assert not full.crashes
    _fill(page, {"hours": "-3"})
    assert "at least 0" in page.found.errors["hours"]


def test_what_was_typed_is_kept_at_a_pause_and_can_be_taken_back(full: Stage) -> None:
    page = _effort(full)
    page.people.setCurrentIndex(1)
    page.people.activated.emit(1)
    full.settle()
    assert page.producer is not None
    page.form.field("goal").setText("44000")
    page.form.flush()
    full.settle()
    assert full.ask(planning.inputs, "ept", page.producer) == {"goal": "44000"}
    full.window.menus.undo_asked.emit()
    full.settle()
    assert full.ask(planning.inputs, "ept", page.producer) == {}
    assert page.form.field("goal").text() != "44000"


def test_scenarios_stand_side_by_side(full: Stage) -> None:
    page = _effort(full)
    _fill(page, {"closing": "30%", "goal": "30000", "duty.service": "500"})
    page.what_if.form.field("move.service").setText("400")
    page.what_if.form.field("cost").setText("20")
    assert page.found.what_if is not None
    page.save_button.click()
    dialog = page.findChild(LineDialog)
    assert dialog is not None
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.isVisible() and dialog.problem.text() == "Give a name."
    QTest.keyClicks(dialog.line, "With help")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    full.settle()
    assert page.scenarios.saved.rowCount() == 1
    _fill(page, {"duty.service": "0"})
    page._on_scenario_activated(page.scenarios.saved.row_at(0))
    assert page.form.field("duty.service").text() == "500"


def test_a_slider_under_way_is_not_set_back_by_what_is_read_meanwhile(full: Stage) -> None:
    page = _effort(full)
    page.form._timer.setInterval(60_000)
    _fill(page, {"duty.service": "500"})
    page.read()
    full.settle()
    assert page.form.field("duty.service").text() == "500"
    page.form.flush()
    full.settle()
    assert page.form.field("duty.service").text() == "500" == full.ask(planning.inputs, "ept", None)["duty.service"]


def test_hours_are_typed_for_a_type_of_account(full: Stage) -> None:
    page = _effort(full)
    _fill(page, {"hours": "2000", "duty.renewals": "1400", "duty.vacation": "0", "closing": "30%", "goal": "30000"})
    types = page.plan.types
    worth, _count = types.table.selected_record
    field = types.form.field("type_hours")
    for text, wrong in (("-1", "at least 0"), ("ten", "number"), ("10", "")):
        field.setText(text)
        assert wrong in page.found.errors.get(f"hours.{worth.account.name}", "")
        assert (field.property("invalid") is True) == bool(wrong)
    found = next(one for one in page.found.types if one.account.name == worth.account.name)
    assert found.account.hours == 10 and found.profitable is (found.commission > 10 * 16666)
    types.form.flush()
    full.settle()
    assert full.ask(planning.inputs, "ept", page.producer)[f"hours.{worth.account.name}"] == "10"
    assert field.text() == "10"


def _validation(stage: Stage, at: int) -> ValidationPage:
    page = _open(stage, "validation")
    assert isinstance(page, ValidationPage)
    page.kind.setCurrentIndex(at)
    page.kind.activated.emit(at)
    stage.settle()
    return page


@pytest.mark.parametrize(("at", "low", "high"), [(0, "$40,625", "$65,625"), (1, "$46,250", "$71,250")])
def test_validation_of_the_document(full: Stage, at: int, low: str, high: str) -> None:
    page = _validation(full, at)
    _fill(page, {key: text for key, text in DOCUMENT.items() if key in page.form.texts()})
    assert (page.minimum.value.text(), page.target.value.text()) == (low, high)
    if at == 1:
        assert "$206,250.00" in {page.model.row_at(row)[2] for row in range(page.model.rowCount())}
    # a click on an input's span leads to its field
    page.tornado.drilled.emit("weeks")
    assert {mark.key for mark in page.tornado.marks} >= {"desired", "weeks"}
    assert page.window().focusWidget() is page.form.field("weeks")
    page.form.field("hit_rate").setText("0")
    assert "hit_rate" in page.found.errors or "above 0 %" in full.said(page)
    assert not page.answer.isEnabled()


def test_three_years_of_a_new_producer(full: Stage) -> None:
    page = _validation(full, 2)
    _fill(page, {"draw": "50000", "production": "2000", "new_rate": "40%", "renewal_rate": "25%", "margin": "0"})
    assert page.years[0].value.text() == "$40,000"
    assert page.months.rowCount() == 36


def test_nothing_of_a_plan_is_told_while_pay_is_hidden(full: Stage) -> None:
    page = _validation(full, 0)
    _fill(page, {key: DOCUMENT[key] for key in page.form.texts()})
    full.desk.context.state.write("pay.hidden", True)
    page.refresh_now()
    full.settle()
    assert page.content.currentWidget() is page.hidden_view
    assert page.minimum.value.text() == "hidden" and not any(page.form.texts().values())
    assert not page.print_page()
    # what was typed a moment before the switch is kept
    assert full.ask(planning.inputs, "newren", page.producer)["desired"] == "60000"


def test_the_cost_of_help_and_the_base_are_hidden_with_pay_and_stay(full: Stage) -> None:
    page = _effort(full)
    _fill(page, {"hours": "2000", "closing": "30%", "goal": "30000", "duty.service": "500"})
    page.what_if.form.field("move.service").setText("400")
    page.what_if.form.field("cost").setText("23.45")
    page.save_scenario("With help")
    full.settle()
    validation = _validation(full, 1)
    _fill(validation, {key: DOCUMENT[key] for key in validation.form.texts()})
    validation.form.flush()
    full.settle()
    tracking_page = _open(full, "tracking")
    assert isinstance(tracking_page, TrackingPage) and "$150,000" in tracking_page.lag.text()
    full.window.hide_pay(True)
    full.settle()
    assert tracking_page.lag.text() == "Goals follow from pay, which is hidden."
    assert tracking_page.figures["sales_calls"].words.text() == "its goals are hidden with pay"
    page = _effort(full)
    shown = [page.what_if.net_gain.value.text(), *(page.what_if.sides.row_at(row)[2] for row in (4, 5))]
    assert shown == ["hidden"] * 3 and page.what_if.form.field("cost").text() == ""
    table = page.scenarios.saved
    assert [table.index(0, at).data() for at in (5, 6)] == ["hidden", "hidden"]
    # what is not seen stays, even where something else is typed and kept meanwhile
    page.what_if.form.field("move.service").setText("300")
    page.what_if.form.flush()
    full.settle()
    full.window.hide_pay(False)
    full.settle()
    assert page.what_if.form.field("cost").text() == "23.45"
    assert page.what_if.sides.row_at(4)[2] == "$7,035"


def test_a_week_is_typed_over_and_given_back(full: Stage) -> None:
    page = _open(full, "tracking")
    assert isinstance(page, TrackingPage) and page.found is not None
    table = page.grids[0].table
    table.change("Typing", {(9, 0): "12", (9, 1): "many"})
    full.settle()
    found = full.ask(tracking.year_track, page.found.producer, 2026, NOW)
    assert found.weeks[9].week.figures.sales_calls == 12 and found.weeks[9].week.typed == {"sales_calls"}
    assert "Typed 2026-03-11" in str(page.grids[0].table.index(9, 1).data(Qt.ItemDataRole.ToolTipRole))
    full.window.menus.undo_asked.emit()
    full.settle()
    assert full.ask(tracking.year_track, page.found.producer, 2026, NOW).weeks[9].week.typed == frozenset()


def test_pace_says_what_it_takes(full: Stage) -> None:
    page = _open(full, "pace")
    assert isinstance(page, PacePage)
    assert page.views[0].model.rowCount() == 12
    assert "working days left" in page.views[0].said.text()


def _meeting(stage: Stage) -> MeetingsPage:
    # shortcuts belong to the window that is in front
    stage.window.activateWindow()
    stage.qtbot.waitUntil(stage.window.isActiveWindow, timeout=5_000)
    page = _open(stage, "meetings")
    assert isinstance(page, MeetingsPage)
    return page


def test_a_meeting_is_run_by_keyboard_and_stands_on_the_scorecard(full: Stage) -> None:
    author = previews.author_at(NOW)
    before = ScorecardTexts(priorities=("Call ten owners",))
    full.ask(scorecards.save_texts, "2026-W09", "P01", before, author)
    page = _meeting(full)
    assert page.week == "2026-W10" and page.sheet is not None and page.sheet.producer == "P01"
    box = next(box for box in page.findChildren(QCheckBox) if box.isVisible())
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    page.notes.setFocus()
    QTest.keyClicks(page.notes, "Slow Monday")
    for _ in range(4):
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        full.settle()
    assert page.window().focusWidget() is page.priorities[0]
    QTest.keyClicks(page.priorities[0], "Five quotes")
    QTest.keyClick(page.priorities[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    full.settle()
    desk = full.ask(meetings.open_desk, "2026-W10", "P01", NOW)
    meeting = desk.sheet.meeting
    assert (meeting.state, meeting.ticks, meeting.notes) == (
        State.HELD,
        ("Call ten owners",),
        {"activity": "Slow Monday"},
    )
    assert full.ask(scorecards.texts, "2026-W10", "P01").priorities[0] == "Five quotes"
    assert "held" in page.list.item(0).text()


def test_notes_are_in_the_book_before_anybody_ends_the_meeting(full: Stage) -> None:
    page = _meeting(full)
    page.notes.setPlainText("Half a sen")
    full.qtbot.waitUntil(lambda: not page._pause.isActive(), timeout=5_000)
    full.settle()
    desk = full.ask(meetings.open_desk, "2026-W10", "P01", NOW)
    assert desk.sheet.meeting.notes == {"activity": "Half a sen"} and desk.sheet.meeting.state is None
    assert page.notes.toPlainText() == "Half a sen"


def test_the_clock_counts_for_the_open_item(full: Stage) -> None:
    page = _meeting(full)
    page.toggle_clock()
    assert page._tick.isActive()
    page._clock.start()
    page.meeting = page.meeting.__class__(seconds={"activity": 150})
    page._show_agenda()
    assert "2:30 of 2:00" in page.items.item(0).text() and "3:30 of 4:00" in page.view.spare_label.text()
    page.toggle_clock()
    assert not page._tick.isActive()


def test_a_skipped_meeting_is_counted(full: Stage) -> None:
    page = _meeting(full)
    page.skip_meeting("Storm claims")
    full.settle()
    assert "skipped" in page.list.item(0).text() and "Storm claims" in page.list.item(0).toolTip()


def test_an_empty_book_says_what_mends_it(stage: Stage) -> None:
    for key in KEYS:
        page = _open(stage, key)
        assert page.empty.isVisible(), key  # type: ignore[attr-defined]
        assert not page.print_page(), key  # type: ignore[attr-defined]
    assert not _effort(stage).save_button.isEnabled()


def test_nothing_is_nameless_or_cut_off(full: Stage, tmp_path: Path) -> None:
    theme.current().set_choice(theme.Scheme.DARK)
    for key in KEYS:
        page = _open(full, key)
        for name, prepare in page.tour_views(tmp_path):  # type: ignore[attr-defined]
            prepare()
            full.settle()
            assert find_nameless(page) == [], name  # type: ignore[arg-type]
            assert find_clipped_text(page) == [], name  # type: ignore[arg-type]
