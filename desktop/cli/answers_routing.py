"""Shapes what routing's services answer into the answers of commands.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.core import scoring

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from desktop.core.routing import Candidate
    from desktop.services.escalating import Action
    from desktop.services.routing import Outcome, Routed
    from desktop.services.simulating import Simulation
    from desktop.services.territories import Checked

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


def escalated(found: Sequence[Action]) -> dict[str, Any]:
    """The answer of `escalate`."""
    return {
        "actions": [
            {
                "lead_id": one.lead_id,
                "step": one.step,
                "due_at": one.due_at.isoformat(timespec="seconds"),
                "at": one.at.isoformat(timespec="seconds"),
                "from": one.sender,
                "to": one.receiver,
                "because": one.because,
            }
            for one in found
        ]
    }


def checked(found: Checked) -> dict[str, Any]:
    """The answer of `coverage`."""
    return {
        "conflicts": [{"zips": one.zips, "rules": list(one.rules)} for one in found.conflicts],
        "nested": [{"inner": one.inner, "outer": one.outer} for one in found.nested],
        "dead": list(found.dead),
        "gaps": [
            {"from": one.first, "to": one.last, "leads_90_days": one.leads_90_days, "clients": one.clients}
            for one in found.gaps
        ],
        "unknown_zips": list(found.unknown_zips),
        "without_backup": list(found.without_backup),
    }


def simulated(found: Simulation) -> dict[str, Any]:
    """The answer of `simulate`."""
    return {
        "models": [
            {
                "model": one.model,
                "per_producer": [
                    {
                        "producer": each.producer,
                        "producer_name": each.producer_name,
                        "leads": each.leads,
                        "expected_wins": _places(each.expected_wins),
                    }
                    for each in one.per_producer
                ],
                "expected_wins": _places(one.expected_wins),
                "max_load": one.max_load,
                "moved": one.moved,
            }
            for one in found.models
        ]
    }


def _places(value: Fraction) -> float:
    return round(float(value), 6)
