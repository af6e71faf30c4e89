"""Asks for a Monday run: which week, into which folder, and whether each producer is sent their own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.core import periods
from desktop.core.periods import Period
from desktop.services.batch import Round
from desktop.views import theme
from desktop.views.dialogs.answering import add_answers
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.week_picker import WeekPicker


class MondayRunDialog(QDialog):
    """A small form; `round` is what was asked for."""

    def __init__(self, week: Period, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Monday Run"))
        self.setAccessibleName(self.windowTitle())
        form = FormBuilder(label_width=120)
        self.picker = form.add_row(self.tr("Week"), WeekPicker(week))
        self.save = form.add_row(self.tr("Files"), QCheckBox(self.tr("Save the scorecards and the cover")))
        self.folder = QLineEdit(str(folder))
        self.choose = Button(self.tr("Choose…"))
        form.add_row(
            self.tr("Folder"), self._folder_row(), self.tr("Each week has a folder of its own below it, by year.")
        )
        self.mail = form.add_row(
            self.tr("E-mail"),
            QCheckBox(self.tr("Send each producer their own scorecard")),
            self.tr("Goes through the mail server in Settings, to the addresses on the People page."),
        )
        self.save.setChecked(True)
        lines = QVBoxLayout(self)
        lines.addWidget(form)
        answers, self.start, _leave = add_answers(self, self.tr("Start"), self.tr("Cancel"))
        answers.accepted.connect(self.accept)
        lines.addWidget(answers, 0, Qt.AlignmentFlag.AlignRight)
        self._name_all()
        for box in (self.save, self.mail):
            box.toggled.connect(self._on_changed)
        self.folder.textChanged.connect(self._on_changed)
        self.choose.clicked.connect(self._on_choose_clicked)

    @property
    def round(self) -> Round:
        """What the form says now."""
        folder = Path(self.folder.text().strip()).expanduser() if self.save.isChecked() else None
        return Round(periods.week_name(self.picker.week), folder, self.mail.isChecked())

    def _folder_row(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        self.folder.setMinimumWidth(theme.current().px(320))
        return box

    def _name_all(self) -> None:
        self.folder.setAccessibleName(self.tr("Folder"))
        self.choose.setAccessibleName(self.tr("Choose the folder"))
        self.save.setAccessibleName(self.save.text())
        self.mail.setAccessibleName(self.mail.text())

    def _on_changed(self) -> None:
        saves = self.save.isChecked()
        self.folder.setEnabled(saves)
        self.choose.setEnabled(saves)
        self.start.setEnabled((saves and bool(self.folder.text().strip())) or (not saves and self.mail.isChecked()))

    def _on_choose_clicked(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Save the scorecards in"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
