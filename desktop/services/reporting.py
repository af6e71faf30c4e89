"""Every printable report by its name: who builds it, and the file it becomes.

A report is a function from the book and what was asked to a finished document (`core.documents`); each topic has its
own module. Computes nothing and draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.core.document_tables import tables_of
from desktop.core.documents import Block, Report
from desktop.core.pages import PagePicture
from desktop.core.periods import Period
from desktop.core.scorecard import Letterhead, Paper, freshness_sentence
from desktop.core.team import Person
from desktop.errors import UserError
from desktop.models import facts_people
from desktop.models import scorecards as repository
from desktop.models.copies import draft_of
from desktop.services import configuration
from desktop.services.found_records import UNASSIGNED

if TYPE_CHECKING:
    from desktop.models.book import Book

SUFFIXES = (".pdf", ".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked about: period, data up to `as_of`, a producer's code or all, and when it is printed.

    `inputs`: what else was typed, by name. `pay_hidden`: pay must not stand in it (`services.discretion`).
    """

    period: Period
    as_of: datetime
    producer: str | None
    printed_at: datetime
    inputs: Mapping[str, str] = field(default_factory=dict)
    pay_hidden: bool = False


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A file that was written: pages of a PDF, else the number of tables."""

    file: Path
    pages: int


Builder = Callable[["Book", Asked], Report]

# name -> module of this package and its function; imported when asked for
_BUILDERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "account-rounding": ("reports_goals", "account_rounding"),
        "account-types": ("reports_scenarios", "account_types"),
        "carrier-goals": ("reports_goals", "carrier_goals"),
        "clients": ("reports_lists", "clients"),
        "close-rates": ("reports_closing", "close_rates"),
        "dashboard": ("reports_dashboard", "dashboard"),
        "ept": ("reports_plans", "effective_time"),
        "ept-scenarios": ("reports_scenarios", "scenarios"),
        "industry-measures": ("reports_goals", "industry_measures"),
        "kpi-activity": ("reports_kpi", "activity"),
        "kpi-funnel": ("reports_kpi", "funnel"),
        "kpi-intelligence": ("reports_kpi", "intelligence"),
        "kpi-retention": ("reports_kpi", "retention"),
        "kpi-revenue": ("reports_kpi", "revenue"),
        "kpi-scorecard": ("reports_kpi", "scorecard"),
        "lead-distribution": ("reports_routing", "lead_distribution"),
        "leads": ("reports_lists", "leads"),
        "lost-deals": ("reports_lost", "lost_deals"),
        "management-report-1": ("reports_management", "first_half"),
        "management-report-2": ("reports_management", "second_half"),
        "meeting-agenda": ("reports_meetings", "agenda"),
        "people": ("reports_lists", "people"),
        "renewals": ("reports_lists", "renewals"),
        "retention": ("reports_money", "retention"),
        "revenue": ("reports_money", "revenue"),
        "scorecard-cover": ("reports_dashboard", "scorecard_cover"),
        "source-report": ("reports_routing", "source_report"),
        "territories": ("reports_routing", "territory_table"),
        "validation": ("reports_validation", "validation_schedules"),
        "win-back": ("reports_goals", "win_back"),
    }
)


def names() -> tuple[str, ...]:
    """The names of all reports, sorted."""
    return tuple(sorted(_BUILDERS))


def build(book: Book, name: str, asked: Asked) -> Report:
    """The report of that name. UserError for a name or a producer that there is not, or what the report says lacks."""
    if name not in _BUILDERS:
        raise UserError(f"There is no report “{name}”.", f"Known are {', '.join(names())}.")
    module, function = _BUILDERS[name]
    builder: Builder = getattr(import_module(f"desktop.services.{module}"), function)
    return builder(book, asked)


def write(book: Book, name: str, asked: Asked, target: Path) -> WrittenReport:
    """Build a report and write it as PDF, CSV or XLSX by the file's suffix; UserError as in `build` and `save`."""
    _check_suffix(target)
    return save(build(book, name, asked), target)


