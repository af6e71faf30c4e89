"""Columns that hold their tongue while pay is hidden: cell, tooltip, sorting, filter, copy and export alike.

Knows columns; what is pay and whether it is hidden is told by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from desktop.services.discretion import HIDDEN, is_pay
from desktop.views.tables.columns import Column, Kind
from desktop.views.theme import Status


def discreet(columns: Iterable[Column], hidden: Callable[[], bool]) -> list[Column]:
    """`columns` with those whose key is pay (`services.discretion`) showing `hidden` while `hidden()` says so."""
    return [veiled(column, hidden) if is_pay(column.key) else column for column in columns]


def veiled(column: Column, hidden: Callable[[], bool]) -> Column:
    """`column` showing the word `hidden`, and nothing that lets its value be guessed, while `hidden()` says so."""
    plain = column
    blank = None if column.kind is Kind.SPARKLINE else HIDDEN

    def value(row: Any) -> Any:
        return blank if hidden() else plain.value(row)

    def text(row: Any) -> str:
        return HIDDEN if hidden() else plain.display(row)

    def tooltip(row: Any) -> str:
        return "" if hidden() else plain.explain(row)

    def status(row: Any) -> Status:
        return Status.NONE if hidden() or plain.status is None else plain.status(row)

    return replace(column, value=value, text=text, tooltip=tooltip, status=status, why=None)
