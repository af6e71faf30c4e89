"""Asks for which system and which days new leads are written as records; the file is the service's work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.periods import Filter
from desktop.errors import UserError
from desktop.services import ams_leads
from desktop.services.ams_leads import WrittenLeads
from desktop.views import theme
from desktop.views.dialogs.answering import add_answers
from desktop.views.pages.routing.words import say
from desktop.views.widgets.banner import MessageBar
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label
from desktop.views.widgets.period_picker import PeriodPicker


class AmsDialog(QDialog):
    """Names the system and the days; `written` carries what was written."""

    written = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(say("New Leads for the AMS"))
        self.messages = MessageBar()
        self.system = QComboBox()
        self.system.setAccessibleName(say("Management system"))
        for key, name in ams_leads.NAMES.items():
            self.system.addItem(name, key)
        self.picker = PeriodPicker(context.today, Filter.WEEK)
        row = QHBoxLayout()
        row.addWidget(self.system)
        row.addWidget(self.picker)
        row.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setSpacing(theme.current().unit())
        lines.addWidget(self.messages)
        lines.addWidget(Label(say("The leads received on these days, one record each:"), wrap=True))
        lines.addLayout(row)
        lines.addWidget(
            Label(
                say("Name, phone, e-mail, source, line, producer, status, when received and notes, under the headings"
                    " that the system's own import offers. Merged duplicates are left out."),
                "caption", "quiet", wrap=True,
            )
        )  # fmt: skip
        box, self.go, _leave = add_answers(self, say("Save CSV…"), say("Cancel"))
        box.accepted.connect(self._on_go_clicked)
        lines.addWidget(box)
        self.setMinimumWidth(theme.current().px(520))

    def _on_go_clicked(self) -> None:
        system = str(self.system.currentData())
        chosen, _kind = QFileDialog.getSaveFileName(
            self, say("New Leads for the AMS"), f"leads-{system}.csv", say("CSV (*.csv)")
        )
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Has the file written."""
        self._context.ask(
            ams_leads.write, str(self.system.currentData()), self.picker.period, self._context.now(), path,
            on_finished=self._on_written, on_failed=self._on_failed, label=say("Writing leads"),
        )  # fmt: skip

    def _on_written(self, made: WrittenLeads) -> None:
        self.written.emit(made)
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.show_error(error)
        else:
            self._context.executor.failed.emit(error)
