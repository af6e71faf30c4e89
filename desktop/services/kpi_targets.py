"""What a KPI's value is measured against: own targets, bands of the settings, defaults (metrics.md 0, *Status*).

No formula of any KPI, no SQL.
"""

from __future__ import annotations

from fractions import Fraction

from desktop.core.kpis.definition import Bands, Better, Corridor, Kpi, Plain, Unit, Yardstick
from desktop.core.kpis.reading import Asked, Whose
from desktop.core.money import exact
from desktop.core.targets import TargetRule, Targets
from desktop.core.team import Person
from desktop.models import facts_kpi_targets
from desktop.services.kpi_facts import KpiFacts
from desktop.settings import Band, DatedBand
from desktop.settings.dated import in_force

_SUMMED = frozenset(
    (
        *("annual_premium_written", "chargeback_risk", "win_back_premium", "revenue_forecast", "manager_alerts"),
        *("calls_per_day", "talk_minutes_per_day", "leads_worked"),
    )
)
"""Counts, minutes and amounts of which the agency's target is the sum over its active producers."""


def yardstick(facts: KpiFacts, kpi: Kpi, asked: Asked) -> Yardstick | None:
    """What a KPI is measured against over a period: bands with an own target as their green edge, else a target.

    Rows and dated bands count that are in effect on the period's last day, so that a past period keeps those of its
    day. An own row goes before the level's, bands and defaults. Whoever is no producer of the period has none, and
    neither has what belongs to nobody.
    """
    whose = asked.whose
    person = None if whose.producer is None else _person(facts, whose)
    if whose.unassigned or (person is not None and not person.produces_in(asked.period)):
        return None
    rule = _own(facts, kpi, asked, person)
    own = None if rule is None else rule.target
    code = None if person is None else person.code
    dated = in_force(facts.settings.dated_bands, kpi.id, asked.period.end, code)
    if dated is not None:
        bands = banded(dated.band)
        return bands if rule is None or _outranks(dated, rule) else bands.moved(rule.target)
    band = facts.settings.band(kpi.id)
    if band is not None:
        bands = banded(band)
        return bands if own is None else bands.moved(own)
    target = _summed(facts, kpi, asked) if own is None and person is None and kpi.id in _SUMMED else own
    return _plain(kpi, target if target is not None or _is_sum(kpi, person) else kpi.target)


def _outranks(dated: DatedBand, rule: TargetRule) -> bool:
    """Whether dated bands go before a target: a producer's own before any but his own; among the like the later."""
    of_band, of_rule = dated.producer is not None, rule.producer is not None
    return of_band if of_band != of_rule else dated.start > rule.effective_from


def banded(band: Band) -> Bands | Corridor:
    """The settings' pair of edges, or pair of ranges, as what a value is held against."""
    first, second = band
    if isinstance(first, tuple) and isinstance(second, tuple):
        return Corridor((exact(first[0]), exact(first[1])), (exact(second[0]), exact(second[1])))
    if isinstance(first, tuple) or isinstance(second, tuple):
        raise TypeError(band)
    return Bands(exact(first), exact(second))


def _is_sum(kpi: Kpi, person: Person | None) -> bool:
    return person is None and kpi.id in _SUMMED


def _plain(kpi: Kpi, target: Fraction | None) -> Plain | None:
    if target is None:
        return None
    return Plain(target, Better.LOWER if kpi.better is Better.LOWER else Better.HIGHER)


def _person(facts: KpiFacts, whose: Whose) -> Person | None:
    return next((one for one in facts.people if one.id == whose.producer), None)


def _rules(facts: KpiFacts) -> Targets:
    return facts.once("targets", lambda: Targets(facts_kpi_targets.target_rules(facts.book)))


def _own(facts: KpiFacts, kpi: Kpi, asked: Asked, person: Person | None) -> TargetRule | None:
    """The row of targets.csv: a producer's own, else the level's; the agency's; of a score the agency's for all."""
    rules, on = _rules(facts), asked.period.end
    agency = rules.of_agency(kpi.id, on)
    if person is None:
        return agency
    rule = rules.of_producer(kpi.id, person.id, person.level, on)
    return agency if rule is None and kpi.unit is Unit.POINTS else rule


def _summed(facts: KpiFacts, kpi: Kpi, asked: Asked) -> Fraction | None:
    """The sum of the active producers' targets; None without any."""
    rules, on = _rules(facts), asked.period.end
    found = []
    for person in facts.people:
        if person.counts_in_agency(asked.period):
            rule = rules.of_producer(kpi.id, person.id, person.level, on)
            target = kpi.target if rule is None else rule.target
            if target is not None:
                found.append(target)
    return sum(found, Fraction(0)) if found else None