def save(report: Report, target: Path) -> WrittenReport:
    """Write a finished report by the file's suffix, whole or not at all.

    UserError for another suffix or when it cannot be written.
    """
    data, pages = _rendered(report, _check_suffix(target))
    try:
        with draft_of(target) as draft:
            draft.write_bytes(data)
            draft.replace(target)
    except OSError as error:
        raise UserError(f"{target} cannot be written ({error.strerror}).", "Choose another place.") from None
    return WrittenReport(target, pages)


def _check_suffix(target: Path) -> str:
    suffix = target.suffix.casefold()
    if suffix not in SUFFIXES:
        raise UserError(f"{target.name} says neither PDF, CSV nor XLSX.", "End the file's name in .pdf, .csv or .xlsx.")
    return suffix


def _rendered(report: Report, suffix: str) -> tuple[bytes, int]:
    if suffix == ".pdf":
        from desktop.reports.document import render

        printed = render(report)
        return printed.data, printed.pages
    from desktop.reports import document_files

    write_bytes = document_files.csv_bytes if suffix == ".csv" else document_files.xlsx_bytes
    return write_bytes(report), len(tables_of(report))


# --- for the window ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class View:
    """What a page of the window shows, to be printed or saved as it stands."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """A report ready for a printer: its PDF, and how many pages that has."""

    pdf: bytes
    pages: int


def of_view(book: Book, view: View) -> Report:
    """What a page shows, under the agency's letterhead."""
    printed_at = view.printed_at
    return Report(
        view.title, view.subtitle, letterhead(book), printed_at, data_as_of(book, printed_at), view.blocks
    )  # fmt: skip


def save_view(book: Book, view: View, target: Path) -> WrittenReport:
    """Write what a page shows by the file's suffix; UserError as in `save`."""
    return save(of_view(book, view), target)


def print_view(book: Book, view: View) -> PrintedPages:
    """What a page shows, ready for a printer."""
    return _printed(of_view(book, view))


def print_named(book: Book, name: str, asked: Asked) -> PrintedPages:
    """A report by its name, ready for a printer; UserError as in `build`."""
    return _printed(build(book, name, asked))


def _printed(report: Report) -> PrintedPages:
    from desktop.reports.document import render

    printed = render(report)
    return PrintedPages(printed.data, printed.pages)


def page_picture(printed: PrintedPages, number: int, dots_per_inch: float) -> PagePicture:
    """Page `number` (from 0) in pixels."""
    from desktop.reports.preview import picture

    return picture(printed.pdf, number, dots_per_inch)


# --- what builders share ----------------------------------------------------------------------------------------------


def report(book: Book, title: str, subtitle: str, blocks: Sequence[Block], asked: Asked, **more: object) -> Report:
    """A report under the agency's letterhead, with how fresh its data are. `more`: its `finding`, and
    `landscape` or `version`.
    """
    return Report(
        title=title,
        subtitle=subtitle,
        letterhead=letterhead(book),
        printed_at=asked.printed_at,
        data_as_of=data_as_of(book, asked.as_of),
        blocks=tuple(blocks),
        **more,  # type: ignore[arg-type]
    )


def letterhead(book: Book) -> Letterhead:
    """Agency, paper and logo as they stand at the head of every page."""
    settings = configuration.load(book)
    return Letterhead(str(settings.get("agency.name") or ""), Paper(settings.paper), repository.logo(book))


def data_as_of(book: Book, as_of: datetime) -> str:
    """How far each source reaches at `as_of`, as a sentence."""
    from desktop.services.dashboard import freshness

    return freshness_sentence((one.source, one.through) for one in freshness(book, as_of))


def whose(book: Book, producer: str | None) -> str:
    """Whose figures a report shows, for its subtitle: a name with its code, or all; UserError for nobody's code."""
    if producer is None:
        return "All producers"
    if producer == UNASSIGNED:
        return "Unassigned"
    person = find(book, producer)
    return f"{person.name} ({person.code})"


def find(book: Book, producer: str) -> Person:
    """The person with that code, whatever its case; UserError when nobody has it."""
    for person in facts_people.people(book):
        if person.code.casefold() == producer.strip().casefold():
            return person
    raise UserError(f"There is no producer with the code “{producer}”.", "Check the code on the producers page.")


def calendar_year(year: int) -> Period:
    """January 1 through December 31."""
    return Period(date(year, 1, 1), date(year, 12, 31))
