"""What an importer found wrong with, or left out of, a file: plain facts with the line they stand on.

Knows nothing of files or of the book, so that services and views may speak of them alike.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowIssue:
    """A cell that rejects its row: `line` is 1-based, `column` the file's own heading, `reason` a phrase."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that is no data: a title, a section, a repeated header or a total, and `why` it was left out."""

    line: int
    why: str
