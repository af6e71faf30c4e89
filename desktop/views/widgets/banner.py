"""Messages over a page: what happened, to what, and what to do, with verbs on the buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.views import theme
from desktop.views.theme import Status
from desktop.views.widgets.buttons import Button, IconButton
from desktop.views.widgets.labels import Label

Action: TypeAlias = tuple[str, Callable[[], object]]


class Banner(QWidget):
    """One message of `status`; actions are pairs of a verb and what it calls."""

    closed = Signal()

    def __init__(
        self,
        status: Status,
        what: str,
        what_to_do: str = "",
        actions: Sequence[Action] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._status = status
        self._mark = Label()
        self._what = Label(what, strong=True, wrap=True)
        self._what_to_do = Label(what_to_do, wrap=True)
        if not what_to_do:
            self._what_to_do.hide()
        self._row = QHBoxLayout(self)
        place = Qt.AlignmentFlag.AlignTop if what_to_do else Qt.AlignmentFlag.AlignVCenter
        self._row.addWidget(self._mark, 0, place)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._what)
        words.addWidget(self._what_to_do)
        self._row.addLayout(words, 1)
        for verb, call in actions:
            button = Button(verb)
            button.clicked.connect(lambda _=False, call=call: call())
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._close = IconButton("close", self.tr("Close this message"), size=16)
        self._close.clicked.connect(self._on_close_clicked)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(f"{what} {what_to_do}".strip())
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @classmethod
    def for_error(cls, error: UserError, actions: Sequence[Action] = ()) -> Banner:
        """The banner that tells of `error`."""
        return cls(Status.BAD, error.what, error.what_to_do, actions)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground in the status's tint."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("hairline"), 1))
        painter.setBrush(look.colour(f"{self._status.value}_tint"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), look.radius, look.radius)

    def _on_close_clicked(self) -> None:
        self.hide()
        self.closed.emit()

    def _on_theme_changed(self) -> None:
        look = theme.current()
        icons = {Status.GOOD: "check-circle", Status.NEAR: "warning", Status.BAD: "warning", Status.NONE: "info"}
        mark = look.pixmap(icons[self._status], look.px(18), self._status.role, self.devicePixelRatioF())
        self._mark.setPixmap(mark)
        self._row.setContentsMargins(look.unit(1.5), look.unit(), look.unit(), look.unit())
        self._row.setSpacing(look.unit(1.5))


class MessageBar(QWidget):
    """The place of a page's banners: the newest on top, at most three; takes no room while empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._banners: list[Banner] = []
        self.setVisible(False)

    def show_banner(self, banner: Banner) -> None:
        """Puts `banner` on top."""
        self._banners.insert(0, banner)
        self._lines.insertWidget(0, banner)
        banner.closed.connect(lambda: self._remove(banner))
        while len(self._banners) > 3:
            self._remove(self._banners[-1])
        self.setVisible(True)

    def show_message(self, status: Status, what: str, what_to_do: str = "", actions: Sequence[Action] = ()) -> None:
        """Makes a banner of the words and shows it."""
        self.show_banner(Banner(status, what, what_to_do, actions))

    def show_error(self, error: UserError, actions: Sequence[Action] = ()) -> None:
        """Tells of `error`."""
        self.show_banner(Banner.for_error(error, actions))

    def clear(self) -> None:
        """Takes all banners away."""
        for banner in list(self._banners):
            self._remove(banner)

    def _remove(self, banner: Banner) -> None:
        if banner in self._banners:
            self._banners.remove(banner)
            self._lines.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))
