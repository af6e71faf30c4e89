"""The routing page in the real window: territories typed and kept, rules ordered by keys, a lead tried."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.services import rules, simulating, speed, territories, territory_grid
from desktop.views.pages.routing import RoutingPage
from desktop.views.pages.routing.ruling import RulesTab
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import Stage

PEOPLE = "producer_code,name,role\nP1,Ada Hollis,producer\nP2,Ben Reyes,producer\n"
MAP = """territory,zip_from,zip_to,producer,backup
North,10001,10020,P1,P2
South,10030,10040,P2,P1
"""


@pytest.fixture
def page(stage: Stage, tmp_path: Path) -> RoutingPage:
    for name, text in (("producers.csv", PEOPLE), ("territories.csv", MAP)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    stage.take_in([tmp_path / "producers.csv", tmp_path / "territories.csv"])
    stage.window.show_page("routing")
    stage.settle()
    found = stage.window.page("routing")
    assert isinstance(found, RoutingPage)
    return found


def type_cell(page: RoutingPage, row: int, name: str, text: str) -> None:
    grid = page.territories.grid
    assert grid is not None
    grid.rows.change("Typing", {(row, territory_grid.NAMES.index(name)): text})


def test_a_pasted_line_is_kept_and_undone(stage: Stage, page: RoutingPage) -> None:
    tab = page.territories
    assert tab.grid is not None and [line.texts["territory"] for line in tab.lines()] == ["North", "South"]
    tab.grid.setCurrentIndex(tab.grid.rows.index(2, 1))
    tab.grid.paste("West\t10050\t10060\tP1\tP2")
    tab.save()
    stage.settle()
    assert [rule.territory for rule in stage.ask(territories.table)] == ["North", "South", "West"]
    assert not tab.dirty
    stage.qtbot.keyClick(stage.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert [rule.territory for rule in stage.ask(territories.table)] == ["North", "South"]


def test_a_backward_range_is_marked_while_typing_and_not_kept(stage: Stage, page: RoutingPage) -> None:
    type_cell(page, 0, "zip_to", "10000")
    grid = page.territories.grid
    assert grid is not None
    assert "backwards" in str(grid.rows.index(0, 2).data(Qt.ItemDataRole.UserRole))
    page.territories.save()
    stage.settle()
    assert "backwards" in page.territories.problem.text()
    assert stage.ask(territories.table)[0].zip_to == "10020"


def test_conflicts_are_listed_with_their_lines(stage: Stage, page: RoutingPage) -> None:
    type_cell(page, 1, "zip_from", "10010")
    type_cell(page, 1, "zip_to", "10029")
    page.territories.look_again()
    stage.settle()
    said = [row[1] for row in page.territories.problems.visible_rows()[1:]]
    assert "Lines 1 and 2 both claim 10010-10020; the upper one wins." in said


def test_sorting_is_a_step_that_can_be_taken_back(stage: Stage, page: RoutingPage) -> None:
    grid = page.territories.grid
    assert grid is not None
    keys = [line.key for line in grid.rows.lines()]
    grid.rows.sort_by(0, True)
    assert [line.texts["territory"] for line in grid.rows.lines()] == ["South", "North"]
    assert [line.key for line in grid.rows.lines()] == keys[::-1]
    grid.rows.steps.undo()
    assert [line.key for line in grid.rows.lines()] == keys


def test_a_draft_is_compared_and_put_in_force(stage: Stage, page: RoutingPage) -> None:
    type_cell(page, 1, "producer", "P1")
    page.territories.save_as("Spring")
    stage.settle()
    assert page.territories.which.currentText() == "Draft: Spring"
    assert [rule.producer for rule in stage.ask(territories.table)] == ["P1", "P2"]
    page.territories.put_in_force()
    stage.settle()
    held = [rule.producer for rule in stage.ask(territories.table) if rule.valid_to is None]
    assert held == ["P1", "P1"]


def test_a_rule_is_added_moved_by_keys_and_kept(stage: Stage, page: RoutingPage) -> None:
    page.tabs.setCurrentIndex(1)
    tab = page.rules
    for name, line in (("Homes", "Homeowners"), ("Cars", "Auto")):
        tab.add_rule()
        tab.form.name.setText(name)
        tab.form.rows[0].value.setText(line)
        tab.form.rows[0].changed.emit()
        tab.form.take.click()
    assert [rule.name for rule in tab.rules] == ["Cars", "Homes", "Everything else"]
    tab.list.setFocus()
    tab.list.setCurrentRow(1)
    stage.qtbot.keyClick(tab.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [rule.name for rule in tab.rules] == ["Homes", "Cars", "Everything else"]
    tab.save()
    stage.settle()
    assert [rule.name for rule in stage.ask(rules.rules)] == ["Homes", "Cars", "Everything else"]


def test_rules_under_edit_outlive_a_crash_until_kept_or_left(stage: Stage, page: RoutingPage) -> None:
    page.tabs.setCurrentIndex(1)
    stage.settle()
    page.rules.add_rule()
    page.rules.form.name.clear()
    QTest.keyClicks(page.rules.form.name, "Homes in Tex")
    stage.qtbot.wait(200)
    stage.settle()
    again = opened_again(stage)
    assert [rule.name for rule in again.rules] == ["Homes in Tex", "Everything else"] and again.dirty
    assert again.before.isVisibleTo(again)
    again.leave.click()
    stage.qtbot.wait(200)
    stage.settle()
    assert again.before.isHidden() and [rule.name for rule in opened_again(stage).rules] == ["Everything else"]


def opened_again(stage: Stage) -> RulesTab:
    """The rules as a window shows them that was opened after a crash."""
    tab = RulesTab(stage.desk.context)
    stage.qtbot.addWidget(tab)
    tab.refresh()
    stage.settle()
    return tab


def test_a_lead_is_tried_and_the_other_told_why_not(stage: Stage, page: RoutingPage) -> None:
    page.tabs.setCurrentIndex(2)
    page.trial.fields["zip"].setText("10005")
    page.trial.fields["line"].setText("Auto")
    page.trial.try_lead()
    stage.settle()
    assert page.trial.owner.text() == "Ada Hollis gets it."
    assert "Ben Reyes" in page.trial.changes.text()


def test_every_word_is_whole_and_every_control_named(stage: Stage, page: RoutingPage) -> None:
    for at in range(page.tabs.count()):
        page.tabs.setCurrentIndex(at)
        stage.settle()
        QApplication.processEvents()
        assert find_clipped_text(page) == []
        assert find_nameless(page) == []


def test_history_stands_beside_the_editor_and_a_version_is_put_back(stage: Stage, page: RoutingPage) -> None:
    type_cell(page, 0, "producer", "P2")
    page.territories.save()
    stage.settle()
    panel = page.territories.history
    said = [row[2] for row in panel.versions.visible_rows()[1:]]
    assert said[0] == "Change territories" and said[-1] == "As it was before all of these"
    assert [panel.altered.item(at).text() for at in range(panel.altered.count())] == [
        "North 10001-10020: producer:\nAda Hollis → Ben Reyes"
    ]
    assert not panel.restore.isEnabled() and "holds now" in panel.said.text()
    panel.versions.selectRow(1)
    panel.refresh()
    stage.settle()
    type_cell(page, 0, "producer", "")
    panel.put_back()
    stage.settle()
    assert "before you restore" in panel.said.text()
    assert [rule.producer for rule in stage.ask(territories.table)] == ["P2", "P2"]
    page.territories.leave.click()
    panel.put_back()
    stage.settle()
    assert [rule.producer for rule in stage.ask(territories.table)] == ["P1", "P2"]
    assert page.territories.lines()[0].texts["producer"] == "P1"


def test_leads_are_written_for_the_management_system(stage: Stage, page: RoutingPage, tmp_path: Path) -> None:
    asked, out, said = page.ask_ams(), tmp_path / "out.csv", []
    page.status_message.connect(said.append)
    asked.system.setCurrentIndex(2)
    asked.write(out)
    stage.settle()
    assert "No lead came in" in "".join(label.text() for label in asked.findChildren(QLabel)) and not out.exists()
    leads = tmp_path / "leads.csv"
    leads.write_text("lead_id,received_at,first_name\nL1,2026-03-10 09:00,Lee\n")
    stage.take_in([leads])
    asked.write(out)
    stage.settle()
    assert said == ["1 lead written to out.csv"] and out.read_text(encoding="utf-8-sig").splitlines()[1][:3] == "Lee"
    assert find_nameless(asked) == []
    asked.deleteLater()


def test_a_county_or_a_state_is_given_to_a_territory_as_one_line(stage: Stage, page: RoutingPage) -> None:
    tab = page.territories
    tab.look_again()
    stage.settle()
    assert tab.map.state.currentData() == "NY" and tab.map.assign.text() == "Assign All of NY"
    tab.map.territory.setCurrentText("South")
    tab.map.assign.click()
    tab.map.go_to_zip("14604")
    assert tab.map.assign.text() == "Assign County"
    tab.map.territory.setCurrentText("North")
    tab.map.assign.click()
    added = [(line.texts["territory"], line.texts["zip_from"], line.texts["producer"]) for line in tab.lines()[2:]]
    assert added == [("South", "NY", "P2"), ("North", "Monroe County, NY", "P1")]
    tab.save()
    stage.settle()
    found = stage.ask(territories.map_of, stage.desk.context.today())
    assert [found.lookup(code).territory for code in ("10001", "14604", "12203")] == ["North", "North", "South"]


def test_the_picker_of_a_model_says_which_suits_the_agency_and_why(stage: Stage, page: RoutingPage) -> None:
    page.tabs.setCurrentIndex(1)
    stage.settle()
    editor, found = page.rules, stage.ask(speed.advise, stage.desk.context.now())
    said = editor.form.advice.text()
    assert found.why in said and found.weakness in said
    marked = [editor.form.model.itemData(at) for at in range(editor.form.model.count())
              if "suits" in editor.form.model.itemText(at)]  # fmt: skip
    assert marked == [found.model]


def test_a_past_period_is_replayed_under_the_rules_of_the_day(
    stage: Stage, page: RoutingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    real = simulating.simulate

    def noted(*given: Any, of_the_day: bool = False, **named: Any) -> simulating.Simulation:
        asked.append(of_the_day)
        return real(*given, of_the_day=of_the_day, **named)

    monkeypatch.setattr(simulating, "simulate", noted)
    page.tabs.setCurrentIndex(2)
    page.trial.tabs.setCurrentIndex(1)
    for at in range(2):
        page.trial.whose.setCurrentIndex(at)
        page.trial.replay()
        stage.settle()
    assert asked == [False, True]
    assert [page.trial.whose.itemText(at) for at in range(2)] == ["Rules as they stand", "Rules of the day"]
