"""How KPIs read: values in their unit, changes with a sign, targets and bands, and the case's figures in the formula.

Knows the catalogue of KPIs and formats; computes no figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QLocale

from desktop import places
from desktop.core import closing, periods
from desktop.core import kpis as catalog
from desktop.core.benchmarks import Grade, benchmark_of
from desktop.core.kpis.definition import Better, Kpi, KpiFigure, Number, Unit
from desktop.core.kpis.definition import Status as Verdict
from desktop.core.periods import Period
from desktop.views.charts import Unit as Axis
from desktop.views.charts import value_text
from desktop.views.tables import formats
from desktop.views.theme import Status
from desktop.views.widgets.period_picker import period_text

_MULTIPLES = frozenset({"lead_source_roi", "revenue_by_source"})
_STATUS = {
    Verdict.GREEN: Status.GOOD,
    Verdict.YELLOW: Status.NEAR,
    Verdict.RED: Status.BAD,
    Verdict.NONE: Status.NONE,
}
_HOURS_FROM = 120
"""Minutes from which on hours are easier to read."""
_WHOLE_FROM = 10
"""From how many minutes, or points of change, on tenths only take room on a card."""
SMALL = 30
"""A rate over fewer than so many is marked as a small sample."""


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Kpis", text)


def status(verdict: Verdict) -> Status:
    """The mark of a band status."""
    return _STATUS[verdict]


def axis(kpi: Kpi) -> Axis:
    """The unit in which a chart shows the KPI."""
    if kpi.id in _MULTIPLES:
        return Axis.MULTIPLE
    return {
        Unit.RATIO: Axis.RATE,
        Unit.MINUTES: Axis.MINUTES,
        Unit.DAYS: Axis.DAYS,
        Unit.COUNT: Axis.COUNT,
        Unit.DOLLARS: Axis.MONEY,
        Unit.POINTS: Axis.POINTS,
        Unit.TABLE: Axis.COUNT,
    }[kpi.unit]


def number(value: Number | None) -> float | None:
    """The value for painting."""
    return None if value is None else float(value)


def value_words(kpi: Kpi, value: Number | None) -> str:
    """The value with its unit: `61.8%`, `21.6 h`, `$1,234`, `2.9×`."""
    if value is None:
        return formats.EM_DASH
    if kpi.unit is Unit.MINUTES and abs(float(value)) >= _HOURS_FROM:
        return value_text(Axis.HOURS, float(value) / 60)
    if kpi.unit is Unit.DOLLARS:
        return formats.money(int(value))
    return value_text(axis(kpi), float(value))


def short_words(kpi: Kpi, value: Number | None) -> str:
    """The value as a card shows it: without a unit that the label names, many minutes without tenths."""
    if kpi.unit in (Unit.DAYS, Unit.POINTS) and value is not None:
        return formats.count(round(float(value), 1))
    if kpi.unit is Unit.MINUTES and value is not None and _WHOLE_FROM <= abs(float(value)) < _HOURS_FROM:
        value = round(float(value))
    return value_words(kpi, value)


def card_label(kpi: Kpi) -> str:
    """The KPI's name on a card, with the unit that its value leaves out."""
    return say("{}, days").format(kpi.label) if kpi.unit is Unit.DAYS and "ays" not in kpi.label else kpi.label


def change_words(kpi: Kpi, change: Number | None) -> str:
    """The change since the period before, with its sign; of a rate in percentage points; empty where unknown."""
    if change is None:
        return ""
    if axis(kpi) is Axis.RATE:
        points = round(float(change) * 100, 1)
        places = 0 if abs(points) >= _WHOLE_FROM else 1
        return f"{_sign(points)}{abs(points):.{places}f} {say('pts')}"
    text = short_words(kpi, abs(float(change)))
    return f"{_sign(float(change) if is_seen(text) else 0)}{text}"


def is_seen(text: str) -> bool:
    """Whether a change as it is written is more than nothing."""
    return any(digit in "123456789" for digit in text)


def _sign(value: float) -> str:
    return "+" if value > 0 else formats.MINUS if value < 0 else "±"


