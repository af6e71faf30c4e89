"""How the values of a document are written on paper and in sheets, by what they are.

Knows kinds and no document.
"""

from __future__ import annotations

from datetime import date

from desktop.core.documents import Kind, Plain
from desktop.core.scorecard import short_date
from desktop.reports.figures import UNDEFINED, count_text, money_text, percent_text

FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.MONEY: '"$"#,##0.00',
    Kind.MONEY_EXACT: '"$"#,##0.00',
    Kind.PERCENT: "0.0%",
    Kind.NUMBER: "#,##0.##",
    Kind.TENTH: "#,##0.0",
    Kind.MULTIPLE: '0.00"x"',
    Kind.DATE: "yyyy-mm-dd",
}
"""Number formats of workbooks."""


def shown(value: Plain, kind: Kind) -> str:
    """A value as it is printed: `$1,234`, `12.5%`, `3.00x`, `Mar 8, 2026`; an em dash for an undefined figure."""
    if value is None:
        return UNDEFINED if is_figure(kind) else ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return short_date(value)
    match kind:
        case Kind.MONEY:
            return money_text(_whole_dollars(value), False)
        case Kind.MONEY_EXACT:
            return money_text(round(value), True)
        case Kind.PERCENT:
            return percent_text(value)
        case Kind.MULTIPLE:
            return f"{value:,.2f}x"
        case Kind.TENTH:
            return f"{value:,.1f}"
        case Kind.COUNT:
            return count_text(round(value))
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


def stored(value: Plain, kind: Kind) -> str | int | float | date | None:
    """A value as a sheet holds it: money in dollars with cents, fractions to six places, all else as it is."""
    if isinstance(value, bool) or value is None or isinstance(value, (str, date)):
        return value
    if kind in (Kind.MONEY, Kind.MONEY_EXACT):
        return round(value) / 100
    return round(value, 6) if isinstance(value, float) else value


def is_figure(kind: Kind) -> bool:
    """Whether values of this kind stand at the right of their column."""
    return kind is not Kind.TEXT


def _whole_dollars(cents: int | float) -> int:
    """Cents rounded half up to whole dollars, still in cents."""
    whole = (abs(round(cents)) + 50) // 100 * 100
    return whole if cents >= 0 else -whole
