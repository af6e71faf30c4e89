"""The settings page in the real window: each kind of setting typed, refused at its place, kept and taken back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.app.wiring import wire
from desktop.models import scorecards as logos
from desktop.services import books, configuration, mail_settings, preferences, previews, text_settings
from desktop.services import trail as trails
from desktop.views import theme
from desktop.views.pages.settings import SettingsPage
from desktop.views.pages.settings.hours import HoursPanel
from desktop.views.pages.settings.panels import FormPanel, GridPanel, HolidaysPanel
from desktop.views.pages.settings.trail import TrailPanel
from tests.channels.servers import Hook, Inbox, hook_server, mail_server
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import NOW, Stage


@pytest.fixture
def page(stage: Stage) -> SettingsPage:
    stage.window.show_page("settings")
    stage.settle()
    found = stage.window.page("settings")
    assert isinstance(found, SettingsPage)
    return found


def kept(stage: Stage, key: str) -> object:
    return stage.ask(configuration.get, key)[key]


def undo(stage: Stage) -> None:
    stage.window.menus.undo_asked.emit()
    stage.settle()


def type_text(stage: Stage, edit: object, text: str) -> None:
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    stage.settle()


def test_a_name_is_kept_at_once_and_ctrl_z_takes_it_back(stage: Stage, page: SettingsPage) -> None:
    edit = page.agency.widgets["agency.name"]
    type_text(stage, edit, "Hollis & Reyes")
    assert kept(stage, "agency.name") == "Hollis & Reyes"
    undo(stage)
    assert kept(stage, "agency.name") == ""
    assert isinstance(edit, QLineEdit) and edit.text() == ""
    stage.window.menus.redo_asked.emit()
    stage.settle()
    assert edit.text() == "Hollis & Reyes"


def test_a_number_taken_back_from_another_page_is_shown_when_one_returns(stage: Stage, page: SettingsPage) -> None:
    page.show_section("activity")
    panel = page.panels["activity"]
    assert isinstance(panel, GridPanel) and panel.form is not None
    edit = panel.form.widgets["vesting_months"]
    type_text(stage, edit, "24")
    assert kept(stage, "vesting_months") == 24
    stage.window.show_page("monday")
    stage.settle()
    undo(stage)
    assert kept(stage, "vesting_months") == 12
    stage.window.show_page("settings")
    stage.settle()
    assert isinstance(edit, QLineEdit) and edit.text() == "12"


def test_zone_and_paper_are_chosen(stage: Stage, page: SettingsPage) -> None:
    for key, value in (("agency.time_zone", "America/Denver"), ("paper", "a4")):
        box = page.agency.widgets[key]
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
        stage.settle()
        assert kept(stage, key) == value


def test_the_logo_comes_and_goes_by_ctrl_z(stage: Stage, page: SettingsPage, tmp_path: Path) -> None:
    picture = QPixmap(40, 20)
    picture.fill(QColor("teal"))
    file = tmp_path / "logo.png"
    picture.save(str(file))
    page.agency.choose_logo(file)
    stage.settle()
    assert stage.ask(logos.logo) == file.read_bytes()
    assert page.agency.remove.isVisible()
    undo(stage)
    assert stage.ask(logos.logo) is None
    wrong = tmp_path / "logo.txt"
    wrong.write_text("no picture")
    page.agency.choose_logo(wrong)
    assert "no PNG or JPEG" in stage.said(page.agency)


def test_a_number_that_cannot_be_is_refused_at_its_field(stage: Stage, page: SettingsPage) -> None:
    page.show_section("routing")
    panel = page.panels["routing"]
    assert isinstance(panel, GridPanel) and isinstance(panel.form, FormPanel)
    edit = panel.form.widgets["routing.cap_active"]
    type_text(stage, edit, "0")
    assert "whole number" in stage.said(panel.form)
    assert kept(stage, "routing.cap_active") == 25
    for words in ("many", "1,5"):
        type_text(stage, edit, words)
        assert kept(stage, "routing.cap_active") == 25
    type_text(stage, edit, "40")
    assert kept(stage, "routing.cap_active") == 40
    assert "whole number" not in stage.said(panel.form)
    box = panel.form.widgets["ladder.business"]
    assert isinstance(box, QCheckBox)
    box.click()
    stage.settle()
    assert kept(stage, "ladder.business") is False


def test_business_hours_by_weekday(stage: Stage, page: SettingsPage) -> None:
    page.show_section("hours")
    panel = page.panels["hours"]
    assert isinstance(panel, HoursPanel)
    saturday, monday = panel.days[5], panel.days[0]
    saturday.works.click()
    stage.settle()
    assert kept(stage, "hours")["6"] == ["08:00", "18:00"]  # type: ignore[index]
    type_text(stage, saturday.end, "1230p")
    assert kept(stage, "hours")["6"] == ["08:00", "12:30"]  # type: ignore[index]
    assert saturday.end.text() == "12:30 PM"
    type_text(stage, saturday.start, "1 pm")
    assert "Saturday: 12:30 PM is not after 1:00 PM." in panel.problem.text()
    assert saturday.start.property("invalid") and not saturday.end.property("invalid")
    type_text(stage, monday.end, "late")
    assert "Monday: “late” is no time of day." in panel.problem.text()
    # what is wrong with two days keeps no third from being kept, and is not lost by it
    type_text(stage, panel.days[1].end, "midnight")
    assert kept(stage, "hours")["2"] == ["08:00", "24:00"]  # type: ignore[index]
    undo(stage)
    assert kept(stage, "hours")["2"] == ["08:00", "18:00"]  # type: ignore[index]
    assert (saturday.start.text(), monday.end.text()) == ("1 pm", "late")
    QTest.keyClick(monday.end, Qt.Key.Key_Escape)
    assert monday.end.text() == "6:00 PM" and not monday.end.property("invalid")
    type_text(stage, saturday.start, "9")
    assert kept(stage, "hours")["6"] == ["09:00", "12:30"] and panel.problem.isHidden()  # type: ignore[index]


def test_the_last_business_day_stays(stage: Stage, page: SettingsPage) -> None:
    page.show_section("hours")
    panel = page.panels["hours"]
    assert isinstance(panel, HoursPanel)
    for day in panel.days[:5]:
        day.works.click()
        stage.settle()
    assert list(kept(stage, "hours")) == ["5"]  # type: ignore[call-overload]
    assert panel.days[4].works.isChecked() and panel.days[4].end.isEnabled()
    assert panel.problem.text() == "Some day must have business hours."


def test_a_day_of_ones_own_joins_the_federal_ones(stage: Stage, page: SettingsPage) -> None:
    page.show_section("holidays")
    panel = page.panels["holidays"]
    assert isinstance(panel, HolidaysPanel)
    panel.day.setDate(panel.day.date().fromString("2026-03-17", "yyyy-MM-dd"))
    panel.add.click()
    stage.settle()
    listed = kept(stage, "holidays")
    assert isinstance(listed, list) and "2026-03-17" in listed and "2026-07-03" in listed
    assert not panel.federal.isChecked()
    assert panel.table.select_record(lambda day: day.isoformat() == "2026-03-17")
    panel.remove.click()
    stage.settle()
    assert "2026-03-17" not in kept(stage, "holidays")  # type: ignore[operator]
    panel.federal.click()
    stage.settle()
    assert kept(stage, "holidays") is None


def test_a_grid_is_typed_marked_where_wrong_and_kept(stage: Stage, page: SettingsPage) -> None:
    page.show_section("carriers")
    panel = page.panels["carriers"]
    assert isinstance(panel, GridPanel)
    editor = panel.editors["carriers"]
    for name, text in (("carrier", "Acme Mutual"), ("line", "BOP"), ("rate", "much")):
        editor.type_into(0, name, text)
    editor.keep.click()
    stage.settle()
    assert "Line 1, Commission" in editor.problem.text()
    editor.type_into(0, "rate", "12.5%")
    editor.keep.click()
    stage.settle()
    assert kept(stage, "carriers") == [{"carrier": "Acme Mutual", "line": "BOP", "rate": 0.125}]
    undo(stage)
    assert kept(stage, "carriers") == [] and editor.lines() == []


def test_ctrl_z_in_a_grid_takes_back_typing_first_then_what_was_kept(stage: Stage, page: SettingsPage) -> None:
    page.show_section("stages")
    panel = page.panels["stages"]
    assert isinstance(panel, GridPanel)
    editor = panel.editors["expected_days"]
    editor.type_into(0, "days", "9")
    editor.keep.click()
    stage.settle()
    assert kept(stage, "expected_days.sales.prospect") == 9
    editor.type_into(0, "days", "11")
    editor.grid.setFocus()
    QTest.keyClick(editor.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert editor.lines()[0].texts["days"] == "9"
    assert kept(stage, "expected_days.sales.prospect") == 9
    assert not editor.grid.table.steps.canUndo()
    undo(stage)
    assert editor.lines()[0].texts["days"] == "7"


def test_settings_are_found_by_words(stage: Stage, page: SettingsPage) -> None:
    assert page.focus_search() and page.header.search is not None
    page.header.search.setText("overflow")
    shown = [
        page.sections.item(at).text() for at in range(page.sections.count()) if not page.sections.item(at).isHidden()
    ]
    assert shown == ["Lead routing"] and page.sections.currentItem().text() == "Lead routing"
    page.header.search.setText("xyzzy")
    assert page.nothing.isVisibleTo(page)
    page.header.search.setText("")
    assert not any(page.sections.item(at).isHidden() for at in range(page.sections.count()))


def test_what_changed_is_listed_filtered_and_exported(
    stage: Stage, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_text(stage, page.agency.widgets["agency.name"], "Hollis")
    type_text(stage, page.agency.widgets["agency.address"], "=1 Elm Street")
    page.show_section("trail")
    panel = page.panels["trail"]
    assert isinstance(panel, TrailPanel)
    assert [row[4] for row in panel.table.visible_rows()[1:]] == ["agency.address", "agency.name"]
    panel.filter.setText("Hollis")
    assert len(panel.table.visible_rows()) == 2
    panel.filter.setText("")
    file = tmp_path / "changes.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    panel.export.click()
    stage.settle()
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:3] == ["When", "Who", "What"] and len(rows) == 3
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_backups_go_where_they_are_wanted(stage: Stage, page: SettingsPage, tmp_path: Path) -> None:
    page.program.backups_chosen.emit(tmp_path / "copies")
    stage.settle()
    assert stage.desk.context.state.read(preferences.COPIES_FOLDER) == str(tmp_path / "copies")
    assert stage.ask(lambda book: book.backups) == tmp_path / "copies"
    blocked = tmp_path / "file"
    blocked.write_text("x")
    page.program.backups_chosen.emit(blocked)
    stage.settle()
    assert "Nothing can be written" in stage.said(page.program) or page.program.form._errors
    assert stage.ask(lambda book: book.backups) == tmp_path / "copies"


def test_the_theme_is_chosen_here_too(stage: Stage, page: SettingsPage) -> None:
    page.show_section("program")
    box = page.program.scheme
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())
    assert theme.current().dark
    assert stage.desk.context.state.read("window.scheme") == "dark"


def test_nothing_is_cut_off_or_nameless(stage: Stage, page: SettingsPage) -> None:
    for key in page.panels:
        page.show_section(key)
        stage.settle()
        assert find_nameless(page) == [], key
        assert find_clipped_text(page) == [], key


def test_a_chosen_folder_takes_the_backups_when_the_program_starts_again(
    look: theme.Theme, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    memory = home / "window.json"
    memory.write_text(json.dumps({preferences.COPIES_FOLDER: str(tmp_path / "copies")}), encoding="utf-8")
    file = home / "agency.pdesk"
    desk = app.build(
        app.Options(lambda: books.open_throwaway(file), lambda book: book.close(), file, "", lambda: NOW, memory)
    )
    wires = wire(desk.window, desk.context)
    started = Stage(desk, qtbot, [])
    started.settle()
    assert started.ask(lambda book: book.backups) == tmp_path / "copies"
    assert [one.suffix for one in (tmp_path / "copies").iterdir()] == [".pdesk"]
    assert wires is not None
    desk.close()
    desk.window.close()
    desk.window.deleteLater()


def test_the_mail_server_is_typed_tried_kept_and_taken_back(stage: Stage, page: SettingsPage) -> None:
    page.show_section("mail")
    panel = page.mail
    panel.host.setText("127.0.0.1")
    panel.sent_from.setText("oak@agency.test")
    panel.port.setText("many")
    panel.keep.click()
    stage.settle()
    assert "no port" in panel.said.text()
    inbox = Inbox()
    with mail_server(inbox) as port:
        panel.port.setText(str(port))
        panel.keep.click()
        stage.settle()
        assert "this computer only" not in panel.said.text()
        panel.security.setCurrentIndex(panel.security.findData("none"))
        panel.to.setText("me@agency.test")
        panel.try_out.click()
        stage.settle()
        assert [mail.rcpt_tos for mail in inbox.mails] == [["me@agency.test"]]
        panel.keep.click()
        stage.settle()
    kept_server = stage.ask(mail_settings.read)
    assert (kept_server.host, kept_server.security) == ("127.0.0.1", "none")
    assert panel.forget.isVisible()
    undo(stage)
    assert stage.ask(mail_settings.read).security == "starttls"
    assert panel.typed.security == "starttls"
    panel.forget.click()
    stage.settle()
    assert stage.ask(mail_settings.read) is None
    assert panel.typed.host == ""


def test_the_text_service_is_typed_tried_kept_and_taken_back(stage: Stage, page: SettingsPage) -> None:
    page.show_section("texts")
    panel = page.texting
    for address, extra, said in (
        ("http://texts.example/send", "", "HTTPS only"),
        ("https://texts.example/send", "from", "no fixed field"),
    ):
        panel.url.setText(address)
        panel.extra.setText(extra)
        panel.keep.click()
        stage.settle()
        assert said in panel.said.text()
        assert stage.ask(text_settings.read) is None
    hook = Hook()
    with hook_server(hook) as port:
        panel.url.setText(f"http://127.0.0.1:{port}/send")
        panel.extra.setText("from=+12105550100")
        panel.secret.setText("s3cret")
        panel.to.setText("me")
        panel.try_out.click()
        stage.settle()
        assert "no number" in panel.said.text()
        panel.to.setText("+1 210 555 0199")
        panel.try_out.click()
        stage.settle()
    assert json.loads(hook.posts[0][1]) == {
        "from": "+12105550100", "to": "+1 210 555 0199", "text": "Producer Desk can send texts."
    }  # fmt: skip
    assert "s3cret" in hook.posts[0][0]["Authorization"]
    panel.secret.clear()
    panel.prefix.setText("")
    panel.keep.click()
    stage.settle()
    kept = stage.ask(text_settings.read)
    assert (kept.extra, kept.prefix, kept.secret) == ("from=+12105550100", "", "")
    panel.forget.click()
    stage.settle()
    assert stage.ask(text_settings.read) is None
    undo(stage)
    assert stage.ask(text_settings.read) == kept
    assert panel.typed == kept


ANOTHER: dict[str, tuple[str, object, str]] = {
    "agency.name": ("agency", "Hollis & Reyes", "Hollis & Reyes"),
    "agency.address": ("agency", "1 Main St", "1 Main St"),
    "agency.time_zone": ("agency", "America/Denver", "Mountain (America/Denver)"),
    "paper": ("agency", "a4", "A4"),
    "lines": ("lines", [{"name": "Boat", "synonyms": ["Yacht"], "group": "personal"}], "Boat personal Yacht"),
    "carriers": ("carriers", [{"carrier": "Acme", "line": "Boat", "rate": 0.125}], "Acme Boat 12.5%"),
    "routing.overflow": ("routing", "P77", "P77"),
    "routing.cap_active": ("routing", 30, "30"),
    "routing.cap_day": ("routing", 4, "4"),
    "routing.weights": ("routing", {"capacity": 0.4, "match": 0.25, "close": 0.25, "response": 0.1}, "capacity 40%"),
    "ladder.minutes": ("routing", [2, 15, 30, 60], "Remind 2"),
    "activity.weights": ("activity", {"call": 3}, "call 3"),
    "vesting_months": ("activity", 18, "18"),
    "bands.contact_rate": ("bands", [0.5, 0.4], "Contact rate 50% 40%"),
    "bands.pipeline_velocity": ("bands", [10, 20], "Pipeline velocity, days 10 20"),
    "expected_days.sales.quoted": ("stages", 21, "sales quoted 21"),
}


def test_what_the_command_sets_the_page_shows_undoes_and_lists(stage: Stage, page: SettingsPage) -> None:
    before = stage.ask(configuration.get)
    for key, (_section, value, _words) in ANOTHER.items():
        changes = stage.ask(preferences.change, {key: value}, previews.author_at(NOW))
        assert changes.changed, key
    stage.window.note_change()
    page.refresh()
    stage.settle()
    for key, (section, _value, words) in ANOTHER.items():
        assert words in shown_in(page, section), key
    trail = [(line.record, line.key) for line in stage.ask(trails.lines)]
    for key in ANOTHER:
        assert any(key in found for found in trail), key
    for _ in ANOTHER:
        undo(stage)
    assert stage.ask(configuration.get) == before
    assert "Hollis & Reyes" not in shown_in(page, "agency")


def shown_in(page: SettingsPage, section: str) -> str:
    """Every value of a section, the cells of a line side by side."""
    page.show_section(section)
    panel = page.panels[section]
    form = panel.form if isinstance(panel, GridPanel) else panel
    widgets = form.widgets.values() if isinstance(form, FormPanel) else ()
    said = [one.currentText() if isinstance(one, QComboBox) else getattr(one, "text", str)() for one in widgets]
    for editor in panel.editors.values() if isinstance(panel, GridPanel) else ():
        said += [" ".join(text for text in cells if text) for _n, cells, _why in editor.grid.table.current_rows()]
    return "\n".join(said)
