"""Files to rows of the app's own templates: the only home of csv and spreadsheet readers.

Whatever system a file comes from, `read` gives rows of `core.templates` with the line each stands on, and says what was
skipped, rejected and why. Must not know the book, and has no clock: `Options.today` is given.
"""

from __future__ import annotations

from desktop.core.checks import RowIssue, Skipped
from desktop.importers.hints import ReportHint, report_hints
from desktop.importers.inputs import PROFILE_FOLDER, Input, gather, profile_files
from desktop.importers.pages import write_templates
from desktop.importers.reading import profile_names, read
from desktop.importers.records import Options, Reading
from desktop.importers.single import read_value

__all__ = [
    "PROFILE_FOLDER",
    "Input",
    "Options",
    "Reading",
    "ReportHint",
    "RowIssue",
    "Skipped",
    "gather",
    "profile_files",
    "profile_names",
    "read",
    "read_value",
    "report_hints",
    "write_templates",
]
