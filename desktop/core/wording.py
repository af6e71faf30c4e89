"""A placement as one sentence (routing.md 3). Must not decide anything."""

from __future__ import annotations

from fractions import Fraction

from desktop.core import scoring
from desktop.core.placing import Placement

_SHARED = {"email": "e-mail", "phone": "phone number", "name_zip": "name and ZIP"}
_MODELS = {
    "owner": "owns the territory “{territory}” of its ZIP",
    "backup": "is the backup of the territory “{territory}”, whose owner cannot take it",
    "pool": "scores highest in the pool of the territory “{territory}” ({score})",
    "score": "scores highest among the eligible ({score})",
    "turn": "has the next turn among the eligible",
    "load": "has the fewest active leads among the eligible",
    "named": "is named by the rule",
}


def because(placed: Placement, score: Fraction | None) -> str:
    """Why the lead went where it went; `score` is the owner's."""
    match = placed.match
    shared = _SHARED[match.by] if match else ""
    if placed.step == "needs_attention":
        return f"It lacks {placed.why.replace('_', ' ')}, so it waits for attention."
    if placed.step == "duplicate" and match:
        return f"It has the same {shared} as the open lead {match.key} and is merged into it; its owner stays."
    if placed.step == "existing_client" and match:
        return f"It has the same {shared} as client {match.key}, whom {placed.producer} looks after."
    return " ".join(part for part in (_decided(placed, score), _remarks(placed)) if part)


def _decided(placed: Placement, score: Fraction | None) -> str:
    if placed.step == "overflow":
        return f"Nobody is eligible, so it goes to the overflow owner {placed.producer}, with an alert."
    if placed.step == "unassigned":
        return "Nobody is eligible and no overflow owner is set."
    text = _MODELS[placed.why].format(
        territory=placed.territory.territory if placed.territory else "",
        score="" if score is None else scoring.shown(score),
    )
    by_rule = f"By the rule “{placed.rule.name}”: " if placed.rule and placed.step == "rule" else ""
    return f"{by_rule}{placed.producer} {text}."


def _remarks(placed: Placement) -> str:
    remarks = []
    names = ", ".join(f"“{rule.name}”" for rule in placed.skipped if rule.when is not None)
    if names:
        remarks.append(f"Skipped for want of somebody eligible: {names}.")
    if "hours_dropped" in placed.flags:
        remarks.append("Nobody is in working hours, so hours were disregarded.")
    if "client_owner_inactive" in placed.flags:
        remarks.append("It is an existing client whose producer is inactive.")
    return " ".join(remarks)
