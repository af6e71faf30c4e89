"""What a column declares: which value of a record it shows, of what kind, and how it is written.

Knows formats and no model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt

from desktop.views.tables import formats
from desktop.views.theme import Status

SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
RECORD_ROLE = int(Qt.ItemDataRole.UserRole) + 2
VALUES_ROLE = int(Qt.ItemDataRole.UserRole) + 3
STATUS_ROLE = int(Qt.ItemDataRole.UserRole) + 4


class Kind(StrEnum):
    """What a column's values are; money is cents, percent a fraction, sparkline a sequence of numbers."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    MONEY_EXACT = "money_exact"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"
    DAYS = "days"
    SPARKLINE = "sparkline"


_WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: lambda value: formats.EM_DASH if value is None else str(value),
    Kind.COUNT: formats.count,
    Kind.MONEY: formats.money,
    Kind.MONEY_EXACT: formats.money_exact,
    Kind.PERCENT: formats.percent,
    Kind.DATE: formats.day,
    Kind.DATETIME: formats.moment,
    Kind.DAYS: formats.days,
    Kind.SPARKLINE: lambda value: "",
}
_LEFT = (Kind.TEXT, Kind.DATE, Kind.DATETIME, Kind.SPARKLINE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` answers the native value (None: undefined; `why` says why), `text` writes it."""

    key: str
    title: str
    kind: Kind
    value: Callable[[Any], Any]
    help: str = ""
    text: Callable[[Any], str] | None = None
    tooltip: Callable[[Any], str] | None = None
    status: Callable[[Any], Status] | None = None
    why: Callable[[Any], str] | None = None
    width: int | None = None
    visible: bool = True
    align_right: bool | None = None

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Figures at the right, words at the left."""
        right = self.kind not in _LEFT if self.align_right is None else self.align_right
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def display(self, row: Any) -> str:
        """What the cell of `row` reads."""
        if self.text is not None:
            return self.text(row)
        return _WRITERS[self.kind](self.value(row))

    def explain(self, row: Any) -> str:
        """The tooltip of the cell: the column's own, or why the figure is undefined."""
        if self.tooltip is not None and (said := self.tooltip(row)):
            return said
        if self.why is not None and self.value(row) is None:
            return self.why(row)
        return ""

    def sort_key(self, row: Any) -> tuple[bool, Any]:
        """A key by which rows sort; undefined values come last when ascending."""
        value = self.value(row)
        if value is None:
            return (True, 0)
        if isinstance(value, str):
            return (False, value.casefold())
        if isinstance(value, datetime):
            return (False, value.isoformat())
        if isinstance(value, date):
            return (False, value.isoformat())
        if isinstance(value, (tuple, list)):
            return (False, next((item for item in reversed(value) if item is not None), 0))
        return (False, value)

    def clean(self, row: Any) -> str:
        """What a spreadsheet should get: plain figures, ISO dates, no signs of currency."""
        value = self.value(row)
        if value is None or self.kind is Kind.SPARKLINE:
            return ""
        if isinstance(value, str):
            return _one_line(value)
        if self.kind in (Kind.MONEY, Kind.MONEY_EXACT):
            return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02}"
        if isinstance(value, datetime):
            return value.isoformat(" ", "seconds")
        if isinstance(value, date):
            return value.isoformat()
        return str(value)


_RUNNABLE = "=+-@"


def _one_line(text: str) -> str:
    """On one line, and with the apostrophe that keeps a spreadsheet from running what somebody wrote into a field."""
    line = " ".join(text.split())
    return f"'{line}" if line[:1] in tuple(_RUNNABLE) else line
