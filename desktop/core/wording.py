"""A placement as one sentence (routing.md 3). Must not decide anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from desktop.core import scoring
from desktop.core.duplicates import Match
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


_LACKING = {"zip": "a ZIP", "line": "a line of insurance", "email": "an email address", "phone": "a phone number",
            "first_name": "a first name", "last_name": "a last name", "business_name": "a business name"}  # fmt: skip
_NOBODY: Mapping[str, str] = MappingProxyType({})


def because(placed: Placement, score: Fraction | None, names: Mapping[str, str] = _NOBODY) -> str:
    """Why the lead went where it went; `score` is the owner's, `names` gives producers' names by code."""
    match = placed.match
    shared = _SHARED[match.by] if match else ""
    owner = _called(placed.producer, names)
    if placed.step == "needs_attention":
        lacking = [_LACKING.get(one, one.replace("_", " ")) for one in placed.why.split(", ")]
        return f"It lacks {_and(lacking)}, so it waits for attention."
    if placed.step == "duplicate" and match:
        lead = _lead_called(match)
        return f"It has the same {shared} as the open lead {lead} and is merged into it; its owner {owner} stays."
    if placed.step == "existing_client" and match:
        client = match.client.name if match.client and match.client.name else match.key
        return f"It has the same {shared} as the client {client}, whom {owner} looks after."
    return " ".join(part for part in (_decided(placed, score, owner), _remarks(placed)) if part)


def _called(code: str | None, names: Mapping[str, str]) -> str:
    return "" if code is None else names.get(code) or code


def _lead_called(match: Match) -> str:
    lead = match.lead
    if lead is None:
        return match.key
    return f"{match.key} of {lead.name}" if lead.name else match.key


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _decided(placed: Placement, score: Fraction | None, owner: str) -> str:
    if placed.step == "overflow":
        return f"Nobody is eligible, so it goes to the overflow owner {owner}, with an alert."
    if placed.step == "unassigned":
        return "Nobody is eligible and no overflow owner is set."
    text = _MODELS[placed.why].format(
        territory=placed.territory.territory if placed.territory else "",
        score="" if score is None else scoring.shown(score),
    )
    by_rule = f"By the rule “{placed.rule.name}”: " if placed.rule and placed.step == "rule" else ""
    return f"{by_rule}{owner} {text}."


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
