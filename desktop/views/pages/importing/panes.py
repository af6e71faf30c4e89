"""The right side of a preview: the import as a whole with its questions, and each file by itself.

Knows a preview's records; applying it is the page's business.
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from desktop.services.previews import FilePreview, Preview
from desktop.views import theme
from desktop.views.dialogs import stated
from desktop.views.pages.importing import doubts, earlier, parts, words
from desktop.views.pages.importing.earlier import EarlierFiles
from desktop.views.pages.importing.mending import MendingPane
from desktop.views.pages.importing.names import NameQuestions, open_names
from desktop.views.pages.importing.parts import Figures, Notes, Rejected
from desktop.views.tables import FilteredTable
from desktop.views.tables.formats import counted
from desktop.views.theme import Status
from desktop.views.widgets.banner import Banner
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Card, ElidedLabel, Label
from desktop.views.widgets.naming import NamedTabs, name_control


class WholePane(QWidget):
    """All files together: counts, unknown names with a choice for each, notes, and files left out."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.questions = NameQuestions(preview.unknown, preview.people, guesses=preview.guesses)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit(1.5))
        lines.addWidget(self._counts(preview))
        if preview.unknown:
            lines.addWidget(self._questions(preview))
        notes = [*preview.notes, *(f"{file.file}: {note}" for file in preview.files for note in file.notes)]
        if notes:
            card = Card(self.tr("Worth knowing"))
            card.body.addWidget(Notes(notes))
            lines.addWidget(card)
        problems = [str(file.problem) for file in preview.files if file.problem is not None]
        if problems:
            card = Card(self.tr("Left out"))
            card.body.addWidget(Notes(problems, "warning", "bad"))
            lines.addWidget(card)
        lines.addStretch(1)

    def answers(self) -> dict[str, str]:
        """What was decided about unknown names."""
        return self.questions.answers()

    def _counts(self, preview: Preview) -> Card:
        files = preview.files
        usable = [file for file in files if file.problem is None]
        card = Card(self.tr("What this import would do"))
        sums = (sum(getattr(f, key) for f in usable) for key in ("inserted", "updated", "unchanged", "rejected"))
        card.body.addWidget(Figures(*sums))
        said = counted(len(usable), self.tr("file"), self.tr("files"))
        tables = sorted({words.table_words(file.table) for file in usable if file.table})
        sentence = self.tr("{} can be read").format(said) + (f": {', '.join(tables)}." if tables else ".")
        card.body.addWidget(Label(sentence, tone="quiet", wrap=True))
        return card

    def _questions(self, preview: Preview) -> Card:
        card = Card(open_names(len(preview.unknown)))
        asked = self.tr("Say once who is meant; it is remembered. Undecided rows are kept, as unassigned.")
        card.body.addWidget(Label(asked, tone="quiet", wrap=True))
        card.body.addWidget(self.questions)
        return card


