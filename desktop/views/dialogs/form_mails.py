"""Asks to whom the week's forms shall be mailed, and shows for each what became of it.

Knows letters as the service gives them; sending them is not its business. Stays open after sending, so that what did
not go can be sent again from where it is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.services.form_mails import Letter, Post
from desktop.views import theme
from desktop.views.dialogs.answering import add_answers
from desktop.views.tables import formats
from desktop.views.theme import Status
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.chips import StatusChip
from desktop.views.widgets.labels import Label

_STATUS = {"sent": Status.GOOD, "failed": Status.BAD, "unsure": Status.NEAR}


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("FormMails", text)


def said_of(letter: Letter) -> tuple[str, str]:
    """What became of a letter, in a word and in a sentence (empty: nothing more to say)."""
    when = formats.moment(datetime.fromisoformat(letter.at)) if letter.at else ""
    if not letter.address:
        return say("No e-mail address"), say("Type one on the People page.")
    if letter.state == "sent":
        return say("Sent"), say("{when}. Tick to send it once more.").format(when=when)
    if letter.state == "unsure":
        return say("May have arrived"), f"{letter.why} {say('Tick to send it once more.')}"
    if letter.state == "failed":
        return say("Not sent"), letter.why
    return "", ""


class FormMailsDialog(QDialog):
    """A row per producer; `send_asked` carries the letters that are ticked."""

    send_asked = Signal(object)
    set_up_asked = Signal()

    def __init__(self, post: Post, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Mail the forms of {week}").format(week=post.week))
        look = theme.current()
        self.boxes: dict[str, QCheckBox] = {}
        self._letters: dict[str, Letter] = {}
        self.problem = Label("", tone="bad", wrap=True)
        self.set_up = Button(say("Set Up the Mail Server"), icon="settings")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setMinimumSize(look.px(820), look.px(280))
        lines = QVBoxLayout(self)
        lines.setSpacing(look.unit(1.5))
        words = say("Each producer gets their own form as workbook and PDF; what comes back is dropped on this window.")
        lines.addWidget(Label(words, tone="quiet", wrap=True))
        lines.addWidget(self.problem)
        lines.addWidget(self.set_up, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self._area, 1)
        box, self.send, self.close_button = add_answers(self, say("Mail"), say("Close"))
        box.accepted.connect(self._on_send_clicked)
        lines.addWidget(box, 0, Qt.AlignmentFlag.AlignRight)
        self.set_up.clicked.connect(self.set_up_asked)
        self.show_post(post)

    @property
    def chosen(self) -> tuple[Letter, ...]:
        """The letters that are ticked."""
        return tuple(self._letters[code] for code, box in self.boxes.items() if box.isChecked())

    def show_post(self, post: Post) -> None:
        """Shows the letters as they are; what waits is ticked."""
        self._letters = {one.producer: one for one in post.letters}
        self.problem.setText(post.problem)
        self.problem.setVisible(bool(post.problem))
        self._ready = not post.problem or any(one.state for one in post.letters)
        self.set_up.setVisible(bool(post.problem))
        self._area.setWidget(self._list(post.letters))
        self._update_send()

    def note_going(self) -> None:
        """Mails are on their way: nothing can be sent until it is known what became of them."""
        self.send.setEnabled(False)
        self.send.setText(say("Sending…"))

    def _list(self, letters: Sequence[Letter]) -> QWidget:
        holder = QWidget()
        look = theme.current()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, look.unit(), 0)
        grid.setHorizontalSpacing(look.unit(2))
        grid.setVerticalSpacing(look.unit())
        self.boxes = {}
        for row, one in enumerate(letters):
            word, sentence = said_of(one)
            box = QCheckBox(one.producer_name.replace("&", "&&"))
            box.setAccessibleName(", ".join(text for text in (one.producer_name, one.address, word, sentence) if text))
            box.setEnabled(bool(one.address))
            box.setChecked(one.waits)
            box.toggled.connect(self._update_send)
            self.boxes[one.producer] = box
            grid.addWidget(box, row, 0)
            grid.addWidget(Label(one.address or formats.EM_DASH, tone="quiet"), row, 1)
            if word:
                grid.addWidget(StatusChip(_STATUS.get(one.state, Status.NEAR), word), row, 2)
            grid.addWidget(Label(sentence, "caption", "quiet", wrap=True), row, 3)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(len(letters), 1)
        return holder

    def _on_send_clicked(self) -> None:
        wanted = self.chosen
        self.note_going()
        self.send_asked.emit(wanted)

    def _update_send(self) -> None:
        many = len(self.chosen)
        self.send.setText(say("Mail {} Forms").format(many) if many != 1 else say("Mail 1 Form"))
        self.send.setEnabled(many > 0 and self._ready)
