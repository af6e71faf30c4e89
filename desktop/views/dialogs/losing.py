"""Asks why a deal was lost: the reason, who won it at what price, and what we would change.

Knows the fields; reading and storing them is the services' business.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from desktop.core.templates import LOST_REASONS
from desktop.views import theme
from desktop.views.dialogs.record import heading
from desktop.views.widgets.forms import FormBuilder


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Loss", text)


class LossDialog(QDialog):
    """The six things worth knowing of a lost deal; `texts` are what was typed, by field.

    `keep` and `leave` are the words of the two buttons, where the usual ones do not say what will happen.
    """

    def __init__(
        self, name: str, reason: str | None, parent: QWidget | None = None, *, keep: str = "", leave: str = ""
    ) -> None:
        super().__init__(parent)
        self._words = (keep or say("Keep the Reason"), leave or say("Ask Later"))
        self.setWindowTitle(say("Why was {} lost?").format(name))
        form = FormBuilder(label_width=170)
        self.reason = QComboBox()
        self.reason.addItem("", "")
        for one in LOST_REASONS:
            self.reason.addItem(heading(one), one)
        self.reason.setCurrentIndex(max(self.reason.findData(reason), 0))
        form.add_row(say("Reason"), self.reason)
        self.agency = form.add_row(say("Agency that won it"), QLineEdit())
        self.carrier = form.add_row(say("Carrier that won it"), QLineEdit())
        self.difference = form.add_row(
            say("Price difference"), QLineEdit(), say("Ours less theirs, a year: 150, or -80 where we were cheaper.")
        )
        self.winnable = QComboBox()
        for text, value in (("", ""), (say("Yes"), "yes"), (say("Maybe"), "maybe"), (say("No"), "no")):
            self.winnable.addItem(text, value)
        form.add_row(say("Could we have won"), self.winnable)
        self.change = form.add_row(say("What would we change"), QLineEdit())
        self.change.setMinimumWidth(theme.current().px(300))
        lines = QVBoxLayout(self)
        lines.addWidget(form)
        lines.addWidget(self._choices(), 0, Qt.AlignmentFlag.AlignRight)
        self.reason.currentIndexChanged.connect(self._on_reason_changed)
        self._on_reason_changed()

    @property
    def texts(self) -> dict[str, str]:
        """What was chosen and typed, only fields that say something besides the reason."""
        typed = {
            "competing_agency": self.agency.text(),
            "competing_carrier": self.carrier.text(),
            "price_difference": self.difference.text(),
            "winnable": str(self.winnable.currentData()),
            "would_change": self.change.text(),
        }
        return {"lost_reason": str(self.reason.currentData())} | {
            key: text for key, text in typed.items() if text.strip()
        }

    def _choices(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.keep = buttons.addButton(self._words[0], QDialogButtonBox.ButtonRole.AcceptRole)
        leave = buttons.addButton(self._words[1], QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.keep, leave):
            button.setAccessibleName(button.text())
        self.keep.setProperty("role", "main")
        self.keep.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _on_reason_changed(self) -> None:
        self.keep.setEnabled(bool(self.reason.currentData()))
