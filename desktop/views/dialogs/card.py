"""One record in the drawer on paper or in a file: the two buttons at its foot, and what they do.

Knows blocks of a document, not what they are about.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from desktop.core.documents import Block
from desktop.views.widgets.buttons import IconButton
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.page import Page


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Card", text)


class CardPaper:
    """Prints and saves the record that a page shows in the drawer, while it does."""

    def __init__(self, page: Page, context: PageContext) -> None:
        self._page, self._context = page, context
        self._sheet: QWidget | None = None
        self._title, self._subtitle = "", ""
        self._blocks: Callable[[], tuple[Block, ...]] = tuple

    def take(
        self, sheet: QWidget, row: QHBoxLayout, title: str, subtitle: str, blocks: Callable[[], tuple[Block, ...]]
    ) -> None:
        """`sheet` is in the drawer from now on: its buttons stand at the end of `row`."""
        self._sheet, self._title, self._subtitle, self._blocks = sheet, title, subtitle, blocks
        for icon, words, call in (
            ("print", say("Print {}"), self.print_it),
            ("export", say("Save {} as PDF, Excel or CSV"), self.save_it),
        ):
            button = IconButton(icon, words.format(title))
            button.clicked.connect(call)
            row.addWidget(button)

    @property
    def shown(self) -> bool:
        """Whether the record is still in sight."""
        return self._sheet is not None and isValid(self._sheet) and self._sheet.isVisible()

    def print_it(self) -> bool:
        """Asks for a printer and prints the record; False where the user left it."""
        from desktop.views.dialogs.printing import print_blocks

        return print_blocks(self._context, self._title, self._subtitle, self._blocks(), self._page)

    def save_it(self) -> None:
        """Asks where to and writes the record by the file's suffix."""
        from desktop.views.dialogs.printing import ask_target, save_blocks

        target = ask_target(self._page, say("Save {}").format(self._title), self._page.key.removesuffix("s"))
        if target is not None:
            saved = say("Saved {}").format(target.name)
            save_blocks(
                self._context, self._title, self._subtitle, self._blocks(), target,
                lambda _: self._page.status_message.emit(saved),
            )  # fmt: skip
