"""Leads, clients, renewals, records and the search over everything, in the real window on a small agency."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.app import open_search
from desktop.services import corrections, lost_deals, previews
from desktop.services.edits import Changes
from desktop.views import theme
from desktop.views.dialogs.loss import LossForm, known_texts
from desktop.views.dialogs.record import RecordSheet
from desktop.views.pages.clients import ClientsPage
from desktop.views.pages.leads import LeadsPage
from desktop.views.pages.records import RecordsPage
from desktop.views.pages.renewals import RenewalsPage
from desktop.views.widgets.page import Page
from desktop.views.widgets.palette import SearchPalette
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.agency_files import write, write_agency
from tests.views.pages.conftest import NOW, Stage


def open_page(stage: Stage, key: str) -> Page:
    stage.window.show_page(key)
    stage.settle()
    return stage.window.page(key)


def fill(stage: Stage, folder: Path) -> None:
    files = write_agency(folder / "files")
    more = [
        write(
            folder / "policies.csv",
            (
                "policy_number",
                "client",
                "producer",
                "line",
                "transaction",
                "bound_on",
                "effective_on",
                "annual_premium",
            ),
            (
                ("A-1", "Ada Moss", "P01", "Homeowners", "new", "03/20/2025", "03/20/2025", "$1,000.00"),
                ("A-1", "Ada Moss", "P01", "Homeowners", "renewal", "03/05/2026", "03/20/2026", "$1,200.00"),
                ("A-2", "Ben Roy", "P02", "Life", "new", "04/20/2025", "04/20/2025", "$700.00"),
            ),
        ),
        write(
            folder / "leads.csv",
            (
                "lead_id",
                "received_at",
                "business_name",
                "phone",
                "producer",
                "policy_expires_on",
                "stage",
                "stage_entered_at",
            ),
            (
                ("L8", "03/05/2026 9:00 AM", "Cy's Cafe", "(614) 555-0123", "P02", "03/30/2026", "", ""),
                ("L9", "03/02/2026 9:00 AM", "Di's Diner", "", "P02", "", "lost", "03/06/2026 9:00 AM"),
            ),
        ),
    ]
    stage.take_in(files)
    stage.take_in(more)


# --- leads ------------------------------------------------------------------------------------------------------------


def leads(stage: Stage) -> LeadsPage:
    page = open_page(stage, "leads")
    assert isinstance(page, LeadsPage)
    return page


def names(page: LeadsPage) -> set[str]:
    return {page.list.model.index(row, 0).data() for row in range(page.list.model.rowCount())}


def test_leads_are_chosen_by_where_they_stand(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    page = leads(stage)
    stage.qtbot.waitUntil(lambda: names(page) == {"Ada Moss", "Ben Roy", "Cy Tan", "Cy's Cafe"})
    page.arrive(("choice", "unexplained"))
    stage.settle()
    stage.qtbot.waitUntil(lambda: names(page) == {"Di's Diner"})


def test_a_lead_opens_by_keys_and_leads_to_its_record(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    page = leads(stage)
    page.arrive("L8")
    stage.settle()
    assert page.sheet is not None
    said = stage.said(page.sheet)
    assert "Prospect for 6 days" in said
    assert "Make first contact" in said
    assert "(614) 555-0123" in said
    QTest.keyClick(page.sheet.record, Qt.Key.Key_Space)
    stage.settle()
    assert isinstance(stage.window.drawer.current_widget, RecordSheet)


def test_a_reason_typed_for_a_lost_deal_is_kept_and_undone(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    page = leads(stage)
    page.explain_loss("L9", {"lost_reason": "price", "competing_agency": "Oakridge", "price_difference": "-80"})
    stage.settle()
    span = lost_deals.Period(NOW.date().replace(day=1), NOW.date())
    assert [deal.reason for deal in stage.ask(lost_deals.lost_deals, span, NOW).deals] == ["price"]
    assert page.sheet is not None
    assert "Lost for: price. Won by Oakridge. Ours was $80 cheaper." in stage.said(page.sheet)
    shown = LossForm("Di's Diner", known_texts(page.sheet.found.loss), page)
    assert (shown.reason.answer, shown.agency.text(), shown.difference.text()) == ("price", "Oakridge", "-80")
    stage.window.menus.undo_asked.emit()
    stage.settle()
    assert [deal.reason for deal in stage.ask(lost_deals.lost_deals, span, NOW).deals] == [None]
    assert stage.window.drawer.current_widget is page.sheet
    assert "Nobody has said why" in stage.said(page.sheet)


def test_a_client_in_the_drawer_is_told_anew_where_it_stands(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    page = open_page(stage, "clients")
    assert isinstance(page, ClientsPage)
    row = page.list.model.row_at(0)
    assert row is not None
    page.open_client(row.key)
    stage.settle()
    assert page.sheet is not None
    page.sheet.tabs.setCurrentIndex(1)
    before = page.sheet
    stage.ask(corrections.correct, "clients", row.key, "email", "new@example.com", previews.author_at(NOW), NOW.date())
    stage.window.note_change(Changes("x"))
    stage.settle()
    assert page.sheet is not before
    assert stage.window.drawer.current_widget is page.sheet
    assert page.sheet.tabs.currentIndex() == 1
    assert "new@example.com" in stage.said(page.sheet)


def fields_of(sheet: RecordSheet) -> str:
    return str(sheet.fields.visible_rows())


def test_a_record_in_the_drawer_shows_what_was_undone(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    page = leads(stage)
    stage.ask(corrections.correct, "leads", "L9", "email", "new@example.com", previews.author_at(NOW), NOW.date())
    page._opener.open("leads", "L9", "Di's Diner")
    stage.settle()
    before = stage.window.drawer.current_widget
    assert isinstance(before, RecordSheet)
    assert "new@example.com" in fields_of(before)
    stage.window.menus.undo_asked.emit()
    stage.settle()
    after = stage.window.drawer.current_widget
    assert isinstance(after, RecordSheet) and after is not before
    assert "new@example.com" not in fields_of(after)


@pytest.mark.usefixtures("look")
def test_the_question_why_takes_no_answer_without_a_reason() -> None:
    dialog = LossForm("Di's Diner")
    assert not dialog.keep.isEnabled()
    dialog.reason.choose("timing")
    dialog.difference.setText("150")
    assert dialog.keep.isEnabled()
    assert {field: text for field, text in dialog.texts.items() if text} == {
        "lost_reason": "timing",
        "price_difference": "150",
    }
    assert find_nameless(dialog) == []


def test_the_whole_list_is_exported_as_shown(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    page = leads(stage)
    stage.settle()
    page.list.write(tmp_path / "leads-out.csv")
    stage.settle()
    with (tmp_path / "leads-out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:2] == ["Name", "Stage now"]
    assert {row[0] for row in rows[1:]} == {"Ada Moss", "Ben Roy", "Cy Tan", "Cy's Cafe"}


def test_one_lead_and_one_client_go_onto_paper_and_into_files(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(stage, tmp_path)
    page = leads(stage)
    assert page.export_actions() == [("table", "This List of Leads…")]
    assert not page.print_page()
    page.arrive("L8")
    stage.settle()
    assert saved(stage, page, "lead", tmp_path / "lead.csv", monkeypatch).count("Prospect") == 1
    saved(stage, page, "lead", tmp_path / "lead.pdf", monkeypatch)
    assert (tmp_path / "lead.pdf").read_bytes().startswith(b"%PDF")
    printed = tmp_path / "printed.pdf"
    monkeypatch.setattr(QPrintDialog, "exec", lambda self: self.printer().setOutputFileName(str(printed)) or 1)
    assert page.print_page()
    stage.settle()
    assert printed.read_bytes().startswith(b"%PDF")
    clients = open_page(stage, "clients")
    assert isinstance(clients, ClientsPage)
    stage.qtbot.waitUntil(lambda: clients.list.model.row_at(0) is not None)
    clients.list.view.row_activated.emit(clients.list.model.row_at(0))
    stage.settle()
    words = saved(stage, clients, "client", tmp_path / "client.csv", monkeypatch)
    assert "A-1" in words and "H-100" in words and "Ada Moss" in words
    saved(stage, clients, "table", tmp_path / "clients.pdf", monkeypatch)
    assert (tmp_path / "clients.pdf").read_bytes().startswith(b"%PDF")


def saved(stage: Stage, page: Page, key: str, target: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    assert key in dict(page.export_actions())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.export(key)
    stage.settle()
    return target.read_text(encoding="utf-8-sig") if target.suffix == ".csv" else ""


# --- clients, renewals, records ---------------------------------------------------------------------------------------


def test_a_client_shows_policies_premium_and_leads(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    page = open_page(stage, "clients")
    assert isinstance(page, ClientsPage)
    page.list.view.selectRow(0)
    stage.qtbot.waitUntil(lambda: page.list.model.row_at(0) is not None)
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    stage.settle()
    assert page.sheet is not None
    said = stage.said(page.sheet)
    assert "2 policies in force" in said
    assert "$2,250 of annual premium" in said
    states = {row[0]: row[2] for row in page.sheet.terms.visible_rows()[1:]}
    assert states == {"A-1": "in force", "H-100": "in force"}
    assert [row[0] for row in page.sheet.leads.visible_rows()[1:]] == ["Ada Moss"]


def test_renewals_say_what_changes_and_whose_they_are(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    page = open_page(stage, "renewals")
    assert isinstance(page, RenewalsPage)
    rows = page.renewals.visible_rows()
    at = {title: number for number, title in enumerate(rows[0])}
    assert [(row[at["Policy"]], row[at["Change"]], row[at["Change %"]]) for row in rows[1:]] == [
        ("A-1", "+$200", "20.0%")
    ]
    assert "Their next terms cost 20.0% more. 1 renewal rises by more than 15 %" in page.said.text()
    assert [row[2] for row in page.x_dates.visible_rows()[1:]] == ["Cy's Cafe"]
    page.span.setCurrentIndex(1)
    stage.settle()
    assert len(page.renewals.visible_rows()) == 3
    page.arrive("P02")
    stage.settle()
    assert [row[2] for row in page.renewals.visible_rows()[1:]] == ["Ben Roy"]


def test_renewals_go_out_as_shown(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(stage, tmp_path)
    page = open_page(stage, "renewals")
    for name in ("due.pdf", "due.csv"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        page.export("table")
        stage.settle()
    assert (tmp_path / "due.pdf").read_bytes().startswith(b"%PDF")
    with (tmp_path / "due.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["Policy"], row["Expiring"], row["Renewal"]) for row in rows] == [("A-1", "1000.0", "1200.0")]
    printed = tmp_path / "printed.pdf"
    monkeypatch.setattr(QPrintDialog, "exec", lambda self: self.printer().setOutputFileName(str(printed)) or 1)
    assert page.print_page()
    stage.settle()
    assert printed.read_bytes().startswith(b"%PDF")


def test_every_table_can_be_looked_through(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    page = open_page(stage, "records")
    assert isinstance(page, RecordsPage)
    for at in range(page.choice.count()):
        page.choice.setCurrentIndex(at)
        stage.settle()
        assert page.choice.itemText(at).endswith(f"({page.shown.model.rowCount():,})")
    page.arrive("policies")
    stage.settle()
    page.shown.view.selectRow(0)
    QTest.keyClick(page.shown.view, Qt.Key.Key_Return)
    stage.settle()
    assert isinstance(stage.window.drawer.current_widget, RecordSheet)


@pytest.mark.parametrize("key", ["leads", "clients", "renewals", "records"])
def test_an_empty_book_leads_to_the_import(stage: Stage, key: str) -> None:
    page = open_page(stage, key)
    page.empty.button.click()  # type: ignore[attr-defined]
    stage.settle()
    assert stage.window.current_page is stage.importing


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_nothing_is_cut_off_or_nameless(stage: Stage, tmp_path: Path, scheme: theme.Scheme) -> None:
    fill(stage, tmp_path)
    theme.current().set_choice(scheme)
    for key in ("leads", "clients", "renewals", "records"):
        page = open_page(stage, key)
        for _name, prepare in page.tour_views(tmp_path):
            prepare()
            stage.settle()
            assert find_clipped_text(stage.window) == []
            assert find_nameless(stage.window) == []


def test_pay_is_hidden_in_lists_records_and_exports(stage: Stage, tmp_path: Path) -> None:
    heading = ("producer_code", "name", "salary", "new_split")
    stage.take_in([write(tmp_path / "producers.csv", heading, (("P01", "Dana Whitfield", "$71,234.00", "0.3456"),))])
    page = open_page(stage, "records")
    assert isinstance(page, RecordsPage)
    page.arrive("producers")
    stage.settle()
    at = page.shown.model.column_of("salary")
    stage.qtbot.waitUntil(lambda: page.shown.model.index(0, at).data() == "$71,234.00")
    stage.window.menus.pay_asked.emit(True)
    stage.settle()
    stage.qtbot.waitUntil(lambda: page.shown.model.index(0, at).data() == "hidden")
    page.shown.write(tmp_path / "out.csv")
    page.shown.view.selectRow(0)
    QTest.keyClick(page.shown.view, Qt.Key.Key_Return)
    stage.settle()
    sheet = stage.window.drawer.current_widget
    assert isinstance(sheet, RecordSheet)
    shown = "\n".join("\t".join(row) for row in sheet.fields.visible_rows())
    copied = page.shown.view.selection_text()
    for text in (shown, copied, (tmp_path / "out.csv").read_text(encoding="utf-8-sig")):
        assert "71234" not in text.replace(",", "")
        assert "3456" not in text
        assert "hidden" in text


# --- search -----------------------------------------------------------------------------------------------------------


def search(stage: Stage, text: str) -> SearchPalette:
    palette = open_search(stage.window, stage.desk.context)
    palette.field.setText(text)
    stage.qtbot.wait(90)
    stage.settle()
    return palette


def test_search_opens_a_lead_by_its_phone(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    palette = search(stage, "614 555 0123")
    assert [hit.title for hit in palette.hits] == ["Cy's Cafe"]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    stage.settle()
    page = stage.window.current_page
    assert isinstance(page, LeadsPage)
    assert page.sheet is not None
    assert page.sheet.found.lead.lead_id == "L8"
    assert palette.isHidden()


def test_enter_typed_fast_opens_what_was_typed_not_what_was_found_before(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    palette = search(stage, "cover")
    palette.field.selectAll()
    QTest.keyClicks(palette.field, "614 555 0123")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    stage.settle()
    assert isinstance(stage.window.current_page, LeadsPage)
    assert palette.isHidden()


def test_search_leads_to_producers_by_their_figures_and_to_staff_by_their_record(stage: Stage, tmp_path: Path) -> None:
    files = write_agency(tmp_path / "files")
    staff = write(tmp_path / "producers.csv", ("producer_code", "name", "role"), (("K01", "Kit Lowe", "csr"),))
    stage.take_in(files)
    stage.take_in([staff])
    assert [(hit.title, hit.page) for hit in search(stage, "kit lowe").hits] == [("Kit Lowe", "people")]
    assert search(stage, "P01").hits[0].page == "producers"


def test_search_goes_on_by_arrows_over_all_groups(stage: Stage, tmp_path: Path) -> None:
    fill(stage, tmp_path)
    palette = search(stage, "ada")
    kinds = [(hit.title, hit.page) for hit in palette.hits]
    assert kinds[:2] == [("Ada Moss", "leads"), ("Ada Moss", "clients")]
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    stage.settle()
    assert isinstance(stage.window.current_page, ClientsPage)


def test_search_finds_pages_and_commands_and_says_when_it_finds_nothing(stage: Stage) -> None:
    palette = search(stage, "cover")
    assert [(hit.title, hit.page) for hit in palette.hits] == [("Coverage", "coverage")]
    palette = search(stage, "keyboard")
    assert [hit.title for hit in palette.hits] == ["Keyboard Shortcuts"]
    palette = search(stage, "zzz")
    assert palette.hits == []
    assert palette.said.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.isHidden()


def test_ctrl_k_opens_the_search(stage: Stage) -> None:
    stage.window.activateWindow()
    QTest.keyClick(stage.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert stage.window.findChild(SearchPalette).isVisible()
    assert find_nameless(stage.window.findChild(SearchPalette)) == []
