"""Whose turn it is: round robin, its weighted form, and least loaded (routing.md 4).

States go in and come out as plain mappings, so that the pointer survives whatever keeps them. Must not know why
somebody is eligible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from desktop.core.scoring import Number, exact

State = Mapping[str, int]
_NEVER = -1


def next(state: State, eligible: Iterable[str]) -> tuple[str | None, dict[str, int]]:  # noqa: A001 - the field's word
    """The eligible code whose last turn is oldest (never = oldest, ties by code), and the state after its turn.

    `state` = {code: number of its last turn}; it is not changed. With nobody eligible (None, the same). routing.md 4.
    """
    turns = dict(state)
    code = oldest(turns, eligible)
    if code is not None:
        turns[code] = max(turns.values(), default=0) + 1
    return code, turns


def oldest(state: State, eligible: Iterable[str]) -> str | None:
    """Whom `next` would choose, without a turn being used."""
    return min(eligible, key=lambda code: (state.get(code, _NEVER), code), default=None)


def weighted(
    state: Mapping[str, Number], weights: Mapping[str, Number], eligible: Iterable[str]
) -> tuple[str | None, dict[str, Number]]:
    """Smooth weighted round robin: each eligible gains its weight, the highest wins (ties by code) and pays the sum.

    `state` = {code: credit}, empty at first; a code without weight has 1, one of 0 or less takes no part. The absent
    neither gain nor pay, so nobody returns with a burst. (None, the same) with nobody to choose from. routing.md 4.
    """
    balance = dict(state)
    shares = {code: weights.get(code, 1) for code in eligible}
    shares = {code: share for code, share in shares.items() if share > 0}
    if not shares:
        return None, balance
    for code, share in shares.items():
        balance[code] = _sum(balance.get(code, 0), share)
    winner = min(shares, key=lambda code: (-balance[code], code))
    balance[winner] = _sum(balance[winner], -_sum(*shares.values()))
    return winner, balance


def least_loaded(loads: Mapping[str, Number], waiting: Mapping[str, Number | None]) -> str | None:
    """The code with the fewest active leads, then the longest waiting, then by code; None without loads.

    `waiting` = {code: minutes since its last assignment}; None or absent = never had one = longest. routing.md 4.
    """

    def place(code: str) -> tuple[Number, bool, Number, str]:
        minutes = waiting.get(code)
        return loads[code], minutes is not None, 0 if minutes is None else -minutes, code

    return min(loads, key=place, default=None)


def return_credit(code: str, loads: Mapping[str, Number], peers: Collection[str]) -> Fraction:
    """What one who returns from leave is credited with under least loaded: the peers' mean less the own load, never
    negative; nothing without peers. routing.md 4."""
    others = [exact(loads[one]) for one in peers if one != code and one in loads]
    if not others:
        return Fraction()
    return max(Fraction(), sum(others, Fraction()) / len(others) - exact(loads.get(code, 0)))


def _sum(*values: Number) -> Number:
    """Exact also for weights such as 0.1; whole numbers stay whole."""
    if all(isinstance(value, int) for value in values):
        return sum(value for value in values if isinstance(value, int))
    return sum((exact(value) for value in values), Fraction())
