"""Who is meant by a name that nobody goes by: a choice to each, in the preview and afterwards.

Knows names and people as records; storing the answers is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.services.imports import IGNORE
from desktop.services.names import Choice, OpenNames, UnknownName
from desktop.services.newcomers import NEW
from desktop.views.pages.importing import words
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label


def open_names(many: int) -> str:
    """How many names wait for an answer."""
    if not many:
        return words.say("No unknown names")
    return words.counted(many, words.say("name nobody here goes by"), words.say("names nobody here goes by"))


class NameQuestions(FormBuilder):
    """A row to each name, with the people it may mean."""

    def __init__(self, names: Sequence[UnknownName], people: Sequence[Choice], label_width: int = 220) -> None:
        super().__init__(label_width=label_width)
        self.choices: dict[str, QComboBox] = {}
        for unknown in names:
            box = self._choice(people)
            label = unknown.name.replace("&", "&&")
            self.add_row(label, box, self.tr("in {}").format(words.rows(unknown.rows)))
            box.setAccessibleName(self.tr("Who is {}?").format(unknown.name))
            self.choices[unknown.name] = box

    def answers(self) -> dict[str, str]:
        """What was decided: name -> producer's code, or nobody of ours; undecided names are left out."""
        found = {name: box.currentData() for name, box in self.choices.items()}
        return {name: code for name, code in found.items() if code is not None}

    def _choice(self, people: Sequence[Choice]) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("Decide later (stays unassigned)"), None)
        for person in people:
            box.addItem(f"{person.name} ({person.code})", person.code)
        box.addItem(self.tr("A new producer of ours"), NEW)
        box.addItem(self.tr("Not one of ours"), IGNORE)
        box.setMinimumContentsLength(16)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box


class NamesSheet(QWidget):
    """The names left unanswered by earlier imports; `answered` carries what was decided."""

    answered = Signal(object)

    def __init__(self, found: OpenNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        asked = self.tr("Their rows count for the agency alone until you say who is meant.")
        if not found.names:
            asked = self.tr("Every name is answered.")
        self.questions = NameQuestions(found.names, found.people, label_width=140)
        self.keep = Button(self.tr("Remember Answers"), "main")
        self.keep.setVisible(bool(found.names))
        self.keep.clicked.connect(lambda: self.answered.emit(self.questions.answers()))
        holder = QWidget()
        holder.setObjectName("plain")
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.questions)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("Names"))
        area.setWidget(holder)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.keep)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(Label(asked, tone="quiet", wrap=True))
        lines.addWidget(area, 1)
        lines.addLayout(foot)
