"""Flags, health rules and freshness read as plain sentences, singular and plural right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.core.health import HEALTH
from desktop.core.redflags import RED_FLAGS
from desktop.services.figures import FlagFigure, Freshness, HealthFigure
from desktop.views.pages.producers import sentences


def flag(key: str, **numbers: Any) -> FlagFigure:
    rule = RED_FLAGS[key]
    return FlagFigure(key, True, numbers, rule.label, rule.meaning, rule.action)


def rule(key: str, value: float | None, limit: float, fired: bool | None = False) -> HealthFigure:
    return HealthFigure(key, fired, value, limit, HEALTH[key].label, HEALTH[key].reading)


FLAGS = [
    (
        flag("activity_drop", weeks=["2026-02-16", "2026-02-23", "2026-03-02"], per_day=[12.5, 10, None]),
        "Activities per working day went 12.5, then 10.0, then —, in the weeks of Feb 16, Feb 23 and Mar 2.",
    ),
    (
        flag("high_activity_low_close", attainment=1.12, policies_written=1, quotes=30, close_rate=1 / 30),
        "Activity at 112% of target over four weeks; 1 policy from 30 quotes in 90 days: 3.3% closed.",
    ),
    (
        flag("low_activity_high_close", attainment=0.5, policies_written=6, quotes=1, close_rate=6.0),
        "Activity at 50% of target over four weeks; 6 policies from 1 quote in 90 days: 600.0% closed.",
    ),
    (
        flag("no_new_prospects", days=14, new_prospects=0, new_prospects_in_agency=12),
        "No new lead came in within the last 14 days; 12 did in the whole agency.",
    ),
    (
        flag(
            "deal_size_shrinking",
            avg_policy_size=1240.4,
            avg_policy_size_before=1600.0,
            policies_written=12,
            policies_written_before=5,
        ),
        "$1,240 per policy over 12 policies in the last 90 days, against $1,600 over 5 policies in the 90 days before.",
    ),
    (
        flag("close_rate_drop", close_rate=0.2, quotes=15, close_rate_before=0.45, quotes_before=40),
        "20.0% of 15 quotes closed in the last 30 days, against 45.0% of 40 quotes in the 90 days before.",
    ),
    (
        flag("avoids_tracking", weeks=["2026-02-16", "2026-03-02"], quotes=[1, 0], policies_written=[1, 1]),
        "No activity on record in the weeks of Feb 16 and Mar 2, yet 1 quote and 2 policies.",
    ),
]


@pytest.mark.parametrize(("found", "sentence"), FLAGS, ids=[found.id for found, _ in FLAGS])
def test_flag_says_the_numbers_that_fired_it(found: FlagFigure, sentence: str) -> None:
    assert sentences.evidence(found) == sentence


def test_every_flag_has_its_sentence_and_one_without_numbers_says_nothing() -> None:
    assert {found.id for found, _ in FLAGS} == set(RED_FLAGS)
    for key in RED_FLAGS:
        assert sentences.evidence(flag(key)) == ""


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (rule("too_many_prospects", 0.48, 0.4, True), "48% of the open leads are prospects (at most 40%)."),
        (
            rule("stuck_in_quoted", 0.3, 0.3),
            "30% of the open leads were quoted more than 14 days ago (at most 30%).",
        ),
        (rule("low_close_rate", 0.31, 0.25), "31% of the quotes of the last 90 days closed (at least 25%)."),
        (
            rule("shrinking_deals", 0.96, 0.9),
            "The average policy is 96% of what it was 90 days before (at least 90%).",
        ),
        (rule("too_many_prospects", None, 0.4, None), "No open leads."),
        (rule("low_close_rate", None, 0.25), "No quotes in the last 90 days."),
        (rule("shrinking_deals", None, 0.9), "No policies to compare in the last 180 days."),
    ],
)
def test_health_rule_says_value_and_limit(found: HealthFigure, sentence: str) -> None:
    assert sentences.health(found) == sentence


def test_freshness_joins_sources_of_a_day_and_names_the_missing() -> None:
    found = [
        Freshness("calls", date(2026, 3, 3)),
        Freshness("quotes", date(2026, 3, 4)),
        Freshness("leads", date(2026, 3, 3)),
        Freshness("texts", None),
        Freshness("coi", None),
    ]
    said = "Quotes through March 4, calls and leads through March 3; no texts or COI contacts yet."
    assert sentences.freshness(found) == said
    assert sentences.freshness([Freshness("texts", None)]) == "No texts yet."
    assert sentences.freshness([]) == ""
