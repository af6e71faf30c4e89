"""The business hours of each weekday, typed as people write times. Knows texts; keeping them is the page's business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit

from desktop.core.clocks import read_clock, write_clock
from desktop.errors import UserError
from desktop.services.preferences import Preferences
from desktop.settings import Json
from desktop.views import theme
from desktop.views.dialogs.drafting import FieldDrafts
from desktop.views.pages.settings import words
from desktop.views.pages.settings.panels import Panel
from desktop.views.pages.settings.words import say
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import name_control

_USUAL = ("08:00", "18:00")
"""What stands greyed at a free day, and holds at first once it becomes a working day."""


@dataclass(frozen=True, slots=True)
class _Day:
    number: str
    name: str
    works: QCheckBox
    start: QLineEdit
    end: QLineEdit

    @property
    def edits(self) -> tuple[QLineEdit, QLineEdit]:
        return self.start, self.end

    def read(self) -> list[Json]:
        """The span as it is kept. UserError where a time is none, or the end lies before the beginning."""
        start = read_clock(self.start.text())
        end = read_clock(self.end.text(), start)
        if start is None or end is None:
            typed = (self.start if start is None else self.end).text()
            raise UserError(
                say("{day}: {typed} is no time of day.").format(day=self.name, typed=f"“{typed}”"),
                say("Give one like 8:30 AM."),
            )
        if end <= start and end != time(0):
            raise UserError(
                say("{day}: {end} is not after {start}.").format(
                    day=self.name, start=write_clock(start), end=write_clock(end)
                ),
                say("The day ends at midnight (12:00 AM) at the latest."),
            )
        return [f"{start:%H:%M}", "24:00" if end == time(0) else f"{end:%H:%M}"]


class HoursPanel(Panel):
    """From when to when the agency works, by weekday; a day that cannot be kept stays as typed, with the reason."""

    def __init__(self) -> None:
        super().__init__()
        self.drafts: FieldDrafts | None = None
        self._kept: dict[str, Any] = {}
        self._why: dict[QLineEdit, str] = {}
        self._grid = QGridLayout(self)
        look = theme.current()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.unit(2))
        self._grid.setVerticalSpacing(look.unit())
        note = say(
            "Working days and business minutes count inside these hours; part-time targets are measured by them."
        )
        self._grid.addWidget(Label(note, "caption", "quiet", wrap=True), 0, 0, 1, 5)
        self.days = tuple(self._day(number, name) for number, name in enumerate(words.weekdays(), 1))
        self.problem = Label("", "caption", "bad", wrap=True)
        self.problem.setVisible(False)
        self._grid.addWidget(self.problem, 8, 0, 1, 5)
        self._grid.setColumnStretch(4, 1)

    def keep_drafts(self, context: PageContext) -> None:
        """Times half typed or refused outlive a crash."""
        edits = {f"{day.number} {end}": edit for day in self.days for end, edit in enumerate(day.edits)}
        self.drafts = FieldDrafts(context, edits, self._mark)

    def show_preferences(self, shown: Preferences) -> None:
        """Shows the hours; what is typed over the same hours stays."""
        hours: Any = shown.values["hours"]
        if hours == self._kept:
            return
        self._kept = dict(hours)
        kept: dict[str, str] = {}
        self._say_at({})
        for day in self.days:
            self._free_or_not(day)
            for end, (edit, text) in enumerate(zip(day.edits, self._span(day), strict=True)):
                if not (edit.hasFocus() and edit.isModified()):
                    edit.setText(text)
                # nothing is offered over a free day's times
                kept[f"{day.number} {end}"] = text if day.works.isChecked() else ""
        if self.drafts is not None:
            self.drafts.show("settings of hours", kept)

    def show_problem(self, keys: Sequence[str], why: str) -> None:
        """Under the days; the days are those that are kept."""
        for day in self.days:
            self._free_or_not(day)
        self.problem.setText(why)
        self.problem.setVisible(True)

    def texts(self) -> list[str]:
        """The weekdays."""
        return [say("Business hours"), *words.weekdays()]

    def _day(self, number: int, name: str) -> _Day:
        works = QCheckBox(name)
        works.setAccessibleName(say("{} is a working day").format(name))
        day = _Day(str(number), name, works, QLineEdit(), QLineEdit())
        works.clicked.connect(lambda: self._on_edited(day))
        for edit, what in zip(day.edits, (say("{} from"), say("{} to")), strict=True):
            name_control(edit, what.format(name))
            edit.setAccessibleDescription(say("A time like 8:30 AM"))
            edit.setFixedWidth(theme.current().px(110))
            edit.editingFinished.connect(lambda edit=edit: self._on_left(day, edit))
        self._grid.addWidget(works, number, 0)
        self._grid.addWidget(day.start, number, 1)
        self._grid.addWidget(Label(say("to"), tone="quiet"), number, 2)
        self._grid.addWidget(day.end, number, 3)
        return day

    def _span(self, day: _Day) -> tuple[str, str]:
        start, end = (read_clock(text) or time(0) for text in self._kept.get(day.number, _USUAL))
        return write_clock(start), write_clock(end)

    def _free_or_not(self, day: _Day) -> None:
        works = day.number in self._kept
        day.works.setChecked(works)
        for edit in day.edits:
            edit.setEnabled(works)

    def _on_left(self, day: _Day, edit: QLineEdit) -> None:
        if edit.isModified():
            self._on_edited(day)

    def _on_edited(self, day: _Day) -> None:
        """Keeps the day; where it cannot be, says why and leaves it as typed."""
        for edit in day.edits:
            edit.setEnabled(day.works.isChecked())
        self._say_at(dict.fromkeys(day.edits, ""))
        wanted = {number: span for number, span in self._kept.items() if number != day.number}
        if day.works.isChecked():
            try:
                wanted[day.number] = day.read()
            except UserError as error:
                self._refuse(day, f"{error.what} {error.what_to_do}")
                return
            for edit, text in zip(day.edits, wanted[day.number], strict=True):
                edit.setText(write_clock(read_clock(text) or time(0)))
        if not wanted:
            self.show_problem(["hours"], say("Some day must have business hours."))
            return
        if wanted != self._kept:
            self.changed.emit({"hours": {number: wanted[number] for number in sorted(wanted)}})

    def _refuse(self, day: _Day, why: str) -> None:
        typed = [edit for edit in day.edits if edit.isModified()]
        self._say_at(dict.fromkeys(typed or day.edits, why))
        if self.drafts is not None:
            self.drafts.hold_refused(f"{day.number} {end}" for end, edit in enumerate(day.edits) if edit in typed)

    def _mark(self, edit: QLineEdit, why: str) -> None:
        self._say_at({edit: f"{edit.accessibleName()}: {why}" if why else ""})

    def _say_at(self, reasons: Mapping[QLineEdit, str]) -> None:
        """Marks the times, or takes their marks away, and says under the days all that is wrong by now."""
        self._why = {edit: why for edit, why in {**self._why, **reasons}.items() if why} if reasons else {}
        for edit in (edit for day in self.days for edit in day.edits):
            wrong = edit in self._why
            if bool(edit.property("invalid")) != wrong:
                edit.setProperty("invalid", wrong)
                edit.style().unpolish(edit)
                edit.style().polish(edit)
        self.problem.setText("\n".join(dict.fromkeys(self._why.values())))
        self.problem.setVisible(bool(self._why))
