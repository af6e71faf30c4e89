"""A lead's way through the sales pipeline: stages from when to when (metrics.md 1, files.md 2), and who owned it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core import pipeline

GIVEN = "given"
ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class StageEntry:
    """A sales row of a lead: the stage as the file names it, when, and the row it stands in."""

    stage: str
    entered_at: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """Time in one stage: `stage` is the P&C key, `given` the file's; `left_at` None while it lasts."""

    stage: str
    given: str
    rank: int | None
    entered_at: str
    left_at: str | None
    dated: str
    row: int | None


@dataclass(frozen=True, slots=True)
class LeadStage:
    """What the lead's own row says of its stage; used only for a lead without sales rows."""

    received_at: str
    stage: str | None
    entered_at: str | None


def stays_of(lead: LeadStage, entries: Sequence[StageEntry]) -> list[Stay]:
    """The stays of a lead in order of time.

    Every lead enters rank 1 when received, unless a rank-1 row stands at or before its first sales row. Entries at the
    same moment stand in order of rank, an ending last.
    """
    dated = [(entry, GIVEN) for entry in entries if pipeline.is_sales_stage(entry.stage)]
    if not dated and lead.stage is not None and pipeline.is_sales_stage(lead.stage):
        certain = lead.entered_at is not None
        dated = [(StageEntry(lead.stage, lead.entered_at or lead.received_at), GIVEN if certain else ASSUMED)]
    dated.sort(key=lambda pair: (pair[0].entered_at, _order(pair[0].stage)))
    if (
        not dated
        or pipeline.rank_of(dated[0][0].stage) != 1
        or (not entries and dated[0][0].entered_at > lead.received_at)
    ):
        first = min(lead.received_at, dated[0][0].entered_at) if dated else lead.received_at
        dated.insert(0, (StageEntry("prospect", first), GIVEN))
    nexts = [entry.entered_at for entry, _dated in dated[1:]] + [None]
    return [
        Stay(pipeline.folded(e.stage), e.stage, pipeline.rank_of(e.stage), e.entered_at, left_at, how, e.row)
        for (e, how), left_at in zip(dated, nexts, strict=True)
    ]


def _order(stage: str) -> int:
    rank = pipeline.rank_of(stage)
    return 99 if rank is None else rank


@dataclass(frozen=True, slots=True)
class Span:
    """Who (`alias`, 0 = nobody) owned a lead from when to when."""

    alias: int
    from_at: str
    to_at: str | None


def ownership_of(assigned_at: str, alias: int, changes: Sequence[tuple[str, int]]) -> list[Span]:
    """Owner spans from the lead's own producer and the dated changes `(at, alias)`."""
    ordered = sorted(changes)
    starts = [(min(assigned_at, ordered[0][0]) if ordered else assigned_at, alias), *ordered]
    ends = [at for at, _alias in starts[1:]] + [None]
    return [Span(who, at, end) for (at, who), end in zip(starts, ends, strict=True)]
