"""Who takes over what a leaver has: each item dealt to one of the receivers, by one rule.

Pure: items and receivers in, codes out. Must not know where items are stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.core import rotation
from desktop.core.scoring import Number


class Way(StrEnum):
    """How items are dealt: all to the first, in turns by weight, by the line or by the territory of each item."""

    ONE = "one"
    TURNS = "turns"
    LINE = "line"
    TERRITORY = "territory"


@dataclass(frozen=True, slots=True)
class Item:
    """A lead or a client: `premium` in cents."""

    key: str
    line: str | None = None
    zip: str | None = None
    premium: int = 0


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who takes over; `lines` is what the person writes, `weight` the part in turns."""

    code: str
    weight: int = 1
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Share:
    """What a receiver gets: number of items, and their premium in cents."""

    count: int
    premium: int


def deal(
    items: Iterable[Item],
    receivers: Sequence[Receiver],
    way: Way,
    owner_of: Callable[[str], str | None] = lambda _zip: None,
) -> dict[str, str]:
    """{item's key: receiver's code}; nothing without receivers. Turns go from the greatest premium down.

    By line: turns among the receivers who write the item's line. By territory: whoever `owner_of` a ZIP names. Where
    neither names anybody among the receivers, turns among all.
    """
    if not receivers:
        return {}
    table = _Table(receivers)
    found: dict[str, str] = {}
    for item in sorted(items, key=lambda one: (-one.premium, one.key)):
        if way is Way.ONE:
            found[item.key] = receivers[0].code
        elif way is Way.TERRITORY and item.zip is not None and owner_of(item.zip) in table.weights:
            found[item.key] = str(owner_of(item.zip))
        else:
            found[item.key] = table.next_of(item.line if way is Way.LINE else None)
    return found


class _Table:
    """Whose turn it is, among all and among those of each line."""

    def __init__(self, receivers: Sequence[Receiver]) -> None:
        self.weights = {one.code: max(one.weight, 1) for one in receivers}
        self._lines = {one.code: {line.casefold() for line in one.lines} for one in receivers}
        self._states: dict[str | None, Mapping[str, Number]] = {}

    def next_of(self, line: str | None) -> str:
        """The one whose turn it is among those who write `line` (None or nobody: among all)."""
        wanted = None if line is None else line.casefold()
        able = [code for code, lines in self._lines.items() if wanted is not None and wanted in lines]
        group = wanted if able else None
        code, self._states[group] = rotation.weighted(self._states.get(group, {}), self.weights, able or self.weights)
        return str(code)


def shares(items: Iterable[Item], dealt: Mapping[str, str]) -> dict[str, Share]:
    """{code: what it gets} of the items dealt."""
    found: dict[str, Share] = {}
    for item in items:
        code = dealt.get(item.key)
        if code is not None:
            had = found.get(code, Share(0, 0))
            found[code] = Share(had.count + 1, had.premium + item.premium)
    return found
