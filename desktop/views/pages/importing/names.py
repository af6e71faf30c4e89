"""Who is meant by a name that nobody goes by: a choice to each, in the preview and afterwards.

Knows names and people as records; storing the answers is the page's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.guesses import Guess, Why
from desktop.services.imports import IGNORE
from desktop.services.names import Choice, OpenNames, UnknownName
from desktop.services.newcomers import NEW
from desktop.views.pages.importing import words
from desktop.views.tables.formats import counted
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label


def open_names(many: int) -> str:
    """How many names wait for an answer."""
    if not many:
        return words.say("No unknown names")
    return counted(many, words.say("name nobody here goes by"), words.say("names nobody here goes by"))


def reason(guess: Guess) -> str:
    """Why a person may be meant, in a phrase."""
    first = guess.name.split(",")[-1].split()[0] if guess.name.split() else guess.name
    if guess.why is Why.FIRST:
        return (
            words.say("the only {}").format(first)
            if guess.only
            else words.say("one of several called {}").format(first)
        )
    said = {
        Why.PART: words.say("the same name with something added"),
        Why.INITIAL: words.say("the same but for an initial"),
        Why.NICKNAME: words.say("a short form of the name"),
        Why.SPELLING: words.say("a name spelled alike"),
        Why.LAST: words.say("the family name"),
        Why.INITIALS: words.say("the initials"),
    }[guess.why]
    return words.say("{}; nobody else fits").format(said) if guess.only else said


class NameQuestions(FormBuilder):
    """A row to each name with the people it may mean, the likeliest first; a guess waits for a press on its button."""

    def __init__(
        self,
        names: Sequence[UnknownName],
        people: Sequence[Choice],
        label_width: int = 220,
        guesses: Mapping[str, Sequence[Guess]] | None = None,
    ) -> None:
        super().__init__(label_width=label_width)
        self.choices: dict[str, QComboBox] = {}
        self.offers: dict[str, Button] = {}
        for unknown in names:
            found = (guesses or {}).get(unknown.name, ())
            box = self._choice(people, found)
            label = unknown.name.replace("&", "&&")
            self.add_row(label, box, self._help(unknown, found))
            box.setAccessibleName(self.tr("Who is {}?").format(unknown.name))
            self.choices[unknown.name] = box
            if found:
                self._offer(unknown.name, found[0], box)

    def answers(self) -> dict[str, str]:
        """What was decided: name -> producer's code, or nobody of ours; undecided names are left out."""
        found = {name: box.currentData() for name, box in self.choices.items()}
        return {name: code for name, code in found.items() if code is not None}

    def set_answers(self, answers: Mapping[str, str]) -> None:
        """Chooses what was decided before; a person who is no longer offered is left open."""
        for name, code in answers.items():
            box = self.choices.get(name)
            at = -1 if box is None else box.findData(code)
            if box is not None and at >= 0:
                box.setCurrentIndex(at)

    def _help(self, unknown: UnknownName, found: Sequence[Guess]) -> str:
        said = self.tr("in {}").format(words.rows(unknown.rows))
        if not found:
            return said
        perhaps = self.tr("perhaps {name}: {why}").format(name=found[0].name, why=reason(found[0]))
        return f"{said} · {perhaps}"

    def _choice(self, people: Sequence[Choice], found: Sequence[Guess]) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("Decide later (stays unassigned)"), None)
        for guess in found:
            box.addItem(self.tr("{} ({}): {}").format(guess.name, guess.code, reason(guess)), guess.code)
        guessed = {guess.code for guess in found}
        if found:
            box.insertSeparator(box.count())
        for person in people:
            if person.code not in guessed:
                box.addItem(f"{person.name} ({person.code})", person.code)
        box.addItem(self.tr("A new producer of ours"), NEW)
        box.addItem(self.tr("Not one of ours"), IGNORE)
        box.setMinimumContentsLength(16)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box

    def _offer(self, name: str, guess: Guess, box: QComboBox) -> None:
        """A button under the list that takes the likeliest person; nothing is taken before."""
        button = Button(self.tr("Use {}").format(guess.name), "quiet", "check")
        button.setAccessibleName(self.tr("{}: use {}").format(name, guess.name))
        button.clicked.connect(lambda: box.setCurrentIndex(box.findData(guess.code)))
        box.currentIndexChanged.connect(lambda _row: button.setEnabled(box.currentData() != guess.code))
        self._grid.addWidget(button, self._grid.rowCount(), 1, Qt.AlignmentFlag.AlignLeft)
        self.offers[name] = button


class NamesSheet(QWidget):
    """The names left unanswered by earlier imports; `answered` carries what was decided."""

    answered = Signal(object)

    def __init__(self, found: OpenNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        asked = self.tr("Their rows count for the agency alone until you say who is meant.")
        if not found.names:
            asked = self.tr("Every name is answered.")
        self.questions = NameQuestions(found.names, found.people, 140, found.guesses)
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
