"""The form behind "Target…": dated targets and dated bands of the agency or of one producer.

Knows texts; reading and keeping them is the services' business.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.core.kpis.definition import Better
from desktop.core.kpis.edges import check_way
from desktop.errors import UserError
from desktop.services import goals
from desktop.services.goals import Measure
from desktop.views import theme
from desktop.views.dialogs.answering import add_answers
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.words import say
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label


class GoalDialog(QDialog):
    """`goal_kept` carries (value or None, date), `bands_kept` (two edges or ranges, or None, and the date).

    Both may follow one press.
    """

    goal_kept = Signal(object, object)
    bands_kept = Signal(object, object)

    def __init__(self, measure: Measure, whose: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measure = measure
        kpi = words.kpi_of(measure.kpi_id)
        self.setWindowTitle(say("Target of {}").format(kpi.label.lower()))
        self._form = FormBuilder(label_width=130)
        self._form.add_section(say("Target · {}").format(whose))
        self.start = self._form.add_row(
            say("From"), QDateEdit(QDate(today.year, today.month, today.day)), say("Earlier periods keep theirs.")
        )
        self.start.setDisplayFormat("MM/dd/yyyy")
        self.start.setCalendarPopup(True)
        said = say("Empty takes the target of that day away.")
        self.value = self._form.add_row(say("Target"), QLineEdit(self._last()), said)
        self.green: QLineEdit | None = None
        self.red: QLineEdit | None = None
        self._add_bands(whose)
        lines = QVBoxLayout(self)
        lines.addWidget(self._form)
        history = self._history()
        if history:
            lines.addWidget(Label(history, "caption", "quiet", wrap=True))
        box, _keep, self.leave = add_answers(self, say("Keep"), say("Leave as It Was"))
        box.accepted.connect(self.keep)
        lines.addWidget(box, 0, Qt.AlignmentFlag.AlignRight)
        self.value.setFocus()
        self.setMinimumWidth(theme.current().px(440))

    def _last(self) -> str:
        return goals.typed(self._measure.kpi_id, self._measure.goals[-1].value) if self._measure.goals else ""

    def _add_bands(self, whose: str) -> None:
        """The bands in force, where the KPI may have any: a producer's own take the place of the agency's."""
        if not self._measure.has_bands:
            return
        ranged = words.kpi_of(self._measure.kpi_id).better is Better.BETWEEN
        self._form.add_section(say("Bands · {}").format(whose))
        green, red = self._edges()
        names = (say("Green inside"), say("Red outside")) if ranged else (say("Green beyond"), say("Red beyond"))
        self.green = self._form.add_row(names[0], QLineEdit(green))
        said = say("Yellow between them. Empty takes the bands of that day away.")
        self.red = self._form.add_row(names[1], QLineEdit(red), said)

    def _edges(self) -> tuple[str, str]:
        bands = self._measure.bands
        if bands is None:
            return "", ""
        green, red = (goals.edge_typed(self._measure.kpi_id, one) for one in bands)
        return green, red

    def _history(self) -> str:
        """What has been set so far, each from its day."""
        kpi_id = self._measure.kpi_id
        targets = [(one.effective_from, goals.typed(kpi_id, one.value)) for one in self._measure.goals]
        bands = [
            (one.start, " / ".join(goals.edge_typed(kpi_id, edge) for edge in one.band)) for one in self._measure.dated
        ]
        return "\n".join(
            part for part in (_told(say("Targets: {}."), targets), _told(say("Bands: {}."), bands)) if part
        )

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What is typed into."""
        fields = {"target": self.value, "green": self.green, "red": self.red}
        return {name: field for name, field in fields.items() if field is not None}

    def keep(self) -> None:
        """Hands on what was changed, or marks what cannot be read."""
        value, value_read = self._read(self.value)
        edges, edges_read = self._read_edges()
        if not value_read or not edges_read:
            return
        chosen = self.start.date()
        start = date(chosen.year(), chosen.month(), chosen.day())
        if self.value.text().strip() != self._last() or (start not in self._days() and self.value.isModified()):
            number = value if not isinstance(value, tuple) else None
            self.goal_kept.emit(number, start)
        if self.green is not None and edges != self._measure.bands:
            self.bands_kept.emit(edges, start)
        self.accept()

    def _days(self) -> set[date]:
        return {one.effective_from for one in self._measure.goals}

    def _read_edges(self) -> tuple[object, bool]:
        """(both edges or None, whether they could be read)."""
        if self.green is None or self.red is None:
            return None, True
        (green, is_green), (red, is_red) = (self._read(field) for field in (self.green, self.red))
        if not (is_green and is_red):
            return None, False
        if (green is None) != (red is None):
            self._form.set_error(self.red if red is None else self.green, say("Give both, or leave both empty."))
            return None, False
        if green is None or red is None:
            return None, True
        try:
            check_way(words.kpi_of(self._measure.kpi_id), (green, red))
        except UserError as error:
            self._form.set_error(self.red, f"{error.what} {error.what_to_do}")
            return None, False
        return (green, red), True

    def _read(self, field: QLineEdit) -> tuple[goals.Edge | None, bool]:
        """(value, whether it could be read); a range only where the field is an edge."""
        reader = goals.number if field is self.value else goals.edge
        try:
            value = reader(self._measure.kpi_id, field.text())
        except UserError as error:
            self._form.set_error(field, error.what)
            return None, False
        self._form.set_error(field, "")
        return value, True


def _told(sentence: str, steps: Sequence[tuple[date, str]]) -> str:
    """What was set from which day on; empty without any."""
    said = [say("{value} from {day}").format(value=value, day=f"{day:%m/%d/%Y}") for day, value in steps]
    return sentence.format(", ".join(said)) if said else ""
