"""The eye in the head of every page that can show pay: one press before a screen is shared.

Knows its own state; hiding is the window's business.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views.widgets.buttons import IconButton


class PaySwitch(IconButton):
    """Pressed in while pay is hidden; `switched` carries whether it shall be."""

    switched = Signal(bool)

    def __init__(self, hidden: bool, parent: QWidget | None = None) -> None:
        super().__init__("eye", "", parent)
        self.setCheckable(True)
        self.clicked.connect(self.switched)
        self.show_hidden(hidden)

    def show_hidden(self, hidden: bool) -> None:
        """Shows whether pay is hidden now."""
        self.setChecked(hidden)
        words = self.tr("Show pay again (Ctrl+Shift+H)") if hidden else self.tr("Hide pay (Ctrl+Shift+H)")
        self.setToolTip(words)
        self.setAccessibleName(words.partition(" (")[0])
        self.set_icon("eye-off" if hidden else "eye")