def change_status(kpi: Kpi, change: Number | None) -> Status:
    """Whether the change is good news; none where neither way is better."""
    if not change or kpi.better not in (Better.HIGHER, Better.LOWER):
        return Status.NONE
    return Status.GOOD if (change > 0) == (kpi.better is Better.HIGHER) else Status.BAD


def target_words(kpi: Kpi, figure: KpiFigure) -> str:
    """The target in words; empty without one."""
    target = figure.target
    if target is None:
        return ""
    said = value_words(kpi, target).replace(".0%", "%").replace(".0×", "×")
    if figure.target_to is not None:
        return say("target {low} to {high}").format(low=said, high=value_words(kpi, figure.target_to))
    if kpi.better is Better.LOWER and target > 0:
        return say("target under {}").format(said)
    return say("target {}").format(said)


def verdict_words(verdict: Verdict) -> str:
    """What the mark of a card says."""
    return {
        Verdict.GREEN: say("On target"),
        Verdict.YELLOW: say("Near the target"),
        Verdict.RED: say("Off target"),
        Verdict.NONE: "",
    }[verdict]


def worked_formula(kpi: Kpi, figure: KpiFigure) -> str:
    """This case's figures in the formula: `1,227 / 1,984 = 61.8%`; empty of tables and plain sums."""
    if figure.numerator is None or figure.denominator is None:
        return ""
    top = part_words(kpi, figure.numerator)
    bottom = _plain(figure.denominator, money=kpi.id in _MULTIPLES)
    return f"{top} / {bottom} = {value_words(kpi, figure.value)}"


def part_words(kpi: Kpi, part: Number) -> str:
    """What stands above the line."""
    return _plain(part, money=kpi.unit is Unit.DOLLARS or kpi.id in _MULTIPLES)


def _plain(part: Number, *, money: bool) -> str:
    return formats.money(int(part)) if money else formats.count(round(float(part), 1))


def interval(kpi: Kpi, figure: KpiFigure) -> tuple[float, float] | None:
    """The 95 % Wilson interval of a rate with fewer than 30 behind it; None of all others."""
    top, bottom = figure.numerator, figure.denominator
    if axis(kpi) is not Axis.RATE or not bottom or top is None or bottom >= SMALL or not 0 <= top <= bottom:
        return None
    return closing.wilson(int(top), int(bottom))


def interval_words(kpi: Kpi, figure: KpiFigure) -> str:
    """The sentence on a small sample; empty where the sample is large enough."""
    found = interval(kpi, figure)
    if found is None or figure.denominator is None:
        return ""
    low, high = (formats.percent(edge) for edge in found)
    said = say("Small sample: only {count} behind it. The true rate lies between {low} and {high}, 19 times of 20.")
    return said.format(count=formats.count(float(figure.denominator)), low=low, high=high)


def risk_words(figure: KpiFigure) -> str:
    """The dollars that a count puts at risk; empty where there are none."""
    cents = figure.detail.get("commission_at_risk")
    return say("{} at risk").format(formats.money(cents)) if isinstance(cents, int) and figure.value else ""


def benchmark_words(kpi: Kpi, value: Number | None) -> str:
    """Where the value stands among agencies; empty without a benchmark."""
    found = benchmark_of(kpi.id)
    if found is None:
        return ""
    poor, average, good, best = found.words
    ranges = say("Among agencies: poor {poor}, average {average}, good {good}, best {best}.").format(
        poor=poor, average=average, good=good, best=best
    )
    if value is None:
        return ranges
    grades = {
        Grade.POOR: say("Yours is poor."),
        Grade.AVERAGE: say("Yours is average."),
        Grade.GOOD: say("Yours is good."),
        Grade.BEST: say("Yours is among the best."),
    }
    return f"{ranges} {grades[found.grade(float(value))]}"


