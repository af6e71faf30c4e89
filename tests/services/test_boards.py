"""The boards: who stands where, who is overdue, and moves that can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.pipeline import SALES_STAGES
from desktop.core.templates import LOST_REASONS
from desktop.errors import UserError
from desktop.models import rollups
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import boards, configuration, edits
from desktop.services.boards import Board, BoardCard, LostAnswer
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 10, 12)
AUTHOR = Author("test", "2026-03-10T12:00:00")
LATER = Author("test", "2026-03-10T12:05:00")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency().producer("SL", "Sam Lee").producer("AR", "Ana Ruiz")
    agency.lead("L1", "2026-03-01T09:00:00", "SL", first_name="Dana", last_name="Marsh", estimated_premium=120000)
    agency.stage("L1", "2026-03-02T09:00:00", "contacted")
    agency.lead("L2", "2026-03-01T12:00:00", "AR", business_name="Pryce Bakery", line="BOP")
    agency.lead("L3", "2026-01-05T09:00:00", "SL", stage="quoted", stage_entered_at="2026-02-01T09:00:00")
    agency.lead("L4", "2026-02-20T09:00:00", "AR", lost_reason="price").stage("L4", "2026-03-01T09:00:00", "lost")
    agency.lead("L5", "2025-11-01T09:00:00", "AR", lost_reason="price").stage("L5", "2025-12-01T09:00:00", "lost")
    agency.policy("P-1", "2026-01-10", "AR", 90000, carrier="Acme Mutual")
    for stage, at, policy, lead, detail in (
        ("new_exception", "2026-03-01T10:00:00", "P-1", None, "payment"),
        ("new_exception", "2026-03-09T10:00:00", None, "L1", "lapse"),
        ("resolved", "2026-03-09T12:00:00", None, "L4", None),
        ("resolved", "2026-01-02T12:00:00", None, "L2", None),
    ):
        agency.add(
            "stages", pipeline="exceptions", stage=stage, entered_at=at, policy_number=policy, lead_id=lead,
            detail=detail,
        )  # fmt: skip
    with open_book(tmp_path) as opened:
        agency.store(opened)
        yield opened


def cards(board: Board) -> dict[str, list[str]]:
    return {
        column.stage: [card.standing.lead_id or card.standing.policy_number or "" for card in column.cards]
        for column in board.columns
        if column.cards
    }


def card(board: Board, subject: str) -> BoardCard:
    return next(card for column in board.columns for card in column.cards if subject in card.subject)


def test_leads_stand_in_their_stage_with_what_ended_lately(book: Book) -> None:
    board = boards.board(book, "sales", NOW)
    assert cards(board) == {"prospect": ["L2"], "contacted": ["L1"], "quoted": ["L3"], "lost": ["L4"]}
    assert [column.stage for column in board.columns if column.ended] == ["won", "lost"]
    assert board.columns[1].premium == 120000


def test_days_over_the_expected_time_count_strictly_around_the_clock(book: Book) -> None:
    at_seven_days = datetime(2026, 3, 8, 12)
    assert card(boards.board(book, "sales", at_seven_days), "L2").late == 0
    second_later = at_seven_days.replace(second=1)
    assert card(boards.board(book, "sales", second_later), "L2").late == 1
    late = card(boards.board(book, "sales", NOW), "L3")
    assert (late.days, late.late) == (37, 23)
    assert card(boards.board(book, "sales", NOW), "L1").late == 0


def test_expected_times_are_those_of_the_settings(book: Book) -> None:
    configuration.set_values(book, {"expected_days.sales.contacted": 3}, AUTHOR)
    assert card(boards.board(book, "sales", NOW), "L1").late == 5


def test_a_board_of_one_producer(book: Book) -> None:
    assert cards(boards.board(book, "sales", NOW, "ar")) == {"prospect": ["L2"], "lost": ["L4"]}
    assert cards(boards.board(book, "sales", NOW, "")) == {}
    with pytest.raises(UserError, match="ZZ"):
        boards.board(book, "sales", NOW, "ZZ")


def test_service_cases_stand_by_policy_or_lead(book: Book) -> None:
    board = boards.board(book, "exceptions", NOW)
    assert cards(board) == {"new_exception": ["P-1", "L1"], "resolved": ["L4"]}
    policy = card(board, "P-1")
    assert (policy.standing.name, policy.standing.producer, policy.standing.premium) == ("Client of P-1", "AR", 90000)
    assert policy.standing.detail == "Acme Mutual payment"
    assert policy.late == 6
    assert cards(boards.board(book, "exceptions", NOW, "SL")) == {"new_exception": ["L1"]}


def test_an_empty_board_knows_that_it_is(book: Book) -> None:
    for name in boards.PIPELINES:
        assert boards.board(book, name, NOW).empty == (name not in ("sales", "exceptions"))


def test_a_move_is_a_dated_entry_that_can_be_undone_and_redone(book: Book) -> None:
    before = cards(boards.board(book, "sales", NOW))
    changes = boards.move(book, "sales", ("L1", None), "quoted", AUTHOR)
    assert changes.label == "Move Dana Marsh to Quoted"
    moved = boards.board(book, "sales", NOW)
    assert cards(moved)["quoted"] == ["L3", "L1"]
    assert card(moved, "L1").standing.entered_at == AUTHOR.at
    edits.undo(book, LATER)
    assert cards(boards.board(book, "sales", NOW)) == before
    edits.redo(book, LATER)
    assert cards(boards.board(book, "sales", NOW)) == cards(moved)


def test_a_move_back_is_an_entry_too(book: Book) -> None:
    boards.move(book, "sales", ("L1", None), "prospect", AUTHOR)
    assert cards(boards.board(book, "sales", NOW))["prospect"] == ["L2", "L1"]


def test_a_stage_known_from_the_leads_own_row_is_kept(book: Book) -> None:
    boards.move(book, "sales", ("L3", None), "proposed", AUTHOR)
    stays = book.connection.execute(
        "SELECT stage, entered_at FROM stay WHERE lead_id = 'L3' ORDER BY \"position\""
    ).fetchall()
    assert [tuple(stay) for stay in stays] == [
        ("prospect", "2026-01-05T09:00:00"),
        ("quoted", "2026-02-01T09:00:00"),
        ("proposed", "2026-03-10T12:00:00"),
    ]
    edits.undo(book, LATER)
    assert "L3" in cards(boards.board(book, "sales", NOW))["quoted"]


def test_nothing_is_lost_without_a_reason(book: Book) -> None:
    for answer in (None, LostAnswer(""), LostAnswer("bad luck")):
        with pytest.raises(UserError, match="reason"):
            boards.move(book, "sales", ("L1", None), "lost", AUTHOR, answer)
    assert cards(boards.board(book, "sales", NOW))["contacted"] == ["L1"]


def test_the_reason_is_kept_with_the_lead_and_goes_with_the_move(book: Book) -> None:
    answer = LostAnswer("competitor", "Harbor Insurance", "Acme Mutual", 12_000, "maybe", "Call sooner")
    boards.move(book, "sales", ("L1", None), "lost", AUTHOR, answer)
    kept = book.connection.execute(
        "SELECT lost_reason, competing_agency, competing_carrier, price_difference, winnable, would_change FROM lead"
        " WHERE lead_id = 'L1'"
    ).fetchone()
    assert tuple(kept) == ("competitor", "Harbor Insurance", "Acme Mutual", 12_000, "maybe", "Call sooner")
    assert card(boards.board(book, "sales", NOW), "L1").standing.detail == "competitor"
    edits.undo(book, LATER)
    assert book.connection.execute("SELECT lost_reason FROM lead WHERE lead_id = 'L1'").fetchone()[0] is None
    assert "competitor" in LOST_REASONS


def test_a_move_to_where_it_is_changes_nothing(book: Book) -> None:
    assert not boards.move(book, "sales", ("L1", None), "contacted", AUTHOR).changed
    assert edits.steps(book).undo != "Move Dana Marsh to Contacted"


def test_unknown_stages_and_subjects_are_refused(book: Book) -> None:
    with pytest.raises(UserError, match="no stage"):
        boards.move(book, "sales", ("L1", None), "approved", AUTHOR)
    with pytest.raises(UserError, match="no longer"):
        boards.move(book, "sales", ("gone", None), "quoted", AUTHOR)
    with pytest.raises(UserError, match="already"):
        boards.move(book, "sales", ("L1", None), "quoted", Author("test", "2026-03-01T00:00:00"))


def test_cases_move_in_their_own_pipeline(book: Book) -> None:
    boards.move(book, "exceptions", (None, "P-1"), "working", AUTHOR)
    assert cards(boards.board(book, "exceptions", NOW)) == {
        "new_exception": ["L1"],
        "working": ["P-1"],
        "resolved": ["L4"],
    }
    with pytest.raises(UserError, match="says what it is"):
        boards.move(book, "exceptions", (None, "P-1"), "new_exception", LATER)
    boards.move(book, "exceptions", (None, "P-1"), "new_exception", LATER, detail="lapse")
    assert cards(boards.board(book, "exceptions", NOW.replace(minute=6)))["new_exception"] == ["L1", "P-1"]
    assert boards.details_of("exceptions", "new_exception") == ("payment", "lapse", "cancel_request")


def test_amounts_are_read_as_people_type_them() -> None:
    assert boards.amount_of("$1,234.50") == 123450
    assert boards.amount_of("") is None
    with pytest.raises(UserError):
        boards.amount_of("much")


SUBJECTS = st.sampled_from(["L1", "L2", "L3", "L4"])
STAGES = st.sampled_from([stage.key for stage in SALES_STAGES])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(SUBJECTS, STAGES), max_size=6))
def test_any_moves_leave_every_lead_once_and_undo_brings_all_back(book: Book, moves: list[tuple[str, str]]) -> None:
    before = cards(boards.board(book, "sales", NOW))
    moment, done = NOW, 0
    for lead, stage in moves:
        moment += timedelta(minutes=1)
        author = Author("test", moment.isoformat())
        done += boards.move(book, "sales", (lead, None), stage, author, LostAnswer("timing")).changed
        shown = cards(boards.board(book, "sales", moment))
        assert lead in shown[stage]
        assert sorted(one for column in shown.values() for one in column) == ["L1", "L2", "L3", "L4"]
    for _ in range(done):
        edits.undo(book, LATER)
    assert cards(boards.board(book, "sales", NOW)) == before
    assert rollups.differences(book) == []
