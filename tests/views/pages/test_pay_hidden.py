"""Pay hidden by one switch: no page, tooltip, screen reader's word, drawer, export or printed page tells it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop.services import people, previews, revenue
from desktop.views.charts.chart import Chart
from desktop.views.dialogs.opener import RecordOpener
from desktop.views.dialogs.record import RecordSheet
from desktop.views.main_window import MainWindow
from desktop.views.pages.people import PeoplePage
from desktop.views.tables import SORT_ROLE, VALUES_ROLE, RecordTableView
from desktop.views.tables.editing import EditingGrid
from desktop.views.tables.formats import money
from desktop.views.widgets.pay_switch import PaySwitch
from tests.views.pages.agency_files import write, write_agency
from tests.views.pages.conftest import NOW, Stage

SALARY, BENEFITS, DESK, NEW_SALARY, TYPED = 71_234, 9_173, 6_317, 83_456, 77_791
SPLIT, RENEWAL = 0.4321, 0.2317
SENTINELS = [
    form
    for amount in (SALARY, BENEFITS, DESK, NEW_SALARY, TYPED)
    for form in (f"{amount:,}", f"{amount}", f"{amount * 100}", f"{amount / 12:,.0f}")
] + ["43.21", "0.4321", "23.17", "0.2317"]
_ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole, SORT_ROLE, VALUES_ROLE,
)  # fmt: skip


def add_pay(stage: Stage, folder: Path) -> list[Path]:
    """Pay with the people, dated, and typed."""
    head = ("producer_code", "name", "salary", "benefits", "desk_cost", "new_split", "renewal_split")
    dated = ("producer_code", "effective_from", "salary", "new_split")
    files = [
        write(folder / "producers.csv", head, [("P01", "Dana Whitfield", SALARY, BENEFITS, DESK, SPLIT, RENEWAL)]),
        write(folder / "pay.csv", dated, [("P01", "01/01/2026", NEW_SALARY, SPLIT)]),
    ]
    stage.take_in(files)
    stage.ask(people.change, "P02", {"salary": str(TYPED)}, previews.author_at(NOW), date(2026, 3, 11))
    return files


@pytest.fixture
def paid(stage: Stage, tmp_path: Path) -> Stage:
    stage.take_in(write_agency(tmp_path / "agency"))
    add_pay(stage, tmp_path / "agency")
    return stage


def settle(stage: Stage) -> None:
    """Also what one answer asks next, and that one's."""
    quiet = 0
    while quiet < 4:
        stage.settle()
        quiet = 0 if stage.desk.context.executor.busy else quiet + 1


def words_of(widget: QWidget) -> Iterator[str]:
    """All that a widget and those in it say, shown or read out."""
    for one in [widget, *widget.findChildren(QWidget)]:
        yield from (one.toolTip(), one.statusTip(), one.whatsThis(), one.accessibleName(), one.accessibleDescription())
        if isinstance(one, (QLabel, QAbstractButton, QLineEdit)):
            yield one.text()
        elif isinstance(one, (QTextEdit, QPlainTextEdit)):
            yield one.toPlainText()
        elif isinstance(one, QComboBox):
            yield from (one.itemText(at) for at in range(one.count()))
        elif isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from cells_of(one.model())


def cells_of(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(), 60)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            for role in _ROLES:
                value = model.index(row, column).data(role)
                if value is not None:
                    yield str(value)


def leaks(text: str, also: list[str]) -> list[str]:
    return [one for one in [*SENTINELS, *also] if re.search(rf"(?<![\d.,]){re.escape(one)}(?![\d])", text)]


def derived(stage: Stage) -> list[str]:
    """Costs, net contributions and multiples that follow from pay, as they would be shown."""
    found: set[str] = set()
    for year in (2025, 2026):
        figures = stage.ask(revenue.revenue_per_producer, year, NOW)
        for row in (*figures.rows, figures.total):
            amounts = (row.cost, row.salary, row.benefits, row.splits, row.desk, row.net_contribution)
            found.update(money(amount).lstrip("−$") for amount in amounts if abs(amount) >= 100_000)
    return sorted(found)


