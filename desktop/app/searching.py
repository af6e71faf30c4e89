"""Search over everything in the window: joins the book's hits with the window's pages and commands.

The only place that knows both; opening a hit is the window's routing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction

from desktop.services import search
from desktop.services.search import Hits
from desktop.views.widgets.palette import Hit, HitGroup, SearchPalette

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow
    from desktop.views.widgets.context import PageContext

_PAGES = {"lead": "leads", "client": "clients"}
_ICONS = {"lead": "leads", "client": "person", "producer": "people", "policy": "file"}
_COMMAND = "command"
_MOST_PAGES = 6


def _say(text: str) -> str:
    return QCoreApplication.translate("Searching", text)


class Searching(QObject):
    """Answers the palette's questions; lives as long as the window."""

    def __init__(self, window: MainWindow, context: PageContext) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self.palette = SearchPalette(window.centralWidget() or window)
        self.palette.asked.connect(self._on_asked)
        self.palette.chosen.connect(self._on_chosen)

    def _on_asked(self, text: str) -> None:
        if not text.strip():
            self.palette.show_hits(text, self._own(""))
            return
        self._context.ask(search.search, text, on_finished=lambda found: self._on_found(text, found))

    def _on_found(self, text: str, found: Sequence[Hits]) -> None:
        words = {
            "lead": _say("Leads"),
            "client": _say("Clients"),
            "producer": _say("People"),
            "policy": _say("Policies"),
        }
        groups = [HitGroup(words[one.kind], tuple(_hit(one.kind, row) for row in one.rows), one.more) for one in found]
        self.palette.show_hits(text, [*groups, *self._own(text)])

    def _own(self, text: str) -> list[HitGroup]:
        """Pages and commands whose words begin with what was typed; all pages where nothing was."""
        wanted = text.casefold().split()
        entries = [self._window.entry(key) for key in self._window.page_keys]
        titles = {one.title for one in entries}
        pages = [Hit(one.title, "", one.icon_name, one.key) for one in entries if _begins(one.title, wanted)]
        commands = [
            Hit(_words(action), action.shortcut().toString(), "forward", _COMMAND, action)
            for action in self._window.menus.actions
            if wanted and action.isEnabled() and _begins(_words(action), wanted) and _words(action) not in titles
        ]
        groups = [HitGroup(_say("Pages"), tuple(pages)), HitGroup(_say("Commands"), tuple(commands[:_MOST_PAGES]))]
        return [group for group in groups if group.hits]

    def _on_chosen(self, hit: Hit) -> None:
        if hit.page == _COMMAND and isinstance(hit.argument, QAction):
            hit.argument.trigger()
        else:
            self._window.show_page(hit.page, hit.argument)


def _hit(kind: str, row: search.FoundRow) -> Hit:
    if kind == "policy":
        # a policy without a client's row opens as the record that it is
        where = ("clients", row.opens) if row.opens else ("records", ("policies", row.key))
        return Hit(row.title, row.detail, _ICONS[kind], *where)
    if kind == "producer":
        # staff, and who has left, stand among the people alone
        return Hit(row.title, row.detail, _ICONS[kind], "producers" if row.sells else "people", row.opens)
    return Hit(row.title, row.detail, _ICONS[kind], _PAGES[kind], row.opens)


def _words(action: QAction) -> str:
    return action.text().replace("&", "").split("\t")[0]


def _begins(title: str, wanted: Sequence[str]) -> bool:
    words = title.casefold().split()
    return all(any(word.startswith(one) for word in words) for one in wanted)
