"""The average policy size line by line, each beside the target that holds for it (metrics.md 2: own targets by line).

What one target could not say of a producer who writes home and trucks. Knows no screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core.money import half_up
from desktop.core.periods import Period
from desktop.core.targets import TargetRule, Targets
from desktop.core.team import Person
from desktop.models import facts_people, facts_records
from desktop.services import configuration
from desktop.services.found_records import UNASSIGNED
from desktop.services.scopes import scope_or_nobody

if TYPE_CHECKING:
    from desktop.models.book import Book

METRIC = "avg_policy_size"


@dataclass(frozen=True, slots=True)
class LineSize:
    """New policies of a line: how many, average premium in cents (None without any), target and stretch in cents."""

    line: str
    policies: int
    average: int | None
    target: int | None
    stretch: int | None

    @property
    def hit(self) -> bool | None:
        """Whether the average reaches the target; None without either."""
        return None if self.average is None or self.target is None else self.average >= self.target


def sizes(book: Book, period: Period, as_of: datetime, producer: str | None = None) -> tuple[LineSize, ...]:
    """Lines with new policies in the period or a target at its end, as the agency lists them, others after those.

    Of a producer by code, of nobody (`UNASSIGNED`), or of the agency, whose targets are its own. UserError for a code
    that nobody has.
    """
    settings = configuration.load(book)
    bound: dict[str, tuple[int, int]] = {}
    for spelled, policies, premium in facts_records.policies_by_line(
        book, period, as_of, scope_or_nobody(book, producer)
    ):
        line = settings.line_named(spelled) or spelled
        before = bound.get(line, (0, 0))
        bound[line] = before[0] + policies, before[1] + premium
    team = facts_people.people(book)
    rules = [rule for rule in facts_people.target_rules(book, team) if rule.metric == METRIC and rule.line]
    named = [replace(rule, line=settings.line_named(str(rule.line)) or rule.line) for rule in rules]
    wanted = _in_effect(named, team, producer, period.end)
    order = [line.name for line in settings.lines]
    lines = sorted({*bound, *wanted}, key=lambda one: (order.index(one) if one in order else len(order), one))
    return tuple(_size(line, bound.get(line, (0, 0)), wanted.get(line)) for line in lines)


def _in_effect(rules: list[TargetRule], team: list[Person], producer: str | None, on: date) -> Mapping[str, TargetRule]:
    if producer == UNASSIGNED:
        return {}
    person = next((one for one in team if producer is not None and one.code.casefold() == producer.casefold()), None)
    found: dict[str, TargetRule] = {}
    for line in {str(rule.line) for rule in rules}:
        known = Targets(replace(rule, line=None) for rule in rules if rule.line == line)
        rule = known.of_agency(METRIC, on) if person is None else known.of_producer(METRIC, person.id, person.level, on)
        if rule is not None:
            found[line] = rule
    return found


def _size(line: str, bound: tuple[int, int], rule: TargetRule | None) -> LineSize:
    policies, premium = bound
    return LineSize(
        line,
        policies,
        half_up(Fraction(premium, policies)) if policies else None,
        None if rule is None else half_up(rule.target),
        None if rule is None or rule.stretch is None else half_up(rule.stretch),
    )
