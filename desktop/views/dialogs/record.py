"""One record as a sheet of the drawer: every field with where it came from, the file's other columns, and its history.

A field can be corrected here; reading and storing the value is the services' business.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core.templates import Cell, Kind
from desktop.services.records import FieldDetail, HistoryEntry, RecordDetail
from desktop.views import theme
from desktop.views.dialogs.answering import add_answers
from desktop.views.dialogs.records import origin_words
from desktop.views.tables import Column, FilteredTable, RecordTableModel, RecordTableView, formats
from desktop.views.tables import Kind as Shown
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import NamedTabs


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Record", text)


_INITIALS = frozenset({"csr", "id", "zip"})


def heading(name: str) -> str:
    """A column's name as a user reads it."""
    words = " ".join(word.upper() if word in _INITIALS else word for word in name.split("_"))
    return f"{words[:1].upper()}{words[1:]}"


def cell_words(value: Cell, kind: Kind) -> str:
    """A stored value as it is shown."""
    if value is None:
        return formats.EM_DASH
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if kind is Kind.MONEY and isinstance(value, (int, float)):
        return formats.money_exact(int(value))
    if kind is Kind.RATE and isinstance(value, (int, float)):
        return formats.percent(value)
    if kind is Kind.DATE:
        return formats.day(date.fromisoformat(str(value)[:10]))
    if kind is Kind.MOMENT:
        text = str(value)
        return (
            formats.day(date.fromisoformat(text)) if len(text) == 10 else formats.moment(datetime.fromisoformat(text))
        )
    return heading(str(value)) if kind is Kind.CHOICE else str(value)


def _moment(text: str) -> str:
    """A moment, or a day where no time of day is known."""
    return formats.day(date.fromisoformat(text)) if len(text) == 10 else formats.moment(datetime.fromisoformat(text))


def editable_words(value: Cell, kind: Kind) -> str:
    """A stored value as it is typed."""
    return "" if value is None else cell_words(value, kind)


class RecordSheet(QWidget):
    """Fields, notes and history. `correction_asked` carries the field, one of those named in `correctable`."""

    correction_asked = Signal(object)

    def __init__(self, detail: RecordDetail, correctable: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._correctable = frozenset(correctable)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        said = say("From {}").format(origin_words(detail.file, detail.sheet, detail.line, detail.entered))
        lines.addWidget(Label(said, tone="quiet", wrap=True))
        tabs = NamedTabs(say("Record"))
        tabs.addTab(self._fields(detail), say("Fields"))
        if detail.notes:
            tabs.addTab(self._notes(detail.notes), say("Other columns"))
        tabs.addTab(self._history(detail.history), say("History ({})").format(len(detail.history)))
        lines.addWidget(tabs, 1)

    def _fields(self, detail: RecordDetail) -> QWidget:
        columns = [
            Column("name", say("Field"), Shown.TEXT, lambda one: heading(one.name)),
            Column("value", say("Value"), Shown.TEXT, lambda one: cell_words(one.value, one.kind), width=150),
            Column(
                "origin",
                say("Where from"),
                Shown.TEXT,
                lambda one: (
                    formats.EM_DASH
                    if one.value is None and not one.entered
                    else origin_words(one.file, one.sheet, one.line, one.entered)
                ),
                width=190,
            ),
        ]
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, theme.current().unit(), 0, 0)
        table, self.fields = _table("record.fields", say("Fields"), columns, detail.fields)
        lines.addWidget(table, 1)
        self.correct = Button(say("Correct…"), icon="edit")
        self.correct.setEnabled(False)
        self.correct.clicked.connect(self._on_correct_clicked)
        self.fields.row_selected.connect(self._on_selected)
        self.fields.row_activated.connect(lambda _: self._on_correct_clicked())
        row = QHBoxLayout()
        row.addWidget(Label(say("A corrected value is kept when the file is imported again."), "caption", "quiet"), 1)
        row.addWidget(self.correct)
        lines.addLayout(row)
        return holder

    def _notes(self, notes: Sequence[tuple[str, str]]) -> FilteredTable:
        columns = [
            Column("name", say("Column in the file"), Shown.TEXT, lambda one: one[0]),
            Column("value", say("Value"), Shown.TEXT, lambda one: str(one[1]), width=280),
        ]
        return _table("record.notes", say("Other columns"), columns, notes)[0]

    def _history(self, entries: Sequence[HistoryEntry]) -> FilteredTable:
        columns = [
            Column("at", say("When"), Shown.DATETIME, lambda one: datetime.fromisoformat(one.at)),
            Column("label", say("What"), Shown.TEXT, lambda one: one.label, width=140),
            Column("field", say("Field"), Shown.TEXT, lambda one: heading(one.field or say("record"))),
            Column("before", say("Before"), Shown.TEXT, lambda one: _plain(one.before)),
            Column("after", say("After"), Shown.TEXT, lambda one: _plain(one.after)),
            Column("who", say("Who"), Shown.TEXT, lambda one: one.who),
        ]
        return _table("record.history", say("History"), columns, entries)[0]

    def _on_selected(self, field: FieldDetail | None) -> None:
        may = field is not None and field.name in self._correctable
        self.correct.setEnabled(may)
        names = field is not None and not may and bool(self._correctable)
        self.correct.setToolTip(say("This field says which record it is.") if names else "")

    def _on_correct_clicked(self) -> None:
        field = self.fields.selected_record
        if field is not None and field.name in self._correctable:
            self.correction_asked.emit(field)


def _plain(value: Cell) -> str:
    return formats.EM_DASH if value is None else str(value)


def _table(
    name: str, said: str, columns: Sequence[Column], rows: Sequence[object]
) -> tuple[FilteredTable, RecordTableView]:
    model = RecordTableModel(columns)
    view = RecordTableView(model, name)
    model.setParent(view)
    view.setAccessibleName(said)
    model.set_rows(list(rows))
    view.horizontalHeader().setStretchLastSection(True)
    return FilteredTable(view), view


class CorrectionDialog(QDialog):
    """Asks for the right value of one field; an empty one clears it."""

    def __init__(self, field: FieldDetail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = heading(field.name)
        self.setWindowTitle(say("Correct {}").format(name.lower()))
        form = FormBuilder(label_width=120)
        self.value = form.add_row(
            name,
            QLineEdit(editable_words(field.value, field.kind)),
            say("Kept as typed; later imports do not change it."),
        )
        self.value.setMinimumWidth(theme.current().px(280))
        self.value.selectAll()
        buttons, self.keep, self.leave = add_answers(self, say("Keep Correction"), say("Leave as It Was"))
        buttons.accepted.connect(self.accept)
        lines = QVBoxLayout(self)
        lines.addWidget(form)
        lines.addWidget(buttons, 0, Qt.AlignmentFlag.AlignRight)

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What is typed into."""
        return {"value": self.value}

    @property
    def text(self) -> str:
        """What was typed."""
        return self.value.text()
