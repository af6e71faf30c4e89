"""What is odd about a map of spans: overlaps, nesting and gaps (routing.md 2).

Sweeps over spans, so that a table of 10,000 rules is checked while it is typed. Must not know territory rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

Span = tuple[int, int]
_AREA = 100


class Conflict(NamedTuple):
    """ZIPs (`10001`, `10001-10010` or `K1A*`) that rules of equal standing claim for different territories."""

    zips: str
    rules: tuple[int, ...]


class Nested(NamedTuple):
    """A narrower rule wholly inside a wider one, by id."""

    inner: int
    outer: int


class Gap(NamedTuple):
    """Unassigned ZIPs, both ends inclusive, with the leads of the last 90 days and the clients in them."""

    first: str
    last: str
    leads_90_days: int
    clients: int


class Lint(NamedTuple):
    """All findings on a map, in this order."""

    conflicts: tuple[Conflict, ...]
    nested: tuple[Nested, ...]
    dead: tuple[int, ...]
    gaps: tuple[Gap, ...]


def conflicts(claims: Iterable[tuple[int, str, Sequence[Span]]]) -> list[Conflict]:
    """The stretches over which claims (id, territory, spans) of more than one territory lie."""
    edges: list[tuple[int, bool, int]] = []
    territory = {}
    for key, name, spans in claims:
        territory[key] = name
        for first, last in spans:
            edges.append((first, True, key))
            edges.append((last + 1, False, key))
    edges.sort()
    found: list[Conflict] = []
    active: set[int] = set()
    since = 0
    for at, starts, key in edges:
        if at > since and len(active) > 1 and len({territory[one] for one in active}) > 1:
            _extend(found, since, at - 1, tuple(sorted(active)))
        since = at
        if starts:
            active.add(key)
        else:
            active.discard(key)
    return found


def prefix_conflicts(claims: Iterable[tuple[int, str, str | None]]) -> list[Conflict]:
    """Equal Canadian prefixes claimed for more than one territory; of one width, only equal ones overlap."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for key, name, prefix in claims:
        if prefix:
            groups.setdefault(prefix, []).append((key, name))
    return [
        Conflict(f"{prefix}*", tuple(sorted(key for key, _name in ones)))
        for prefix, ones in groups.items()
        if len({name for _key, name in ones}) > 1
    ]


def nested(areas: Mapping[int, tuple[Sequence[Span], int]]) -> list[Nested]:
    """Every (inner, outer) where a narrower area lies wholly in a wider one; areas are (spans, width) by id."""
    spans = sorted(
        (first, -last, -width, key, at == 0)
        for key, (own, width) in areas.items()
        for at, (first, last) in enumerate(own)
    )
    found: list[Nested] = []
    open_spans: list[tuple[int, int]] = []
    for first, negative, _width, key, is_first in spans:
        last = -negative
        open_spans = [one for one in open_spans if one[0] >= first]
        if is_first:
            own, width = areas[key]
            for end, other in open_spans:
                if end >= last and areas[other][1] > width and (len(own) == 1 or _covers(areas[other][0], own)):
                    found.append(Nested(key, other))
        open_spans.append((last, key))
    return found


def nested_prefixes(prefixes: Mapping[int, str]) -> list[Nested]:
    """The same for Canadian prefixes: one that begins with a shorter one lies in it."""
    by_prefix: dict[str, list[int]] = {}
    for key, prefix in prefixes.items():
        by_prefix.setdefault(prefix, []).append(key)
    return [
        Nested(key, outer)
        for key, prefix in prefixes.items()
        for size in range(len(prefix))
        for outer in by_prefix.get(prefix[:size], ())
    ]


def gaps(
    cells: Sequence[int],
    owner: Mapping[int, int],
    known: Collection[str] | None,
    leads: Iterable[str],
    clients: Iterable[str],
) -> tuple[Gap, ...]:
    """Unassigned (-1) cells between the first and last of one owner in an area, or with leads or clients, as runs.

    `cells` hold keys of `owner`. With `known` only those ZIPs can be gaps, and others do not interrupt a run.
    """
    exists = None if known is None else {int(one) for one in known if one.isascii() and one.isdecimal()}
    lead_counts, client_counts = _counted(leads, cells, exists), _counted(clients, cells, exists)
    members = _between(cells, owner, exists)
    members.update(lead_counts, client_counts)
    found: list[Gap] = []
    for first, last in _runs(sorted(members), cells, exists):
        found.append(
            Gap(
                f"{first:05d}",
                f"{last:05d}",
                sum(lead_counts[at] for at in range(first, last + 1)) if lead_counts else 0,
                sum(client_counts[at] for at in range(first, last + 1)) if client_counts else 0,
            )
        )
    return tuple(found)


def _between(cells: Sequence[int], owner: Mapping[int, int], exists: set[int] | None) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(cells), _AREA):
        block = cells[start : start + _AREA]
        if -1 not in block or block.count(-1) == len(block):
            continue
        ends: dict[int, list[int]] = {}
        for at, key in enumerate(block):
            if key != -1:
                ends.setdefault(owner[key], [at, at])[1] = at
        for first, last in ends.values():
            found.update(start + at for at in range(first, last) if block[at] == -1)
    return found if exists is None else found & exists


def _counted(codes: Iterable[str], cells: Sequence[int], exists: set[int] | None) -> Counter[int]:
    """How often each unassigned existing ZIP stands in `codes`; what is no five digits is left out."""
    counts = Counter(int(one) for one in codes if len(one) == 5 and one.isascii() and one.isdecimal())
    kept = {at: n for at, n in counts.items() if cells[at] == -1 and (exists is None or at in exists)}
    return Counter(kept)


def _runs(members: Sequence[int], cells: Sequence[int], exists: set[int] | None) -> list[Span]:
    """Members of one area with nothing between them but ZIPs that are unassigned and do not exist."""
    runs: list[Span] = []
    for at in members:
        if runs:
            first, last = runs[-1]
            between = range(last + 1, at)
            if last // _AREA == at // _AREA and all(
                exists is not None and one not in exists and cells[one] == -1 for one in between
            ):
                runs[-1] = (first, at)
                continue
        runs.append((at, at))
    return runs


def _extend(found: list[Conflict], first: int, last: int, rules: tuple[int, ...]) -> None:
    text = f"{first:05d}" if first == last else f"{first:05d}-{last:05d}"
    found.append(Conflict(text, rules))


def _covers(outer: Sequence[Span], inner: Sequence[Span]) -> bool:
    starts = [first for first, _last in outer]
    for first, last in inner:
        at = bisect_right(starts, first) - 1
        if at < 0 or outer[at][1] < last:
            return False
    return True
