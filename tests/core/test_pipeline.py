"""Stages of both lines fold into one pipeline."""

from __future__ import annotations

import pytest

from desktop.core import pipeline


@pytest.mark.parametrize(
    ("life", "folded", "rank"),
    [
        ("new_lead", "prospect", 1),
        ("contact", "contacted", 2),
        ("engaged_interest", "needs_analysis", 3),
        ("qualified_interest", "quoted", 4),
        ("application", "closing", 6),
        ("closed_won", "won", 7),
        ("closed_lost", "lost", None),
    ],
)
def test_life_stages_fold_in_by_rank(life: str, folded: str, rank: int | None) -> None:
    assert pipeline.folded(life) == folded
    assert pipeline.rank_of(life) == pipeline.rank_of(folded) == rank


def test_open_stages_are_those_before_an_outcome() -> None:
    assert pipeline.OPEN_STAGES == ("prospect", "contacted", "needs_analysis", "quoted", "proposed", "closing")
    assert [stage.key for stage in pipeline.SALES_STAGES if not pipeline.is_open(stage.key)] == ["won", "lost"]


def test_ranks_rise_along_the_pipeline() -> None:
    ranks = [stage.rank for stage in pipeline.SALES_STAGES if stage.rank is not None]
    assert ranks == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("line", "stage", "days"),
    [
        ("sales", "prospect", 7),
        ("sales", "contacted", 14),
        ("sales", "qualified_interest", 14),
        ("sales", "won", None),
        ("underwriting", "submitted", 14),
        ("underwriting", "approved", None),
        ("placement", "approved", 7),
        ("exceptions", "new_exception", 3),
        ("nurture", "sent", None),
    ],
)
def test_expected_days(line: str, stage: str, days: int | None) -> None:
    assert pipeline.expected_days(line, stage) == days


def test_stages_of_a_pipeline() -> None:
    assert "closed_won" in pipeline.stages_of("sales")
    assert "won" in pipeline.stages_of("sales")
    assert pipeline.stages_of("declined") == ("declined", "recycle")
    assert not pipeline.is_sales_stage("submitted")
    with pytest.raises(KeyError):
        pipeline.stages_of("golf")
    with pytest.raises(KeyError):
        pipeline.expected_days("placement", "prospect")
