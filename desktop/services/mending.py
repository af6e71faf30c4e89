"""Rejected rows and how they are mended: their cells with the reasons, the typed ones marked, the rest saved as a file.

Knows no widget. The reading itself, with the corrected cells in place, is the importers'.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.models import corrected

if TYPE_CHECKING:
    from desktop.core.checks import RowIssue
    from desktop.importers import Reading
    from desktop.models.book import Book

Corrections = Mapping[tuple[str, str | None], Mapping[int, Mapping[int, str]]]
"""New texts by file (SHA-256 and sheet), line (from 1) and column (from 0)."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that could not be read: its cells by the file's headings, reasons by column, and those of no column."""

    line: int
    cells: tuple[str, ...]
    reasons: Mapping[int, str]
    whole: str = ""

    @property
    def why(self) -> str:
        """All reasons as one phrase."""
        return "; ".join(part for part in (self.whole, *self.reasons.values()) if part)


def rejected_rows(
    headings: Sequence[str], cells: Sequence[tuple[int, tuple[str, ...]]], issues: Iterable[RowIssue]
) -> tuple[RejectedRow, ...]:
    """The rows whose `cells` are known, with what is wrong where: a reason's column is found by its heading."""
    columns = {heading: at for at, heading in reversed(list(enumerate(headings)))}
    by_line: dict[int, list[RowIssue]] = {}
    for issue in issues:
        by_line.setdefault(issue.line, []).append(issue)
    return tuple(
        _row(line, texts, len(headings), columns, by_line.get(line, [])) for line, texts in cells if line in by_line
    )


def _row(
    line: int, texts: Sequence[str], width: int, columns: Mapping[str, int], issues: Sequence[RowIssue]
) -> RejectedRow:
    reasons: dict[int, str] = {}
    whole: list[str] = []
    for issue in issues:
        at = columns.get(issue.column)
        if at is None:
            whole.append(f"{issue.column}: {issue.reason}")
        else:
            reasons[at] = f"{reasons[at]}; {issue.reason}" if at in reasons else issue.reason
    padded = (*texts[:width], *([""] * (width - len(texts))))
    return RejectedRow(line, padded, reasons, "; ".join(whole))


def merged(earlier: Corrections, later: Corrections) -> Corrections:
    """Both together; where they name the same cell, the later one counts."""
    found = {key: {line: dict(cells) for line, cells in lines.items()} for key, lines in earlier.items()}
    for key, lines in later.items():
        for line, cells in lines.items():
            found.setdefault(key, {}).setdefault(line, {}).update(cells)
    return found


def mark(book: Book, file: int, reading: Reading) -> None:
    """Enter the corrected cells of a reading that was just taken in as typed; within the import's transaction."""
    cells = []
    for line, ours in reading.mended:
        table, dot, column = (ours or "").partition(".")
        if dot:
            cells.append((_leader(reading.merged, line), table, column))
    corrected.mark_typed(book, file, cells)


def _leader(folded: Mapping[int, int], line: int) -> int:
    """The line on which the record starts that a line became part of."""
    seen = {line}
    while line in folded and folded[line] not in seen:
        line = folded[line]
        seen.add(line)
    return line


def write_rows(headings: Sequence[str], rows: Sequence[tuple[int, Sequence[str], str]], target: Path) -> None:
    """Write rejected rows (line, cells, reason) as CSV under the file's headings; UserError when it cannot be written.

    The reason and the line come last, under headings that no layout knows, so that a mended file can be imported.
    """
    from desktop.reports.sheets import write_csv

    try:
        write_csv(
            target, (*headings, "Why rejected", "Row in file"), ((*cells, why, str(line)) for line, cells, why in rows)
        )
    except OSError as error:
        raise UserError(f"{target} cannot be written ({error.strerror}).", "Choose another place.") from None
