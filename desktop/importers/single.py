"""One value typed by hand, read by the same rules as a file's column. Knows one column and one text."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from desktop.core.templates import TEMPLATES, Cell, Column, Kind
from desktop.errors import UserError
from desktop.importers.columns import converter_of, plain
from desktop.importers.profiles.profile import Field
from desktop.importers.profiles.templates import PROFILES
from desktop.importers.records import DEFAULT_ZONE
from desktop.importers.values import Unreadable, is_over_one


def read_value(column: Column, text: str, today: date) -> Cell:
    """The native of `column` from a text that is not blank; a bare rate above 1 is a percent (12.5 is 0.125).

    UserError where it cannot be read. `today` is the day on which it was typed.
    """
    zone = ZoneInfo(DEFAULT_ZONE)
    try:
        value = converter_of(_field(column), zone)(plain(text))
    except Unreadable as unreadable:
        raise UserError(
            f"“{text}” cannot be kept: it {unreadable}.", "Type another value, or leave it as it was."
        ) from None
    if column.kind is Kind.RATE and isinstance(value, str):
        number = float(value)
        return number / 100 if is_over_one(value) else number
    return value


def _field(column: Column) -> Field:
    """The field that reads this column in the app's own templates, with the choices that stand there."""
    for profile in PROFILES:
        template = TEMPLATES[profile.table]
        for own, field in zip(template.columns, profile.fields, strict=False):
            if own is column and field.name == own.name:
                return field
    return Field(column.name, column.kind, (column.name,), column.name, column.required, column.choices)