_DETAILS = {
    "median": "median",
    "share_within_5": "answered within 5 minutes",
    "never_contacted": "never contacted",
    "unanswered": "unanswered",
    "open_cases": "open service cases",
    "overdue_cases": "service cases overdue",
    "min": "smallest",
    "max": "largest",
    "mean_days": "mean days",
    "commission_at_risk": "commission at risk",
    "count": "leads",
    "share_won": "won of them",
    "share": "share of all",
    "today": "today",
    "mean_7_days": "mean of the last 7 days",
    "rank": "rank in the team",
    "total": "in all",
    "weekly_average": "a week",
    "mean_call_minutes": "minutes a call",
    "calls_without_minutes": "connected calls without minutes",
    "talk_share": "of business hours on the phone",
    "open_leads": "open leads",
    "over_72_hours": "untouched for 72 hours",
    "over_14_days": "untouched for 14 days",
    "low": "at least",
    "high": "at most",
    "pipeline_value": "whole pipeline",
    "this_month": "this month",
}
_RATES = frozenset({"share_within_5", "share_won", "share", "talk_share"})
_MONEY = frozenset({"commission_at_risk", "low", "high", "pipeline_value", "this_month"})


def detail_words(kpi: Kpi, detail: Mapping[str, object]) -> list[tuple[str, str]]:
    """The single figures beside a KPI as pairs of name and value, in the order given."""
    found = []
    for key, value in detail.items():
        if key not in _DETAILS or isinstance(value, bool) or not isinstance(value, (int, float, Fraction, type(None))):
            continue
        found.append((say(_DETAILS[key]), _detail_value(kpi, key, value)))
    return found


def _detail_value(kpi: Kpi, key: str, value: Number | None) -> str:
    if value is None:
        return formats.EM_DASH
    if key in _RATES:
        return formats.percent(float(value))
    if key in _MONEY:
        return formats.money(int(value))
    if key in ("median", "min", "max"):
        return value_words(kpi, value)
    return formats.count(round(float(value), 1))


def named(key: object) -> str:
    """A key of a breakdown as people read it: `cancel_request` is Cancel request; nobody's is named so."""
    if key is None or key == "":
        return say("not stated")
    text = str(key)
    plain = text.replace("_", " ")
    return f"{plain[:1].upper()}{plain[1:]}" if text.islower() or "_" in text else text


BY_WORDS = {
    "source": "by source",
    "carrier": "by carrier",
    "type": "by type",
    "reason": "by reason",
    "message": "by message",
    "stage": "by stage",
    "state": "by state",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}


def row_words(part: Mapping[str, object]) -> str:
    """Which row of a KPI's details: `Texas`, `Referral`, `Tuesday at 9 AM`, `3 attempts`."""
    if "hour" in part:
        return weekday_words(int(str(part["weekday"])), int(str(part["hour"])))
    key = part.get("key", next((value for name, value in part.items() if name != "by"), None))
    if "state" in part and key:
        return places.STATE_NAMES.get(str(key), str(key))
    return named(key)


def weekday_words(weekday: int, hour: int) -> str:
    """`Tuesday at 9 AM`, of an ISO weekday and an hour of the day."""
    return say("{day} at {hour}").format(day=QLocale("en_US").dayName(weekday), hour=hour_words(hour))


def hour_words(hour: int) -> str:
    """An hour of the day: `9 AM`."""
    return f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}"


def kpi_of(kpi_id: str) -> Kpi:
    """The KPI with that id."""
    return catalog.kpi(kpi_id)


def period_label(period: Period) -> str:
    """A period in a few letters: `Nov`, `11/16`, `2026`, `Q4`."""
    if period == periods.month_of(period.start):
        return f"{period.start:%b %y}" if period.start.month == 1 else f"{period.start:%b}"
    if period == periods.quarter_of(period.start):
        return f"Q{(period.start.month + 2) // 3} {period.start:%y}"
    if (period.start.month, period.start.day) == (1, 1) and period.days > 31:
        return f"{period.start.year}"
    return f"{period.start.month}/{period.start.day}"


def period_name(period: Period) -> str:
    """A period told apart from the same one of another year: `Nov 2025`, `11/16/2026`, `Q4 25`, `2026`."""
    if period == periods.month_of(period.start):
        return f"{period.start:%b %Y}"
    label = period_label(period)
    return f"{label}/{period.start.year}" if "/" in label else label


def dates(period: Period, as_of: datetime) -> str:
    """The period, and through when its data counts where that is before its end."""
    text = period_text(period)
    if as_of.date() >= period.end:
        return text
    return say("{period}, as known on {day}").format(period=text, day=f"{as_of:%b} {as_of.day}")
