"""Forms: every row of every form goes through one `add_row`, which binds label, help and accessible name.

Knows widgets, not what is typed into them.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from desktop.views import theme
from desktop.views.widgets.labels import Label, SectionTitle
from desktop.views.widgets.naming import name_control

W = TypeVar("W", bound=QWidget)


def make_room(widget: QWidget) -> None:
    """Grows the dialog of `widget`, if it is in one, by words that have just come and may wrap.

    Left alone, the dialog's layout presses the fields together and cuts the words.
    """
    dialog = widget.window()
    lines = dialog.layout()
    if isinstance(dialog, QDialog) and lines is not None:
        lines.activate()
        wanted = lines.totalHeightForWidth(dialog.width())
        dialog.resize(dialog.width(), max(dialog.height(), wanted))


class FormBuilder(QWidget):
    """A form of labelled rows; the label is the field's buddy, its help is under it and read out too."""

    def __init__(self, parent: QWidget | None = None, label_width: int = 160) -> None:
        super().__init__(parent)
        self._label_width = label_width
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        self._errors: dict[QWidget, Label] = {}
        self._labels: dict[QWidget, QLabel] = {}
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def add_section(self, title: str) -> None:
        """A heading over the rows that follow."""
        self._grid.addWidget(SectionTitle(title), self._grid.rowCount(), 0, 1, 2)

    def add_row(self, label: str, widget: W, help: str = "") -> W:  # noqa: A002 - the field's word
        """Adds `widget` under `label` and answers it; `&` in the label marks its key."""
        plain = label.replace("&", "")
        row = self._grid.rowCount()
        name = QLabel(label)
        name.setProperty("tone", "quiet")
        name.setBuddy(widget)
        self._labels[widget] = name
        name_control(widget, plain)
        widget.setAccessibleDescription(help)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(widget, row, 1)
        if help:
            self._grid.addWidget(Label(help, "caption", "quiet", wrap=True), row + 1, 1)
        error = Label("", "caption", "bad", wrap=True)
        error.setVisible(False)
        self._errors[widget] = error
        self._grid.addWidget(error, row + 2, 1)
        return widget

    def rename(self, widget: QWidget, label: str) -> None:
        """Names a row anew."""
        self._labels[widget].setText(label)
        name_control(widget, label.replace("&", ""))

    def set_error(self, widget: QWidget, reason: str) -> None:
        """Marks the field as wrong and says why under it; an empty reason takes the mark away."""
        if bool(widget.property("invalid")) != bool(reason):
            widget.setProperty("invalid", bool(reason))
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        error = self._errors[widget]
        error.setText(reason)
        error.setVisible(bool(reason))
        if reason:
            make_room(self)

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.unit(2))
        self._grid.setVerticalSpacing(look.px(4))
        self._grid.setColumnMinimumWidth(0, look.px(self._label_width))
