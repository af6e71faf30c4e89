"""The weekly scorecards: what was typed on them, and the pages as PDF and workbook.

Brings figures, texts and letterhead together; computes no figure and draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core import frozen, periods, scorecard
from desktop.core.frozen import Frozen
from desktop.core.pages import PagePicture
from desktop.core.periods import Period
from desktop.core.scorecard import Figure, Figures, Letterhead, MonthToDate, Paper, ScorecardContent, ScorecardTexts
from desktop.errors import UserError
from desktop.models import facts_people, journal, published, seals
from desktop.models import scorecards as repository
from desktop.models.journal import Author
from desktop.services import configuration, scorecard_files
from desktop.services.dashboard import dashboard, weekly_series
from desktop.services.edits import Changes
from desktop.services.figures import Dashboard, Number, Panel
from desktop.services.scorecard_files import WrittenScorecard

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class ScorecardState:
    """A line of the list of scorecards: whose it is, whether anything is written on it, its version once published.

    `roles`: who has signed that version.
    """

    producer: str
    producer_name: str
    filled: bool
    version: int | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """Which pages are wanted: the ISO week, codes (None: everybody with targets in it), as known when, blank or not."""

    week: str
    producers: Sequence[str] | None = None
    as_of: datetime | None = None
    blank: bool = False


# --- what was typed ---------------------------------------------------------------------------------------------------


def texts(book: Book, week: str, producer: str) -> ScorecardTexts:
    """What stands on a producer's scorecard of a week; empty when nobody has written anything."""
    code = _person_of(book, producer)[1]
    return repository.read_texts(book, _name(week)).get(code, ScorecardTexts())


def save_texts(book: Book, week: str, producer: str, typed: ScorecardTexts, author: Author) -> Changes:
    """Keep what was typed as one undoable action; nothing happens where nothing changed. UserError: nobody's code."""
    row_id, code, name = _person_of(book, producer)
    named = _name(week)
    label = f"Scorecard of {name}, {named}"
    if repository.read_texts(book, named).get(code, ScorecardTexts()).padded() == typed.padded():
        return Changes(label, changed=False)
    with book.transaction():
        action = journal.open_action(book, author, "scorecard.write", label)
        repository.save_texts(book, action, named, row_id, typed.padded(), author.at)
    return Changes(label)


def states(book: Book, week: str) -> list[ScorecardState]:
    """Everybody who gets a scorecard in the week, by code, and whether something is written on it."""
    named = _name(week)
    written = repository.read_texts(book, named)
    valid, signed = published.latest(book, named), seals.signed_roles(book, named)
    return [
        ScorecardState(
            code,
            name,
            filled=not written.get(code, ScorecardTexts()).empty,
            version=valid[code].version if code in valid else None,
            roles=signed.get((code, valid[code].version), ()) if code in valid else (),
        )
        for code, name in _producers_of(book, periods.iso_week(named))
    ]


def set_logo(book: Book, image: bytes | None, author: Author) -> Changes:
    """Put a PNG or JPEG picture on the letterhead, or take it away (None). UserError when it cannot be read."""
    if image is not None:
        from desktop.reports import pictures

        pictures.check_picture(image)
    with book.transaction():
        action = journal.open_action(book, author, "logo.change", "Change the logo")
        repository.replace_logo(book, action, image)
    return Changes("Change the logo")


# --- the pages --------------------------------------------------------------------------------------------------------


def contents(book: Book, order: Order, at: datetime) -> list[ScorecardContent]:
    """The pages of an order, printed `at`, by producer code. UserError for a code or week that there is not.

    Everybody means those of role producer employed in the week and those whose week is published. A published week
    prints as it was frozen, whatever the data say today; a blank form is never a published one.
    """
    kept = {} if order.blank else frozen_pages(book, order.week, at)
    if order.producers is not None:
        codes = list(dict.fromkeys(_person_of(book, code)[1] for code in order.producers))
        missing = [code for code in codes if code not in kept]
        fresh = _fresh(book, order, missing, at) if missing else {}
        return [kept[code].page if code in kept else fresh[code] for code in codes]
    everybody = {**_fresh(book, order, None, at, required=not kept), **{code: one.page for code, one in kept.items()}}
    return [everybody[code] for code in sorted(everybody)]


