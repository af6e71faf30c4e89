"""The pipelines: stages, milestone ranks, expected days and required actions (metrics.md 1).

Agencies write P&C or life stage keys; figures fold life stages into P&C ones by rank. Must not know how stage entries
are stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SALES = "sales"
WON = "won"
LOST = "lost"
WON_RANK = 7


@dataclass(frozen=True, slots=True)
class SalesStage:
    """A stage of the sales pipeline: P&C key, the life key that folds into it, rank (None for lost), expected days."""

    key: str
    life_key: str | None
    label: str
    rank: int | None
    expected_days: int | None
    action: str


@dataclass(frozen=True, slots=True)
class ServiceStage:
    """A stage of a service pipeline; `expected_days` is None where nobody waits."""

    key: str
    expected_days: int | None = None


SALES_STAGES: tuple[SalesStage, ...] = (
    SalesStage("prospect", "new_lead", "Prospect", 1, 7, "Make first contact"),
    SalesStage("contacted", "contact", "Contacted", 2, 14, "Follow up three times"),
    SalesStage("needs_analysis", "engaged_interest", "Needs analysis", 3, 7, "Request applications and information"),
    SalesStage("quoted", "qualified_interest", "Quoted", 4, 14, "Schedule the presentation"),
    SalesStage("proposed", None, "Proposed", 5, 7, "Follow up aggressively"),
    SalesStage("closing", "application", "Closing", 6, 7, "Get signatures, bind"),
    SalesStage(WON, "closed_won", "Won", WON_RANK, None, "Process in the AMS, start the welcome sequence"),
    SalesStage(LOST, "closed_lost", "Lost", None, None, "Log the reason, start the nurture sequence"),
)
"""In pipeline order, won and lost last."""

OPEN_STAGES: tuple[str, ...] = tuple(stage.key for stage in SALES_STAGES if stage.expected_days is not None)
OUTCOMES: tuple[str, ...] = (WON, LOST)

SERVICE_PIPELINES: Mapping[str, tuple[ServiceStage, ...]] = MappingProxyType(
    {
        "underwriting": (
            ServiceStage("submitted", 14),
            ServiceStage("requirement_opened", 7),
            ServiceStage("requirement_resolved"),
            ServiceStage("approved"),
            ServiceStage("declined"),
        ),
        "placement": (
            ServiceStage("approved", 7),
            ServiceStage("delivered", 7),
            ServiceStage("first_payment", 7),
            ServiceStage("in_force"),
            ServiceStage("not_taken"),
        ),
        "exceptions": (
            ServiceStage("new_exception", 3),
            ServiceStage("working", 7),
            ServiceStage("resolved"),
            ServiceStage("terminated"),
        ),
        "declined": (ServiceStage("declined"), ServiceStage("recycle")),
        "nurture": (
            ServiceStage("nurturing"),
            ServiceStage("sent"),
            ServiceStage("replied"),
            ServiceStage("recycled"),
        ),
    }
)

_BY_KEY: Mapping[str, SalesStage] = MappingProxyType(
    {stage.key: stage for stage in SALES_STAGES}
    | {stage.life_key: stage for stage in SALES_STAGES if stage.life_key is not None}
)


def is_sales_stage(key: str) -> bool:
    """Whether the text is a P&C or life stage key."""
    return key in _BY_KEY


def folded(key: str) -> str:
    """The P&C key of a P&C or life stage key; KeyError for any other text."""
    return _BY_KEY[key].key


def rank_of(key: str) -> int | None:
    """Milestone rank 1 to 7, None for lost; KeyError for what is no sales stage."""
    return _BY_KEY[key].rank


def is_open(key: str) -> bool:
    """Whether a lead whose latest entry is this stage is open: neither won nor lost."""
    return _BY_KEY[key].key not in OUTCOMES


def stages_of(pipeline: str) -> tuple[str, ...]:
    """Every stage key that a pipeline accepts, in order, life keys after P&C ones; KeyError for an unknown pipeline."""
    if pipeline == SALES:
        return tuple(_BY_KEY)
    return tuple(stage.key for stage in SERVICE_PIPELINES[pipeline])


def expected_days(pipeline: str, stage: str) -> int | None:
    """Days a lead or case should stay at most, None where none are expected; KeyError for an unknown stage."""
    if pipeline == SALES:
        return _BY_KEY[stage].expected_days
    for found in SERVICE_PIPELINES[pipeline]:
        if found.key == stage:
            return found.expected_days
    raise KeyError(stage)
