"""What is pay, and what stands in its place while pay is hidden: the one place that decides.

Whoever shows, prints or exports a field asks here by its name; whether pay is hidden now is `PageContext.pay_hidden`.
Must not know who asks.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from desktop.core.templates import Kind
from desktop.services.records import FieldDetail, HistoryEntry, RecordDetail

HIDDEN = "hidden"
"""The word in place of pay."""

PAY_FIELDS: frozenset[str] = frozenset(
    {
        *("salary", "benefits", "desk_cost", "new_split", "renewal_split"),
        *("pay", "cost", "splits", "desk", "net_contribution", "multiple", "benchmark", "crosses_on"),
        *("compensation", "desired", "draw", "margin", "earned", "invested", "paid_back_month"),
        # what is typed into plans, as one text
        "inputs",
    }
)
"""Names of fields, figures and settings that say what somebody is paid or costs, or let it be worked out."""

PAY_TABLES: frozenset[str] = frozenset({"pay"})
"""Tables that hold nothing but pay (templates' names)."""

Shown = TypeVar("Shown")


def is_pay(field: str) -> bool:
    """Whether a field, column, figure or setting of this name (`producer.salary`, `salary`) is pay."""
    return field.rpartition(".")[2].casefold() in PAY_FIELDS


def hide(field: str, shown: Shown, hidden: bool) -> Shown | str:
    """What to show for `field`: `shown` itself, or the word for hidden pay."""
    return HIDDEN if hidden and is_pay(field) else shown


def hide_keys(values: Mapping[str, Shown], hidden: bool) -> dict[str, Shown | str]:
    """`values` by field, with pay hidden."""
    return {field: hide(field, value, hidden) for field, value in values.items()}


def hide_row(headings: Collection[str], row: Collection[Shown], hidden: bool) -> list[Shown | str]:
    """A row of cells under the headings that name their fields, with pay hidden."""
    return [hide(heading, cell, hidden) for heading, cell in zip(headings, row, strict=True)]


def hide_json(text: str | None, hidden: bool) -> str | None:
    """A row kept as JSON text, with pay hidden; what is no row stays."""
    if not hidden or text is None:
        return text
    row = json.loads(text)
    return json.dumps(hide_keys(row, hidden), ensure_ascii=False) if isinstance(row, dict) else text


def hide_record(detail: RecordDetail, hidden: bool) -> RecordDetail:
    """A record with pay hidden in its fields, its history and its notes."""
    if not hidden:
        return detail
    return replace(
        detail,
        fields=tuple(_field(one) for one in detail.fields),
        history=tuple(_entry(one) for one in detail.history),
        notes=tuple((name, str(hide(name.strip().replace(" ", "_"), value, hidden))) for name, value in detail.notes),
    )


def _field(one: FieldDetail) -> FieldDetail:
    return replace(one, value=HIDDEN, kind=Kind.TEXT) if is_pay(one.name) and one.value is not None else one


def _entry(one: HistoryEntry) -> HistoryEntry:
    return replace(one, before=HIDDEN, after=HIDDEN) if one.field is not None and is_pay(one.field) else one