def _fresh(
    book: Book, order: Order, codes: Sequence[str] | None, at: datetime, *, required: bool = True
) -> dict[str, ScorecardContent]:
    wanted = Order(order.week, codes, order.as_of, order.blank)
    return {one.page.person.code: one.page for one in live_pages(book, wanted, at, required=required)}


def frozen_pages(book: Book, week: str, at: datetime) -> dict[str, Frozen]:
    """The valid versions of a week's published scorecards, printed `at`, by producer code.

    UserError when a frozen page was altered behind the program's back.
    """
    letterhead = _letterhead(book)
    found = {}
    for code, one in published.latest(book, _name(week)).items():
        try:
            changes = tuple(change.words for change in frozen.from_text(one.content, letterhead, at).amends)
            edition = scorecard.Edition(one.version, datetime.fromisoformat(one.at), changes)
            found[code] = frozen.from_text(one.content, letterhead, at, edition)
        except (ValueError, KeyError, TypeError):
            raise UserError(
                f"The published scorecard of {code} in week {one.week} was altered.", "Restore the latest backup."
            ) from None
        if published.digest(one.content) != one.sha256:
            raise UserError(
                f"The published scorecard of {code} in week {one.week} was altered.", "Restore the latest backup."
            )
    return found


@dataclass(frozen=True, slots=True)
class LivePage:
    """A page as today's data give it, with the whole panel that it was taken from."""

    page: ScorecardContent
    panel: Panel


def live_pages(book: Book, order: Order, at: datetime, *, required: bool = True) -> list[LivePage]:
    """The pages of an order from today's data, published or not; figures are read once for all.

    UserError when nobody was employed in the week, unless that is not `required`.
    """
    week = periods.iso_week(order.week)
    as_of = order.as_of or periods.default_as_of(week, at)
    found = dashboard(book, week, as_of, order.producers[0] if order.producers and len(order.producers) == 1 else None)
    panels = _chosen(book, found, order, required)
    letterhead = _letterhead(book)
    managers, written = repository.managers(book), repository.read_texts(book, _name(order.week))
    trends = weekly_series(book, week.end, as_of).producers
    name = periods.week_name(week)
    pages = [
        scorecard.build(
            letterhead,
            scorecard.Person(code, panel.producer_name, managers.get(code, "")),
            scorecard.Week(name, week.start, week.end),
            _figures(panel, found, trends.get(code, {})),
            written.get(code, ScorecardTexts()),
            at,
            order.blank,
        )
        for code, panel in panels
    ]
    return [LivePage(page, panel) for page, (_code, panel) in zip(pages, panels, strict=True)]


def document(book: Book, page: ScorecardContent) -> bytes:
    """A scorecard's PDF: the sealed file where this very version was signed, else the page drawn."""
    from desktop.reports.scorecard import render

    if page.edition is not None:
        kept = seals.newest_sealed(book, page.week.label, page.person.code, page.edition.version)
        if kept is not None:
            return seals.read_file(book, kept.id)
    return render([page])


def preview(book: Book, order: Order, at: datetime, dots_per_inch: float) -> PagePicture:
    """The first page of an order as it will print, with its signatures, in pixels."""
    from desktop.reports.preview import picture

    return picture(document(book, contents(book, order, at)[0]), 0, dots_per_inch)


def print_pictures(book: Book, order: Order, at: datetime, dots_per_inch: float) -> list[PagePicture]:
    """Every page of an order in pixels, with its signatures, for a printer."""
    from desktop.reports.preview import picture

    return [picture(document(book, one), 0, dots_per_inch) for one in contents(book, order, at)]


def write_pdfs(
    book: Book,
    week: str,
    producers: Sequence[str] | None,
    out_dir: Path,
    *,
    at: datetime,
    as_of: datetime | None = None,
    one_file: bool = False,
    blank: bool = False,
    sealed: bool = False,
) -> list[WrittenScorecard]:
    """Write the scorecards of a week as `scorecard-YYYY-Www-CODE.pdf`, or all pages into `scorecard-YYYY-Www.pdf`.

    `sealed`: one that was signed is written as it was sealed; several in one file are always drawn anew.

    UserError when there is nobody to write for or the folder cannot be written; what is written is whole or not there.
    """
    from desktop.reports.scorecard import render

    pages = contents(book, Order(week, producers, as_of, blank), at)
    if one_file:
        return [scorecard_files.write_whole(_name(week), pages, render(pages), out_dir)]
    documents = [document(book, page) if sealed else render([page]) for page in pages]
    return scorecard_files.write_each(_name(week), pages, documents, out_dir)


