"""Any table of the window as a file: CSV or XLSX by the safe writers of the reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from desktop.errors import UserError

Value: TypeAlias = str | int | float | None


def write_table(target: Path, rows: Sequence[Sequence[Value]]) -> Path:
    """Write `rows`, the first of them the heading, as XLSX or CSV by the suffix; returns the file.

    None is a blank cell. UserError when it cannot be written.
    """
    from desktop.reports.sheets import write_csv, write_xlsx

    heading, others = [str(title) for title in rows[0]], rows[1:]
    try:
        if target.suffix.casefold() == ".xlsx":
            write_xlsx(target, target.stem, heading, others)
        else:
            write_csv(target, heading, (["" if cell is None else str(cell) for cell in row] for row in others))
    except OSError as error:
        raise UserError(f"{target} cannot be written ({error.strerror}).", "Choose another place.") from None
    return target
