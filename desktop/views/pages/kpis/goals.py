"""The form behind "Target…": dated targets of the agency or one producer, and the agency's bands.

Knows texts; reading and keeping them is the services' business.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.services import goals
from desktop.services.goals import Measure
from desktop.views import theme
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.words import say
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label


class GoalDialog(QDialog):
    """`goal_kept` carries (value or None, date), `bands_kept` the two edges or None; both may follow one press."""

    goal_kept = Signal(object, object)
    bands_kept = Signal(object)

    def __init__(self, measure: Measure, whose: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measure = measure
        kpi = words.kpi_of(measure.kpi_id)
        self.setWindowTitle(say("Target of {}").format(kpi.label.lower()))
        self._form = FormBuilder(label_width=130)
        self._form.add_section(say("Target of {}").format(whose))
        said = say("Empty takes the target of that day away.")
        self.value = self._form.add_row(say("Target"), QLineEdit(self._last()), said)
        self.start = self._form.add_row(
            say("From"), QDateEdit(QDate(today.year, today.month, today.day)), say("Earlier periods keep theirs.")
        )
        self.start.setDisplayFormat("MM/dd/yyyy")
        self.start.setCalendarPopup(True)
        self.green: QLineEdit | None = None
        self.red: QLineEdit | None = None
        self._add_bands()
        lines = QVBoxLayout(self)
        lines.addWidget(self._form)
        history = self._history()
        if history:
            lines.addWidget(Label(history, "caption", "quiet", wrap=True))
        lines.addWidget(self._buttons(), 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(theme.current().px(440))

    def _last(self) -> str:
        return goals.typed(self._measure.kpi_id, self._measure.goals[-1].value) if self._measure.goals else ""

    def _add_bands(self) -> None:
        """The agency's bands, where the KPI has plain ones and nobody in particular is asked for."""
        bands = self._measure.bands
        if bands is None or self._measure.producer is not None or isinstance(bands[0], tuple):
            return
        self._form.add_section(say("Bands of the agency"))
        texts = [goals.typed(self._measure.kpi_id, float(edge)) for edge in bands]
        self.green = self._form.add_row(say("Green beyond"), QLineEdit(texts[0]))
        self.red = self._form.add_row(say("Red beyond"), QLineEdit(texts[1]), say("Yellow between them."))

    def _history(self) -> str:
        if not self._measure.goals:
            return ""
        said = [
            say("{value} from {day}").format(
                value=goals.typed(self._measure.kpi_id, one.value), day=f"{one.effective_from:%m/%d/%Y}"
            )
            for one in self._measure.goals
        ]
        return say("Until now: {}.").format(", ".join(said))

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        keep = buttons.addButton(say("Keep Target"), QDialogButtonBox.ButtonRole.AcceptRole)
        leave = buttons.addButton(say("Leave as It Was"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (keep, leave):
            button.setAccessibleName(button.text())
        keep.setProperty("role", "main")
        keep.setDefault(True)
        buttons.accepted.connect(self.keep)
        buttons.rejected.connect(self.reject)
        return buttons

    def keep(self) -> None:
        """Hands on what was changed, or marks what cannot be read."""
        value, value_read = self._number(self.value)
        edges = [self._number(field) for field in (self.green, self.red) if field is not None]
        if not value_read or not all(read for _, read in edges):
            return
        chosen = self.start.date()
        start = date(chosen.year(), chosen.month(), chosen.day())
        if self.value.text().strip() != self._last() or (start not in self._days() and self.value.isModified()):
            self.goal_kept.emit(value, start)
        found = tuple(edge for edge, _ in edges)
        if found and found != self._measure.bands:
            self.bands_kept.emit(found if None not in found else None)
        self.accept()

    def _days(self) -> set[date]:
        return {one.effective_from for one in self._measure.goals}

    def _number(self, field: QLineEdit) -> tuple[float | None, bool]:
        """(value, whether it could be read)."""
        try:
            value = goals.number(self._measure.kpi_id, field.text())
        except UserError as error:
            self._form.set_error(field, error.what)
            return None, False
        self._form.set_error(field, "")
        return value, True
