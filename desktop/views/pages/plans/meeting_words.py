"""The words and small widgets of the page of the weekly 1:1. Knows no service's function."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.core.meetings import State
from desktop.services.meetings import Attendee
from desktop.views import theme
from desktop.views.pages.plans.parts import MARKS, say
from desktop.views.widgets.labels import Label


def clear(column: QVBoxLayout) -> None:
    """Take every widget out of a column."""
    while column.count():
        held = column.takeAt(0)
        widget = None if held is None else held.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def marked_line(status: str, text: str) -> QWidget:
    """A line of numbers with its mark."""
    holder = QWidget()
    holder.setObjectName("plain")
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    look = theme.current()
    mark = QLabel()
    mark.setFixedWidth(look.px(18))
    if status in MARKS:
        mark.setPixmap(look.icon(MARKS[status], status).pixmap(look.px(14), look.px(14)))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, tone="ink" if status else "quiet", wrap=True), 1)
    return holder


def clock_words(seconds: int) -> str:
    """Minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def state_words(one: Attendee) -> str:
    """What became of this week's meeting, and of those before."""
    words = {State.HELD: say("held"), State.SKIPPED: say("skipped"), None: say("open")}
    skipped = say("\n{} skipped").format(one.record.skipped) if one.record.skipped else ""
    return f"{words[one.meeting.state]}  ·  {_kept(one)}{skipped}"


def _kept(one: Attendee) -> str:
    return say("{held} of {weeks} weeks").format(held=one.record.held, weeks=len(one.record.states))


def state_icon(state: State | None) -> tuple[str, str]:
    """The icon of what became of a meeting, and its tone."""
    icons: dict[State | None, tuple[str, str]] = {State.HELD: ("check", "good"), State.SKIPPED: ("warning", "bad")}
    return icons.get(state, ("dash", "quiet"))


def record_words(one: Attendee) -> str:
    """How faithfully the meetings are kept."""
    parts: Sequence[str] = (
        _kept(one),
        say("{} skipped").format(one.record.skipped),
        say("{} in a row").format(one.record.streak),
        one.meeting.reason,
    )
    return ", ".join(part for part in parts if part)