def visit(stage: Stage, samples: Path) -> Iterator[tuple[str, str]]:
    """Every page in each state that the tour shows: the page's key and the state's name."""
    window: MainWindow = stage.window
    for key in window.page_keys:
        window.show_page(key)
        settle(stage)
        for name, prepare in window.page(key).tour_views(samples):
            prepare()
            settle(stage)
            yield key, name


def walk(stage: Stage, samples: Path) -> Iterator[tuple[str, str]]:
    """The name of each of those states and every word of page, drawer and status line."""
    window: MainWindow = stage.window
    for key, name in visit(stage, samples):
        parts = (window.page(key), window.drawer, window.status)
        yield name, "\n".join(text for part in parts for text in words_of(part))


def test_the_switch_is_in_the_menu_on_a_key_and_in_the_head(paid: Stage) -> None:
    window = paid.window
    window.show_page("people")
    settle(paid)
    (eye,) = window.page("people").header.findChildren(PaySwitch)
    seen = [(paid.desk.context.pay_hidden, eye.isChecked())]
    for press in (eye.click, window.menus._pay.trigger):
        press()
        seen.append((paid.desk.context.pay_hidden, eye.isChecked()))
    assert seen == [(False, False), (True, True), (False, False)]
    assert window.menus._pay.shortcut().toString() == "Ctrl+Shift+H"


def test_shown_pay_can_be_seen_where_it_belongs(paid: Stage) -> None:
    """The words that the walk looks for do stand there while pay is shown."""
    page = paid.window.page("people")
    assert isinstance(page, PeoplePage)
    page.arrive("P01")
    paid.window.show_page("people")
    settle(paid)
    text = "\n".join(words_of(paid.window))
    assert f"{NEW_SALARY:,}" in text and f"{SALARY:,}" in text and "43.21" in text
    paid.window.show_page("settings", "trail")
    settle(paid)
    assert f"{TYPED:,}" in "\n".join(words_of(paid.window))


def test_no_page_tells_pay_while_it_is_hidden(paid: Stage, tmp_path: Path) -> None:
    also = derived(paid)
    paid.window.hide_pay(True)
    settle(paid)
    told = {name: found for name, text in walk(paid, tmp_path / "agency") if (found := leaks(text, also))}
    assert told == {}


def test_pay_seen_before_is_gone_once_hidden(paid: Stage, tmp_path: Path) -> None:
    """The pages are filled with pay, and then it is hidden: what was there goes, in the drawer too."""
    also = derived(paid)
    for _ in visit(paid, tmp_path / "agency"):
        pass
    paid.window.hide_pay(True)
    settle(paid)
    told = {}
    for key in paid.window.page_keys:
        if found := leaks("\n".join(words_of(paid.window.page(key))), also):
            told[key] = found
    assert told == {}
    assert not paid.window.drawer.findChildren(RecordSheet)


def test_a_record_in_the_drawer_tells_no_pay_in_fields_and_history(paid: Stage) -> None:
    page = paid.window.page("people")
    paid.window.show_page("people")
    opener = RecordOpener(page, paid.desk.context)
    for hidden in (False, True):
        paid.window.hide_pay(hidden)
        settle(paid)
        for table, key, amount in (("producers", "p02", TYPED), ("pay", "p01|2026-01-01", NEW_SALARY)):
            opener.open(table, key, "Record")
            settle(paid)
            (sheet,) = [one for one in paid.window.drawer.findChildren(RecordSheet) if one.isVisible()]
            text = "\n".join(words_of(sheet))
            assert (f"{amount:,}" in text) is not hidden
            assert (leaks(text, []) == []) is hidden


