"""A published scorecard as canonical JSON, and back: what is frozen, and what of it counts as changed.

Knows no book and no paper. Figures are native: cents, fractions, counts; keys are the metrics' ids, a target's has
`.target` behind it, the month's and the pipeline's have their group before it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from desktop.core.production import METRIC
from desktop.core.production import Unit as MetricUnit
from desktop.core.scorecard import (
    LABELS,
    Edition,
    Figure,
    Letterhead,
    MonthToDate,
    Person,
    ScorecardContent,
    ScorecardRow,
    ScorecardTexts,
    StageRow,
    Unit,
    Week,
)

Number = int | float
Figures = Mapping[str, Number | None]
_PLACES = 9
_WORDS = {
    "avg_policy_size": "Average policy size",
    "close_rate": "Close rate",
    "new_commission": "New commission",
    "automatic_share": "Tracked automatically",
    "month_to_date.policies_written": "Policies written, month to date",
    "month_to_date.policies_target": "Policies target of the month",
    "month_to_date.new_premium": "New premium, month to date",
    "month_to_date.premium_target": "Premium target of the month",
    "month_to_date.close_rate": "Close rate, month to date",
    "month_to_date.on_track": "On track",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A frozen figure that is another today; `why` names the imports or edits, `at` is when (ISO local time)."""

    metric: str
    before: Number | None
    after: Number | None
    why: str
    at: str

    @property
    def words(self) -> str:
        """`Outbound calls 51 to 53`."""
        sides = [worded(self.metric, value) for value in (self.before, self.after)]
        return f"{words_of(self.metric)} {sides[0]} to {sides[1]}"


@dataclass(frozen=True, slots=True)
class Frozen:
    """What was published of one producer's week: the page, every figure of the dashboard, what it amends."""

    page: ScorecardContent
    figures: Figures
    amends: tuple[Difference, ...] = ()


def to_text(frozen: Frozen) -> str:
    """Canonical JSON: keys sorted, no spaces; the same content always gives the same text."""
    page = asdict(frozen.page)
    for gone in ("letterhead", "printed_at", "edition"):
        del page[gone]
    whole = {
        "page": page,
        "figures": {key: _rounded(value) for key, value in frozen.figures.items()},
        "amends": [asdict(one) for one in frozen.amends],
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def from_text(text: str, letterhead: Letterhead, printed_at: datetime, edition: Edition | None = None) -> Frozen:
    """The frozen content as it was, on today's letterhead. ValueError, KeyError or TypeError when it is damaged."""
    whole = json.loads(text)
    page = whole["page"]
    content = ScorecardContent(
        letterhead=letterhead,
        person=Person(**page["person"]),
        week=Week(page["week"]["label"], *(date.fromisoformat(page["week"][side]) for side in ("start", "end"))),
        monthly_target=page["monthly_target"],
        activity=tuple(map(_row, page["activity"])),
        results=tuple(map(_row, page["results"])),
        stages=tuple(StageRow(**row) for row in page["stages"]),
        total=StageRow(**page["total"]),
        month=MonthToDate(**page["month"]),
        texts=_texts(page["texts"]),
        automatic_share=page["automatic_share"],
        data_as_of=page["data_as_of"],
        printed_at=printed_at,
        blank=False,
        edition=edition,
    )
    return Frozen(content, whole["figures"], tuple(Difference(**one) for one in whole["amends"]))


def same(one: Frozen, other: Frozen) -> bool:
    """Whether publishing again would say nothing new: equal figures, words and names; trends may differ."""
    return not differing(one.figures, other.figures) and _said(one.page) == _said(other.page)


def differing(before: Figures, after: Figures) -> dict[str, tuple[Number | None, Number | None]]:
    """The figures that are not what they were, in the order of `before`: key to (before, after)."""
    keys = dict.fromkeys((*before, *after))
    pairs = {key: (_rounded(before.get(key)), _rounded(after.get(key))) for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def unit_of(key: str) -> MetricUnit:
    """What a figure is: count, rate or money (cents)."""
    name = key.removesuffix(".target").rpartition(".")[2]
    if name in METRIC:
        return METRIC[name].unit
    if name in ("premium", "premium_target"):
        return MetricUnit.MONEY
    return MetricUnit.RATE if name == "automatic_share" else MetricUnit.COUNT


def words_of(key: str) -> str:
    """A figure's name for people: `Outbound calls`, `Outbound calls, target`, `Quoted, premium`."""
    if key in _WORDS:
        return _WORDS[key]
    if key.endswith(".target"):
        return f"{words_of(key.removesuffix('.target'))}, target"
    if key.startswith("pipeline."):
        _group, stage, what = key.split(".")
        return f"{LABELS.get(stage, stage.capitalize())} leads, {what}"
    return LABELS.get(key, key)


def worded(key: str, value: Number | None) -> str:
    """A figure as people read it: `12`, `33.3 %`, `$1,234.50`, `yes`, `none`."""
    if value is None:
        return "none"
    if key.endswith("on_track"):
        return "yes" if value else "no"
    unit = unit_of(key)
    if unit is MetricUnit.RATE:
        return f"{value * 100:.1f} %"
    if unit in (MetricUnit.MONEY, MetricUnit.MEAN_MONEY):
        return f"${value / 100:,.2f}"
    return f"{value:,}"


def _said(page: ScorecardContent) -> tuple[Any, ...]:
    return page.person, page.texts.padded()


def _row(row: dict[str, Any]) -> ScorecardRow:
    figure = row["figure"]
    return ScorecardRow(
        row["metric"], row["label"], Unit(row["unit"]), replace(Figure(**figure), series=tuple(figure["series"]))
    )


def _texts(texts: dict[str, Any]) -> ScorecardTexts:
    wins, challenges, priorities = (tuple(texts[name]) for name in ("wins", "challenges", "priorities"))
    return ScorecardTexts(wins, challenges, priorities, texts["notes"])


def _rounded(value: Number | None) -> Number | None:
    return round(value, _PLACES) if isinstance(value, float) else value


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be frozen")
