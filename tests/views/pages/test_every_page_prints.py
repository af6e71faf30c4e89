"""Every page's Print makes the report that says it best, else all that the page shows; and every table and chart of
every page goes into files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from desktop.services import reporting
from desktop.views.charts.chart import Chart
from desktop.views.dialogs import printing
from desktop.views.pages.scorecards import ScorecardsPage
from desktop.views.tables import RecordTableView
from desktop.views.widgets.page import Page
from tests.views.pages import agency_files
from tests.views.pages.conftest import Stage

REPORTS = {
    "producers": "dashboard", "scorecards": "scorecard", "kpis": "kpi-scorecard", "closerates": "close-rates",
    "revenue": "revenue", "retention": "retention", "ept": "ept", "tracking": "management-report-1",
    "meetings": "meeting-agenda",
}  # fmt: skip
"""Pages whose Print is a document of their own; the others print what they show."""
SHOWN = ("monday", "people", "clients", "pace", "records", "coverage")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was printed: the name of a report, `view`, or `scorecard`; every one is built, none is drawn."""
    heard: list[str] = []

    class Silent:
        def __init__(self, *_: object) -> None:
            return

        def start(self) -> None:
            return

    def named(book: Any, name: str, asked: reporting.Asked) -> str:
        reporting.build(book, name, asked)
        heard.append(name)
        return name

    def view(_book: object, shown: reporting.View) -> str:
        assert shown.blocks
        heard.append("view")
        return "view"

    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 1)
    monkeypatch.setattr(printing, "ask_printer", lambda *_: QPrinter())
    monkeypatch.setattr(printing, "Printing", Silent)
    monkeypatch.setattr(reporting, "print_named", named)
    monkeypatch.setattr(reporting, "print_view", view)
    monkeypatch.setattr(printing, "print_picture", lambda page: heard.append("picture"))
    monkeypatch.setattr(ScorecardsPage, "print_on", lambda *_: heard.append("scorecard"))
    return heard


def test_every_page_prints_and_its_tables_and_charts_are_saved(
    stage: Stage, tmp_path: Path, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.take_in(agency_files.write_agency(tmp_path / "drop"))
    window = stage.window
    monkeypatch.setattr(window.toast, "show_text", lambda _: printed.append("said why not"))
    found: dict[str, list[str]] = {}
    silent: list[str] = []
    for key in [one for one in window.page_keys if one != "reports"]:
        window.show_page(key)
        stage.settle()
        printed.clear()
        window.menus.print_asked.emit()
        stage.settle()
        found[key] = list(printed)
        silent += [] if printed or stage.said(window.page(key).messages) else [key]
        _save_all(stage, window.page(key), tmp_path / key)
    assert {key: found[key] for key in REPORTS} == {key: [name] for key, name in REPORTS.items()}
    assert silent == []
    assert {key: found[key] for key in SHOWN} == {key: ["view"] for key in SHOWN}


def _save_all(stage: Stage, page: Page, folder: Path) -> None:
    """The page's tables as CSV or, the first, XLSX; its charts as SVG or, the first, PNG."""
    folder.mkdir()
    for at, view in enumerate(page.findChildren(RecordTableView)):
        file = folder / f"table{at}.{'csv' if at else 'xlsx'}"
        printing.save_table(stage.desk.context, view, "", "", file, lambda _: None)
    for at, chart in enumerate(page.findChildren(Chart)):
        file = chart.save_chart(folder / f"chart{at}.{'svg' if at else 'png'}")
        assert file.stat().st_size > 0
    stage.settle()
    tables = len(page.findChildren(RecordTableView))
    assert len([file for file in folder.iterdir() if file.suffix in (".csv", ".xlsx")]) == tables
