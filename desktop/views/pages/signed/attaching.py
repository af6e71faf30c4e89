"""Asks to which scorecard a scan belongs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import periods
from desktop.services.papers import Guess
from desktop.views.dialogs.answering import press_on_enter
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label
from desktop.views.widgets.week_picker import WeekPicker


class AttachDialog(QDialog):
    """A producer and a week for one scan; `import_instead` tells that it was no scan at all."""

    def __init__(self, file: Path, guess: Guess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self.import_instead = False
        self.setWindowTitle(self.tr("Attach a Signed Scan"))
        self.setAccessibleName(self.windowTitle())
        form = FormBuilder(label_width=100)
        self.producer = form.add_row(self.tr("&Producer"), QComboBox())
        for code, name in guess.people:
            self.producer.addItem(f"{name} ({code})", code)
        self.producer.setCurrentIndex(self.producer.findData(guess.producer))
        self.week = form.add_row(self.tr("&Week"), WeekPicker(guess.week))
        self.keep = Button(self.tr("Attach"), "main")
        self.instead = Button(self.tr("Import It Instead"), "quiet")
        self.leave = Button(self.tr("Cancel"))
        self.keep.setEnabled(bool(guess.people))
        self.keep.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        self.instead.clicked.connect(self._on_instead_clicked)
        lines = QVBoxLayout(self)
        question = self.tr("To which signed scorecard does {file} belong?").format(file=file.name)
        lines.addWidget(Label(question, strong=True, wrap=True))
        lines.addWidget(form)
        row = QHBoxLayout()
        row.addWidget(self.instead)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.keep)
        lines.addLayout(row)
        press_on_enter(self.keep)

    @property
    def answer(self) -> tuple[str, str]:
        """The week's ISO name and the producer's code."""
        return periods.week_name(self.week.week), str(self.producer.currentData())

    def _on_instead_clicked(self) -> None:
        self.import_instead = True
        self.reject()
