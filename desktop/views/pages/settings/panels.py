"""The panels of the settings page: a form, the business hours, the holidays, a grid.

Each shows preferences and asks by signal for changes; a refusal is shown where it belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.services.preferences import Preferences
from desktop.settings import Json
from desktop.views import theme
from desktop.views.dialogs.drafting import FieldDrafts
from desktop.views.dialogs.gridding import GridEditor
from desktop.views.pages.settings import words
from desktop.views.pages.settings.words import say
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import name_control


class Panel(QWidget):
    """One section. `changed` carries {key: value}; `grows`: whether it wants all the room there is."""

    changed = Signal(object)
    grows = False

    def show_preferences(self, shown: Preferences) -> None:
        """Shows what is kept."""

    def show_problem(self, keys: Sequence[str], why: str) -> None:
        """Says why a change could not be kept."""

    def texts(self) -> list[str]:
        """The words by which the section is found."""
        return []


@dataclass(frozen=True, slots=True)
class Field:
    """One setting of a form: text, number, flag, or a choice of (value, words)."""

    key: str
    label: str
    help: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    number: bool = False
    flag: bool = False


class FormPanel(Panel):
    """Settings of one value each, kept as soon as a field is left."""

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self._fields = {field.key: field for field in fields}
        self.form = FormBuilder(label_width=190)
        self.widgets: dict[str, QWidget] = {}
        self.drafts: FieldDrafts | None = None
        for field in fields:
            self.widgets[field.key] = self.form.add_row(field.label, self._widget(field), field.help)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.form)
        self.setMaximumWidth(theme.current().px(760))

    def keep_drafts(self, context: PageContext, name: str) -> None:
        """What is typed into a field and not left yet is held under `name`, so that it outlives a crash."""
        edits = {key: widget for key, widget in self.widgets.items() if isinstance(widget, QLineEdit)}
        if edits:
            self.drafts = FieldDrafts(context, edits, self.form.set_error)
            self._drafted_as = name

    def show_preferences(self, shown: Preferences) -> None:
        """Fills the fields; one with words not kept yet stays as typed."""
        for key, widget in self.widgets.items():
            value = shown.values[key]
            if isinstance(widget, QComboBox):
                if key == "routing.overflow":
                    _fill(widget, ((None, say("nobody")), *shown.people))
                _choose(widget, value)
            elif isinstance(widget, QCheckBox):
                widget.setChecked(bool(value))
            elif isinstance(widget, QLineEdit):
                text = _shown(value)
                if widget.text() != text and not widget.isModified():
                    widget.setText(text)
        if self.drafts is not None:
            self.drafts.show(self._drafted_as, {key: _shown(shown.values[key]) for key in self.widgets})

    def show_problem(self, keys: Sequence[str], why: str) -> None:
        """Marks the field."""
        for key in keys:
            if key in self.widgets:
                self.form.set_error(self.widgets[key], why)

    def texts(self) -> list[str]:
        """Labels and help."""
        return [text for field in self._fields.values() for text in (field.label, field.help)]

    def _widget(self, field: Field) -> QWidget:
        if field.flag:
            box = QCheckBox()
            box.clicked.connect(lambda on: self._ask(field.key, on))
            return box
        if field.choices or field.key == "routing.overflow":
            choice = QComboBox()
            _fill(choice, field.choices)
            choice.activated.connect(lambda _row: self._ask(field.key, choice.currentData()))
            return choice
        edit = QLineEdit()
        edit.editingFinished.connect(lambda: self._on_edited(field, edit))
        return edit

    def _on_edited(self, field: Field, edit: QLineEdit) -> None:
        if not edit.isModified():
            return
        edit.setModified(False)
        text = edit.text().strip()
        if not field.number:
            self._ask(field.key, text)
            return
        try:
            self._ask(field.key, int(text.replace(",", "")))
        except ValueError:
            self.form.set_error(edit, say("Give a whole number."))

    def _ask(self, key: str, value: Json) -> None:
        self.form.set_error(self.widgets[key], "")
        self.changed.emit({key: value})


def _shown(value: Json) -> str:
    return "" if value is None else str(value)


def _fill(box: QComboBox, choices: Sequence[tuple[Any, str]]) -> None:
    if [box.itemData(at) for at in range(box.count())] == [value for value, _words in choices]:
        return
    box.clear()
    for value, text in choices:
        box.addItem(text, value)


def _choose(box: QComboBox, value: Json) -> None:
    at = box.findData(value)
    if at < 0:
        box.addItem(str(value), value)
        at = box.count() - 1
    box.setCurrentIndex(at)


class HoursPanel(Panel):
    """From when to when the agency works, by weekday."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        look = theme.current()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.unit(2))
        grid.setVerticalSpacing(look.unit())
        note = say(
            "Working days and business minutes count inside these hours; part-time targets are measured by them."
        )
        grid.addWidget(Label(note, "caption", "quiet", wrap=True), 0, 0, 1, 4)
        self.days: list[tuple[QCheckBox, QTimeEdit, QTimeEdit]] = []
        for number, name in enumerate(words.weekdays()):
            box = QCheckBox(name)
            box.setAccessibleName(say("{} is a working day").format(name))
            ends = QTimeEdit(), QTimeEdit()
            for edit, what in zip(ends, (say("{} from"), say("{} to")), strict=True):
                edit.setDisplayFormat("h:mm AP")
                name_control(edit, what.format(name))
                edit.setKeyboardTracking(False)
                edit.setMinimumWidth(look.px(110))
                edit.editingFinished.connect(self._on_edited)
            box.clicked.connect(self._on_edited)
            grid.addWidget(box, number + 1, 0)
            grid.addWidget(ends[0], number + 1, 1)
            grid.addWidget(Label(say("to"), tone="quiet"), number + 1, 2)
            grid.addWidget(ends[1], number + 1, 3)
            self.days.append((box, *ends))
        self.problem = Label("", "caption", "bad", wrap=True)
        self.problem.setVisible(False)
        grid.addWidget(self.problem, 8, 0, 1, 4)
        grid.setColumnStretch(4, 1)
        self._kept: Json = None

    def show_preferences(self, shown: Preferences) -> None:
        """Shows the hours; a free day keeps its times greyed."""
        hours: Any = shown.values["hours"]
        self._kept = hours
        self.problem.setVisible(False)
        self._mark(hours)
        for number, (box, start, end) in enumerate(self.days):
            span = hours.get(str(number + 1))
            box.setChecked(span is not None)
            for edit, text in zip((start, end), span or ("08:00", "18:00"), strict=True):
                edit.setEnabled(span is not None)
                edit.setTime(QTime.fromString("00:00" if text == "24:00" else text, "HH:mm"))

    def show_problem(self, keys: Sequence[str], why: str) -> None:
        """Under the days."""
        self.problem.setText(why)
        self.problem.setVisible(True)

    def texts(self) -> list[str]:
        """The weekdays."""
        return [say("Business hours"), *words.weekdays()]

    def _on_edited(self) -> None:
        wanted: dict[str, Json] = {}
        for number, (box, start, end) in enumerate(self.days):
            start.setEnabled(box.isChecked())
            end.setEnabled(box.isChecked())
            if box.isChecked():
                until = end.time().toString("HH:mm")
                wanted[str(number + 1)] = [start.time().toString("HH:mm"), "24:00" if until == "00:00" else until]
        self.problem.setVisible(False)
        self._mark(wanted)
        if wanted != self._kept:
            self.changed.emit({"hours": wanted})

    def _mark(self, wanted: Mapping[str, Any]) -> None:
        """The ends that lie before their beginnings are red; why is said below once it is refused."""
        for number, (_box, _start, end) in enumerate(self.days):
            span = wanted.get(str(number + 1))
            wrong = span is not None and span[0] >= span[1]
            if bool(end.property("invalid")) != wrong:
                end.setProperty("invalid", wrong)
                end.style().unpolish(end)
                end.style().polish(end)


