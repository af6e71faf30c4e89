"""The app's own templates as profiles: `template_producers`, `template_leads` and so on, one per table in CSV.

Their fields are the template's columns in order, so that rows need no shaping. Settings and rules are JSON and have
their own reader.
"""

from __future__ import annotations

from desktop.core.pipeline import SALES, SERVICE_PIPELINES, stages_of
from desktop.core.templates import TEMPLATES, Column, Kind, Row, Template
from desktop.importers.profiles import planned
from desktop.importers.profiles.profile import NO_SYNONYMS, Field, Finding, Form, Profile
from desktop.importers.profiles.synonyms import BY_COLUMN

_IDS = frozenset({"lead_id", "client_id", "policy_number", "activity_id", "quote_id", "producer_code", "other_id"})
_TOTALS = {
    "policies": "annual_premium",
    "premiums": "annual_premium",
    "quotes": "premium",
    "activities": "count",
    "stated_totals": "premium",
    "leads": "estimated_premium",
    "sources": "monthly_cost",
    "producers": "salary",
    "pay": "salary",
}
_SERVICE_STAGES = {stage: None for pipeline in SERVICE_PIPELINES for stage in stages_of(pipeline)}
_STAGES = {
    "leads": stages_of(SALES),
    "stages": tuple(dict.fromkeys((*stages_of(SALES), *_SERVICE_STAGES))),
}
_ORDERS = {
    "producers": ("hired_on", "left_on"),
    "territories": ("valid_from", "valid_to"),
    "policies": ("effective_on", "expires_on"),
    "availability": ("from", "to"),
    "stated_totals": ("from", "to"),
}


def _check_stage(row: Row) -> list[Finding]:
    """A stage belongs to its pipeline, and its entry to a lead or a policy."""
    pipeline, stage, _at, lead, policy = row[:5]
    if stage not in stages_of(str(pipeline)):
        return [("stage", f"is no stage of {pipeline}")]
    if lead is None and policy is None:
        return [("lead_id", "is empty, and so is the policy number; one of them is needed")]
    return []


def _check_availability(row: Row) -> list[Finding]:
    """A weekday is one of seven, and working hours have a start and a later end; midnight ends a day."""
    cells = dict(zip(TEMPLATES["availability"].names, row, strict=False))
    weekday, start, end = cells["weekday"], cells["start"], cells["end"]
    if isinstance(weekday, int) and not 1 <= weekday <= 7:
        return [("weekday", "is not 1 (Monday) to 7 (Sunday)")]
    if cells["kind"] == "hours":
        if start is None or end is None:
            return [("start" if start is None else "end", "is empty; working hours need a start and an end")]
        if not str(end).startswith("00:00") and str(end) <= str(start):
            return [("end", f"lies before start, {start}")]
    return _check_order("availability", row)


def _check_order(table: str, row: Row) -> list[Finding]:
    """The later of two dates must not come before the earlier."""
    first, last = _ORDERS[table]
    start, end = row[TEMPLATES[table].index(first)], row[TEMPLATES[table].index(last)]
    if start is not None and end is not None and str(end) < str(start):
        return [(last, f"lies before {first}, {start}")]
    return []


_CHECKS = {
    "stages": _check_stage,
    "availability": _check_availability,
    "producers": lambda row: _check_order("producers", row),
    "territories": lambda row: _check_order("territories", row),
    "policies": lambda row: _check_order("policies", row),
    "stated_totals": lambda row: _check_order("stated_totals", row),
    "plans": lambda row: planned.check("plans", row),
    "plan_weeks": lambda row: planned.check("plan_weeks", row),
    "meetings": lambda row: planned.check("meetings", row),
    "scorecards": lambda row: planned.check("scorecards", row),
}


def _field(template: Template, column: Column) -> Field:
    kind: Kind | Form = Form.ID if column.name in _IDS and column.kind is Kind.TEXT else column.kind
    choices = column.choices
    if column.name == "stage" and template.name in _STAGES:
        kind, choices = Kind.CHOICE, _STAGES[template.name]
    synonyms = NO_SYNONYMS if template.name == "availability" else BY_COLUMN.get(column.name, NO_SYNONYMS)
    target = f"{template.name}.{column.name}"
    return Field(column.name, kind, (column.name,), target, column.required, choices, synonyms)


def _profile(template: Template) -> Profile:
    return Profile(
        name=f"template_{template.name}",
        title=f"{template.name}.csv template",
        table=template.name,
        fields=tuple(_field(template, column) for column in template.columns),
        # The program's own records are written whole; fewer of their columns may be anybody's.
        fingerprint=tuple((column.name,) for column in template.columns if column.required or not template.shown),
        total=_TOTALS.get(template.name),
        sections=False,
        check=_CHECKS.get(template.name),
    )


PROFILES = tuple(_profile(template) for template in TEMPLATES.values() if template.suffix == "csv")
