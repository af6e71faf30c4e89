"""The form of one person's facts: each is kept as soon as its field is left. Asks by signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.services.people import Member
from desktop.views import theme
from desktop.views.dialogs.drafting import FieldDrafts
from desktop.views.pages.people import words
from desktop.views.pages.people.words import say
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.forms import FormBuilder

_CHOICES = {"role": ("producer", "csr", "manager"), "level": ("veteran", "new"), "status": ("active", "inactive")}
_PEOPLE = ("manager", "backup")


class FactsForm(QWidget):
    """`changed` carries {field: text} of the person shown."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.form = FormBuilder(label_width=120)
        self.widgets: dict[str, QWidget] = {}
        for name, label, help_text in words.fields():
            self.widgets[name] = self.form.add_row(label, self._widget(name), help_text)
        lines = QVBoxLayout(self)
        look = theme.current()
        lines.setContentsMargins(0, look.unit(), look.unit(), 0)
        lines.addWidget(self.form)
        lines.addStretch(1)
        self._shown: Member | None = None
        self.drafts: FieldDrafts | None = None

    def keep_drafts(self, context: PageContext) -> None:
        """What is typed into a field and not left yet outlives a crash."""
        edits = {name: widget for name, widget in self.widgets.items() if isinstance(widget, QLineEdit)}
        self.drafts = FieldDrafts(context, edits, self.form.set_error)

    def show_member(self, one: Member, everybody: Sequence[Member], here: bool) -> None:
        """Fills the form; a field with words not kept yet stays as typed. Who is not `here` any more is inactive."""
        other = self._shown is None or self._shown.code != one.code
        self._shown = one
        for name, widget in self.widgets.items():
            if isinstance(widget, QComboBox):
                if name in _PEOPLE:
                    _fill(widget, [("", say("nobody")), *((p.code, p.name) for p in everybody if p.code != one.code)])
                wanted = one.text(name) or (_CHOICES.get(name, ("",))[0])
                if name == "status" and not here:
                    wanted = "inactive"
                widget.setCurrentIndex(max(widget.findData(wanted), 0))
            elif isinstance(widget, QLineEdit) and (other or not widget.isModified()):
                text = one.text(name)
                if widget.text() != text or other:
                    widget.setText(text)
        if other:
            for widget in self.widgets.values():
                self.form.set_error(widget, "")
        if self.drafts is not None:
            self.drafts.show(f"facts of {one.code}", {name: one.text(name) for name in self.widgets})

    def show_problems(self, reasons: Mapping[str, str]) -> None:
        """Marks fields; what was typed into them stays until it is right or given up with Esc."""
        for name, reason in reasons.items():
            if name in self.widgets:
                self.form.set_error(self.widgets[name], reason)
        if self.drafts is not None:
            self.drafts.hold_refused(reasons)

    def _widget(self, name: str) -> QWidget:
        if name in _CHOICES or name in _PEOPLE:
            box = QComboBox()
            texts = {"role": words.role, "level": words.level}
            for key in _CHOICES.get(name, ()):
                box.addItem(texts[name](key) if name in texts else key.capitalize(), key)
            box.activated.connect(lambda _row: self._ask(name, str(box.currentData())))
            return box
        edit = QLineEdit()
        edit.editingFinished.connect(lambda: self._on_edited(name, edit))
        return edit

    def _on_edited(self, name: str, edit: QLineEdit) -> None:
        if edit.isModified():
            edit.setModified(False)
            self._ask(name, edit.text())

    def _ask(self, name: str, text: str) -> None:
        self.form.set_error(self.widgets[name], "")
        self.changed.emit({name: text})


def _fill(box: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
    if [(box.itemData(at), box.itemText(at)) for at in range(box.count())] != list(choices):
        box.clear()
        for value, text in choices:
            box.addItem(text, value)
