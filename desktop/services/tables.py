"""Any table of the window as a file: CSV or XLSX by the safe writers of the reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.errors import UserError


def write_table(target: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write `rows`, the first of them the heading, as XLSX or CSV by the suffix; returns the file.

    UserError when it cannot be written.
    """
    from desktop.reports.sheets import write_csv, write_xlsx

    heading, *others = rows
    try:
        if target.suffix.casefold() == ".xlsx":
            write_xlsx(target, target.stem, heading, others)
        else:
            write_csv(target, heading, others)
    except OSError as error:
        raise UserError(f"{target} cannot be written ({error.strerror}).", "Choose another place.") from None
    return target
