"""The numbers behind red flags in words."""

from __future__ import annotations

import pytest

from desktop.core.redflags import RED_FLAGS
from desktop.services.figures import FlagFigure
from desktop.services.flag_words import numbers


def flag(name: str, **evidence: object) -> FlagFigure:
    return FlagFigure(name, True, evidence, "label", "meaning", "action")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (flag("activity_drop", per_day=[12.0, 9.5, None]), "Activities per working day, week by week: 12.0, 9.5, —."),
        (
            flag("high_activity_low_close", attainment=1.2, policies_written=1, quotes=20, close_rate=0.05),
            "Activity at 120% of target over four weeks; 1 policy from 20 quotes in 90 days (5%).",
        ),
        (
            flag("no_new_prospects", days=14, new_prospects=0, new_prospects_in_agency=1200),
            "New leads in the last 14 days: 0, in the whole agency 1,200.",
        ),
        (
            flag("deal_size_shrinking", avg_policy_size=1000.4, policies_written=5, avg_policy_size_before=None,
                 policies_written_before=1),
            "$1,000 per policy over 5 policies in 90 days, — over 1 policy in the 90 days before.",
        ),
        (
            flag("close_rate_drop", close_rate=0.1, quotes=10, close_rate_before=0.4, quotes_before=1),
            "10% of 10 quotes closed in 30 days, 40% of 1 quote in the 90 days before.",
        ),
        (
            flag("avoids_tracking", weeks=["2026-03-02", "2026-03-09"], quotes=[1, 2], policies_written=[0, 1]),
            "Weeks without any activity: 2, in which there were 3 quotes and 1 policy.",
        ),
    ],
)  # fmt: skip
def test_each_flag_says_its_numbers(found: FlagFigure, words: str) -> None:
    assert numbers(found) == words


def test_a_flag_without_evidence_says_nothing() -> None:
    assert [numbers(flag(name)) for name in RED_FLAGS] == [""] * 7
