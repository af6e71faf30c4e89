"""What a file shares with earlier ones, and what of theirs it no longer has: sentence, table and list.

Knows the service's ties; preview and history show them alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.ties import Tie
from desktop.views import theme
from desktop.views.pages.importing import words
from desktop.views.pages.importing.parts import make_table, tr
from desktop.views.tables import Column, FilteredTable, Kind, formats
from desktop.views.tables.formats import counted
from desktop.views.widgets.labels import Label


def sentences(ties: Sequence[Tie], table: str) -> list[str]:
    """What is worth knowing of a file beside earlier ones."""
    found = []
    for tie in ties:
        where = tie.name, formats.day(date.fromisoformat(tie.on))
        if tie.identical:
            found.append(tr("These very bytes were imported already: {}, on {}.").format(*where))
        if tie.missing:
            what = counted(tie.missing, tr("record"), tr("records")), words.table_words(table)
            text = tr("Not in this file: {} ({}) of {}, imported on {}.").format(*what, *where)
            if tie.snapshot:
                text += " " + tr("A book of active policies only leaves out those that ended; they stay as they are.")
            found.append(text)
    return found


class EarlierFiles(QWidget):
    """The earlier files in a table; below it the records that are missing from this one."""

    def __init__(self, ties: Sequence[Tie]) -> None:
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, theme.current().unit(), 0, 0)
        self._many = len(ties)
        self.files = _files_table(ties)
        lines.addWidget(self.files)
        missing = next((tie for tie in ties if tie.missing), None)
        self.missing: FilteredTable | None = None
        if missing is not None:
            said = tr("In {}, not in this file").format(missing.name)
            if missing.missing > len(missing.rows):
                said += " " + tr("(the first {} of {})").format(f"{len(missing.rows):,}", f"{missing.missing:,}")
            lines.addWidget(Label(said, strong=True, wrap=True))
            self.missing = _missing_table(missing, said)
            lines.addWidget(self.missing, 1)
        else:
            lines.addStretch(1)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        """The few files are shown whole; the room is for the missing records."""
        look = theme.current()
        view = self.files.view
        view.setFixedHeight(view.horizontalHeader().sizeHint().height() + (self._many + 1) * look.row_height)


def _files_table(ties: Sequence[Tie]) -> FilteredTable:
    columns = [
        Column("file", tr("Earlier file"), Kind.TEXT, lambda tie: tie.name, width=240),
        Column("on", tr("Imported on"), Kind.DATE, lambda tie: date.fromisoformat(tie.on)),
        Column("same", tr("In both, same"), Kind.COUNT, lambda tie: tie.same),
        Column("changed", tr("In both, changed"), Kind.COUNT, lambda tie: tie.changed),
        Column("missing", tr("Not in this file"), Kind.COUNT, lambda tie: tie.missing),
    ]
    return make_table("import.ties", tr("Earlier files with the same records"), columns, list(ties), stretch=False)


def _missing_table(tie: Tie, said: str) -> FilteredTable:
    columns = [
        Column("what", tr("Record"), Kind.TEXT, lambda row: row.what, width=320),
        Column("day", tr("Day"), Kind.DATE, lambda row: date.fromisoformat(row.day)),
        Column("premium", tr("Premium, $"), Kind.MONEY, lambda row: row.premium),
    ]
    return make_table("import.missing", said, columns, list(tie.rows), stretch=False)
