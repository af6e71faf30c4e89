"""One table's half of the mapping page: each of our columns with the file's column, or one value, that fills it.

Knows a sample and a part; what the layout as a whole makes of the file is the view's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.templates import Kind
from desktop.services import mappings
from desktop.services.mappings import LEAVE_EMPTY, PERIOD, Field, Part, Sample, Word
from desktop.services.previews import Choice
from desktop.views import theme
from desktop.views.pages.importing import words
from desktop.views.pages.importing.words import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.naming import name_control

_NOTHING, _SAME, _HEADING = "", "same", "heading:"
_DATES = frozenset({Kind.DATE, Kind.MOMENT})
_EXAMPLES = 3


class Picker(QComboBox):
    """A choice that the wheel passes over unless it has the focus, so that scrolling a form changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the form unless the choice is being made."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def choose(self, data: str) -> None:
        """Chooses the entry that carries `data`, the first where there is none."""
        self.setCurrentIndex(max(self.findData(data), 0))


def examples(sample: Sample, heading: str, most: int = _EXAMPLES) -> str:
    """The first different values of a column."""
    at = sample.headings.index(heading)
    found: dict[str, None] = {}
    for record in sample.records:
        text = record[at].strip() if at < len(record) else ""
        if text:
            found.setdefault(" ".join(text.split())[:40])
        if len(found) >= most:
            break
    return ", ".join(found)


def column_words(name: str) -> str:
    """Our column as a user reads it."""
    return name.replace("_", " ")


class WordChoices(FormBuilder):
    """What each word of a column of choices means, where the program does not know it."""

    changed = Signal()

    def __init__(self, asked: Sequence[Word], meanings: Sequence[str], required: bool) -> None:
        super().__init__(label_width=150)
        self.choices: dict[str, Picker] = {}
        for word in asked:
            box = Picker()
            box.addItem(self.tr("Not said: such rows are rejected"), "")
            for meaning in meanings:
                shown = self.tr("Leave empty") if meaning == LEAVE_EMPTY else column_words(meaning)
                box.addItem(shown, meaning)
            box.choose(word.meaning)
            shown = f"“{word.text}”".replace("&", "&&")
            self.add_row(shown, box)
            box.setAccessibleName(self.tr("What {} means ({})").format(word.text, words.rows(word.rows)))
            box.setToolTip(words.rows(word.rows))
            box.currentIndexChanged.connect(self.changed)
            self.choices[word.text] = box

    def said(self) -> tuple[tuple[str, str], ...]:
        """Each word with its meaning, as far as it was said."""
        return tuple((text, box.currentData()) for text, box in self.choices.items() if box.currentData())


class ColumnRow(QWidget):
    """Where one of our columns comes from: a column of the file, one value for all rows, or nowhere."""

    changed = Signal()

    def __init__(self, table: str, field: Field, sample: Sample, people: Sequence[Choice]) -> None:
        super().__init__()
        self._table, self._field, self._sample = table, field, sample
        self.words: WordChoices | None = None
        self.source = Picker()
        self.value = self._value_box(people)
        self._row = QHBoxLayout()
        self._row.addWidget(self.source, 2)
        self._row.addWidget(self.value, 1)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.current().px(4))
        self._lines.addLayout(self._row)
        self.setFocusProxy(self.source)
        self._fill()
        self.source.currentIndexChanged.connect(self._on_source_changed)
        self.value.currentTextChanged.connect(lambda _text: self.changed.emit())

    def setAccessibleName(self, name: str) -> None:
        """Names the row and what is in it."""
        super().setAccessibleName(name)
        self.source.setAccessibleName(self.tr("{}: column of the file").format(name))
        name_control(self.value, self.tr("{}: value for all rows").format(name))

    def show_part(self, part: Part) -> None:
        """Shows what is said of this column in `part`."""
        columns, constants = dict(part.columns), dict(part.constants)
        name = self._field.name
        self.source.blockSignals(True)
        self.value.blockSignals(True)
        if name in columns:
            self.source.choose(_HEADING + columns[name])
        elif constants.get(name) == PERIOD:
            self.source.choose(PERIOD)
        elif name in constants:
            self.source.choose(_SAME)
            self._show_value(constants[name])
        self.source.blockSignals(False)
        self.value.blockSignals(False)
        self._show_words(dict(part.words).get(name, ()))
        self._show_value_box()

    def heading(self) -> str | None:
        """The column of the file that was chosen."""
        data = str(self.source.currentData())
        return data.removeprefix(_HEADING) if data.startswith(_HEADING) else None

    def constant(self) -> str | None:
        """The value for all rows that was chosen."""
        data = self.source.currentData()
        if data == PERIOD:
            return PERIOD
        if data != _SAME:
            return None
        chosen = self.value.currentData()
        text = self.value.currentText().strip() if self.value.isEditable() else (chosen or "")
        return text or None

    def _fill(self) -> None:
        self.source.addItem(self.tr("Not in the file"), _NOTHING)
        if mappings.constants_of(self._table, self._field.name):
            dated = self._field.kind in _DATES
            shown = self.tr("Last day of the period, asked each time") if dated else self.tr("The same for all rows")
            self.source.addItem(shown, PERIOD if dated else _SAME)
        for heading in self._sample.headings:
            values = examples(self._sample, heading)
            self.source.addItem(f"{heading}  ({values})" if values else heading, _HEADING + heading)
            self.source.setItemData(self.source.count() - 1, values, Qt.ItemDataRole.ToolTipRole)

    def _value_box(self, people: Sequence[Choice]) -> Picker:
        box = Picker()
        field = self._field
        box.addItem(self.tr("Choose…"), "")
        for choice in field.choices:
            box.addItem(column_words(choice), choice)
        if field.kind is Kind.FLAG:
            box.addItem(self.tr("yes"), "yes")
            box.addItem(self.tr("no"), "no")
        if field.kind is Kind.PRODUCER:
            for person in people:
                box.addItem(f"{person.name} ({person.code})", person.code)
        if box.count() == 1:
            box.clear()
            box.setEditable(True)
        return box

    def _show_value(self, text: str) -> None:
        if self.value.isEditable():
            self.value.setEditText(text)
        elif self.value.findData(text) >= 0:
            self.value.choose(text)
        else:
            self.value.addItem(text, text)
            self.value.choose(text)

    def _show_value_box(self) -> None:
        self.value.setVisible(self.source.currentData() == _SAME)

    def _on_source_changed(self) -> None:
        self._show_value_box()
        self._show_words(())
        self.changed.emit()

    def _show_words(self, said: Sequence[tuple[str, str]]) -> None:
        """Asks for the words of a column of choices that are not known by themselves."""
        if self.words is not None:
            self._lines.removeWidget(self.words)
            self.words.hide()
            self.words.deleteLater()
            self.words = None
        heading = self.heading()
        if heading is None:
            return
        found = mappings.words_of(self._sample, self._table, self._field.name, heading, said)
        asked = [word for word in found if not word.known]
        if asked:
            meanings = mappings.meanings_of(self._table, self._field.name)
            self.words = WordChoices(asked, meanings, self._field.required)
            self.words.changed.connect(self.changed)
            self._lines.addWidget(self.words)


