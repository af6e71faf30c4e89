"""Readable values that can hardly be meant, as questions: a sentence and a list.

Knows the doubts of the core; they stop nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.core.doubts import FACTOR, Doubt, Why
from desktop.views.pages.importing import words
from desktop.views.pages.importing.parts import make_table, tr
from desktop.views.tables import Column, FilteredTable, Kind, formats


def sentence(found: Sequence[Doubt]) -> str:
    """How many values ask to be looked at."""
    many = words.counted(len(found), tr("value looks odd"), tr("values look odd"))
    return tr("{}: see the questions. They are imported as they stand.").format(many)


def table(found: Sequence[Doubt]) -> FilteredTable:
    """Line, column and value, each with its question."""
    columns = [
        Column("line", tr("Line"), Kind.COUNT, lambda one: one.line),
        Column("column", tr("Column"), Kind.TEXT, lambda one: one.column.replace("_", " "), width=160),
        Column("value", tr("Value"), Kind.TEXT, _value, width=140),
        Column("question", tr("Is this meant?"), Kind.TEXT, _question, width=420, tooltip=_question),
    ]
    return make_table("import.doubts", tr("Questions"), columns, list(found))


def _value(one: Doubt) -> str:
    return formats.money_exact(one.value) if isinstance(one.value, int) else formats.day(date.fromisoformat(one.value))


def _question(one: Doubt) -> str:
    if one.why is Why.AHEAD:
        return tr("This day is more than a year ahead.")
    usual = formats.money(one.usual) if one.usual is not None else formats.EM_DASH
    return tr("This is {} times the usual premium of its line ({}) or more.").format(FACTOR, usual)
