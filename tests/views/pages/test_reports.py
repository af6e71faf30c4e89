"""The page of reports in the real window: every report that needs no typing is listed, shown, printed and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.services import reporting
from desktop.views.pages.reports import ReportsPage
from desktop.views.pages.reports.titles import FROM_THEIR_PAGES, titles
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import Stage


def test_every_report_is_listed_or_printed_from_its_page() -> None:
    assert set(reporting.names()) >= FROM_THEIR_PAGES
    assert set(titles()) <= set(reporting.names()) - FROM_THEIR_PAGES


def test_a_report_is_shown_as_it_prints_and_saved(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.window.show_page("reports", "lost-deals")
    stage.settle()
    page = stage.window.page("reports")
    assert isinstance(page, ReportsPage)
    listed = {page.list.item(row).data(0x0100) for row in range(page.list.count())}
    assert listed == set(reporting.names()) - FROM_THEIR_PAGES
    assert page.report == "lost-deals" and page.sheet.image is not None and "page" in page.pages.text()
    before = page.sheet.image
    page.arrive("close-rates")
    stage.settle()
    assert page.sheet.image != before
    assert find_clipped_text(page) == [] and find_nameless(page) == []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.csv"), ""))
    page.save.click()
    stage.settle()
    assert (tmp_path / "out.csv").is_file()