class PartForm(QScrollArea):
    """All columns of one table of ours; needed ones first, then those that are known or likely."""

    changed = Signal()
    remove_asked = Signal()

    def __init__(
        self, part: Part, hints: Mapping[str, str], sample: Sample, people: Sequence[Choice], *, first: bool
    ) -> None:
        super().__init__()
        self.table = part.table
        self._said = {name for name, _words in part.words}
        self.rows: dict[str, ColumnRow] = {}
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Columns of {}").format(words.table_words(part.table)))
        holder = QWidget()
        holder.setObjectName("plain")
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, theme.current().unit(), theme.current().unit(), 0)
        self.form = FormBuilder(label_width=132)
        lines.addWidget(self.form)
        if not first:
            remove = Button(self.tr("Make No {} of the Rows").format(words.table_words(part.table).title()), "quiet")
            remove.clicked.connect(self.remove_asked)
            lines.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addStretch(1)
        self._add_rows(part, hints, sample, people)
        self.setWidget(holder)

    def sizeHint(self) -> QSize:
        """As little as shows a few columns: the page must not grow with the table."""
        return QSize(theme.current().px(420), theme.current().px(160))

    def part(self) -> Part:
        """What is said of the table now."""
        columns, constants, meanings = [], [], []
        for name, row in self.rows.items():
            heading, constant = row.heading(), row.constant()
            if heading is not None:
                columns.append((name, heading))
                if row.words is not None and row.words.said():
                    meanings.append((name, row.words.said()))
            elif constant is not None:
                constants.append((name, constant))
        return Part(self.table, tuple(columns), tuple(constants), tuple(meanings))

    def mark_questions(self, names: Sequence[str]) -> None:
        """Says under each needed column that nothing is said of it yet."""
        for name, row in self.rows.items():
            self.form.set_error(row, self.tr("Needed: choose a column or a value.") if name in names else "")

    def _add_rows(self, part: Part, hints: Mapping[str, str], sample: Sample, people: Sequence[Choice]) -> None:
        told = {name for name, _rest in (*part.columns, *part.constants)} | set(hints)
        fields = mappings.fields_of(part.table)
        groups = (
            (self.tr("Needed"), [one for one in fields if one.required]),
            (self.tr("Found"), [one for one in fields if not one.required and one.name in told]),
            (self.tr("May stay empty"), [one for one in fields if not one.required and one.name not in told]),
        )
        for title, members in groups:
            if members:
                self.form.add_section(title)
            for field in members:
                self._add_row(part, field, hints.get(field.name), sample, people)

    def _add_row(self, part: Part, field: Field, hint: str | None, sample: Sample, people: Sequence[Choice]) -> None:
        row = ColumnRow(part.table, field, sample, people)
        label = column_words(field.name) + (" *" if field.required else "")
        self.form.add_row(label, row, self.tr("Perhaps “{}”?").format(hint) if hint else "")
        self._put_label_on_top(row)
        row.show_part(part)
        row.changed.connect(self.changed)
        self.rows[field.name] = row

    def _put_label_on_top(self, row: ColumnRow) -> None:
        """Beside the choice of the column, not beside the middle of its words."""
        label = next((one for one in self.form.findChildren(QLabel) if one.buddy() is row), None)
        grid = self.form.layout()
        if label is not None and grid is not None:
            label.setContentsMargins(0, theme.current().px(6), 0, 0)
            grid.setAlignment(label, Qt.AlignmentFlag.AlignTop)


def tables_in_words() -> dict[str, str]:
    """What one row of a file may be, the usual first."""
    said = {
        "leads": say("a lead, deal or opportunity"),
        "policies": say("a policy term"),
        "activities": say("an activity: call, e-mail, text, meeting"),
        "quotes": say("a quote"),
        "clients": say("a client"),
        "producers": say("a producer or colleague"),
        "stages": say("a stage that a lead or policy entered"),
        "owners": say("a change of a lead’s owner"),
        "sources": say("a lead source and its cost"),
        "territories": say("a territory"),
        "pay": say("a producer’s pay"),
        "targets": say("a target"),
        "premiums": say("a change of a term’s premium"),
        "availability": say("leave, hours or a license"),
        "stated_totals": say("a total that a system states"),
    }
    return {table: said.get(table, words.table_words(table)) for table in (*said, *mappings.MAPPABLE)}
