"""The numbers that fired a red flag, as a sentence for paper. Knows no window; computes nothing (metrics.md 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from desktop.services.figures import FlagFigure

Numbers = Mapping[str, Any]
_DASH = "—"


def numbers(flag: FlagFigure) -> str:
    """What the flag was judged by, such as `3 policies from 20 quotes in 90 days`; nothing where it has no evidence."""
    return _WORDS[flag.id](flag.evidence) if flag.evidence else ""


def _percent(fraction: float | None) -> str:
    return _DASH if fraction is None else f"{fraction:.0%}"


def _dollars(amount: float | None) -> str:
    return _DASH if amount is None else f"${amount:,.0f}"


def _policies(count: int) -> str:
    return f"{count:,} {'policy' if count == 1 else 'policies'}"


def _quotes(count: int) -> str:
    return f"{count:,} {'quote' if count == 1 else 'quotes'}"


def _drop(found: Numbers) -> str:
    daily = (_DASH if value is None else f"{value:,.1f}" for value in found["per_day"])
    return f"Activities per working day, week by week: {', '.join(daily)}."


def _effort(found: Numbers) -> str:
    return (
        f"Activity at {_percent(found['attainment'])} of target over four weeks; {_policies(found['policies_written'])}"
        f" from {_quotes(found['quotes'])} in 90 days ({_percent(found['close_rate'])})."
    )


def _prospects(found: Numbers) -> str:
    return (
        f"New leads in the last {found['days']} days: {found['new_prospects']:,}, in the whole agency"
        f" {found['new_prospects_in_agency']:,}."
    )


def _deals(found: Numbers) -> str:
    return (
        f"{_dollars(found['avg_policy_size'])} per policy over {_policies(found['policies_written'])} in 90 days,"
        f" {_dollars(found['avg_policy_size_before'])} over {_policies(found['policies_written_before'])} in the 90"
        " days before."
    )


def _rate(found: Numbers) -> str:
    return (
        f"{_percent(found['close_rate'])} of {_quotes(found['quotes'])} closed in 30 days,"
        f" {_percent(found['close_rate_before'])} of {_quotes(found['quotes_before'])} in the 90 days before."
    )


def _tracking(found: Numbers) -> str:
    return (
        f"Weeks without any activity: {len(found['weeks'])}, in which there were {_quotes(sum(found['quotes']))} and"
        f" {_policies(sum(found['policies_written']))}."
    )


_WORDS: Mapping[str, Callable[[Numbers], str]] = MappingProxyType(
    {
        "activity_drop": _drop,
        "high_activity_low_close": _effort,
        "low_activity_high_close": _effort,
        "no_new_prospects": _prospects,
        "deal_size_shrinking": _deals,
        "close_rate_drop": _rate,
        "avoids_tracking": _tracking,
    }
)
