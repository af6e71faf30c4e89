"""Self-report forms: one per producer and week, as workbook and PDF, written to a folder from which they are sent.

What comes back is imported like any export (profile `self_report`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core import periods
from desktop.core.selfreports import KINDS, LABELS, Form, FormLine, Line
from desktop.errors import UserError
from desktop.models import facts_people
from desktop.models.copies import draft_of
from desktop.services import configuration
from desktop.services.dashboard import dashboard
from desktop.services.figures import Panel

if TYPE_CHECKING:
    from desktop.models.book import Book

ASKED = ("referral_ask", "coi_contact", "meeting_set", "meeting_held")
"""What a form asks for; calls and e-mails are the systems' to count."""


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """A form that was written: whose, and its two files."""

    producer: str
    producer_name: str
    workbook: Path
    paper: Path


def forms(book: Book, week: str, producers: Sequence[str] | None = None) -> list[Form]:
    """The forms of an ISO week, of these producers by code or of everybody who has targets in it.

    UserError for what is no week, a code that nobody has, or when there is nobody to ask.
    """
    span = periods.iso_week(week)
    name = periods.week_name(span)
    people = {one.code: one for one in facts_people.people(book) if one.produces_in(span)}
    unknown = next((code for code in producers or () if code not in people), None)
    if unknown is not None:
        raise UserError(f"There is no producer with the code “{unknown}” in {name}.", "Check the code.")
    chosen = [people[code] for code in producers] if producers is not None else list(people.values())
    if not chosen:
        raise UserError(f"Nobody was employed as a producer in week {name}.", "Import producers, or choose a week.")
    panels = {one.producer: one for one in dashboard(book, span, periods.end_of(span.end)).producers}
    agency = str(configuration.load(book).get("agency.name") or "")
    metric_of = dict(KINDS)
    return [
        Form(
            agency,
            one.code,
            one.name,
            name,
            span,
            tuple(
                FormLine(Line(one.code, name, kind).code, LABELS[kind], _target(panels.get(one.code), metric_of[kind]))
                for kind in ASKED
            ),
        )
        for one in chosen
    ]


def write_forms(book: Book, week: str, folder: Path, producers: Sequence[str] | None = None) -> list[WrittenForm]:
    """Write `self-report-YYYY-Www-CODE.xlsx` and `.pdf` for each form into `folder`; UserError where that fails."""
    from desktop.reports.selfreport import render
    from desktop.reports.selfreport_sheet import workbook_bytes

    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for form in forms(book, week, producers):
            stem = stem_of(form)
            made = WrittenForm(form.producer, form.producer_name, folder / f"{stem}.xlsx", folder / f"{stem}.pdf")
            _save(made.workbook, workbook_bytes(form))
            _save(made.paper, render(form))
            written.append(made)
    except OSError as error:
        raise UserError(
            f"The forms cannot be written ({error.strerror}).", "Close them, or name another folder."
        ) from None
    return written


def stem_of(form: Form) -> str:
    """The name of a form's files without their suffix."""
    return f"self-report-{form.week}-{re.sub(r'[^A-Za-z0-9_-]+', '-', form.producer)[:60] or 'X'}"


def _save(file: Path, data: bytes) -> None:
    with draft_of(file) as draft:
        draft.write_bytes(data)
        draft.replace(file)


def _target(panel: Panel | None, metric: str) -> int | None:
    target = None if panel is None else panel.metrics[metric].target
    return None if target is None else round(target)
