"""Somebody leaves: a preview that adds up, one step that does it, history that keeps, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.core.handover import Share, Way
from desktop.core.periods import Period
from desktop.errors import UserError
from desktop.models import entries, rollups
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import configuration, dashboard, edits, merging, offboarding, people, records, renewals
from desktop.services.offboarding import Order
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 11, 9, 30)
AUTHOR = Author("lee", NOW.isoformat(timespec="seconds"))
LAST = date(2026, 3, 10)
ORDER = Order("P01", LAST, {"P02": 1, "P03": 1}, territories_to="P03", roles_to="P02")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        agency = Agency()
        agency.producer("P01", "Dana Marsh", hired_on="2024-01-02")
        agency.producer("P02", "Kim Roy", lines="Homeowners", backup="P01")
        agency.producer("P03", "Lou Tan", lines="BOP", manager="P01")
        for number, (line, zip_code, premium) in enumerate(
            [("Homeowners", "10001", 900_00), ("BOP", "10002", 700_00), ("BOP", "20001", 500_00)], 1
        ):
            agency.lead(f"L{number}", f"2026-02-0{number}T09:00:00", "P01", line=line, zip=zip_code,
                        estimated_premium=premium)  # fmt: skip
        agency.lead("L8", "2026-02-01T09:00:00", "P01").stage("L8", "2026-02-09T09:00:00", "won")
        agency.lead("L9", "2026-02-01T09:00:00", "P02")
        agency.policy("H-1", "2026-02-10", "P01", 1_200_00, client="Ada Moss")
        agency.policy("H-2", "2026-02-11", "P01", 800_00, client="Ben Roy", line="BOP")
        agency.add("territories", territory="North", zip_from="100*", producer="P01", backup="P02", pool="P01;P02")
        agency.store(opened)
        yield opened


def owners(book: Book) -> dict[str, str]:
    rows = book.connection.execute(
        "SELECT o.lead_id, p.producer_code FROM ownership o JOIN alias a ON a.id=o.alias"
        " JOIN producer p ON p.id=a.producer WHERE o.to_at IS NULL ORDER BY 1"
    )
    return dict(rows.fetchall())


def test_the_preview_says_who_gets_how_much(book: Book) -> None:
    plan = offboarding.plan(book, ORDER, NOW)
    assert plan.leads == {"L1": "P02", "L2": "P03", "L3": "P02"}
    second, third = plan.receipts
    assert (second.leads.count, second.leads.premium, third.leads.count, third.leads.premium) == (
        2, 1_400_00, 1, 700_00,
    )  # fmt: skip
    assert second.clients.premium + third.clients.premium == 2_000_00 == plan.policies.premium
    assert (plan.policies.count, third.territories, second.roles) == (2, 1, 2)


def test_one_step_moves_everything_dated_and_history_keeps(book: Book) -> None:
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    before = dashboard.dashboard(book, february, datetime(2026, 2, 28, 23, 59), "P01").producers
    offboarding.apply(book, offboarding.plan(book, ORDER, NOW), AUTHOR)
    assert owners(book) == {"L1": "P02", "L2": "P03", "L3": "P02", "L8": "P01", "L9": "P02"}
    assert dashboard.dashboard(book, february, datetime(2026, 2, 28, 23, 59), "P01").producers == before
    gone = people.member(book, "P01")
    assert (gone.facts["left_on"], gone.active) == ("2026-03-10", False)
    assert people.member(book, "P02").facts["backup"] is None
    assert people.member(book, "P03").facts["manager"] == "P02"
    assert {one.cells["producer"] for one in entries.read(book, "clients")} == {"P02", "P03"}
    old, new = entries.read(book, "territories")
    assert (old.cells["producer"], old.cells["valid_to"]) == ("P01", "2026-03-10")
    assert (new.cells["producer"], new.cells["valid_from"], new.cells["pool"]) == ("P03", "2026-03-11", "P03;P02")
    assert rollups.differences(book) == []


def test_it_is_one_undo_step_and_can_be_done_again(book: Book) -> None:
    before = {table: [one.cells for one in entries.read(book, table)] for table in ("territories", "clients", "owners")}
    offboarding.apply(book, offboarding.plan(book, ORDER, NOW), AUTHOR)
    edits.undo(book, AUTHOR)
    for table, rows in before.items():
        assert [one.cells for one in entries.read(book, table)] == rows
    assert set(owners(book).values()) == {"P01", "P02"} and owners(book)["L1"] == "P01"
    assert people.member(book, "P01").active and people.member(book, "P02").facts["backup"] == "P01"
    edits.redo(book, AUTHOR)
    assert owners(book)["L1"] == "P02"


def test_lines_and_territories_choose_the_receiver(book: Book) -> None:
    by_line = offboarding.plan(book, Order("P01", LAST, {"P02": 1, "P03": 1}, Way.LINE, Way.LINE), NOW)
    assert by_line.leads == {"L1": "P02", "L2": "P03", "L3": "P03"}
    Agency().lead("L4", "2026-02-04T09:00:00", "P01", line="HO3").lead(
        "L5", "2026-02-05T09:00:00", "P01", line="HO3"
    ).store(book, "more.csv")
    spelled = offboarding.plan(book, Order("P01", LAST, {"P03": 1, "P02": 1}, Way.LINE), NOW)
    assert {spelled.leads[one] for one in ("L1", "L4", "L5")} == {"P02"}
    by_place = offboarding.plan(
        book, Order("P01", LAST, {"P02": 1, "P03": 1}, Way.TERRITORY, Way.ONE, territories_to="P03"), NOW
    )
    assert {by_place.leads["L1"], by_place.leads["L2"]} == {"P03"}
    assert set(by_place.clients.values()) == {"P02"}


def test_a_later_file_that_still_names_the_leaver_changes_nothing(book: Book) -> None:
    Agency().add("clients", client_id="C1", name="Ada Moss", producer="P01").store(book, "clients.csv")
    offboarding.apply(book, offboarding.plan(book, ORDER, NOW), AUTHOR)
    moved = owners(book), {one.key: one.cells["producer"] for one in entries.read(book, "clients")}
    again = Agency().add("clients", client_id="C1", name="Ada Moss", producer="P01")
    again.lead("L1", "2026-02-01T09:00:00", "P01", line="Homeowners").store(book, "again.csv")
    assert (owners(book), {one.key: one.cells["producer"] for one in entries.read(book, "clients")}) == moved


def test_a_notice_dates_the_handover_after_the_last_day(book: Book) -> None:
    order = Order("P01", date(2026, 3, 20), {"P02": 1})
    plan = offboarding.plan(book, order, NOW)
    assert plan.at == datetime(2026, 3, 21)
    offboarding.apply(book, plan, AUTHOR)
    assert people.member(book, "P01").active
    week = Period(date(2026, 3, 9), date(2026, 3, 15))
    still = records.records(book, "pipeline.prospect", week, datetime(2026, 3, 12), "P01")
    assert {one.key for one in still} == {"L1", "L2", "L3"}


def test_the_overflow_of_routing_goes_along(book: Book) -> None:
    configuration.set_values(book, {"routing.overflow": "P01"}, AUTHOR)
    offboarding.apply(book, offboarding.plan(book, ORDER, NOW), AUTHOR)
    assert configuration.load(book).overflow == "P02"
    edits.undo(book, AUTHOR)
    assert configuration.load(book).overflow == "P01"


@pytest.mark.parametrize(
    "order",
    [Order("P99", LAST, {"P02": 1}), Order("P01", LAST, {}), Order("P01", LAST, {"P01": 1}),
     Order("P01", LAST, {"P77": 1}), Order("P01", LAST, {"P02": 1}, roles_to="P01")],
)  # fmt: skip
def test_an_order_that_cannot_be_is_refused(book: Book, order: Order) -> None:
    with pytest.raises(UserError):
        offboarding.plan(book, order, NOW)


def test_who_holds_nothing_leaves_without_anybody_taking_over(book: Book) -> None:
    today = NOW.date()
    offboarding.apply(book, offboarding.plan(book, Order("P03", today, {}), NOW), AUTHOR)
    gone = people.member(book, "P03")
    assert (gone.here_on(today), gone.here_on(today + timedelta(days=1))) == (True, False)


def test_policies_with_clients_of_others_are_told_apart_and_stay(book: Book) -> None:
    more = Agency().add("clients", client_id="C7", name="Cy Dale", producer="P02")
    more.policy("H-7", "2026-02-12", "P01", 5_000_00, client="Cy Dale", client_id="C7").store(book, "more.csv")
    plan = offboarding.plan(book, ORDER, NOW)
    assert (plan.policies, plan.elsewhere) == (Share(2, 2_000_00), Share(1, 5_000_00))
    assert sum(one.clients.premium for one in plan.receipts) == 2_000_00
    offboarding.apply(book, plan, AUTHOR)
    assert {one.cells["producer"] for one in entries.read(book, "clients") if one.cells["client_id"] == "C7"} == {"P02"}


def test_a_merged_client_goes_along_with_the_one_it_is(book: Book) -> None:
    ids = dict(book.connection.execute("SELECT name, id FROM client"))
    merging.merge(book, ids["Ada Moss"], ids["Ben Roy"], AUTHOR)
    plan = offboarding.plan(book, ORDER, NOW)
    assert (len(plan.clients), plan.policies) == (1, Share(2, 2_000_00))
    offboarding.apply(book, plan, AUTHOR)
    assert len({one.cells["producer"] for one in entries.read(book, "clients")}) == 1


def test_what_came_after_the_last_day_is_handed_over_later_from_that_day_on(book: Book) -> None:
    offboarding.apply(book, offboarding.plan(book, ORDER, NOW), AUTHOR)
    late = Agency().lead("L7", "2026-03-15T09:00:00", "P01")
    late.add("territories", territory="South", zip_from="200*", producer="P01").store(book, "late.csv")
    plan = offboarding.plan(book, ORDER, datetime(2026, 3, 20, 9, 0))
    assert (plan.leads, plan.clients) == ({"L7": "P02"}, {})
    offboarding.apply(book, plan, AUTHOR)
    days = [(one.cells["valid_from"], one.cells["valid_to"]) for one in entries.read(book, "territories")]
    assert days[2:] == [(None, "2026-03-19"), ("2026-03-20", None)]
    assert people.member(book, "P01").facts["left_on"] == "2026-03-10"


def test_what_runs_out_goes_by_who_has_the_client_now(book: Book) -> None:
    later = datetime(2027, 1, 25, 9, 0)
    before = {one.term.number: one.term.producer for one in renewals.due(book, later, 60).renewals}
    assert before == {"H-1": "P01", "H-2": "P01"}
    plan = offboarding.plan(book, ORDER, NOW)
    offboarding.apply(book, plan, AUTHOR)
    after = {one.term.number: one.term.producer for one in renewals.due(book, later, 60).renewals}
    assert set(after) == {"H-1", "H-2"} and set(after.values()) <= {"P02", "P03"}
    taken = next(iter(after.values()))
    assert {one.term.number for one in renewals.due(book, later, 60, taken).renewals} == {
        number for number, code in after.items() if code == taken
    }
    assert renewals.due(book, later, 60, "P01").renewals == ()
