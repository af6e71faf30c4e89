"""The small questions of the people page: who is new, and from when somebody is back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.dialogs.answering import add_answers
from desktop.views.pages.people import words
from desktop.views.pages.people.words import say
from desktop.views.widgets.forms import FormBuilder


class NewPersonDialog(QDialog):
    """Asks for code, name, role, level and first day; `asked` when they shall be kept, and the caller closes."""

    asked = Signal(str, object)

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Add a Person"))
        self.setAccessibleName(self.windowTitle())
        self.form = FormBuilder(label_width=110)
        self.name = self.form.add_row(say("&Name"), QLineEdit())
        self.code = self.form.add_row(say("&Code"), QLineEdit(code), say("Short, and no one else's; it never changes."))
        self.role = self.form.add_row(say("&Role"), QComboBox())
        for key in ("producer", "csr", "manager"):
            self.role.addItem(words.role(key), key)
        self.level = self.form.add_row(say("&Level"), QComboBox())
        for key in ("new", "veteran"):
            self.level.addItem(words.level(key), key)
        self.hired = self.form.add_row(say("&Hired on"), QLineEdit(), say("Empty where it does not matter any more."))
        self.name.setMinimumWidth(theme.current().px(300))
        lines = QVBoxLayout(self)
        lines.addWidget(self.form)
        box, self.keep, self.leave = add_answers(self, say("Add Person"), say("Leave as It Was"))
        box.accepted.connect(self._on_accepted)
        lines.addWidget(box, 0, Qt.AlignmentFlag.AlignRight)

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What is typed into."""
        return {"name": self.name, "code": self.code, "hired_on": self.hired}

    def show_problems(self, reasons: Mapping[str, str]) -> None:
        """Marks fields."""
        for name, widget in (("name", self.name), ("producer_code", self.code), ("hired_on", self.hired)):
            self.form.set_error(widget, reasons.get(name, ""))

    def _on_accepted(self) -> None:
        texts = {
            "name": self.name.text(),
            "role": str(self.role.currentData()),
            "level": str(self.level.currentData()),
            "hired_on": self.hired.text(),
        }
        self.asked.emit(self.code.text(), texts)


class RehireDialog(QDialog):
    """Asks from which day somebody is back: one after the last day there was, `left`."""

    def __init__(self, name: str, today: date, left: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("{} comes back").format(name))
        self.setAccessibleName(self.windowTitle())
        form = FormBuilder(label_width=110)
        self.day = form.add_row(
            say("&First day"), QDateEdit(QDate(today.year, today.month, today.day)),
            say("The time between is kept as leave: no target falls into it, and it costs nothing."),
        )  # fmt: skip
        self.day.setDisplayFormat("MM/dd/yyyy")
        self.day.setCalendarPopup(True)
        if left is not None:
            self.day.setMinimumDate(QDate(left.year, left.month, left.day).addDays(1))
        lines = QVBoxLayout(self)
        lines.addWidget(form)
        box, self.keep, _leave = add_answers(self, say("Take Back"), say("Leave as It Was"))
        box.accepted.connect(self.accept)
        lines.addWidget(box, 0, Qt.AlignmentFlag.AlignRight)

    @property
    def chosen(self) -> date:
        """The first day back."""
        day = self.day.date()
        return date(day.year(), day.month(), day.day())
