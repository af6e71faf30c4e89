"""What is selected as rows, and rows as text for a spreadsheet: a piece at a time where there are many.

A selection of a million rows is a few stretches; it is never taken apart into cells. Knows columns; no view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from itertools import groupby, islice
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QObject, QTimer

from desktop.views.tables.columns import Column

_PIECE = 250
"""Rows that are written before the window may see to its other events."""


def selected_rows(selection: QItemSelectionModel, most: int | None = None) -> list[int]:
    """The numbers of the rows with anything selected, from the top; the first `most` of them."""
    selected = selection.selection()
    stretches = [range(one.top(), one.bottom() + 1) for one in map(selected.at, range(selected.size()))]
    once = (row for row, _same in groupby(merge(*stretches)))
    return list(once if most is None else islice(once, most))


def first_selected(selection: QItemSelectionModel) -> int | None:
    """The row that was selected first; None without any."""
    stretches = selection.selection()
    return None if stretches.isEmpty() else int(stretches.first().top())


class Copying(QObject):
    """Writes records as lines of `columns`, tabs between, under the columns' titles; `done` gets the text."""

    def __init__(
        self, columns: Sequence[Column], records: Sequence[Any], done: Callable[[str], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._lines = ["\t".join(column.title for column in columns)]
        self._left: Iterator[str] = ("\t".join(column.clean(one) for column in columns) for one in records)
        self._done = done
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._write_piece)

    def start(self) -> None:
        """Writes the first piece; where that is all, `done` has the text when this returns."""
        self._write_piece()

    def stop(self) -> None:
        """Writes no more: another selection is copied instead."""
        self._timer.stop()
        self.deleteLater()

    def _write_piece(self) -> None:
        piece = list(islice(self._left, _PIECE))
        self._lines += piece
        if len(piece) == _PIECE:
            self._timer.start()
        else:
            self.stop()
            self._done("\n".join(self._lines))
