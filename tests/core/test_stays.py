"""A lead's way through the pipeline."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.pipeline import SALES_STAGES
from desktop.core.stays import ASSUMED, GIVEN, LeadStage, Span, StageEntry, ownership_of, stays_of

RECEIVED = "2026-03-02T09:00:00"


def _way(lead: LeadStage, *entries: StageEntry) -> list[tuple[str, str, str | None]]:
    return [(stay.stage, stay.entered_at, stay.left_at) for stay in stays_of(lead, entries)]


def test_every_lead_is_a_prospect_from_its_receipt() -> None:
    assert _way(LeadStage(RECEIVED, None, None)) == [("prospect", RECEIVED, None)]


def test_sales_rows_follow_the_receipt() -> None:
    quoted = StageEntry("quoted", "2026-03-04T10:00:00")
    assert _way(LeadStage(RECEIVED, "won", None), quoted) == [
        ("prospect", RECEIVED, "2026-03-04T10:00:00"),
        ("quoted", "2026-03-04T10:00:00", None),
    ]


def test_a_prospect_row_at_the_start_replaces_the_receipt() -> None:
    first = StageEntry("new_lead", "2026-03-02T09:30:00")
    assert _way(LeadStage(RECEIVED, None, None), first) == [("prospect", "2026-03-02T09:30:00", None)]


def test_the_leads_own_stage_counts_without_sales_rows() -> None:
    (_first, second) = stays_of(LeadStage(RECEIVED, "qualified_interest", "2026-03-05"), [])
    assert (second.stage, second.given, second.rank, second.dated) == ("quoted", "qualified_interest", 4, GIVEN)
    (_first, second) = stays_of(LeadStage(RECEIVED, "quoted", None), [])
    assert (second.entered_at, second.dated) == (RECEIVED, ASSUMED)


def test_entries_at_one_moment_end_with_the_ending() -> None:
    at = "2026-03-05"
    way = _way(LeadStage(RECEIVED, None, None), StageEntry("lost", at), StageEntry("quoted", at))
    assert [stage for stage, _from, _to in way] == ["prospect", "quoted", "lost"]


@given(st.lists(st.tuples(st.sampled_from([stage.key for stage in SALES_STAGES]), st.integers(1, 28)), max_size=8))
def test_a_lead_is_always_in_exactly_one_stage(moves: list[tuple[str, int]]) -> None:
    entries = [StageEntry(stage, f"2026-03-{day:02d}T09:00:00") for stage, day in moves]
    stays = stays_of(LeadStage("2026-03-01T09:00:00", None, None), entries)
    assert [stay.left_at for stay in stays[:-1]] == [stay.entered_at for stay in stays[1:]]
    assert stays[-1].left_at is None
    assert sorted(stay.entered_at for stay in stays) == [stay.entered_at for stay in stays]
    assert any(stay.rank == 1 for stay in stays)


def test_owner_changes_follow_the_leads_own_producer() -> None:
    assert ownership_of(RECEIVED, 1, [("2026-03-09", 2), ("2026-03-05", 0)]) == [
        Span(1, RECEIVED, "2026-03-05"),
        Span(0, "2026-03-05", "2026-03-09"),
        Span(2, "2026-03-09", None),
    ]
