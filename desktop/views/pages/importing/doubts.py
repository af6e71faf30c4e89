"""Readable values that can hardly be meant, as questions: a sentence and a list.

Knows the doubts of the core; they stop nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.core.doubts import FACTOR, By, Doubt, Why
from desktop.views.pages.importing import words
from desktop.views.pages.importing.parts import make_table, tr
from desktop.views.tables import Column, FilteredTable, Kind, formats
from desktop.views.tables.formats import counted


def sentence(found: Sequence[Doubt]) -> str:
    """How many values ask to be looked at, and which rows are of another period than the file says."""
    odd = [one for one in found if one.why is not Why.PERIOD]
    said = [outside(one) for one in found if one.why is Why.PERIOD]
    if odd:
        said.append(counted(len(odd), tr("value looks odd"), tr("values look odd")))
    return tr("{}: see the questions. They are imported as they stand.").format("; ".join(said))


def outside(one: Doubt) -> str:
    """How many rows lie outside of the period that somebody states."""
    if one.claim is None:
        return ""
    span = f"{formats.day(one.claim.first)} – {formats.day(one.claim.last)}"
    whose = {
        By.TITLE: tr("the period in the file’s title"),
        By.NAME: tr("the period in the file’s name"),
        By.CHOICE: tr("the period you chose"),
    }[one.claim.by]
    rows = tr("1 row lies") if one.rows == 1 else tr("{} lie").format(words.rows(one.rows))
    return tr("{rows} outside of {span}, {whose}").format(rows=rows, span=span, whose=whose)


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
    if one.why is Why.PERIOD:
        return tr("{}. Is it the file you meant?").format(outside(one))
    if one.why is Why.AHEAD:
        return tr("This day is more than a year ahead.")
    usual = formats.money(one.usual) if one.usual is not None else formats.EM_DASH
    return tr("This is {} times the usual premium of its line ({}) or more.").format(FACTOR, usual)
