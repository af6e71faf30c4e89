"""Targets as people read and type them: "Close rate", 35%, $18,000, where the template says close_rate, 0.35 and 18000.

Turns texts into texts, so that one grid serves eyes and template alike; a text that cannot be read goes on as it is,
for the reader of the template to refuse. Computes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from desktop.core import kpis
from desktop.core.kpis import definition
from desktop.core.measures import KPIS
from desktop.core.production import METRIC, METRICS
from desktop.core.production import Unit as MetricUnit
from desktop.core.targets import TargetRule
from desktop.services.grids import Line

_AMOUNTS = ("target", "stretch")
_NUMBER = re.compile(r"\$?\s*((?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|\.\d+)\s*(%?)")

LABELS: Mapping[str, str] = MappingProxyType(
    {
        **{metric.id: metric.label for metric in METRICS},
        **{kpi.id: kpi.label for kpi in map(kpis.kpi, KPIS) if kpi.unit is not definition.Unit.TABLE},
    }
)
"""What everything with one number is called, by its id."""

_RATES = frozenset(
    {
        *(metric.id for metric in METRICS if metric.unit is MetricUnit.RATE),
        *(one for one in KPIS if kpis.kpi(one).unit is definition.Unit.RATIO and one != "lead_source_roi"),
    }
)
_DOLLARS = frozenset(
    {
        *(metric.id for metric in METRICS if metric.is_money),
        *(one for one in KPIS if kpis.kpi(one).unit is definition.Unit.DOLLARS),
    }
)
_IDS = {label.casefold(): id_ for id_, label in LABELS.items()}


def shown(line: Line) -> Line:
    """The line of the template as people read it."""
    measure = line.texts.get("metric", "")
    amounts = {name: _amount_shown(measure, line.texts.get(name, "")) for name in _AMOUNTS}
    level = {"level": line.texts["level"].capitalize()} if "level" in line.texts else {}
    return replace(line, texts={**line.texts, "metric": LABELS.get(measure, measure), **level, **amounts})


def read(line: Line) -> Line:
    """The typed line as the template writes it: a name or an id for the metric, of a rate 35% or 35 or 0.35."""
    typed = line.texts.get("metric", "").strip()
    measure = _IDS.get(typed.casefold(), typed)
    amounts = {name: _amount_read(measure, line.texts.get(name, "")) for name in _AMOUNTS}
    level = {"level": line.texts["level"].lower()} if "level" in line.texts else {}
    return replace(line, texts={**line.texts, "metric": measure, **level, **amounts})


def unknown(typed: str) -> str:
    """Why a name or id is refused that no metric and no KPI has."""
    return f"“{typed}” is no metric or KPI. Choose one from the list that opens while you type."


def said(rule: TargetRule) -> str:
    """A target of the dashboard's metrics in words, with its stretch: "Calls made 40 to 60"."""
    worth = 100 if METRIC[rule.metric].is_money else 1
    amounts = [_amount_shown(rule.metric, str(one / worth)) for one in (rule.target, rule.stretch) if one is not None]
    return f"{LABELS[rule.metric]} {' to '.join(amounts)}"


def _amount_shown(measure: str, text: str) -> str:
    if not text:
        return ""
    if measure in _RATES:
        return _plain(Fraction(text) * 100) + "%"
    number = Fraction(text)
    if measure in _DOLLARS:
        return f"${float(number):,.2f}".removesuffix(".00")
    return _plain(number, grouped=True)


def _amount_read(measure: str, text: str) -> str:
    found = _NUMBER.fullmatch(text.strip())
    if found is None or (found[2] and measure not in _RATES):
        return text
    number = Fraction(found[1].replace(",", ""))
    if measure in _RATES and (found[2] or number > 1):
        number /= 100
    return _plain(number)


def _plain(number: Fraction, grouped: bool = False) -> str:
    text = f"{float(number):,.6f}" if grouped else f"{float(number):.6f}"
    return text.rstrip("0").rstrip(".")
