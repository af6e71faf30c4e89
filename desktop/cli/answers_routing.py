"""Shapes what routing's services answer into the answers of commands.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.core import scoring

if TYPE_CHECKING:
    from desktop.core.routing import Candidate
    from desktop.services.routing import Outcome, Routed

_PARTS = ("capacity", "match", "close", "response")


def routed(found: Outcome) -> dict[str, Any]:
    """The answer of `route`."""
    return {
        "assignments": [_assignment(one) for one in found.assignments],
        "unassigned": [{"lead_id": one.decision.lead_id, "why": one.decision.because} for one in found.unassigned],
    }


def _assignment(one: Routed) -> dict[str, Any]:
    decision = one.decision
    return {
        "lead_id": decision.lead_id,
        "producer": decision.producer,
        "producer_name": one.producer_name,
        "step": decision.step,
        "rule": decision.rule,
        "territory": decision.territory,
        "model": decision.model,
        "score": None if decision.score is None else float(scoring.shown(decision.score)),
        "because": decision.because,
        "candidates": [_candidate(candidate) for candidate in decision.candidates],
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "producer": one.producer,
        "eligible": one.eligible,
        "reason": one.reason,
        "score": float(scoring.shown(one.score)),
        "parts": {name: round(float(getattr(one.points, name)), 6) for name in _PARTS},
    }
