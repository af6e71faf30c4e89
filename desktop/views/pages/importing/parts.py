"""Small tables and rows of figures that preview and history share: columns, first rows, rejects, lines left out.

Knows plain tuples; where they came from is the caller's business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.pages.importing import words
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class Rejected:
    """A cell that rejected its row."""

    line: int
    column: str
    value: str
    reason: str


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Import", text)


def make_table(
    name: str, said: str, columns: Sequence[Column], rows: Sequence[Any], stretch: bool = True
) -> FilteredTable:
    """A table of `rows` called `said`."""
    model = RecordTableModel(columns)
    view = RecordTableView(model, name)
    model.setParent(view)
    view.setAccessibleName(said)
    model.set_rows(rows)
    view.horizontalHeader().setStretchLastSection(stretch)
    return FilteredTable(view)


def mapping_table(mapping: Sequence[tuple[str, str | None]], examples: Sequence[str]) -> FilteredTable:
    """The file's headings beside our fields, with the first value of each."""
    rows = [
        (number + 1, heading, ours, examples[number] if number < len(examples) else "")
        for number, (heading, ours) in enumerate(mapping)
    ]
    columns = [
        Column("number", tr("#"), Kind.COUNT, lambda row: row[0]),
        Column("heading", tr("Column in the file"), Kind.TEXT, lambda row: row[1]),
        Column(
            "ours",
            tr("Goes to"),
            Kind.TEXT,
            lambda row: words.field_words(row[2]),
        ),
        Column("example", tr("First value"), Kind.TEXT, lambda row: row[3], width=260),
    ]
    return make_table("import.mapping", tr("Columns"), columns, rows)


def sample_table(headings: Sequence[str], samples: Sequence[tuple[int, Sequence[str]]]) -> FilteredTable:
    """The first rows as they stand in the file."""
    columns = [Column("line", tr("Line"), Kind.COUNT, lambda row: row[0])]
    columns += [Column(f"c{at}", heading or "—", Kind.TEXT, _cell(at)) for at, heading in enumerate(headings)]
    return make_table("import.samples", tr("First rows"), columns, list(samples), stretch=False)


def _cell(at: int) -> Callable[[Any], str]:
    """Reads the cell `at` of a sample; short rows end in blanks."""
    return lambda row: row[1][at] if at < len(row[1]) else ""


def reject_table(rejects: Sequence[Rejected]) -> FilteredTable:
    """Cells that reject their rows, with the reason."""
    columns = [
        Column("line", tr("Line"), Kind.COUNT, lambda one: one.line),
        Column("column", tr("Column"), Kind.TEXT, lambda one: one.column),
        Column("value", tr("Value"), Kind.TEXT, lambda one: one.value, width=180, tooltip=lambda one: one.value),
        Column("reason", tr("Why"), Kind.TEXT, lambda one: one.reason, width=420, tooltip=lambda one: one.reason),
    ]
    return make_table("import.rejects", tr("Rejected rows"), columns, list(rejects))


def skipped_table(skipped: Sequence[tuple[int, str]]) -> FilteredTable:
    """Lines that are no data: titles, sections, totals."""
    columns = [
        Column("line", tr("Line"), Kind.COUNT, lambda one: one[0]),
        Column("why", tr("What it is"), Kind.TEXT, lambda one: one[1], width=560),
    ]
    return make_table("import.skipped", tr("Lines that are no data"), columns, list(skipped))


class Figures(QWidget):
    """New, changed, unchanged and rejected rows side by side."""

    def __init__(self, new: int, changed: int, unchanged: int, rejected: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().unit(4))
        self._add(row, new, tr("new"), "good" if new else "ink")
        self._add(row, changed, tr("changed"), "ink")
        self._add(row, unchanged, tr("unchanged"), "quiet")
        self._add(row, rejected, tr("rejected"), "bad" if rejected else "quiet")
        row.addStretch(1)

    def _add(self, row: QHBoxLayout, number: int, word: str, tone: str) -> None:
        pair = QVBoxLayout()
        pair.setSpacing(0)
        pair.addWidget(Label(f"{number:,}", "title", tone))
        pair.addWidget(Label(word, "caption", "quiet"))
        row.addLayout(pair)


class Notes(QWidget):
    """Things worth knowing, one to a line, each with its mark."""

    def __init__(self, notes: Sequence[str], icon: str = "info", role: str = "quiet") -> None:
        super().__init__()
        self._icon, self._role = icon, role
        self._marks: list[Label] = []
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().px(4))
        for note in notes:
            row = QHBoxLayout()
            row.setSpacing(theme.current().unit())
            mark = Label()
            self._marks.append(mark)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(note, wrap=True), 1)
            lines.addLayout(row)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        look = theme.current()
        for mark in self._marks:
            mark.setPixmap(look.pixmap(self._icon, look.px(16), self._role, self.devicePixelRatioF()))