class HolidaysPanel(Panel):
    """The federal holidays, or a list of one's own."""

    grows = True

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._days: tuple[date, ...] = ()
        self._today = today
        self.federal = QCheckBox(say("The US federal holidays, on the days they are observed"))
        self.federal.setAccessibleName(self.federal.text())
        self.federal.clicked.connect(self._on_federal_clicked)
        model = RecordTableModel(
            [
                Column("day", say("Day"), Kind.DATE, lambda day: day, width=130),
                Column("weekday", say("Weekday"), Kind.TEXT, lambda day: words.weekdays()[day.weekday()], width=140),
                Column("year", say("Year"), Kind.TEXT, lambda day: str(day.year)),
            ]
        )
        self.table = RecordTableView(model, "settings.holidays")
        model.setParent(self.table)
        self.table.setAccessibleName(say("Holidays"))
        now = today()
        self.day = QDateEdit(QDate(now.year, now.month, now.day))
        self.day.setDisplayFormat("MM/dd/yyyy")
        self.day.setCalendarPopup(True)
        name_control(self.day, say("Day to be added"))
        self.add = Button(say("Add Day"), icon="plus")
        self.remove = Button(say("Remove Day"), icon="trash")
        self.add.clicked.connect(self._on_add_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.remove.setEnabled(False)
        self.table.row_selected.connect(lambda one: self.remove.setEnabled(one is not None))
        row = QHBoxLayout()
        for widget in (self.day, self.add, self.remove):
            row.addWidget(widget)
        row.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        lines.addWidget(self.federal)
        note = say("A day added or removed makes the list the agency's own: what stands here then counts, and no more.")
        lines.addWidget(Label(note, "caption", "quiet", wrap=True))
        lines.addWidget(FilteredTable(self.table), 1)
        lines.addLayout(row)

    def show_preferences(self, shown: Preferences) -> None:
        """The days in order."""
        self._days = shown.holidays
        self.federal.setChecked(shown.federal)
        self.table.records.set_rows(list(shown.holidays))
        today = self._today()
        self.table.select_record(lambda day: day >= today)

    def texts(self) -> list[str]:
        """Holidays."""
        return [say("Holidays"), self.federal.text()]

    def _on_federal_clicked(self, on: bool) -> None:
        self.changed.emit({"holidays": None if on else [day.isoformat() for day in self._days]})

    def _on_add_clicked(self) -> None:
        day = self.day.date()
        self._keep({*self._days, date(day.year(), day.month(), day.day())})

    def _on_remove_clicked(self) -> None:
        chosen = self.table.selected_record
        if chosen is not None:
            self._keep({day for day in self._days if day != chosen})

    def _keep(self, days: set[date]) -> None:
        self.changed.emit({"holidays": [day.isoformat() for day in sorted(days)]})


class GridPanel(Panel):
    """Grids of settings, one above the other. `kept` carries a grid's name and its lines."""

    kept = Signal(str, object)
    grows = True

    def __init__(self, titles: Mapping[str, str], form: FormPanel | None = None) -> None:
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit(1.5))
        self._titles = titles
        self.form = form
        if form is not None:
            form.changed.connect(self.changed)
            lines.addWidget(form)
        self.editors: dict[str, GridEditor] = {}
        for name, title in titles.items():
            if len(titles) > 1 or form is not None:
                lines.addWidget(Label(title, "section", strong=True))
            spare = 5 if name in ("lines", "carriers", "sources") else 0
            editor = GridEditor(title, words.grid_columns(name), words.grid_help(name), spare)
            editor.kept.connect(lambda found, name=name: self.kept.emit(name, found))
            self.editors[name] = editor
            lines.addWidget(editor, 1)

    def show_preferences(self, shown: Preferences) -> None:
        """The lines of each grid."""
        for name, editor in self.editors.items():
            editor.show_lines(shown.tables[name])
        if self.form is not None:
            self.form.show_preferences(shown)

    def show_problem(self, keys: Sequence[str], why: str) -> None:
        """In the form above, if it is about that."""
        if self.form is not None:
            self.form.show_problem(keys, why)

    def texts(self) -> list[str]:
        """Titles, columns and help."""
        found = [*self._titles.values()]
        for name in self.editors:
            found += [words.grid_help(name), *(column.title for column in words.grid_columns(name))]
        return found + (self.form.texts() if self.form is not None else [])
