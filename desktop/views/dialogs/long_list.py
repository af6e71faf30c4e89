"""A page of one long list: choice above, rows below, everything of it exported; what opens a row is the page's own.

The base of the pages that show a template's table. Knows the paged table and its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.services import discretion, listings
from desktop.views import theme
from desktop.views.dialogs.listing import ListSource, list_columns
from desktop.views.tables import FilteredTable, PagedTableModel, PagedTableView, formats
from desktop.views.tables.hiding import discreet
from desktop.views.tables.paged import MOST_COPIED
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label


class LongList(QWidget):
    """A paged table of a template's rows under its count, with its export."""

    def __init__(self, context: PageContext, table: str, first: Sequence[str] = (), choice: str = "") -> None:
        super().__init__()
        self._context = context
        self.source = ListSource(context, table, choice)
        columns = discreet(list_columns(table, first), lambda: context.pay_hidden)
        self.model = PagedTableModel(columns, self.source)
        self.view = PagedTableView(self.model, f"list.{table}", context.state)
        self.model.setParent(self.view)
        self.count = Label("", tone="quiet")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        lines.addWidget(self.count)
        lines.addWidget(FilteredTable(self.view), 1)
        self.model.rows_changed.connect(self._on_rows_changed)
        self.view.copied.connect(self._on_copied)

    def _on_rows_changed(self) -> None:
        many = self.model.rowCount()
        words = self.tr("1 row") if many == 1 else self.tr("{} rows").format(formats.count(many))
        self.count.setText(words if self.model.whole else "")

    def _on_copied(self, many: int) -> None:
        if many >= MOST_COPIED:
            words = self.tr("Copied {many} rows, no more go at once; export the list for all of them")
            self.count.setText(words.format(many=formats.count(many)))

    def ask_export(self, name: str, said: str) -> None:
        """Asks where to, and writes every row of the list in the columns shown; a PDF as far as it was read."""
        kinds = "Excel (*.xlsx);;CSV (*.csv);;PDF (*.pdf)"
        chosen, kind = QFileDialog.getSaveFileName(self, said, f"{name}.xlsx", kinds)
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.casefold() not in (".pdf", ".xlsx", ".csv"):
            target = target.with_name(target.name + (kind[-5:-1] if kind.endswith(("pdf)", "csv)")) else ".xlsx"))
        if target.suffix.casefold() == ".pdf":
            self.write_pages(target)
        else:
            self.write(target)

    def write_pages(self, target: Path) -> None:
        """Writes the rows that were read as printed pages; a note under them says how many there are."""
        from desktop.views.dialogs.printing import save_table

        saved = self.tr("Saved {file}").format(file=target.name)
        said = self.count.text()
        save_table(
            self._context, self.view, self.view.accessibleName(), said, target, lambda _: self.count.setText(saved)
        )

    def write(self, target: Path) -> None:
        """Writes every row of the list, its shown columns, to `target`; the count says how many when it is done."""
        shown = [one for at, one in enumerate(self.model.columns) if not self.view.isColumnHidden(at)]
        names = [one.key for one in shown]
        hidden = frozenset(name for name in names if self._context.pay_hidden and discretion.is_pay(name))
        self._context.ask(
            listings.write,
            self.source.asked(self.model.wanted),
            names,
            [one.title for one in shown],
            target,
            hidden,
            on_finished=lambda many: self._on_written(target, many),
            label=self.tr("Exporting"),
        )

    def _on_written(self, target: Path, many: int) -> None:
        self.count.setText(self.tr("Saved {file} with {many} rows").format(file=target.name, many=f"{many:,}"))


class ListStack(QStackedWidget):
    """Nothing yet, a full list, or what stands in place of an empty one."""

    def __init__(self, full: QWidget, empty: QWidget) -> None:
        super().__init__()
        self.full = full
        self.empty = empty
        for widget in (QLabel(), empty, full):
            self.addWidget(widget)

    def show_full(self, full: bool) -> None:
        """The list where there is anything in it, else what stands in its place."""
        self.setCurrentWidget(self.full if full else self.empty)
