"""What stands on one producer's weekly scorecard, as one frozen record that paper, sheet and window all show.

Knows no book, no clock and no paper: figures come in computed, and leave unrounded. Money is integer cents, rates are
fractions, `None` is "undefined" or, on a blank form, "to be written by hand".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

WINS, CHALLENGES, PRIORITIES = 2, 2, 3

ACTIVITY_METRICS = ("calls_made", "emails_sent", "meetings_set", "meetings_held", "referrals_asked", "coi_contacts")
RESULT_METRICS = ("quotes", "policies_written", "new_premium")
OPEN_STAGES = ("prospect", "contacted", "needs_analysis", "quoted", "proposed", "closing")

LABELS: Mapping[str, str] = {
    "calls_made": "Outbound calls",
    "emails_sent": "Emails sent",
    "meetings_set": "Meetings set",
    "meetings_held": "Meetings held",
    "referrals_asked": "Referrals asked",
    "coi_contacts": "COI contacts",
    "quotes": "New quotes",
    "policies_written": "Policies written",
    "new_premium": "New premium written",
    "prospect": "Prospect",
    "contacted": "Contacted",
    "needs_analysis": "Needs analysis",
    "quoted": "Quoted",
    "proposed": "Proposed",
    "closing": "Closing",
}

_SOURCES: Mapping[str, str] = {
    "calls": "calls",
    "emails": "emails",
    "meetings": "meetings",
    "referrals": "referrals",
    "coi": "COI contacts",
    "quotes": "quotes",
    "policies": "policies",
    "leads": "leads",
    "stages": "stages",
}


class Unit(StrEnum):
    """What a row's figures are: a count, or cents."""

    COUNT = "count"
    MONEY = "money"


class Paper(StrEnum):
    """The paper that a scorecard is laid out for."""

    LETTER = "letter"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of the week with its targets; `series`: the last weeks' values, oldest first."""

    value: int | None = None
    target: int | None = None
    stretch: int | None = None
    hit: bool | None = None
    series: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ScorecardRow:
    """A line of the activity or results table."""

    metric: str
    label: str
    unit: Unit
    figure: Figure


@dataclass(frozen=True, slots=True)
class StageRow:
    """A line of the pipeline snapshot; `premium` in cents."""

    stage: str
    label: str
    count: int | None
    premium: int | None


@dataclass(frozen=True, slots=True)
class MonthToDate:
    """The month so far (metrics.md 0 and 2); premium in cents, `close_rate` a fraction."""

    policies_written: int | None = None
    policies_target: int | None = None
    new_premium: int | None = None
    premium_target: int | None = None
    close_rate: float | None = None
    on_track: bool | None = None


