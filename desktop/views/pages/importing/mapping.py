"""The mapping page: what a file's rows and columns are, said by a person, with what that makes of the first rows.

Shows and gathers; reading, trying and keeping are asked for by signals.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.services.mappings import Draft, Layout, Part, Trial, open_questions
from desktop.views import theme
from desktop.views.pages.importing import words
from desktop.views.pages.importing.describing import PartForm, Picker, column_words, examples, tables_in_words
from desktop.views.pages.importing.parts import make_table
from desktop.views.tables import Column, FilteredTable, Kind
from desktop.views.theme import Status
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.chips import StatusChip
from desktop.views.widgets.labels import Card, ElidedLabel, Label
from desktop.views.widgets.naming import NamedTabs

_SETTLE_MS = 250


class MappingView(QWidget):
    """The file's columns at the left, ours at the right, and below what can be read so far.

    `trial_asked` and `save_asked` carry a Layout, `table_asked` the table for which suggestions are wanted.
    """

    trial_asked = Signal(object)
    save_asked = Signal(object)
    table_asked = Signal(str)
    left = Signal()

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._trial: Trial | None = None
        self._pending_further = False
        self.forms: list[PartForm] = []
        self.row_is = self._table_picker(self.tr("Choose…"))
        self.row_is.setAccessibleName(self.tr("One row of the file is"))
        self.also = self._table_picker(self.tr("nothing else"))
        self.also.setAccessibleName(self.tr("One row of the file is also"))
        self.name = QLineEdit(draft.layout.name)
        self.name.setAccessibleName(self.tr("Name of the profile"))
        self.name.setMaxLength(80)
        self.save = Button(self.tr("Save and Read Again"), "main", "save")
        self.back = Button(self.tr("Back"))
        self.tabs = NamedTabs(self.tr("Our columns"))
        self.columns = self._columns_table()
        self.reasons = make_table("import.mapping.reasons", self.tr("Why rows are rejected"), self._reasons(), [])
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._arrange()
        self._connect()
        for number, part in enumerate(draft.layout.parts):
            self._add_form(part, draft.hints[number])
        self.tabs.setCurrentIndex(0)
        self._show_tables()
        self._on_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, nothing is tried any more."""
        self._settle.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Back in sight, what was changed meanwhile is tried."""
        super().showEvent(event)
        if self._trial is None:
            self._settle.start()

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What is typed into."""
        return {"name": self.name}

    @property
    def leave(self) -> QPushButton:
        """Gives up what was typed."""
        return self.back

    def layout_said(self) -> Layout:
        """The layout as it is said now."""
        parts = tuple(form.part() for form in self.forms)
        return Layout(self.name.text().strip(), self._draft.sample.headings, parts)

    def add_suggestion(self, part: Part, hints: Mapping[str, str]) -> None:
        """Takes the suggestions that were asked for: in place of the main table, or as a further one."""
        if self._pending_further:
            self._add_form(part, hints)
        else:
            self._replace_first(part, hints)
        self._show_tables()
        self._on_changed()

    def show_trial(self, trial: Trial) -> None:
        """Says what can be read, what cannot and why, and what is still needed."""
        self._trial = trial
        self._sentence.setText(self._in_words(trial))
        good = Status.GOOD if not trial.rejected else Status.NEAR
        self._chip.set_status(Status.NONE if trial.questions else good if trial.readable else Status.BAD)
        self._notes.setText(" ".join(trial.notes))
        self._notes.setVisible(bool(trial.notes))
        self.reasons.view.records.set_rows(list(trial.reasons))
        self.reasons.setVisible(bool(trial.reasons))
        self._update_save()

    def show_problem(self, text: str) -> None:
        """Says why nothing can be read as it is said now."""
        self._trial = None
        self._sentence.setText(text)
        self._chip.set_status(Status.BAD)
        self._update_save()

    # --- what it is made of ------------------------------------------------------------------------------------------

    def _table_picker(self, nothing: str) -> Picker:
        box = Picker()
        box.addItem(nothing, "")
        for table, said in tables_in_words().items():
            box.addItem(said, table)
        return box

    def _columns_table(self) -> FilteredTable:
        columns = [
            Column("heading", self.tr("Column in the file"), Kind.TEXT, lambda row: row[0], width=150),
            Column("values", self.tr("Values"), Kind.TEXT, lambda row: row[1], width=170, tooltip=lambda row: row[1]),
            Column("ours", self.tr("Goes to"), Kind.TEXT, lambda row: row[2], width=170, tooltip=lambda row: row[2]),
        ]
        return make_table("import.mapping.columns", self.tr("Columns of the file"), columns, [])

    def _reasons(self) -> list[Column]:
        return [
            Column("rows", self.tr("Rows"), Kind.COUNT, lambda one: one.rows, width=70),
            Column("column", self.tr("Column"), Kind.TEXT, lambda one: one.column, width=150),
            Column("reason", self.tr("Why"), Kind.TEXT, lambda one: one.reason, width=420, tooltip=lambda o: o.reason),
            Column("line", self.tr("First line"), Kind.COUNT, lambda one: one.line, width=90),
            Column("value", self.tr("Value there"), Kind.TEXT, lambda one: one.value, width=160),
        ]

    def _arrange(self) -> None:
        look = theme.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look.unit(1.5))
        lines.addWidget(self._head())
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.setChildrenCollapsible(False)
        self.halves.addWidget(self.columns)
        self.halves.addWidget(self._right())
        self.halves.setHandleWidth(look.unit(2))
        self.halves.setMinimumHeight(look.px(200))
        self.halves.setSizes([look.px(480), look.px(560)])
        lines.addWidget(self.halves, 1)
        lines.addWidget(self._foot())

    def _head(self) -> Card:
        card = Card()
        sample = self._draft.sample
        title = sample.file if sample.sheet is None else f"{sample.file} · {sample.sheet}"
        top = QHBoxLayout()
        top.addWidget(ElidedLabel(title, "section"), 1)
        top.addWidget(self.back)
        top.addWidget(self.save)
        card.body.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(theme.current().unit())
        pairs = (
            (self.tr("One row &is"), self.row_is), (self.tr("and a&lso"), self.also), (self.tr("Save &as"), self.name),
        )  # fmt: skip
        for text, widget in pairs:
            label = Label(text, tone="quiet")
            label.setBuddy(widget)
            row.addWidget(label)
            row.addWidget(widget, 1)
        card.body.addLayout(row)
        return card

    def _right(self) -> QStackedWidget:
        self.right = QStackedWidget()
        ask = QWidget()
        lines = QVBoxLayout(ask)
        lines.addStretch(1)
        lines.addWidget(Label(self.tr("What is one row of this file?"), "section"), 0, Qt.AlignmentFlag.AlignHCenter)
        hint = self.tr("Choose it above. The columns that are sure are then filled in, the others are asked.")
        lines.addWidget(Label(hint, tone="quiet"), 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(1)
        self.right.addWidget(ask)
        self.right.addWidget(self.tabs)
        return self.right

    def _foot(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        self._chip = StatusChip(Status.NONE, compact=True)
        self._sentence = Label("", strong=True, wrap=True)
        row.addWidget(self._chip)
        row.addWidget(self._sentence, 1)
        card.body.addLayout(row)
        self._notes = Label("", "caption", "quiet", wrap=True)
        self._notes.setVisible(False)
        card.body.addWidget(self._notes)
        self.reasons.view.setMinimumHeight(theme.current().px(84))
        self.reasons.setFixedHeight(theme.current().px(116))
        self.reasons.setVisible(False)
        card.body.addWidget(self.reasons)
        return card

    def _connect(self) -> None:
        self._settle.timeout.connect(self._on_settled)
        self.row_is.activated.connect(self._on_row_is_activated)
        self.also.activated.connect(self._on_also_activated)
        self.name.textChanged.connect(self._update_save)
        self.save.clicked.connect(lambda: self.save_asked.emit(self.layout_said()))
        self.back.clicked.connect(self.left)

    # --- parts -------------------------------------------------------------------------------------------------------

    def _add_form(self, part: Part, hints: Mapping[str, str], at: int | None = None) -> None:
        form = PartForm(part, hints, self._draft.sample, self._draft.people, first=at == 0 or not self.forms)
        form.changed.connect(self._on_changed)
        form.remove_asked.connect(lambda: self._remove(form))
        place = len(self.forms) if at is None else at
        self.forms.insert(place, form)
        self.tabs.insertTab(place, form, words.table_words(part.table).capitalize())
        self.tabs.setCurrentIndex(place)

    def _replace_first(self, part: Part, hints: Mapping[str, str]) -> None:
        if self.forms:
            self._drop(self.forms[0])
        for form in [one for one in self.forms if one.table == part.table]:
            self._drop(form)
        self._add_form(part, hints, 0)

    def _remove(self, form: PartForm) -> None:
        self._drop(form)
        self._show_tables()
        self._on_changed()
        self.also.setFocus()

    def _drop(self, form: PartForm) -> None:
        self.forms.remove(form)
        self.tabs.removeTab(self.tabs.indexOf(form))
        form.hide()
        form.deleteLater()

    def _show_tables(self) -> None:
        self.right.setCurrentIndex(1 if self.forms else 0)
        self.row_is.choose(self.forms[0].table if self.forms else "")
        self.also.setEnabled(bool(self.forms))
        self.also.choose("")

    def _on_row_is_activated(self) -> None:
        table = self.row_is.currentData()
        if table and (not self.forms or self.forms[0].table != table):
            self._pending_further = False
            self.table_asked.emit(table)
        else:
            self._show_tables()

    def _on_also_activated(self) -> None:
        table = self.also.currentData()
        if table and all(form.table != table for form in self.forms):
            self._pending_further = True
            self.table_asked.emit(table)
        else:
            self._show_tables()

    # --- what it makes of the file -----------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self._trial = None
        self._show_goes_to()
        self._update_save()
        self._settle.start()

    def _on_settled(self) -> None:
        if self.forms:
            layout = self.layout_said()
            for form, part in zip(self.forms, layout.parts, strict=True):
                form.mark_questions(open_questions(part))
            self.trial_asked.emit(layout)
        else:
            self.show_problem(self.tr("Nothing can be read before it is said what one row is."))
            self._chip.set_status(Status.NONE)

    def _show_goes_to(self) -> None:
        """Beside each column of the file, which of ours it fills."""
        goes: dict[str, list[str]] = {}
        for form in self.forms:
            for name, heading in form.part().columns:
                goes.setdefault(heading, []).append(words.field_words(f"{form.table}.{name}"))
        sample = self._draft.sample
        nowhere = words.field_words(None)
        rows = [(one, examples(sample, one), ", ".join(goes.get(one, [nowhere]))) for one in sample.headings]
        self.columns.view.records.set_rows(rows)

    def _update_save(self) -> None:
        asked = self._trial is not None and not self._trial.questions
        self.save.setEnabled(asked and bool(self.name.text().strip()))

    def _in_words(self, trial: Trial) -> str:
        total = words.rows(trial.rows)
        sample = self.tr("the first {}").format(total) if trial.more else total
        said = self.tr("{} of {} can be read").format(f"{trial.readable:,}", sample)
        said += self.tr("; {} rejected.").format(f"{trial.rejected:,}") if trial.rejected else "."
        if trial.questions:
            names = ", ".join(dict.fromkeys(column_words(name) for _at, name in trial.questions))
            return self.tr("Still needed: {}. So far {}").format(names, said)
        if trial.made:
            made = ", ".join(f"{words.table_words(table)} {rows:,}" for table, rows in trial.made)
            said += " " + self.tr("They make: {}.").format(made)
        return said