class FilePane(QWidget):
    """One file: what it was taken for, what its rows would do, and in tabs its columns, rows and rejects."""

    period_given = Signal(object)
    rejects_asked = Signal(object)
    columns_asked = Signal(object)
    retried = Signal(object)
    rows_saved = Signal(object, object)

    def __init__(self, file: FilePreview, today: date) -> None:
        super().__init__()
        self._file = file
        self.mending: MendingPane | None = None
        self.tabs: QTabWidget | None = None
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit(1.5))
        lines.addWidget(self._head())
        if file.needs_period:
            lines.addWidget(self._period(today))
        if file.headings:
            self.tabs = self._tabs()
            lines.addWidget(self.tabs, 1)
        else:
            lines.addStretch(1)

    def show_rejected(self) -> None:
        """Brings the rejected rows up, where there are some."""
        if self.tabs is not None and self._file.rejects:
            self.tabs.setCurrentWidget(self.rejected)

    def _head(self) -> Card:
        file = self._file
        card = Card()
        top = QHBoxLayout()
        top.addWidget(ElidedLabel(file.file if file.sheet is None else f"{file.file} · {file.sheet}", "section"), 1)
        if file.header_line and file.headings:
            top.addWidget(self._describe())
        card.body.addLayout(top)
        card.body.addWidget(Label(self._what_it_is(), tone="quiet", wrap=True))
        if file.problem is not None:
            status = Status.NEAR if file.needs_period else Status.BAD
            card.body.addWidget(Banner(status, file.problem.what, file.problem.what_to_do))
        else:
            card.body.addWidget(Figures(file.inserted, file.updated, file.unchanged, file.rejected))
        sentence, status = words.totals(file)
        if sentence:
            icon = "check-circle" if status is Status.GOOD else "warning"
            card.body.addWidget(Notes([sentence], icon, status.role))
        notes = [*file.notes, *earlier.sentences(file.ties, file.table)]
        if file.doubts:
            notes.insert(0, doubts.sentence(file.doubts))
        if file.stated:
            notes.insert(0, words.beside(file.stated))
        if notes:
            card.body.addWidget(Notes(notes))
        return card

    def _describe(self) -> Button:
        """The way to the mapping page: the answer to an unknown file, a quiet offer for a known one."""
        known = self._file.profile is not None
        text = self.tr("Change the Columns…") if known else self.tr("Say What Its Columns Are…")
        self.describe = Button(text, "quiet" if known else "main", "columns")
        self.describe.clicked.connect(lambda: self.columns_asked.emit(self._file))
        return self.describe

    def _what_it_is(self) -> str:
        file = self._file
        if not file.title:
            return self.tr("No known layout fits this file.")
        said = [file.title]
        if file.table not in file.title:
            said.append(self.tr("goes to {}").format(words.table_words(file.table)))
        if file.rows:
            said.append(words.rows(file.rows))
        if file.header_line > 1:
            said.append(self.tr("heading on line {}").format(file.header_line))
        return " · ".join(said)

    def _period(self, today: date) -> Card:
        card = Card(self.tr("Which days does this file cover?"))
        self.start = self._date(self.tr("From"), today - timedelta(days=today.weekday() + 7))
        self.end = self._date(self.tr("To"), today - timedelta(days=today.weekday() + 1))
        self.read_again = Button(self.tr("Read Again"), "main")
        self.read_again.clicked.connect(self._on_read_again_clicked)
        row = QHBoxLayout()
        for name, field in ((self.tr("From"), self.start), (self.tr("To"), self.end)):
            label = Label(name, tone="quiet")
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
        row.addWidget(self.read_again)
        row.addStretch(1)
        card.body.addLayout(row)
        hint = self.tr("Its totals are counted on the last of these days.")
        card.body.addWidget(Label(hint, "caption", "quiet", wrap=True))
        return card

    def _date(self, name: str, day: date) -> QDateEdit:
        field = QDateEdit(QDate(day.year, day.month, day.day))
        field.setDisplayFormat("MM/dd/yyyy")
        field.setCalendarPopup(True)
        name_control(field, name)
        return field

    def _on_read_again_clicked(self) -> None:
        start, end = (_as_date(field.date()) for field in (self.start, self.end))
        self.period_given.emit((min(start, end), max(start, end)))

    def _tabs(self) -> QTabWidget:
        file = self._file
        tabs = NamedTabs(self.tr("What is in the file"))
        first = file.samples[0][1] if file.samples else ()
        tabs.addTab(parts.mapping_table(file.mapping, first), self.tr("Columns"))
        tabs.addTab(parts.sample_table(file.headings, file.samples), self.tr("First rows"))
        if file.rejects:
            self.rejected = self._rejected()
            tabs.addTab(self.rejected, self.tr("Rejected ({})").format(f"{file.rejected:,}"))
        if file.doubts:
            tabs.addTab(doubts.table(file.doubts), self.tr("Questions ({})").format(f"{len(file.doubts):,}"))
        if file.stated:
            tabs.addTab(
                FilteredTable(stated.make_view(file.stated)), self.tr("Beside ours ({})").format(len(file.stated))
            )
        if file.ties:
            tabs.addTab(EarlierFiles(file.ties), self.tr("Earlier files ({})").format(len(file.ties)))
        if file.skipped:
            lines = [(one.line, one.why) for one in file.skipped]
            tabs.addTab(parts.skipped_table(lines), self.tr("No data ({})").format(f"{len(lines):,}"))
        return tabs

    def _mending(self) -> MendingPane:
        made = self.mending = MendingPane(self._file)
        made.retried.connect(self.retried)
        made.saved.connect(self.rows_saved)
        made.all_saved.connect(lambda: self.rejects_asked.emit(self._issues()))
        return made

    def _issues(self) -> list[Rejected]:
        return [Rejected(one.line, one.column, one.value, one.reason) for one in self._file.rejects]

    def _rejected(self) -> QWidget:
        """A grid to mend them in; a plain list where the rows have no cells, as in JSON."""
        if self._file.rejected_rows:
            return self._mending()
        rejects = self._issues()
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, theme.current().unit(), 0, 0)
        lines.addWidget(parts.reject_table(rejects), 1)
        save = Button(self.tr("Save Rejected Rows…"), icon="save")
        save.clicked.connect(lambda: self.rejects_asked.emit(rejects))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(save)
        lines.addLayout(row)
        return holder


def _as_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