@dataclass(frozen=True, slots=True)
class ScorecardTexts:
    """What producer and manager wrote; lines may be empty."""

    wins: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    notes: str = ""

    @property
    def empty(self) -> bool:
        """True while nobody has written a word."""
        return not any(text.strip() for text in (*self.wins, *self.challenges, *self.priorities, self.notes))

    def padded(self) -> ScorecardTexts:
        """The same with exactly as many lines as the form has; further lines join the last one, so none is lost."""
        return ScorecardTexts(
            _padded(self.wins, WINS),
            _padded(self.challenges, CHALLENGES),
            _padded(self.priorities, PRIORITIES),
            self.notes,
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Whose scorecard it is; `manager` is a name, empty when nobody is named."""

    code: str
    name: str
    manager: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week: its label (`2026-W10`), Monday and Sunday."""

    label: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who hands the page out, and on what paper. `logo` holds the bytes of a PNG or JPEG picture."""

    agency: str
    paper: Paper = Paper.LETTER
    logo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that was counted for the page. `stages` maps a stage key to (count, cents)."""

    metrics: Mapping[str, Figure]
    month: MonthToDate
    stages: Mapping[str, tuple[int, int]]
    automatic_share: float | None = None
    freshness: Sequence[tuple[str, date | None]] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of a published week a page is, and what changed since the version it replaces."""

    version: int
    published_at: datetime
    changes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """`Version 2, published Mar 10, 2026, replaces version 1`."""
        replaced = f", replaces version {self.version - 1}" if self.version > 1 else ""
        return f"Version {self.version}, published {short_date(self.published_at.date())}{replaced}"


@dataclass(frozen=True, slots=True)
class ScorecardContent:
    """One page. On a blank form only who, when and the targets are filled; `edition`: of a published week."""

    letterhead: Letterhead
    person: Person
    week: Week
    monthly_target: int | None
    activity: tuple[ScorecardRow, ...]
    results: tuple[ScorecardRow, ...]
    stages: tuple[StageRow, ...]
    total: StageRow
    month: MonthToDate
    texts: ScorecardTexts
    automatic_share: float | None
    data_as_of: str
    printed_at: datetime
    blank: bool
    edition: Edition | None = None


def build(
    letterhead: Letterhead,
    person: Person,
    week: Week,
    figures: Figures,
    texts: ScorecardTexts,
    printed_at: datetime,
    blank: bool = False,
) -> ScorecardContent:
    """One producer's page from figures already computed (metrics.md 2); a blank form keeps the targets alone."""
    shown = _emptied(figures) if blank else figures
    stages = tuple(_stage_row(key, shown.stages, blank) for key in OPEN_STAGES)
    return ScorecardContent(
        letterhead=letterhead,
        person=person,
        week=week,
        monthly_target=figures.month.premium_target,
        activity=_rows(ACTIVITY_METRICS, shown.metrics),
        results=_rows(RESULT_METRICS, shown.metrics),
        stages=stages,
        total=_total(stages),
        month=shown.month,
        texts=(ScorecardTexts() if blank else texts).padded(),
        automatic_share=shown.automatic_share,
        data_as_of="" if blank else freshness_sentence(figures.freshness),
        printed_at=printed_at,
        blank=blank,
    )


def freshness_sentence(freshness: Iterable[tuple[str, date | None]]) -> str:
    """How far each source reaches, newest first: `Calls and emails through Mar 8, 2026; policies through Mar 6, 2026.`

    Sources that the page does not show or that never brought anything are left out; none at all says so.
    """
    by_day: dict[date, list[str]] = {}
    for source, through in freshness:
        if through is not None and source in _SOURCES:
            by_day.setdefault(through, []).append(_SOURCES[source])
    if not by_day:
        return "No data has been imported yet."
    parts = [f"{_listed(by_day[day])} through {short_date(day)}" for day in sorted(by_day, reverse=True)]
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def short_date(day: date) -> str:
    """`Mar 8, 2026`, in English whatever the machine's locale."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def date_range(start: date, end: date) -> str:
    """`Mar 2 - 8, 2026` with an en dash, naming month and year once where both days share them."""
    if start.year != end.year:
        return f"{short_date(start)} – {short_date(end)}"
    first = f"{_MONTHS[start.month - 1]} {start.day}"
    last = f"{end.day}" if start.month == end.month else f"{_MONTHS[end.month - 1]} {end.day}"
    return f"{first} – {last}, {end.year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _rows(metrics: Sequence[str], figures: Mapping[str, Figure]) -> tuple[ScorecardRow, ...]:
    return tuple(
        ScorecardRow(
            metric, LABELS[metric], Unit.MONEY if metric == "new_premium" else Unit.COUNT, figures.get(metric, Figure())
        )
        for metric in metrics
    )


def _stage_row(key: str, stages: Mapping[str, tuple[int, int]], blank: bool) -> StageRow:
    if blank:
        return StageRow(key, LABELS[key], None, None)
    count, premium = stages.get(key, (0, 0))
    return StageRow(key, LABELS[key], count, premium)


def _total(stages: Sequence[StageRow]) -> StageRow:
    counts = [row.count for row in stages if row.count is not None]
    premiums = [row.premium for row in stages if row.premium is not None]
    return StageRow("total", "Total pipeline", sum(counts) if counts else None, sum(premiums) if premiums else None)


def _emptied(figures: Figures) -> Figures:
    return Figures(
        metrics={key: Figure(target=one.target, stretch=one.stretch) for key, one in figures.metrics.items()},
        month=MonthToDate(policies_target=figures.month.policies_target, premium_target=figures.month.premium_target),
        stages={},
    )


def _padded(lines: Sequence[str], length: int) -> tuple[str, ...]:
    kept = list(lines[:length]) + [""] * (length - len(lines))
    rest = [line for line in lines[length:] if line.strip()]
    if rest:
        kept[-1] = "; ".join(line for line in (kept[-1], *rest) if line.strip())
    return tuple(kept)


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
