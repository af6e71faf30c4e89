"""The money pages in the real window on a real book: empty, filled, by keys, with pay hidden."""

from __future__ import annotations

from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from desktop.core.rounding import Meaning
from desktop.services import leads, win_backs
from desktop.services.grids import Line
from desktop.services.win_backs import WinBack
from desktop.views.dialogs.line import LineDialog
from desktop.views.dialogs.loss import LossForm
from desktop.views.dialogs.records import RecordsSheet
from desktop.views.pages.money import CloseRatesPage, LostDealsPage, RetentionPage, RevenuePage
from desktop.views.pages.money.base import MoneyPage
from desktop.views.pages.money.lost import TaskDialog
from desktop.views.pages.money.revenue_sheets import RowsSheet
from desktop.views.widgets.context import PAY_HIDDEN
from tests.services.small_agency import Agency
from tests.views.clipping import find_clipped_text, find_nameless
from tests.views.pages.conftest import Stage

KEYS = ("lostdeals", "closerates", "revenue", "retention")
P = TypeVar("P", bound=MoneyPage)


def open_page(stage: Stage, kind: type[P]) -> P:
    stage.window.show_page(kind.key)
    stage.settle()
    page = stage.window.page(kind.key)
    assert isinstance(page, kind)
    return page


def agency() -> Agency:
    made = Agency().producer("P01", "Dana Marsh", hired_on="2024-06-01", salary=3_650_000, new_split=0.4)
    made.producer("P02", "Sam Lee", hired_on="2025-12-01", salary=7_300_000)
    for number in range(12):
        lead = f"L{number:02}"
        won = number % 4 == 0
        made.lead(
            lead, f"2026-01-{number + 3:02}T09:00:00", "P01" if number % 2 else "P02",
            line=("BOP", "PAP", "Homeowners")[number % 3], business_name=f"Firm {number:02}", source="Web",
            estimated_premium=120_000 + number, policy_expires_on=f"2026-04-{number + 1:02}",
            lost_reason=None if won or number == 3 else ("price" if number < 9 else "timing"),
            winnable=None if won else "maybe", price_difference=None if won else number * 9_000,
            competing_carrier=None if won else "Harbor Mutual", competing_agency=None if won else "Old Mill Agency",
        )  # fmt: skip
        made.stage(lead, f"2026-02-{number + 3:02}T10:00:00", "needs_analysis")
        made.stage(lead, f"2026-02-{number + 4:02}T10:00:00", "won" if won else "lost")
        if number != 5:
            made.quote(
                f"2026-02-{number + 3:02}", "P01" if number % 2 else "P02", lead, carrier="Northfield", quote_id=lead
            )
        if won:
            made.policy(f"N{number}", f"2026-02-{number + 4:02}", "P02", 150_000, lead_id=lead, carrier="Northfield",
                        commission_rate=0.12)  # fmt: skip
    for number in range(6):
        effective = f"2025-03-{number + 1:02}"
        gone = {"ended_on": "2026-02-10", "end_reason": "moved_away"} if number < 2 else {}
        made.policy(f"R{number}", effective, "P01", 90_000, commission_rate=0.1, carrier="Pinecrest",
                    zip="10001", client=f"Client {number // 2}", **gone)  # fmt: skip
        if 2 <= number < 5:
            made.policy(f"R{number}", f"2026-03-{number + 1:02}", "P01", 99_000, transaction="renewal",
                        commission_rate=0.1, zip="10001", client=f"Client {number // 2}")  # fmt: skip
    return made


@pytest.fixture
def filled(stage: Stage) -> Stage:
    stage.ask(lambda book: agency().store(book))
    return stage


def test_empty_pages_lead_to_the_import(stage: Stage) -> None:
    for kind in (LostDealsPage, CloseRatesPage, RevenuePage, RetentionPage):
        page = open_page(stage, kind)
        assert page.stack.currentWidget() is page.empty
        assert find_clipped_text(stage.window) == [] and find_nameless(page) == []
        page.empty.button.click()
        stage.settle()
        assert stage.window.current_page is stage.importing


