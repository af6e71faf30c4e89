"""The records behind a number, as a sheet of the drawer: definition, formula with its figures, trend, and each record.

Knows a question and the records found; opening one of them is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.records import FoundRecord
from desktop.views import theme
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView, formats
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label
from desktop.views.widgets.sparklines import Sparkline


@dataclass(frozen=True, slots=True)
class Question:
    """A number on a screen: what it is called, what it means, how this one came about, its trend, and whose it is."""

    id: str
    title: str
    subtitle: str
    meaning: str
    formula: str
    trend: tuple[float | None, ...] = ()
    producer: str | None = None


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Records", text)


def origin_words(file: str | None, sheet: str | None, line: int | None, entered: str | None) -> str:
    """Where a value came from: file, sheet and line, or when it was typed."""
    if file is not None:
        place = file if not sheet else f"{file} · {sheet}"
        return place if line is None else say("{place}, line {line}").format(place=place, line=f"{line:,}")
    if entered:
        return say("typed {}").format(formats.moment(datetime.fromisoformat(entered)))
    return formats.EM_DASH


def roles() -> dict[str, str]:
    """What a record is to a ratio."""
    return {"numerator": say("above the line"), "denominator": say("below the line"), "both": say("both")}


class RecordsSheet(QWidget):
    """What is behind a number. `record_opened` carries a record, `export_asked` the table's view."""

    record_opened = Signal(object)
    export_asked = Signal(object)

    def __init__(self, question: Question, found: Sequence[FoundRecord], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        if question.meaning:
            lines.addWidget(Label(question.meaning, tone="quiet", wrap=True))
        if question.formula:
            lines.addWidget(Label(question.formula, strong=True, wrap=True))
        if any(value is not None for value in question.trend):
            lines.addLayout(self._trend(question))
        model = RecordTableModel(self._columns(question, found))
        self.view = RecordTableView(model, "records")
        model.setParent(self.view)
        self.view.setAccessibleName(say("Records"))
        model.set_rows(list(found))
        self.view.row_activated.connect(self.record_opened)
        self.view.export_asked.connect(lambda: self.export_asked.emit(self.view))
        lines.addLayout(self._head(len(found)))
        lines.addWidget(FilteredTable(self.view), 1)
        lines.addWidget(Label(say("Double click or Enter opens a record with its history."), "caption", "quiet"))
        self.setFocusProxy(self.view)
        if found:
            self.view.setCurrentIndex(model.index(0, 0))

    def _trend(self, question: Question) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Label(say("Last 13 weeks"), "caption", "quiet"))
        line = Sparkline(question.trend)
        line.setMinimumWidth(theme.current().px(160))
        row.addWidget(line, 1)
        return row

    def _head(self, many: int) -> QHBoxLayout:
        row = QHBoxLayout()
        word = say("record") if many == 1 else say("records")
        row.addWidget(Label(f"{many:,} {word}" if many else say("No records."), "section"), 1)
        self.open = Button(say("Open"), icon="eye")
        self.open.setEnabled(bool(many))
        self.open.clicked.connect(self._on_open_clicked)
        self.export = Button(say("Export…"), icon="export")
        self.export.setEnabled(bool(many))
        self.export.clicked.connect(lambda: self.export_asked.emit(self.view))
        row.addWidget(self.open)
        row.addWidget(self.export)
        return row

    def _on_open_clicked(self) -> None:
        record = self.view.selected_record
        if record is not None:
            self.record_opened.emit(record)

    def _columns(self, question: Question, found: Sequence[FoundRecord]) -> list[Column]:
        money = any(one.money for one in found)
        premium = any(one.premium for one in found) and not money
        kind = Kind.MONEY_EXACT if money else Kind.COUNT
        # a column of ones says less than the premium beside it
        telling = not premium or any(one.amount != 1 for one in found)
        when = Column("at", say("When"), Kind.DATE, lambda one: date.fromisoformat(one.at[:10]))
        columns = [
            when,
            Column("what", say("What"), Kind.TEXT, _subject, width=110, tooltip=_subject),
            # a lead beside dollars counts one, and is no cent
            Column(
                "amount", say("Amount"), kind, lambda one: one.amount if one.money == money else None, visible=telling
            ),
        ]
        if premium:
            columns.append(Column("premium", say("Premium"), Kind.MONEY, lambda one: one.premium))
        if len({one.role for one in found}) > 1:
            columns.append(Column("role", say("Counts"), Kind.TEXT, lambda one: roles()[one.role]))
        columns += [
            Column("file", say("File"), Kind.TEXT, _file_words, width=104, tooltip=_file_words),
            Column("line", say("Line"), Kind.COUNT, lambda one: one.line, why=_file_words),
            Column("who", say("Who"), Kind.TEXT, _who, width=120, visible=question.producer is None, tooltip=_who),
            Column("detail", say("Detail"), Kind.TEXT, lambda one: one.detail.replace("_", " "), width=120),
        ]
        return columns


def _subject(one: FoundRecord) -> str:
    return one.subject or formats.EM_DASH


def _who(one: FoundRecord) -> str:
    return one.producer_name or say("unassigned")


def _file_words(one: FoundRecord) -> str:
    return origin_words(one.file, one.sheet, None, one.entered)
