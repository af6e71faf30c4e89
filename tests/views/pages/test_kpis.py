"""The KPI page in the real window: six views, shared filters, and the way from a card to the line of a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.core import kpis as catalog
from desktop.core.kpis.definition import Cents, KpiFigure, Status
from desktop.core.periods import Filter
from desktop.services import edits, goals, kpi_views
from desktop.services.found_records import UNASSIGNED
from desktop.views import theme
from desktop.views.charts import BarChart
from desktop.views.dialogs.record import RecordSheet
from desktop.views.dialogs.records import RecordsSheet
from desktop.views.pages.kpis import KpisPage, words
from desktop.views.pages.kpis.activity import ActivityView
from desktop.views.pages.kpis.calling import calling_title
from desktop.views.pages.kpis.cards import WaitingCard
from desktop.views.pages.kpis.funnel import FunnelView
from desktop.views.pages.kpis.goals import GoalDialog
from desktop.views.pages.kpis.intelligence import IntelligenceView
from desktop.views.pages.kpis.retention import RetentionView
from desktop.views.pages.kpis.revenue import RevenueView
from desktop.views.pages.kpis.scorecard import ScorecardView
from desktop.views.pages.kpis.sheet import KpiSheet
from desktop.views.pages.kpis.stuck import StuckSheet
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages import kpi_files
from tests.views.pages.conftest import Stage


def open_page(stage: Stage, view: str = kpi_views.SCORECARD) -> KpisPage:
    stage.window.show_page("kpis")
    stage.settle()
    page = stage.window.page("kpis")
    assert isinstance(page, KpisPage)
    page.show_view(view)
    stage.settle()
    return page


@pytest.fixture
def filled(stage: Stage, tmp_path: Path) -> Stage:
    """The small agency, as it stands in March."""
    stage.take_in(kpi_files.write_agency(tmp_path / "drop"))
    return stage


def sheet_of(stage: Stage) -> KpiSheet:
    sheet = stage.window.drawer.current_widget
    assert isinstance(sheet, KpiSheet)
    return sheet


def test_an_empty_book_says_what_to_import(stage: Stage) -> None:
    page = open_page(stage)
    assert page.stack.currentWidget() is page.empty
    assert len({one.accessibleName() for one in page.empty.states}) == len(kpi_views.VIEWS)
    assert find_clipped_text(page) == []
    assert find_nameless(page) == []
    stage.window.resize(1366, 768)
    for number in (kpi_views.VIEWS.index(kpi_views.INTELLIGENCE), 2):
        page.empty.setCurrentIndex(number)
        stage.settle()
        # the words stand in the window, not in the middle of a long page of charts that are hidden
        assert page.empty.height() < stage.window.height()
    assert page.view_name == kpi_views.REVENUE
    page.empty.button.click()
    stage.settle()
    assert stage.window.current_page is stage.importing


def test_cards_stand_in_the_documents_order_with_those_without_data_last(filled: Stage) -> None:
    page = open_page(filled)
    view = page.views[kpi_views.SCORECARD]
    shown = list(view.cards.cards)  # type: ignore[attr-defined]
    assert shown == [one for one in catalog.CARDS if one in shown]
    assert "contact_rate" in shown
    (waiting,) = view.findChildren(WaitingCard)
    said = filled.said(waiting)
    missing = [one for one in catalog.CARDS if one not in shown]
    assert missing
    for kpi_id in missing:
        assert catalog.kpi(kpi_id).label in said
        assert catalog.kpi(kpi_id).fills in said
    waiting.button.click()
    filled.settle()
    assert filled.window.current_page is filled.importing


def test_values_of_a_large_book_come_before_trends(filled: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.services.kpi_facts._SMALL", 0)
    shown: list[kpi_views.ViewFigures] = []
    show = ScorecardView.show_figures

    def listen(view: ScorecardView, found: kpi_views.ViewFigures) -> None:
        shown.append(found)
        show(view, found)

    monkeypatch.setattr(ScorecardView, "show_figures", listen)
    page = open_page(filled)
    first, whole = shown
    assert {card.trend[:-2] for card in first.cards} == {(None,) * 11}
    assert len(first.cards) <= len(whole.cards) == 20
    view = page.views[kpi_views.SCORECARD]
    assert isinstance(view, ScorecardView)
    assert list(view.cards.cards) == [card.figure.id for card in whole.cards if not card.empty]


def test_a_card_shows_value_target_and_status(filled: Stage) -> None:
    view = open_page(filled).views[kpi_views.SCORECARD]
    card = view.cards.cards["engagement_rate"]  # type: ignore[attr-defined]
    # of seven leads of March two reached needs analysis
    assert "28.6%" in card.accessibleName()
    assert "Near the target" in card.accessibleName()
    assert "only 7" in card.accessibleName()


def test_a_target_between_two_edges_names_both(look: theme.Theme) -> None:
    kpi = words.kpi_of("attempts_to_contact")
    figure = KpiFigure(kpi.id, kpi.section, kpi.unit, 2.4, 12, 5, 3, Status.YELLOW, None, {}, 5)
    assert words.target_words(kpi, figure) == "target 3 to 5"
    assert words.target_words(kpi, replace(figure, target_to=None)) == "target 3"


def test_early_ends_say_the_dollars_at_risk_on_their_card(look: theme.Theme) -> None:
    def made(count: int, cents: int) -> str:
        kpi = words.kpi_of("chargeback_risk")
        detail = {"commission_at_risk": Cents(cents)}
        return words.risk_words(
            KpiFigure(kpi.id, kpi.section, kpi.unit, count, count, None, None, Status.NONE, None, detail)
        )

    assert (made(2, 41_250), made(0, 0)) == ("$413 at risk", "")


def test_a_card_opens_into_definition_formula_trend_breakdown_and_records(filled: Stage) -> None:
    page = open_page(filled)
    card = page.views[kpi_views.SCORECARD].cards.cards["engagement_rate"]  # type: ignore[attr-defined]
    card.setFocus()
    filled.qtbot.keyClick(card, Qt.Key.Key_Space)
    filled.settle()
    sheet = sheet_of(filled)
    said = filled.said(sheet)
    kpi = catalog.kpi("engagement_rate")
    assert kpi.definition in said
    assert kpi.section in said
    assert "2 / 7 = 28.6%" in said
    assert "Small sample: only 7" in said
    titles = [sheet.tabs.tabText(number) for number in range(sheet.tabs.count())]
    assert titles == ["Trend", "By source", "Records (7)"]
    assert sum(1 for one in sheet._story.records if one.role == "both") == 2


def test_a_record_leads_to_its_history_and_line_and_back(filled: Stage) -> None:
    page = open_page(filled)
    page.open_kpi("engagement_rate")
    filled.settle()
    sheet = sheet_of(filled)
    sheet.tabs.setCurrentIndex(2)
    sheet.records.view.setFocus()
    filled.qtbot.keyClick(sheet.records.view, Qt.Key.Key_Return)
    filled.settle()
    record = filled.window.drawer.current_widget
    assert isinstance(record, RecordSheet)
    assert "leads.csv, line 2" in filled.said(record)
    filled.window.drawer.go_back()
    assert filled.window.drawer.current_widget is sheet
    filled.window.drawer.go_forward()
    assert filled.window.drawer.current_widget is record


def test_keys_go_back_to_the_card_that_was_opened(filled: Stage, qtbot: QtBot) -> None:
    page = open_page(filled)
    cards = list(page.views[kpi_views.SCORECARD].cards.cards.values())  # type: ignore[attr-defined]
    cards[1].setFocus()
    qtbot.keyClick(cards[1], Qt.Key.Key_Space)
    filled.settle()
    assert sheet_of(filled).isAncestorOf(QApplication.focusWidget() or page)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    filled.settle()
    assert not filled.window.drawer.is_open
    assert QApplication.focusWidget() is cards[1]


def test_a_point_of_the_trend_opens_that_period(filled: Stage) -> None:
    page = open_page(filled)
    page.open_kpi("annual_premium_written")
    filled.settle()
    sheet = sheet_of(filled)
    february = next(point.period for point in sheet._story.trend if point.period.start == date(2026, 2, 1))
    sheet.period_opened.emit(february)
    filled.settle()
    assert sheet_of(filled) is not sheet
    assert sheet_of(filled)._story.figure.value == 400_000


def test_period_and_producer_are_shared_by_all_views_and_remembered(filled: Stage) -> None:
    page = open_page(filled)
    page.picker.choose(Filter.YEAR_TO_DATE)
    page.producers.choose("OP")
    filled.settle()
    page.show_view(kpi_views.FUNNEL)
    filled.settle()
    view = page.views[kpi_views.FUNNEL]
    assert isinstance(view, FunnelView)
    assert view.funnel.table()[1][1] == 4
    again = KpisPage(filled.desk.context)
    filled.qtbot.addWidget(again)
    assert again.picker.choice is Filter.YEAR_TO_DATE
    assert again.producers.producer == "OP"
    assert again.view_name == kpi_views.FUNNEL


def test_on_the_flow_basis_old_leads_count_when_they_move(filled: Stage) -> None:
    page = open_page(filled)
    view = page.views[kpi_views.SCORECARD]
    assert "14.3%" in view.cards.cards["lead_close_rate"].accessibleName()  # type: ignore[attr-defined]
    page.picker.go_back()
    page.basis.setCurrentIndex(1)
    filled.settle()
    page.open_kpi("engagement_rate")
    filled.settle()
    # in February Hal Hope alone came in, and went straight to quoted
    assert sheet_of(filled)._story.question.basis == "flow"
    assert sheet_of(filled)._story.figure.numerator == 1
    again = KpisPage(filled.desk.context)
    filled.qtbot.addWidget(again)
    assert again.question.basis == "flow"


def test_the_funnel_names_the_largest_drop_and_opens_a_stage(filled: Stage) -> None:
    page = open_page(filled, kpi_views.FUNNEL)
    view = page.views[kpi_views.FUNNEL]
    assert isinstance(view, FunnelView)
    assert [row[:2] for row in view.funnel.table()[1:5]] == [
        ["Prospect", 7],
        ["Contacted", 3],
        ["Needs analysis", 2],
        ["Quoted", 1],
    ]
    assert view.funnel.title == "Most are lost between prospect and contacted"
    view.funnel.drilled.emit("quoted")
    filled.settle()
    sheet = filled.window.drawer.current_widget
    assert isinstance(sheet, StuckSheet)
    # Hal Hope has been quoted for 22 days, 8 over the expected 14
    assert sheet.view.visible_rows()[1][:3] == ["Hal Hope", "8", "22"]
    assert "1 of them over the expected 14 days" in filled.said(sheet)
    heard: list[tuple[str, object]] = []
    page.page_requested.connect(lambda key, argument: heard.append((key, argument)))
    sheet.view.setFocus()
    sheet.view.setCurrentIndex(sheet.view.model().index(0, 0))
    filled.qtbot.keyClick(sheet.view, Qt.Key.Key_Return)
    assert heard == [("leads", "L8")]


def test_revenue_by_source_and_carrier_and_the_commissions(filled: Stage) -> None:
    view = open_page(filled, kpi_views.REVENUE).views[kpi_views.REVENUE]
    assert isinstance(view, RevenueView)
    assert [row[:2] for row in view.carriers.table()[1:]] == [["Acme Mutual", 1200.0]]
    assert [row[:2] for row in view.sources.table()[1:]] == [["Referral", 1200.0]]
    assert [row[:3] for row in view.commissions.view.visible_rows()[1:]] == [
        ["Dana Marsh", "$180", "$180"],
        ["Total", "$180", "$180"],
    ]
    view.ways.setCurrentIndex(1)
    assert view.commissions.view.visible_rows()[1][0] == "Acme Mutual"
    month = view.written.view.visible_rows()[2]
    assert month[2:] == ["$1,200", "$4,000"]


def test_a_row_of_the_commissions_opens_its_terms(filled: Stage, qtbot: QtBot) -> None:
    view = open_page(filled, kpi_views.REVENUE).views[kpi_views.REVENUE]
    assert isinstance(view, RevenueView)
    view.ways.setCurrentIndex(1)
    view.commissions.view.setCurrentIndex(view.commissions.view.model().index(0, 0))
    carrier = view.commissions.view.selected_record.key
    qtbot.keyClick(view.commissions.view, Qt.Key.Key_Return)
    filled.settle()
    sheet = filled.window.drawer.current_widget
    assert isinstance(sheet, RecordsSheet)
    assert sheet.view.records.shown_count
    assert f"Commissions: {carrier}" in filled.said(filled.window.drawer)


def test_retention_shows_trouble_and_saves_by_kind(filled: Stage) -> None:
    view = open_page(filled, kpi_views.RETENTION).views[kpi_views.RETENTION]
    assert isinstance(view, RetentionView)
    assert view.saves.table()[1][:3] == ["Payment", 1.0, "1 of 1"]
    assert view.exceptions.table()[1][2] == "1 of 2"


def test_activity_ranks_producers_and_lists_who_waits(filled: Stage) -> None:
    page = open_page(filled, kpi_views.ACTIVITY)
    view = page.views[kpi_views.ACTIVITY]
    assert isinstance(view, ActivityView)
    assert [row[0] for row in view.people.view.visible_rows()[1:3]] == ["Dana Marsh", "Owen Pryce"]
    (waiting,) = view.replies.view.visible_rows()[1:]
    assert waiting[0] == "Fay Ford"
    assert view.alerts.model.rowCount() > 0
    view.people.view.select_record(lambda row: row.producer == "OP")
    view.people.view.setCurrentIndex(view.people.model.index(1, view.people.model.column_of("calls_per_day")))
    view.people.view.row_activated.emit(view.people.model.row_at(1))
    filled.settle()
    sheet = sheet_of(filled)
    assert sheet._story.question.producer == "OP"
    assert sheet._story.figure.id == "calls_per_day"
    assert sheet._story.figure.numerator == 2


def test_intelligence_joins_map_and_table(filled: Stage) -> None:
    view = open_page(filled, kpi_views.INTELLIGENCE).views[kpi_views.INTELLIGENCE]
    assert isinstance(view, IntelligenceView)
    assert view.map.title == "Ohio sends most leads"
    assert view.states.view.select_record(lambda row: row["state"] == "RI")
    assert view.map.current_mark is not None
    assert view.map.current_mark.text.startswith("Rhode Island: 1")
    view.map.drilled.emit("KY")
    assert view.states.view.selected_record["state"] == "KY"
    assert [bar.note for bar in view.drops._bars][:2] == ["4 leads", "1 lead"]
    # no cell has five calls yet
    assert view.calling.marks == ()


def test_a_row_a_place_on_the_map_and_a_bar_open_their_own_records(filled: Stage, qtbot: QtBot) -> None:
    view = open_page(filled, kpi_views.INTELLIGENCE).views[kpi_views.INTELLIGENCE]
    assert isinstance(view, IntelligenceView)
    assert view.states.view.select_record(lambda row: row["state"] == "RI")
    qtbot.keyClick(view.states.view, Qt.Key.Key_Return)
    filled.settle()
    sheet = sheet_of(filled)
    assert sheet.tabs.tabText(sheet.tabs.currentIndex()) == "Records (1)"
    assert "Only Rhode Island" in filled.said(sheet)
    assert find_nameless(sheet) == []
    sheet.all_records.setFocus()
    qtbot.keyClick(sheet.all_records, Qt.Key.Key_Space)
    filled.settle()
    assert sheet.tabs.tabText(sheet.tabs.currentIndex()) == "Records (7)"
    assert "Only" not in filled.said(sheet)
    kentucky = next(mark for mark in view.map.marks if mark.text.startswith("Kentucky"))
    qtbot.mouseClick(view.map, Qt.MouseButton.LeftButton, pos=kentucky.box.center().toPoint())
    filled.settle()
    assert "Only Kentucky" in filled.said(sheet_of(filled))
    sheet = sheet_of(filled)
    sheet.tabs.setCurrentIndex(0)
    chart = sheet.tabs.currentWidget().findChild(BarChart)
    assert chart is not None
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.current_mark is not None and chart.current_mark.text.startswith("Ohio")
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    filled.settle()
    assert "Only Ohio" in filled.said(sheet)
    rows: Any = sheet.story.figure.detail["rows"]
    assert [len(sheet.story.records)] == [row["leads"] for row in rows if row["state"] == "OH"]


def test_what_other_agencies_reach_stands_beside(filled: Stage) -> None:
    view = open_page(filled, kpi_views.INTELLIGENCE).views[kpi_views.INTELLIGENCE]
    assert isinstance(view, IntelligenceView)
    told = {row[0]: row[1:] for row in view.benchmarks.view.visible_rows()[1:]}
    assert len(told) == 11 - 1  # leads bound is graded and aimed at
    assert told["First response"][2:6] == ["4 h and more", "1-4 h", "5-60 min", "under 5 min"]
    assert told["Contacted within 30 minutes"][-1] == "over 95%"
    assert [row[0] for row in view.typical.view.visible_rows()[1:]][3] == "Referrals"
    page = filled.window.page("kpis")
    assert isinstance(page, KpisPage)
    for kpi_id in ("attempts_to_contact", "lead_source_roi"):
        page.open_kpi(kpi_id)
        filled.settle()
        tabs = sheet_of(filled).tabs
        assert "Benchmarks" in [tabs.tabText(at) for at in range(tabs.count())], kpi_id
        assert find_nameless(sheet_of(filled)) == []


def _hour(weekday: int, hour: int, calls: int, connected: int) -> dict[str, object]:
    rate = connected / calls if calls >= 5 else None
    return {"weekday": weekday, "hour": hour, "calls": calls, "connected": connected, "rate": rate, "wins": 0}


def test_the_best_hour_is_the_highest_that_is_drawn(filled: Stage) -> None:
    blank, thin, sure = _hour(1, 8, 4, 4), _hour(2, 9, 6, 5), _hour(3, 14, 60, 30)
    title, said = calling_title([blank, thin, sure])
    assert title == "Tuesday at 9 AM reaches most: 83.3% of 6 calls"
    assert "with 5 calls and more" in said
    assert said.endswith("Wednesday at 2 PM with 50.0% leads those of 30 and more")
    assert calling_title([blank, sure])[0].startswith("Wednesday at 2 PM")
    assert calling_title([blank]) == calling_title([])
    page = open_page(filled)
    page.open_kpi("best_time_to_call")
    filled.settle()
    assert sheet_of(filled).tabs.tabText(0) == "By weekday and hour"


def test_a_dated_target_changes_the_status_and_can_be_undone(filled: Stage) -> None:
    page = open_page(filled)
    page.open_kpi("engagement_rate")
    filled.settle()
    measure = filled.ask(goals.measure, "engagement_rate", None)
    page.keeper.keep_goal(measure, 0.25, date(2026, 1, 1))
    filled.settle()
    assert sheet_of(filled)._story.figure.target == 0.25
    assert sheet_of(filled)._story.figure.status == "green"
    open_sheet = sheet_of(filled)
    open_sheet.tabs.setCurrentIndex(1)
    filled.window._on_undo()
    filled.settle()
    # what is open is told anew in its place: on its tab, and with nothing more to go back to
    assert sheet_of(filled) is open_sheet
    assert float(open_sheet.story.figure.target or 0) == 0.3
    assert "target 30%" in filled.said(open_sheet)
    assert open_sheet.tabs.currentIndex() == 1
    assert filled.ask(edits.steps).redo == "Target of Engagement rate from 01/01/2026"


def test_a_figure_come_back_to_is_told_anew_after_a_change(filled: Stage) -> None:
    page = open_page(filled)
    page.open_kpi("engagement_rate")
    filled.settle()
    first = sheet_of(filled)
    page.open_kpi("contact_rate")
    filled.settle()
    measure = filled.ask(goals.measure, "engagement_rate", None)
    page.keeper.keep_goal(measure, 0.25, date(2026, 1, 1))
    filled.settle()
    assert float(first.story.figure.target or 0) == 0.3
    filled.window.drawer.go_back()
    filled.settle()
    assert sheet_of(filled) is first
    assert first.story.figure.target == 0.25


def test_bands_are_kept_from_the_dialog_by_keys(filled: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(filled)
    page.open_kpi("engagement_rate")
    filled.settle()

    def answer(dialog: GoalDialog) -> int:
        assert dialog.green is not None and dialog.red is not None
        assert (dialog.green.text(), dialog.red.text()) == ("30%", "20%")
        dialog.value.setText("much")
        dialog.keep()
        assert not dialog.result()
        dialog.value.clear()
        for green, red in (("40", "60"), ("60", ""), ("60", "much")):
            dialog.green.setText(green)
            dialog.red.setText(red)
            dialog.keep()
            assert not dialog.result()
        dialog.red.setText("40%")
        assert find_nameless(dialog) == []
        dialog.keep()
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(GoalDialog, "exec", answer)
    sheet_of(filled).goals.click()
    filled.settle()
    figure = sheet_of(filled)._story.figure
    assert (float(figure.target or 0), figure.status) == (0.6, "red")
    # the month before keeps the bands of its day
    page.picker.go_back()
    page.open_kpi("engagement_rate")
    filled.settle()
    assert float(sheet_of(filled)._story.figure.target or 0) == 0.3
    filled.window._on_undo()
    filled.settle()
    assert filled.ask(edits.steps).redo.startswith("Bands of Engagement rate from ")
    assert filled.ask(goals.measure, "engagement_rate").bands == (0.3, 0.2)


def test_ranges_are_typed_as_ranges(filled: Stage) -> None:
    kept: list[object] = []
    dialog = GoalDialog(filled.ask(goals.measure, "attempts_to_contact", "AR"), "Ada", date(2026, 3, 2))
    dialog.bands_kept.connect(lambda edges, start: kept.extend((edges, start)))
    assert dialog.green is not None and dialog.red is not None
    assert (dialog.green.text(), dialog.red.text()) == ("3 to 5", "2 to 7")
    dialog.green.setText("4-6")
    dialog.keep()
    assert kept == [((4, 6), (2, 7)), date(2026, 3, 2)]


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_nothing_is_cut_off_or_nameless(filled: Stage, scheme: theme.Scheme) -> None:
    theme.current().set_choice(scheme)
    for view in kpi_views.VIEWS:
        page = open_page(filled, view)
        assert (view, find_clipped_text(page), find_nameless(page)) == (view, [], [])


def test_the_tables_of_a_view_can_be_exported(filled: Stage, tmp_path: Path) -> None:
    page = open_page(filled, kpi_views.INTELLIGENCE)
    assert [key for key, _ in page.export_actions()] == [
        *("states", "carriers", "sources", "benchmarks", "typical"),
        "report",
    ]
    view = page.views[kpi_views.INTELLIGENCE].tables()["states"].view
    page.write_table(view, tmp_path / "states.csv")
    filled.settle()
    assert "Ohio" in (tmp_path / "states.csv").read_text(encoding="utf-8-sig")


def test_each_view_is_saved_as_it_prints(filled: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(filled)
    target = tmp_path / "kpis.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def saved() -> str:
        page.export("report")
        filled.settle()
        return PdfReader(target).pages[0].extract_text()

    for view in kpi_views.VIEWS:
        page.show_view(view)
        filled.settle()
        text = saved()
        assert ("KPI scorecard" if view == kpi_views.SCORECARD else f"KPIs: {view}") in text
        assert "All producers" in text
    page.producers.choose(UNASSIGNED)
    for view in kpi_views.VIEWS:
        page.show_view(view)
        filled.settle()
        assert "Unassigned" in saved()


def test_a_view_is_never_pressed_together(filled: Stage, qtbot: QtBot) -> None:
    page = open_page(filled)
    filled.window.resize(1366, 768)
    for name, view in page.views.items():
        page.show_view(name)
        filled.settle()
        qtbot.waitUntil(lambda view=view: view.height() >= view.lines.minimumSize().height())  # type: ignore[misc]
