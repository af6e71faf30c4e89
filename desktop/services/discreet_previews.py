"""An import's preview with pay hidden: samples, rejected rows and notes alike. What is pay: `discretion`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from desktop.core.checks import RowIssue
from desktop.services.discretion import HIDDEN, PAY_FIELDS, is_pay
from desktop.services.mappings import Draft
from desktop.services.mending import RejectedRow
from desktop.services.previews import FilePreview, Preview

_NAMED = re.compile(
    r"\b(" + "|".join(sorted(field.replace("_", "[_ ]") for field in PAY_FIELDS)) + r")\b", re.IGNORECASE
)
_FIGURE = re.compile(r"\(?[$-]?\d[\d,.]*%?\)?")
_REASON = "cannot be read"
_WORDS = ("salary", "wage", "payroll", "benefit", "split", "deskcost", "compensation", "basepay", "draw", "bonus")
"""Parts of headings by which a column of an unknown file is taken for pay."""


def hide_preview(preview: Preview, hidden: bool) -> Preview:
    """The preview as it may be shown: with `hidden`, no cell of a column that is pay is told."""
    if not hidden:
        return preview
    return replace(preview, files=tuple(_file(one) for one in preview.files), notes=tuple(_notes(preview.notes)))


def hide_draft(draft: Draft, hidden: bool) -> Draft:
    """A file that is being described, as it may be shown: with `hidden`, columns that sound like pay say nothing."""
    if not hidden:
        return draft
    sample = draft.sample
    places = frozenset(at for at, heading in enumerate(sample.headings) if _sounds_like_pay(heading))
    records = tuple(_cells(record, places) for record in sample.records)
    return replace(draft, sample=replace(sample, records=records))


def _sounds_like_pay(heading: str) -> bool:
    folded = "".join(letter for letter in heading.casefold() if letter.isalnum())
    return any(word in folded for word in _WORDS)


def _file(one: FilePreview) -> FilePreview:
    pay = {heading for heading, home in one.mapping if _is_pay(heading, home)}
    places = frozenset(at for at, heading in enumerate(one.headings) if heading in pay)
    return replace(
        one,
        samples=tuple((line, _cells(cells, places)) for line, cells in one.samples),
        rejects=tuple(_issue(issue) if issue.column in pay else issue for issue in one.rejects),
        rejected_rows=tuple(_row(row, places) for row in one.rejected_rows),
        notes=tuple(_notes(one.notes)),
    )


def _is_pay(heading: str, home: str | None) -> bool:
    """By what the column was taken for, else by its own heading."""
    return is_pay(home) if home is not None else _sounds_like_pay(heading)


def _cells(cells: tuple[str, ...], places: frozenset[int]) -> tuple[str, ...]:
    return tuple(HIDDEN if at in places and cell.strip() else cell for at, cell in enumerate(cells))


def _issue(issue: RowIssue) -> RowIssue:
    return replace(issue, value=HIDDEN, reason=_REASON)


def _row(row: RejectedRow, places: frozenset[int]) -> RejectedRow:
    reasons = {at: _REASON if at in places else why for at, why in row.reasons.items()}
    return replace(row, cells=_cells(row.cells, places), reasons=reasons)


def _notes(notes: Iterable[str]) -> Iterable[str]:
    """A note that names pay loses its figures."""
    return (_FIGURE.sub(HIDDEN, note) if _NAMED.search(note) else note for note in notes)