def test_every_view_reads_well(filled: Stage) -> None:
    for kind in (LostDealsPage, CloseRatesPage, RevenuePage, RetentionPage):
        page = open_page(filled, kind)
        assert page.stack.currentWidget() is page.tabs
        for at in range(page.tabs.count()):
            page.tabs.setCurrentIndex(at)
            filled.settle()
            assert find_clipped_text(page) == [], (page.key, at)
            assert find_nameless(page) == [], (page.key, at)


# --- lost deals -------------------------------------------------------------------------------------------------------


def test_losses_are_ranked_grouped_and_listed(filled: Stage) -> None:
    page = open_page(filled, LostDealsPage)
    QAbstractItemModelTester(page.deals.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.losses.reasons.title == "Price is 62.5% of losses, over the 60.0% line"
    said = filled.said(page.losses)
    assert "Market access: 62.5% of explained losses are price." in said
    assert "It held in Feb 26." in said
    assert [mark.text for mark in page.losses.reasons.marks] == ["Price: 62.5%, 5 deals", "Timing: 37.5%, 3 deals"]
    page.losses.show_by("carrier")
    assert [mark.text for mark in page.losses.grouped.marks] == ["Harbor Mutual: 9, Price 62.5%"]
    page.losses.show_by("month")
    assert page.losses.grouped.marks[0].text.startswith("Feb 2026: 9")
    page.losses.reasons.drilled.emit("timing")
    assert page.tabs.currentIndex() == 1 and page.deals.title.text() == "Deals lost: Timing"
    assert len(page.deals.view.visible_rows()) == 4
    page.all_deals.click()
    assert len(page.deals.view.visible_rows()) == 10


def test_a_loss_is_explained_with_two_keys(filled: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(filled, LostDealsPage)
    assert page.tabs.tabText(2) == "To explain (1)"

    def answer(form: LossForm) -> int:
        form.show()
        assert not form.keep.isEnabled()
        assert form.winnable.answer == "maybe" and form.carrier.text() == "Harbor Mutual"
        assert form.difference.text() == "270"
        QTest.keyClick(form.reason.group.buttons()[0], Qt.Key.Key_4)
        QTest.keyClick(form.focusWidget() or form, Qt.Key.Key_N)
        assert (form.reason.answer, form.winnable.answer) == ("no_response", "no")
        assert form.keep.isEnabled()
        form.change.setText("Call sooner")
        assert find_nameless(form) == []
        form.close()
        return 1

    monkeypatch.setattr(LossForm, "exec", answer)
    page.explain_next.click()
    filled.settle()
    found = filled.ask(leads.lead_page, "L03", page._context.now())
    assert found.lead.lost_reason == "no_response"
    assert page.tabs.tabText(2) == "To explain (0)" and not page.explain_next.isEnabled()


def test_the_next_loss_waits_after_the_one_before(filled: Stage) -> None:
    more = (
        Agency()
        .lead("L90", "2026-01-03T09:00:00", "P01", business_name="Later")
        .stage("L90", "2026-02-09T10:00:00", "lost")
    )
    filled.ask(lambda book: more.store(book, "more.csv"))
    page = open_page(filled, LostDealsPage)
    page.tabs.setCurrentIndex(2)
    assert page.tabs.tabText(2) == "To explain (2)"
    first: Any = page.open.model.row_at(0)
    page.explain(first.lead_id, {"lost_reason": "price", "winnable": "no"})
    filled.settle()
    left: Any = page.open.view.selected_record
    assert left is not None and left.lead_id != first.lead_id


def test_a_lost_deal_becomes_a_task_and_a_lead(filled: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(filled, LostDealsPage)
    page.tabs.setCurrentIndex(3)
    assert page.tabs.tabText(3) == "Win back (9)" and not page.make_task.isEnabled()
    page.queue.view.select_record(lambda one: one.deal.lead_id == "L01")
    assert page.make_task.isEnabled()
    monkeypatch.setattr(TaskDialog, "exec", lambda dialog: 1)
    page.make_task.click()
    filled.settle()
    (task,) = filled.ask(win_backs.tasks)
    assert (task.lead_id, task.producer, task.done_at) == ("L01", "P01", None)
    page.tasks.view.select_record(lambda one: one.lead_id == "L01")
    page.finish.click()
    filled.settle()
    assert filled.ask(win_backs.tasks)[0].done_at is not None
    page.queue.view.select_record(lambda one: one.deal.lead_id == "L02")
    page.make_lead.click()
    filled.settle()
    assert page.tabs.tabText(3) == "Win back (8)"
    assert filled.ask(leads.lead_page, "L02", page._context.now()).stage == "prospect"
    assert all(isinstance(page.queue.model.row_at(row), WinBack) for row in range(page.queue.model.rowCount()))


# --- close rates ------------------------------------------------------------------------------------------------------


def test_lines_with_overall_and_the_leads_behind_them(filled: Stage) -> None:
    page = open_page(filled, CloseRatesPage)
    rows = {row[0]: row for row in page.table.view.visible_rows()}
    assert rows["OVERALL"][1:6] == ["11", "3", "9", "25.0%", "9–53%"]
    assert rows["BOP"][1:4] == ["4", "1", "3"]
    assert page.trend.title == "Win rate by month"
    page.table.view.select_record(lambda row: row.line == "BOP")
    assert [row[0] for row in page.trend.table()[0:1]] and len(page.trend.table()[0]) == 3
    page.open_records("BOP", None)
    filled.settle()
    (sheet,) = [one for one in filled.window.findChildren(RecordsSheet) if one.isVisible()]
    assert "1 won / 4 decided = 25.0%" in filled.said(sheet)
    page.tabs.setCurrentIndex(2)
    # twelve qualified leads, one of them never quoted; three bound
    assert page.true.value.text() == "25.0%" and page.flattering.value.text() == "27.3%"
    assert "1 of 12 qualified leads never got a quote" in page.hidden.text()
    page.producers.choose("P01")
    filled.settle()
    assert {row[0]: row for row in page.table.view.visible_rows()}["OVERALL"][2:4] == ["0", "6"]


def test_producers_and_carriers_with_their_months_and_leads(filled: Stage) -> None:
    page = open_page(filled, CloseRatesPage)
    page.tabs.setCurrentIndex(1)
    (carrier,) = [page.carriers.model.row_at(at) for at in range(page.carriers.model.rowCount())]
    (trend,) = [column for column in page.carriers.model.columns if column.key == "trend"]
    # of eleven quoted by Northfield in February three were bound there
    assert [rate for rate in trend.value(carrier) if rate is not None] == [3 / 11]
    page.people.view.select_record(lambda row: row.producer == "P02")
    assert page.whose_trend.title == "Sam Lee: win rate by month"
    assert page.whose_trend.table()[-2] == ["Feb 26", 0.25, 0.5]
    page.carriers.view.select_record(lambda row: row.line == "Northfield")
    assert page.whose_trend.title == "Northfield: win rate by month"
    page.carriers.view.setFocus()
    QTest.keyClick(page.carriers.view, Qt.Key.Key_Return)
    filled.settle()
    (sheet,) = [one for one in filled.window.findChildren(RecordsSheet) if one.isVisible()]
    assert "3 won / 11 decided = 27.3%" in filled.said(sheet)


# --- revenue ----------------------------------------------------------------------------------------------------------


def test_every_number_of_the_revenue_table_opens(filled: Stage) -> None:
    page = open_page(filled, RevenuePage)
    rows = {row[0]: row for row in page.table.view.visible_rows()}
    assert rows["Sam Lee"][1:3] == ["$4,500", "$0"] and "TOTAL" in rows
    chosen: Any = next(
        page.table.model.row_at(at) for at in range(page.table.model.rowCount())
        if page.table.model.row_at(at).producer == "P01"
    )  # fmt: skip
    for key in ("new_premium", "renewal_premium", "revenue", "commission_rate", "total_book", "cost"):
        page.open_figure(chosen, key)
        filled.settle()
        (sheet,) = [one for one in filled.window.findChildren(RowsSheet) if one.isVisible()]
        assert find_clipped_text(sheet) == [] and find_nameless(sheet) == []
        if key == "revenue":
            texts = "\n".join("\t".join(line) for line in sheet.view.visible_rows())
            assert "$990.00 × 10% = $99.00, the policy's own rate" in texts
        assert (sheet.view.records.rowCount() > 0) == (key != "new_premium")
    assert "= $" in filled.said(sheet) and "Revenue $297.00" in filled.said(sheet)
    page.open_figure(chosen, "multiple")
    filled.settle()
    (sheet,) = [one for one in filled.window.findChildren(RowsSheet) if one.isVisible()]
    assert "months employed; 3×: not by this trend" in filled.said(sheet)
    assert sheet.view.visible_rows()[-1][-1] == f"{chosen.multiple:.2f}×"
    page.tabs.setCurrentIndex(1)
    assert "Dana Marsh" in filled.said(page.three)
    assert [row[0] for row in page.investments.view.visible_rows()[1:]] == ["Dana Marsh *", "Sam Lee"]


def test_every_number_says_on_hover_how_it_arises(filled: Stage) -> None:
    page = open_page(filled, RevenuePage)
    row = next(one for one in page._found.found.rows if one.producer == "P01")  # type: ignore[union-attr]
    for column in page.table.model.columns[1:]:
        assert column.explain(row), column.key
    said = {column.key: column.explain(row) for column in page.table.model.columns}
    assert said["commission_rate"].startswith("$297 revenue / $2,970 premium")
    assert said["cost"] == "salary $7,000 + benefits $0 + splits $0 + desk $0"  # 70 days at $100
    assert said["net_contribution"] == "$297 revenue − $7,000 cost"


def test_the_totals_open_as_the_sum_of_their_parts(filled: Stage) -> None:
    page = open_page(filled, RevenuePage)
    assert page._found is not None
    total, parts = page._found.found.total, page._found.found.rows
    for key in ("new_premium", "revenue", "commission_rate", "total_book", "cost", "net_contribution", "multiple"):
        page.open_figure(total, key)
        filled.settle()
        (sheet,) = [one for one in filled.window.findChildren(RowsSheet) if one.isVisible()]
        assert find_clipped_text(sheet) == [] and find_nameless(sheet) == []
        assert sheet.view.records.rowCount() > 0
        if key == "cost":
            shown = [sheet.view.records.row_at(at) for at in range(sheet.view.records.rowCount())]
            assert shown == list(parts) and sum(one.cost for one in shown) == total.cost
        if key == "multiple":
            assert sheet.view.visible_rows()[-1][-1] == f"{total.multiple:.2f}×"
    nobody = parts[-1]
    assert nobody.producer is None
    page.open_figure(nobody, "cost")
    filled.settle()
    (sheet,) = [one for one in filled.window.findChildren(RowsSheet) if one.isVisible()]
    assert "salary $0.00" in filled.said(sheet)


def test_the_revenue_table_is_read_by_keys_alone(filled: Stage) -> None:
    page = open_page(filled, RevenuePage)
    view = page.table.view
    opened: list[str] = []
    page.sheet_opened.connect(lambda name, _sheet, subtitle: opened.append(f"{name}: {subtitle}"))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for column in range(page.table.model.columnCount()):
        if not view.isColumnHidden(column):
            assert view.currentIndex().column() == column
            QTest.keyClick(view, Qt.Key.Key_Return)
            filled.settle()
            view.setFocus()
            QTest.keyClick(view, Qt.Key.Key_Right)
    assert opened == [
        f"Dana Marsh: {what}"
        for what in (
            "Cost and net contribution", "New premium", "Renewal premium", "Total book", "Rate", "Revenue",
            "Cost and net contribution", "Cost and net contribution", "Three times cost",
        )
    ]  # fmt: skip


def test_hidden_pay_is_drawn_nowhere(filled: Stage) -> None:
    page = open_page(filled, RevenuePage)
    assert page.net.marks
    page._context.state.write(PAY_HIDDEN, True)
    page.mark_stale()
    filled.settle()
    texts = "\n".join("\t".join(row) for row in page.table.view.visible_rows())
    assert "hidden" in texts and "−$" not in texts
    assert not page.net.marks and not page.running.marks
    assert page.measures["unvalidated_pay"].value.text() == "hidden"
    chosen: Any = page.table.model.row_at(0)
    page.open_figure(chosen, "cost")
    filled.settle()
    assert not [one for one in filled.window.findChildren(RowsSheet) if one.isVisible()]
    assert page.asked().pay_hidden


def test_goals_are_typed_kept_and_refused(filled: Stage) -> None:
    page = open_page(filled, RevenuePage)
    page.tabs.setCurrentIndex(3)
    page.goals.editor.type_into(0, "carrier", "Northfield")
    page.goals.editor.type_into(0, "premium", "10,000")
    page.goals.editor.keep.click()
    filled.settle()
    rows = {row[0]: row for row in page.goals.table.view.visible_rows()}
    assert rows["Northfield"][1:4] == ["$4,500", "$10,000", "45.0%"]
    page.keep_goals([Line(None, {"carrier": "X", "premium": "lots"})])
    filled.settle()
    assert page.goals.editor.problem.isVisibleTo(page)


# --- retention --------------------------------------------------------------------------------------------------------


def test_four_figures_who_left_and_rounding(filled: Stage) -> None:
    page = open_page(filled, RetentionPage)
    assert page.clients.value.text() == "66.7%" and "1 lost of 3" in page.clients.words.text()
    assert page.policies.words.text() == "3 lost of 6"
    assert page.tabs.tabText(1) == "Who left (3)"
    assert page.change.value.text() == "+10.0%"
    assert {row[0] for row in page.left.view.visible_rows()[1:]} == {"Client 0", "Client 2"}
    for number, mark in enumerate(page.reasons.marks):
        page.tabs.setCurrentIndex(0)
        page.reasons.drilled.emit(mark.key)
        assert page.tabs.currentIndex() == 1
        notes = page.reasons._bars[number].note
        shown = page.left.view.visible_rows()[1:]
        assert shown and f"{len(shown)} polic" in notes, notes
    page.left.table.filters.close_row()
    assert len(page.left.view.visible_rows()) == 1 + 3
    assert [page.producers.itemData(at) for at in range(page.producers.count())] == [None, "P01", "P02"]
    page.tabs.setCurrentIndex(3)
    before = page.accounts.model.rowCount()
    assert page.accounts.view.isColumnHidden(page.accounts.model.column_of("spend"))
    page.meaning.setCurrentIndex(page.meaning.findData(Meaning.SHARE_OF_SPEND))
    page.meaning.activated.emit(page.meaning.currentIndex())
    filled.settle()
    assert page.share.isVisibleTo(page) and page.rounded.value.text() == "—"
    assert not page.accounts.view.isColumnHidden(page.accounts.model.column_of("spend"))
    one: Any = next(
        page.accounts.model.row_at(at) for at in range(page.accounts.model.rowCount())
        if page.accounts.model.row_at(at).client == "Client 1"
    )  # fmt: skip
    page.accounts.view.select_record(lambda record: record is one)
    page.spend.click()
    dialog = page.findChild(LineDialog)
    assert dialog is not None
    for text in ("plenty", "-5", "$1,980"):
        assert dialog.isVisible()
        dialog.line.selectAll()
        QTest.keyClicks(dialog.line, text)
        QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    filled.settle()
    assert page.rounded.value.text() == "100.0%" and before
