"""The base of every page: its head, its messages, its body, and the signals by which it speaks to the window.

Pages never know each other: they ask the window, which routes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.banner import MessageBar
from desktop.views.widgets.header import PageHeader
from desktop.views.widgets.rail import Group


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page as rail and menus know it; `make` makes the page itself."""

    key: str
    title: str
    group: Group
    icon_name: str
    make: Callable[[], Page]


class Page(QWidget):
    """A page: subclasses set `key`, `group` and `icon_name`, give a title, fill `body` and write `refresh`.

    A page is stale at first. It refreshes when shown and stale; `mark_stale` refreshes it at once if it is seen.
    """

    key: str = ""
    group: Group = Group.TODAY
    icon_name: str = "today"
    shows_pay: bool = False
    """Whether the page may show pay: then its head has the switch that hides it."""

    sheet_opened = Signal(str, QWidget, str)
    sheet_renewed = Signal(QWidget, str, QWidget, str)
    went_stale = Signal()
    page_requested = Signal(str, object)
    status_message = Signal(str)
    undo_offered = Signal(str)
    book_changed = Signal(object)
    files_dropped = Signal(object)
    import_requested = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._stale = True
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.header = PageHeader(title)
        self.messages = MessageBar()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._plain = QWidget()
        self._plain.setObjectName("plain")
        self._inner = QVBoxLayout(self._plain)
        # scrolls where a small or zoomed window has less room than the page needs
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._plain)
        self.body = QVBoxLayout()
        self._outer.addWidget(self.header)
        self._outer.addWidget(self._area, 1)
        self._inner.addWidget(self.messages)
        self._inner.addLayout(self.body, 1)
        theme.current().changed.connect(self._set_margins)
        self._set_margins()

    @property
    def entry(self) -> PageEntry:
        """What rail and menus show of a page that is made already."""
        return PageEntry(self.key, self.title, self.group, self.icon_name, lambda: self)

    @property
    def stale(self) -> bool:
        """Whether the book has changed since the page was filled."""
        return self._stale

    def refresh(self) -> None:
        """Fills the page anew; subclasses submit a task and fill in its outcome."""

    def arrive(self, argument: object) -> None:
        """Called when another page asked for this one with something to show; does nothing unless overridden."""

    def mark_stale(self) -> None:
        """The book has changed: refreshes now if the page is seen, else when it is shown."""
        self._stale = True
        self.went_stale.emit()
        if self.isVisible():
            self._refresh_if_stale()

    def refresh_now(self) -> None:
        """Fills the page anew though nobody sees it, so that nothing of what it showed before is left in it."""
        self._stale = False
        self.refresh()

    def focus_search(self) -> bool:
        """Puts the cursor into the search field; False where there is none."""
        if self.header.search is None:
            return False
        self.header.search.setFocus()
        self.header.search.selectAll()
        return True

    def export_actions(self) -> list[tuple[str, str]]:
        """What the page can export, as pairs of key and words; nothing unless overridden."""
        return []

    def export(self, key: str) -> None:
        """Exports what `key` of `export_actions` stands for."""

    def print_page(self) -> bool:
        """Prints the document that says best what the page shows; False where it has none of its own just now."""
        return False

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """What the tour of pictures shows of the page: names, and what brings the page into that state.

        `samples` is a folder of files to import.
        """
        return [(self.key, lambda: None)]

    def showEvent(self, event: QShowEvent) -> None:
        """Refreshes if stale."""
        super().showEvent(event)
        self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()

    def _set_margins(self) -> None:
        look = theme.current()
        self._inner.setContentsMargins(look.unit(3), look.unit(2), look.unit(3), look.unit(2))
        self._inner.setSpacing(look.unit(1.5))
        self.body.setSpacing(look.unit(1.5))
