"""Any table of the window goes into a file, also where its page has no words of its own for that."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop.views.main_window import MainWindow
from desktop.views.tables import RecordTableView
from desktop.views.tables.home import Home, share
from desktop.views.widgets.context import PageContext


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Filing", text)


def share_tables(window: MainWindow, context: PageContext) -> None:
    """Tables remember their columns in the window's memory, and export through a dialog over the window."""
    share(Home(context.state, lambda view: _export(window, context, view)))


def _export(window: MainWindow, context: PageContext, view: RecordTableView) -> None:
    from desktop.views.dialogs.printing import ask_target, save_table

    title = view.accessibleName()
    target = ask_target(window, say("Save the table"), _file_name(title), "xlsx")
    if target is not None:
        save_table(context, view, title, "", target, lambda _: _tell(window, target))


def _tell(window: MainWindow, target: Path) -> None:
    window.status.set_message(say("Saved {}").format(target.name))


def _file_name(title: str) -> str:
    kept = "".join(letter if letter.isalnum() else " " for letter in title.casefold())
    return "-".join(kept.split()) or "table"
