"""Publishing a week: its scorecards are frozen, and what the data say otherwise later is told, never put in.

Brings live pages and frozen ones together; draws nothing, signs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.core import frozen, periods
from desktop.core.frozen import Difference, Frozen, Number
from desktop.core.production import Unit
from desktop.errors import UserError
from desktop.models import published, published_causes
from desktop.models.journal import Author
from desktop.models.published import Publication
from desktop.services import scorecards
from desktop.services.scorecards import LivePage, Order

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.services.figures import Panel

UNKNOWN_CAUSE = "The records differ, but no import or edit since then is in the trail."


@dataclass(frozen=True, slots=True)
class PublishedWeek:
    """One producer's published week: its valid version, and whether this call made it."""

    producer: str
    producer_name: str
    week: str
    version: int
    sha256: str
    new: bool


@dataclass(frozen=True, slots=True)
class Amendment:
    """A published figure that the data give otherwise today (native units: cents, fractions, counts)."""

    producer: str
    producer_name: str
    metric: str
    label: str
    unit: Unit
    before: Number | None
    after: Number | None
    why: str
    at: str

    @property
    def words(self) -> str:
        """What changed, for people: `Outbound calls 51 to 53`."""
        return Difference(self.metric, self.before, self.after, self.why, self.at).words


def publish(
    book: Book, week: str, producers: Sequence[str] | None, author: Author, at: datetime
) -> list[PublishedWeek]:
    """Freeze the scorecards of a week (None: of everybody who gets one) with the data and targets of now.

    Without a change since the last time the version stays; with one the next version replaces it and names what it
    amends. UserError for a code or week that there is not, or a week that has not begun.
    """
    _refuse_future(week, at)
    with book.transaction():
        pages = scorecards.live_pages(book, Order(week, producers), at)
        return [_publish_one(book, one, author, at) for one in pages]


def amendments(book: Book, week: str, at: datetime) -> list[Amendment]:
    """What differs today from the valid published versions of a week, and by which imports or edits, by producer."""
    kept = scorecards.frozen_pages(book, week, at)
    rows = published.latest(book, _name(week))
    live = _live_again(book, week, rows, at)
    return [
        Amendment(
            code,
            kept[code].page.person.name,
            one.metric,
            frozen.words_of(one.metric),
            frozen.unit_of(one.metric),
            one.before,
            one.after,
            one.why,
            one.at,
        )
        for code in sorted(kept)
        for one in _differences(book, rows[code], kept[code], live[code])
    ]


def figures_of(panel: Panel) -> dict[str, Number | None]:
    """Every figure of a producer's dashboard that is frozen, by key (metrics.md 2)."""
    found: dict[str, Number | None] = {}
    for key, one in panel.metrics.items():
        mean = frozen.unit_of(key) in (Unit.MONEY, Unit.MEAN_MONEY)
        found[key] = round(one.value) if mean and one.value is not None else one.value
    found |= {f"{key}.target": one.target for key, one in panel.metrics.items()}
    month = panel.month_to_date
    for name in ("policies_written", "policies_target", "new_premium", "premium_target", "close_rate"):
        found[f"month_to_date.{name}"] = getattr(month, name)
    found["month_to_date.on_track"] = None if month.on_track is None else int(month.on_track)
    for stage in panel.pipeline:
        found[f"pipeline.{stage.stage}.count"] = stage.count
        found[f"pipeline.{stage.stage}.premium"] = stage.premium
    found["automatic_share"] = panel.automatic_share
    return found


def _publish_one(book: Book, one: LivePage, author: Author, at: datetime) -> PublishedWeek:
    page = one.page
    week, code = page.week.label, page.person.code
    fresh = Frozen(page, figures_of(one.panel))
    last = published.latest(book, week).get(code)
    if last is not None:
        before = scorecards.frozen_pages(book, week, at)[code]
        if frozen.same(before, fresh):
            return PublishedWeek(code, page.person.name, week, last.version, last.sha256, new=False)
        fresh = Frozen(page, fresh.figures, tuple(_differences(book, last, before, one)))
    as_of = periods.default_as_of(periods.iso_week(week), at).isoformat(timespec="seconds")
    made = published.add(book, week, code, frozen.to_text(fresh), as_of, author)
    return PublishedWeek(code, page.person.name, week, made.version, made.sha256, new=True)


def _live_again(book: Book, week: str, rows: dict[str, Publication], at: datetime) -> dict[str, LivePage]:
    """The same weeks from today's data, as of the moment at which each was frozen."""
    moments: dict[str, list[str]] = {}
    for code, one in rows.items():
        moments.setdefault(one.as_of, []).append(code)
    pages = [
        page
        for as_of, codes in moments.items()
        for page in scorecards.live_pages(book, Order(week, codes, datetime.fromisoformat(as_of)), at)
    ]
    return {one.page.person.code: one for one in pages}


def _differences(book: Book, row: Publication, before: Frozen, today: LivePage) -> list[Difference]:
    changed = frozen.differing(before.figures, figures_of(today.panel))
    return [_difference(book, row, before, metric, *pair) for metric, pair in changed.items()]


def _difference(
    book: Book, row: Publication, before: Frozen, metric: str, was: Number | None, now: Number | None
) -> Difference:
    week = before.page.week
    first = week.end.replace(day=1) if metric.startswith("month_to_date.") else week.start
    if metric.startswith("pipeline."):
        first = date.min
    found = published_causes.causes(book, row.last_action, metric, first, week.end)
    why = "; ".join(dict.fromkeys(cause.label for cause in found)) or UNKNOWN_CAUSE
    return Difference(metric, was, now, why, found[-1].at if found else row.at)


def _refuse_future(week: str, at: datetime) -> None:
    start = periods.iso_week(week).start
    if start > at.date():
        raise UserError(f"Week {week} has not begun.", f"Publish it from {start.isoformat()} on.")


def _name(week: str) -> str:
    return periods.week_name(periods.iso_week(week))