def test_an_import_of_pay_is_previewed_without_it(paid: Stage, tmp_path: Path) -> None:
    paid.window.hide_pay(True)
    folder = tmp_path / "more"
    folder.mkdir()
    dated = ("producer_code", "effective_from", "salary", "new_split")
    file = write(folder / "pay.csv", dated, [("P01", "02/01/2026", SALARY, SPLIT), ("P01", "13/45/2026", TYPED, "x")])
    paid.window.show_page("import")
    paid.drop(paid.importing.start.drop, [file])
    settle(paid)
    view = paid.importing._view
    assert view is not None
    for row in range(view.list.count()):
        view.list.setCurrentRow(row)
        assert leaks("\n".join(words_of(view)), []) == []
    assert "hidden" in "\n".join(words_of(view))
    paid.window.hide_pay(False)
    settle(paid)
    view = paid.importing._view
    assert view is not None
    view.list.setCurrentRow(1)
    assert f"{SALARY}" in "\n".join(words_of(view))


def test_a_file_that_is_being_described_tells_no_pay(paid: Stage, tmp_path: Path) -> None:
    paid.window.hide_pay(True)
    file = write(tmp_path / "payroll.csv", ("Who Is It", "Base Salary 2026", "Zz"), [("Dana Whitfield", SALARY, "q")])
    paid.window.show_page("import")
    paid.drop(paid.importing.start.drop, [file])
    settle(paid)
    page = paid.importing
    assert page._shown is not None
    page.describer.begin([file], page._shown.files[0])
    settle(paid)
    view = page.describer.view
    assert view is not None
    text = "\n".join(words_of(view))
    assert leaks(text, []) == [] and "hidden" in text and "Base Salary 2026" in text


def text_of(file: Path) -> str:
    if file.read_bytes().startswith(b"%PDF"):
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(file).pages)
    if file.read_bytes().startswith(b"PK"):
        with zipfile.ZipFile(file) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return file.read_text(encoding="utf-8-sig", errors="replace")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".pdf"])
def test_no_export_of_the_window_tells_pay(
    paid: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    also = derived(paid)
    paid.window.hide_pay(True)
    out = tmp_path / "out"
    out.mkdir()
    asked: list[Path] = []

    def choose(*_arguments: object) -> tuple[str, str]:
        asked.append(out / f"export-{len(asked)}{suffix}")
        return str(asked[-1]), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    for key in paid.window.page_keys:
        paid.window.show_page(key)
        settle(paid)
        page = paid.window.page(key)
        for export, _words in page.export_actions():
            page.export(export)
            settle(paid)
    written = [file for file in out.rglob("*") if file.is_file()]
    assert written
    assert {file.name: found for file in written if (found := leaks(text_of(file), also))} == {}


def taken_along(stage: Stage, out: Path) -> str:
    """The files that charts are saved as, and what the tables put on the clipboard."""
    page = stage.window.current_page
    assert page is not None
    found = []
    for chart in page.findChildren(Chart):
        found += [text_of(chart.save_chart(out / f"chart.{suffix}")) for suffix in ("svg", "csv")]
    for grid in page.findChildren(EditingGrid):
        grid.selectAll()
        found.append(grid.selection_text())
    for view in page.findChildren(RecordTableView):
        view.selectAll()
        QGuiApplication.clipboard().clear()
        view.copy_selection()
        found.append(QGuiApplication.clipboard().text())
    return "\n".join(found)


def test_saved_charts_and_the_clipboard_carry_no_pay(paid: Stage, tmp_path: Path) -> None:
    also = derived(paid)
    told: dict[tuple[str, bool], bool] = {}
    for hidden in (False, True):
        paid.window.hide_pay(hidden)
        for key, argument in (("revenue", None), ("people", "P01"), ("settings", "trail")):
            paid.window.show_page(key, argument)
            settle(paid)
            told[key, hidden] = bool(leaks(taken_along(paid, tmp_path), also))
    assert told == {(key, hidden): not hidden for key, hidden in told}
