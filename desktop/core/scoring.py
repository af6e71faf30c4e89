"""The points of a producer for a lead, and the score they make (routing.md 4).

Exact: fractions in, fractions out; rounding is for showing. Must not know leads, producers or settings files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

Number = int | float | Fraction | Decimal

CAPACITY_BANDS: tuple[tuple[int, int], ...] = ((5, 10), (10, 8), (15, 6), (20, 4))
CAPACITY_FLOOR = 2
RESPONSE_BANDS: tuple[tuple[int, int], ...] = ((5, 10), (15, 8), (30, 6), (60, 4))
RESPONSE_FLOOR = 2
RESPONSE_UNKNOWN = 6
CLOSE_CEILING = Fraction(55, 100)
CLOSE_PRIOR = 10
AGENCY_RATE = Fraction(20, 100)

GROUPS: Mapping[str, str] = {
    "personal auto": "personal",
    "homeowners": "personal",
    "auto + home bundle": "personal",
    "bop": "commercial",
    "commercial package": "commercial",
    "workers comp": "commercial",
    "commercial auto": "commercial",
    "life": "life",
}
"""The group of each line, by the line's name in small letters; a line that is not here has no relations."""


class LineMatch(StrEnum):
    """How a producer's lines stand to a lead's."""

    LINE = "line"
    RELATED = "related"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Points:
    """The four parts of a score, 1-10 each."""

    capacity: Fraction
    match: Fraction
    close: Fraction
    response: Fraction


WEIGHTS: Mapping[str, Fraction] = {
    "capacity": Fraction(30, 100),
    "match": Fraction(35, 100),
    "close": Fraction(25, 100),
    "response": Fraction(10, 100),
}


def exact(value: Number) -> Fraction:
    """A number as the fraction that it is written as: 0.2 is a fifth."""
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def capacity_points(active: int, bands: Sequence[tuple[int, int]] = CAPACITY_BANDS) -> int:
    """10, 8, 6 or 4 points for fewer than 5, 10, 15 or 20 active leads, else 2. routing.md 4."""
    return next((points for limit, points in bands if active < limit), CAPACITY_FLOOR)


def match_points(line: str, in_territory: bool) -> int:
    """10 for the line in one's own territory, 8 for the line, 6 for a related one, else 4.

    `line` is a `LineMatch` or its text: "line", "related" or "none"; ValueError for anything else. routing.md 4.
    """
    kind = LineMatch(line)
    if kind is LineMatch.LINE:
        return 10 if in_territory else 8
    return 6 if kind is LineMatch.RELATED else 4


def line_match(line: str, lines: Iterable[str], groups: Mapping[str, str] = GROUPS) -> LineMatch:
    """How `line` stands to a producer's `lines`; a producer without lines takes every line. routing.md 4, 3.5."""
    wanted = line.casefold()
    own = {one.casefold() for one in lines}
    if not own or wanted in own:
        return LineMatch.LINE
    group = groups.get(wanted)
    if group is not None and any(groups.get(one) == group for one in own):
        return LineMatch.RELATED
    return LineMatch.NONE


def mean_match(
    wanted: Sequence[str], lines: Sequence[str], in_territory: bool, groups: Mapping[str, str] = GROUPS
) -> Fraction:
    """Match points of a lead of several lines: the mean; of none: as without a match. routing.md 4."""
    if not wanted:
        return Fraction(match_points(LineMatch.NONE, in_territory))
    return Fraction(sum(match_points(line_match(one, lines, groups), in_territory) for one in wanted), len(wanted))


def shrunk_rate(bound: int, decided: int, agency_rate: Number = AGENCY_RATE, prior: Number = CLOSE_PRIOR) -> Fraction:
    """The close rate as routing reads it: (bound + 10 x agency rate) / (decided + 10). routing.md 4."""
    weight = exact(prior)
    return (bound + weight * exact(agency_rate)) / (decided + weight)


def close_points(
    bound: int,
    decided: int,
    agency_rate: Number = AGENCY_RATE,
    *,
    prior: Number = CLOSE_PRIOR,
    ceiling: Number = CLOSE_CEILING,
) -> Fraction:
    """1 + 9 x min(r, 0.55) / 0.55; `decided` = won + lost leads of the trailing 90 days. routing.md 4.

    With `prior` 0, r is the plain rate; ZeroDivisionError where then nothing is decided.
    """
    return rate_points(shrunk_rate(bound, decided, agency_rate, prior), ceiling)


def rate_points(rate: Number, ceiling: Number = CLOSE_CEILING) -> Fraction:
    """1-10 points of a close rate: 1 + 9 x min(rate, ceiling) / ceiling. routing.md 4."""
    top = exact(ceiling)
    return 1 + 9 * min(exact(rate), top) / top


def response_points(minutes: Number | None, bands: Sequence[tuple[int, int]] = RESPONSE_BANDS) -> int:
    """10, 8, 6 or 4 points under 5, 15, 30 or 60 business minutes, else 2; without history (None) 6. routing.md 4."""
    if minutes is None:
        return RESPONSE_UNKNOWN
    return next((points for limit, points in bands if minutes < limit), RESPONSE_FLOOR)


def score(
    points: Points | Mapping[str, Number] | Sequence[Number],
    weights: Mapping[str, Number] | Sequence[Number] = WEIGHTS,
) -> Fraction:
    """10 x the weighted sum of capacity, match, close and response, exact and unrounded: 0-100. routing.md 4.

    Parts and weights by name, or in this order.
    """
    parts = as_mapping(points) if isinstance(points, Points) else _by_name(points)
    shares = _by_name(weights)
    return 10 * sum((exact(shares[name]) * exact(parts[name]) for name in WEIGHTS), Fraction())


def _by_name(values: Mapping[str, Number] | Sequence[Number]) -> Mapping[str, Number]:
    return values if isinstance(values, Mapping) else dict(zip(WEIGHTS, values, strict=True))


def as_mapping(points: Points) -> dict[str, Fraction]:
    """The four parts by name."""
    return {
        "capacity": points.capacity,
        "match": points.match,
        "close": points.close,
        "response": points.response,
    }


def shown(value: Fraction, places: int = 2) -> Decimal:
    """A score or a part rounded half up, for showing only. routing.md 4."""
    with localcontext() as context:
        context.prec = 60
        exactly = Decimal(value.numerator * 10**places // value.denominator)
        rest = Fraction(value.numerator * 10**places, value.denominator) - int(exactly)
        rounded = exactly + (1 if rest >= Fraction(1, 2) else 0)
        return rounded.scaleb(-places).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