def write_workbook(book: Book, order: Order, target: Path, at: datetime) -> Path:
    """Write the pages of an order as an XLSX workbook, a sheet each."""
    from desktop.reports.scorecard_sheet import workbook_bytes

    scorecard_files.save(target, workbook_bytes(contents(book, order, at)))
    return target


# --- parts ------------------------------------------------------------------------------------------------------------


def _chosen(book: Book, found: Dashboard, order: Order, required: bool) -> list[tuple[str, Panel]]:
    panels = {panel.producer: panel for panel in found.producers if panel.producer is not None}
    if order.producers is not None:
        codes = dict.fromkeys(_person_of(book, code)[1] for code in order.producers)
        lone = {code: _lone_panel(book, found, code) for code in codes if code not in panels}
        return [(code, panels.get(code) or lone[code]) for code in codes]
    listed = [(code, panel) for code, panel in panels.items() if panel.has_targets]
    if not listed and required:
        raise UserError(
            f"Nobody was employed as a producer in week {_name(order.week)}.", "Import producers, or name one."
        )
    return listed


def _lone_panel(book: Book, found: Dashboard, code: str) -> Panel:
    """The panel of somebody without records and targets, whom the dashboard of all leaves out."""
    return dashboard(book, found.period, found.as_of, code).producers[0]


def _figures(panel: Panel, found: Dashboard, trends: dict[str, tuple[Number | None, ...]]) -> Figures:
    month = panel.month_to_date
    wanted = (*scorecard.ACTIVITY_METRICS, *scorecard.RESULT_METRICS)
    return Figures(
        metrics={
            key: Figure(
                value=_whole(one.value),
                target=_whole(one.target),
                stretch=_whole(one.stretch),
                hit=one.hit,
                series=tuple(_whole(value) for value in trends.get(key, ())),
            )
            for key in wanted
            for one in (panel.metrics[key],)
        },
        month=MonthToDate(
            policies_written=month.policies_written,
            policies_target=month.policies_target,
            new_premium=month.new_premium,
            premium_target=month.premium_target,
            close_rate=month.close_rate,
            on_track=month.on_track,
        ),
        stages={stage.stage: (stage.count, stage.premium) for stage in panel.pipeline},
        automatic_share=panel.automatic_share,
        freshness=[(one.source, one.through) for one in found.freshness],
    )


def _whole(value: Number | None) -> int | None:
    return None if value is None else round(value)


def _letterhead(book: Book) -> Letterhead:
    settings = configuration.load(book)
    return Letterhead(str(settings.get("agency.name") or ""), Paper(settings.paper), repository.logo(book))


def _name(week: str) -> str:
    return periods.week_name(periods.iso_week(week))


def _person_of(book: Book, producer: str) -> tuple[int, str, str]:
    """Row id, code and name of the producer with that code, whatever its case."""
    for person in facts_people.people(book):
        if person.code.casefold() == producer.strip().casefold():
            return person.id, person.code, person.name
    raise UserError(f"There is no producer with the code “{producer}”.", "Check the code on the producers page.")


def _producers_of(book: Book, week: Period) -> Iterable[tuple[str, str]]:
    return [(one.code, one.name) for one in facts_people.people(book) if one.produces_in(week)]


# --- what the window shows --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Desk:
    """A week's list of scorecards, and one of them open: its texts and its page as it will print."""

    week: str
    states: tuple[ScorecardState, ...]
    producer: str | None
    texts: ScorecardTexts
    page: PagePicture | None


def open_desk(book: Book, week: str, producer: str | None, at: datetime, dots_per_inch: float) -> Desk:
    """The list of a week with one producer's scorecard open: `producer` where listed, else the first."""
    listed = states(book, week)
    codes = [one.producer for one in listed]
    code = producer if producer in codes else next(iter(codes), None)
    if code is None:
        return Desk(_name(week), (), None, ScorecardTexts(), None)
    page = preview(book, Order(week, [code]), at, dots_per_inch)
    return Desk(_name(week), tuple(listed), code, texts(book, week, code), page)
