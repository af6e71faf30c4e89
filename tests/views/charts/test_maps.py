"""The map: every state by mouse, arrows and letters, counties of the country and of a state, and its files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import places
from desktop.views import theme
from desktop.views.charts import Region, StateMap, Unit
from desktop.views.charts.outlines import BOXED, counties, states

REGIONS = (Region("TX", 40, "close rate 12.0%", "texas"), Region("RI", 3), Region("PR", 7, "no shape"))


@pytest.fixture
def chart(qtbot: QtBot, look: theme.Theme) -> StateMap:
    made = StateMap(REGIONS, Unit.COUNT, "Texas sends most leads")
    qtbot.addWidget(made)
    made.resize(700, 460)
    made.show()
    return made


def test_every_state_is_a_mark_and_says_its_figure(chart: StateMap) -> None:
    said = {mark.text.partition(":")[0]: mark.text for mark in chart.marks}
    assert set(said) == {shape.name for shape in places.state_shapes()}
    assert said["Texas"] == "Texas: 40, close rate 12.0%"
    assert said["Ohio"] == "Ohio"


def test_arrows_go_through_all_states_by_name(chart: StateMap, qtbot: QtBot) -> None:
    names = []
    for _ in range(51):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
        assert chart.current_mark is not None
        names.append(chart.current_mark.text.partition(":")[0])
    assert names == sorted(shape.name for shape in places.state_shapes())


def test_a_letter_goes_to_the_next_state_that_begins_with_it(chart: StateMap, qtbot: QtBot) -> None:
    names = []
    for _ in range(3):
        qtbot.keyClick(chart, Qt.Key.Key_R)
        qtbot.keyClick(chart, Qt.Key.Key_T)
        assert chart.current_mark is not None
        names.append(chart.current_mark.text.partition(":")[0])
    assert names == ["Tennessee", "Tennessee", "Tennessee"]
    qtbot.keyClick(chart, Qt.Key.Key_T)
    assert chart.current_mark is not None and chart.current_mark.text.startswith("Texas")


def test_a_click_opens_a_state_by_key_or_code(chart: StateMap, qtbot: QtBot) -> None:
    opened: list[object] = []
    chart.drilled.connect(opened.append)
    for name in ("Texas", "Colorado"):
        place = next(mark for mark in chart.marks if mark.text.startswith(name)).box.center().toPoint()
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["texas", "CO"]


def test_small_states_have_boxes_large_enough_to_hit(chart: StateMap, qtbot: QtBot) -> None:
    chart.marks  # noqa: B018 - lays the map out
    boxes = {one.code: box for one, _, box in chart._places if box is not None}
    assert set(boxes) == set(BOXED)
    opened: list[object] = []
    chart.drilled.connect(opened.append)
    for box in boxes.values():
        assert box.width() >= 24 and box.height() >= 12
        assert chart.rect().contains(box.toAlignedRect())
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert opened == list(boxes)


def test_out_of_sight_nothing_is_laid_out(qtbot: QtBot, look: theme.Theme) -> None:
    chart = StateMap(REGIONS, Unit.COUNT, "Texas sends most leads")
    qtbot.addWidget(chart)
    assert chart._places == []
    chart.grab()
    assert chart.accessibleDescription() == "Rhode Island: 3; Texas: 40, close rate 12.0%"
    chart.hide()
    chart.set_regions(())
    assert chart.accessibleDescription() == ""


def test_a_place_can_be_selected_from_outside(chart: StateMap) -> None:
    assert chart.select_place("RI")
    assert chart.current_mark is not None and chart.current_mark.text == "Rhode Island: 3"
    assert not chart.select_place("PR")
    assert chart.current_mark is None


def test_its_table_holds_places_that_have_no_shape(chart: StateMap, tmp_path: Path) -> None:
    assert [row[0] for row in chart.table()[1:]] == ["TX", "RI", "PR"]
    for suffix in ("png", "svg", "csv"):
        assert chart.save_chart(tmp_path / f"map.{suffix}").stat().st_size > 60


def test_figures_shade_their_states(chart: StateMap) -> None:
    def colour(name: str) -> str:
        mark = next(mark for mark in chart.marks if mark.text.startswith(name))
        place = mark.box.center().toPoint()
        found: str = chart.grab().toImage().pixelColor(place.x() - 14, place.y() - 14).name()
        return found

    assert colour("Colorado") == colour("Kansas") == theme.current().colour("track").name()
    before = colour("Colorado")
    chart.set_regions((Region("CO", 5), Region("KS", 10)))
    assert len({before, colour("Colorado"), colour("Kansas")}) == 3


def test_counties_of_a_state_and_of_the_country(chart: StateMap) -> None:
    chart.show_level(counties=True, state="DE")
    assert [mark.text for mark in chart.marks] == ["Kent, DE", "New Castle, DE", "Sussex, DE"]
    chart.show_level(counties=True)
    assert len(chart.marks) == 3144
    chart.grab()
    chart.show_level(counties=False)
    assert len(chart.marks) == 51


def test_names_stand_within_their_outlines() -> None:
    outside = [one.name for one in states() if not one.path.contains(one.spot)]
    assert set(outside) <= {"Maryland", "Hawaii", "Florida", "Michigan"}
    assert len(counties("TX")) == 254
