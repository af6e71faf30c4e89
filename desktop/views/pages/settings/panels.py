"""The panels of the settings page: a form, the holidays, a grid.

Each shows preferences and asks by signal for changes; a refusal is shown where it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.services import drafts
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

_TYPED_DAY = "holidays"
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(,[0-9]{3})+")
"""A comma parts thousands, or is a slip."""


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
                self._refuse(key, why)

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

    def _refuse(self, key: str, why: str) -> None:
        """Says why at the field; what was typed into it stays until it is right, or given up with Esc."""
        self.form.set_error(self.widgets[key], why)
        if self.drafts is not None:
            self.drafts.hold_refused([key])

    def _on_edited(self, field: Field, edit: QLineEdit) -> None:
        if not edit.isModified():
            return
        text = edit.text().strip()
        if field.number and not _WHOLE.fullmatch(text):
            self._refuse(field.key, say("Give a whole number."))
            return
        edit.setModified(False)
        self._ask(field.key, int(text.replace(",", "")) if field.number else text)

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


class HolidaysPanel(Panel):
    """The federal holidays, or a list of one's own."""

    grows = True

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._days: tuple[date, ...] = ()
        self._today = today
        self._context: PageContext | None = None
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
        """The days in order, and a day that was typed and not added yet."""
        if self._context is not None and not self._days:
            self._context.ask(drafts.held_fields, _TYPED_DAY, {"day": ""}, on_finished=self._on_held)
        self._days = shown.holidays
        self.federal.setChecked(shown.federal)
        self.table.records.set_rows(list(shown.holidays))
        today = self._today()
        self.table.select_record(lambda day: day >= today)

    def texts(self) -> list[str]:
        """Holidays."""
        return [say("Holidays"), self.federal.text()]

    def keep_drafts(self, context: PageContext) -> None:
        """A day typed and not added yet outlives a crash."""
        self._context = context
        self.day.lineEdit().textEdited.connect(self._on_day_typed)
        self.day.dateChanged.connect(self._on_day_typed)

    def _on_day_typed(self) -> None:
        if self._context is not None:
            self._context.ask(drafts.hold_field, _TYPED_DAY, "day", "", self.day.text())

    def _on_held(self, found: Mapping[str, str]) -> None:
        if "day" in found and not self.day.hasFocus():
            self.day.lineEdit().setText(found["day"])

    def _on_federal_clicked(self, on: bool) -> None:
        self.changed.emit({"holidays": None if on else [day.isoformat() for day in self._days]})

    def _on_add_clicked(self) -> None:
        day = self.day.date()
        if self._context is not None:
            self._context.ask(drafts.forget_field, _TYPED_DAY, "day")
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
