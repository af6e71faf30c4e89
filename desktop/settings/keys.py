"""The settings' keys (commands.md, `settings`), each with its default and its check.

Defaults come from metrics.md 0, 1, 3 and 4 and routing.md 3 to 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desktop.errors import UserError
from desktop.settings import checks, dated
from desktop.settings.checks import Check, Json

DEFAULT_ZONE = "America/New_York"
_LINES: tuple[tuple[str, str | None, str], ...] = (
    ("Personal Auto", "personal", "PAP|Auto|Car|Private Passenger Auto|Personal Automobile|Automobile|AUTOP"),
    (
        "Homeowners",
        "personal",
        "HO3|HO-3|HO|HO5|HO-5|Home|Homeowner|Dwelling Fire|DP3|DP-3|Condo|HO6|HO-6|Renters|HO4|HO-4",
    ),
    (
        "Auto + Home Bundle",
        "personal",
        "Bundle|Auto/Home|Auto & Home|Auto and Home|Home + Auto|Home & Auto|Auto Home Bundle",
    ),
    ("BOP", "commercial", "Businessowners|Business Owners|Businessowners Policy|Business Owners Policy|BOPGL"),
    ("Commercial Package", "commercial", "CPP|Package|Commercial Package Policy|CPKGE"),
    ("Workers Comp", "commercial", "WC|Work Comp|Workers Compensation|Workers' Compensation|Workers' Comp|WORK|WCOMP"),
    ("Commercial Auto", "commercial", "CA|BAP|Business Auto|Business Auto Policy|Commercial Automobile|AUTOB"),
    ("Life", "life", "Term Life|Whole Life|Universal Life|Final Expense|Life Insurance|Term|IUL"),
    ("Other", None, "Miscellaneous|Misc"),
)
ROUTING_WEIGHTS: Mapping[str, float] = {"capacity": 0.30, "match": 0.35, "close": 0.25, "response": 0.10}
ACTIVITY_WEIGHTS: Mapping[str, float] = {"call": 1, "text": 1, "email": 1, "lead_worked": 2, "meeting_held": 5}
_EXPECTED_DAYS: Mapping[str, Mapping[str, int]] = {
    "sales": {"prospect": 7, "contacted": 14, "needs_analysis": 7, "quoted": 14, "proposed": 7, "closing": 7},
    "underwriting": {"submitted": 14, "requirement_opened": 7},
    "placement": {"approved": 7, "delivered": 7, "first_payment": 7},
    "exceptions": {"new_exception": 3, "working": 7},
}
_BANDS: Mapping[str, Json] = {
    "speed_to_lead": [5, 15],
    "response_time": [30, 60],
    "overdue_rate": [0.05, 0.15],
    "contact_rate": [0.45, 0.30],
    "attempts_to_contact": [[3, 5], [2, 7]],
    "engagement_rate": [0.30, 0.20],
    "qualification_rate": [0.55, 0.40],
    "lead_close_rate": [0.10, 0.06],
    "app_to_close_rate": [0.80, 0.65],
    "pipeline_velocity": [14, 21],
    "approval_rate": [0.75, 0.60],
    "placement_rate": [0.90, 0.80],
    "persistency_13m": [0.85, 0.75],
    "danger_zone_survival": [0.90, 0.80],
    "exception_rate": [0.10, 0.20],
    "save_rate": [0.65, 0.50],
    "recapture_rate": [0.10, 0.05],
    "zombie_rate": None,
    "nurture_response": None,
    "days_to_resolve": None,
    "revenue_by_source": None,
    "activity_score": None,
    "calls_per_day": None,
    "talk_minutes_per_day": None,
    "leads_worked": None,
    "lead_source_roi": None,
}


def _line(name: str, group: str | None, synonyms: str) -> Json:
    return {"name": name, "synonyms": list(synonyms.split("|")), "group": group}


def _keys() -> dict[str, tuple[Json, Check]]:
    cap = checks.whole(1, 100_000)
    found: dict[str, tuple[Json, Check]] = {
        "agency.name": ("", checks.text),
        "agency.address": ("", checks.text),
        "agency.time_zone": (DEFAULT_ZONE, checks.time_zone),
        "hours": ({str(day): ["08:00", "18:00"] for day in range(1, 6)}, checks.hours),
        "holidays": (None, checks.holidays),
        "lines": ([_line(*line) for line in _LINES], checks.lines),
        "carriers": ([], checks.carriers),
        "paper": ("letter", checks.one_of("letter", "a4")),
        "routing.overflow": (None, checks.optional_text),
        "routing.cap_active": (25, cap),
        "routing.cap_day": (10, cap),
        "routing.weights": (dict(ROUTING_WEIGHTS), checks.weights(ROUTING_WEIGHTS, sum_to_one=True)),
        "ladder.minutes": ([5, 15, 30, 60], checks.rising(4)),
        "ladder.business": (True, checks.flag),
        "activity.weights": (dict(ACTIVITY_WEIGHTS), checks.weights(ACTIVITY_WEIGHTS)),
        "vesting_months": (12, checks.whole(1, 120)),
    }
    found |= {f"bands.{kpi}": (band, checks.band) for kpi, band in _BANDS.items()}
    found["dated_bands"] = ([], dated.dated_bands(_BANDS.keys()))
    days = checks.number(0.01, 3650, "a number of days, from 0.01 to 3650")
    for pipeline, stages in _EXPECTED_DAYS.items():
        found |= {f"expected_days.{pipeline}.{stage}": (expected, days) for stage, expected in stages.items()}
    return found


_KEYS = _keys()
DEFAULTS: Mapping[str, Json] = MappingProxyType({key: default for key, (default, _check) in _KEYS.items()})


def canonical(key: str, value: Json) -> Json:
    """`value` as it is kept for `key`; UserError for an unknown key, or a value that does not fit it."""
    if key not in _KEYS:
        raise UserError(f"There is no setting {key}.", f"The settings are: {', '.join(_families())}.")
    try:
        return _KEYS[key][1](value)
    except UserError as error:
        raise UserError(f"{key}: {error.what}", error.what_to_do) from None


def _families() -> list[str]:
    plain = [key for key in _KEYS if not key.startswith(("bands.", "expected_days."))]
    return [*plain, "bands.KPI", "expected_days.PIPELINE.STAGE"]
