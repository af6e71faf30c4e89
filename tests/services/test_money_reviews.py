"""What stands behind the money pages, by hand: terms, costs, investment, carriers, rounding, renewals, goals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.core.documents import Bars, Lines, Text
from desktop.core.periods import Period, month_of
from desktop.core.rounding import Definition, Meaning
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import carrier_goals, closing_review, configuration, earnings, edits, keeping, lost_review
from desktop.services.grids import Line
from desktop.services.reporting import Asked
from desktop.services.reports_closing import close_rates
from desktop.services.reports_lost import lost_deals
from desktop.services.reports_money import revenue
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 4, 2, 9, 0)
AUTHOR = Author("test", "2026-04-02T09:00:00")
MARCH = month_of(date(2026, 3, 1))
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def test_the_terms_behind_a_figure_say_premium_times_rate(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh").producer("P02", "Sam Lee")
    made.policy("OWN", "2026-01-05", "P01", 120_000, commission_rate=0.125)
    made.policy("USUAL", "2026-01-06", "P01", 100_000, carrier="Harbor Mutual", line="BOP")
    made.policy("SAID", "2026-01-07", "P01", 80_001, commission=9_000, shares="P01:0.5;P02:0.5")
    made.policy("NONE", "2026-01-08", "P01", 50_000)
    made.policy("REN", "2026-02-01", "P01", 60_000, commission_rate=0.1, transaction="renewal")
    made.policy("HOUSE", "2026-02-01", "", 70_000, commission_rate=0.1)
    made.store(book)
    configuration.set_values(book, {"carriers": [{"carrier": "Harbor Mutual", "line": "BOP", "rate": 0.15}]}, AUTHOR)
    found = {one.subject.rpartition(", ")[2]: one for one in earnings.bound_records(book, QUARTER, "revenue", "P01")}
    assert {name: one.amount for name, one in found.items()} == {
        "OWN": 15_000, "USUAL": 15_000, "SAID": 4_500, "NONE": 0, "REN": 6_000,
    }  # fmt: skip
    assert found["OWN"].detail == "$1,200.00 × 12.5% = $150.00, the policy's own rate"
    assert found["USUAL"].detail == "$1,000.00 × 15% = $150.00, the carrier's usual rate"
    assert found["SAID"].detail == "$45.00 stated on $400.00"
    assert found["NONE"].detail.startswith("neither commission nor rate")
    assert (found["OWN"].file, found["OWN"].line) == ("policies.csv", 2)
    new = earnings.bound_records(book, QUARTER, "new_premium", "P01")
    assert sum(one.amount for one in new) == 120_000 + 100_000 + 40_000 + 50_000
    assert [one.amount for one in earnings.bound_records(book, QUARTER, "renewal_premium", "P01")] == [60_000]
    assert [one.amount for one in earnings.bound_records(book, QUARTER, "new_premium", "")] == [70_000]
    assert [(one.policy, one.premium) for one in earnings.book_policies(book, QUARTER.end, "P02")] == [("SAID", 40_001)]


def test_losses_of_one_line_stand_together_however_it_is_spelled_explained_or_not(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh")
    given = (("PAP", "price", "Harbor Mutual"), ("Personal Auto", "price", "harbor  mutual"), ("pap", None, None))
    for number, (line, reason, carrier) in enumerate((*given, ("Pet Cover", "timing", None))):
        made.lead(f"L{number}", "2026-03-01T09:00:00", "P01", line=line, lost_reason=reason, competing_carrier=carrier)
        made.stage(f"L{number}", "2026-03-20T09:00:00", "lost")
    made.store(book)
    found = lost_review.review(book, MARCH, NOW).found.deals
    lines = lost_review.groups(found, "line")
    assert [(one.name, len(one.deals)) for one in lines] == [("Personal Auto", 3), ("Pet Cover", 1)]
    assert lines[0].leading is not None and (lines[0].leading.reason, lines[0].leading.share) == ("price", 1)
    carriers = lost_review.groups(found, "carrier")
    assert [(one.name, len(one.deals)) for one in carriers] == [("Harbor Mutual", 2), (None, 2)]
    asked = Asked(MARCH, NOW, None, NOW)
    bars = {block.title: block.bars for block in lost_deals(book, asked).blocks if isinstance(block, Bars)}
    assert [(bar.label, bar.value, bar.note) for bar in bars["By line, 4 losses in all"]] == [
        ("Personal Auto", 3, "price 100%"),
        ("Pet Cover", 1, "timing 100%"),
    ]


def test_costs_part_by_part(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh", hired_on="2026-01-11", salary=3_650_000, new_split=0.5)
    made.add("pay", producer_code="P01", effective_from="2026-03-01", salary=7_300_000, renewal_split=0.25)
    made.policy("A", "2026-02-01", "P01", 100_000, commission=10_001)
    made.policy("B", "2026-03-02", "P01", 100_000, commission=8_000, transaction="renewal")
    made.store(book)
    first, second = earnings.cost_parts(book, QUARTER, "P01")
    assert (first.start, first.end, first.days) == (date(2026, 1, 1), date(2026, 2, 28), 49)
    assert (first.salary_part, first.splits_part) == (49 * 10_000, 5_001)
    assert (second.days, second.salary_part, second.splits_part) == (31, 31 * 20_000, 2_000)


def test_the_multiple_month_end_by_month_end(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh", hired_on="2026-01-01", salary=365_000)
    made.producer("P02", "Sam Lee", hired_on="2026-03-22", salary=730_000)
    made.policy("A", "2026-02-10", "P01", 100_000, commission=118_000)
    made.policy("B", "2026-03-25", "P02", 100_000, commission=10_000)
    made.store(book)
    alone = earnings.multiples(book, date(2026, 3, 15), ["P01"])
    # employed 31, 59 and 74 days at $10 a day
    assert [(one.day.isoformat(), one.revenue, one.cost, one.multiple) for one in alone[-3:]] == [
        ("2026-01-31", 0, 31_000, 0.0),
        ("2026-02-28", 118_000, 59_000, 2.0),
        ("2026-03-15", 118_000, 74_000, 118 / 74),
    ]
    assert [one.multiple for one in alone[:-3]] == [None] * 4
    both = earnings.multiples(book, QUARTER.end, ["P01", "P02", ""])
    assert (len(both), both[-1].revenue, both[-1].cost) == (6, 128_000, 90_000 + 20_000)
    with pytest.raises(UserError):
        earnings.multiples(book, QUARTER.end, ["P09"])


def test_an_investment_is_paid_back_in_the_month_in_which_the_sum_turns(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh", hired_on="2026-01-17", salary=365_000)
    made.activity("2026-01-05", "P01", "call")
    made.policy("A", "2026-02-10", "P01", 100_000, commission=3_800)
    made.policy("B", "2026-03-10", "P01", 100_000, commission=70_700)
    made.store(book)
    (found,) = earnings.investments(book, datetime(2026, 3, 31, 12))
    assert not found.partial
    assert [month.running for month in found.found.months] == [-15_000, -15_000 - 28_000 + 3_800, 500]
    assert found.found.deepest == 39_200
    assert found.found.paid_back == MARCH
    (early,) = earnings.investments(book, datetime(2026, 2, 28, 12))
    assert early.found.paid_back is None
    assert earnings.investments(book, datetime(2026, 1, 2)) == ()
    (chart,) = [
        block
        for block in revenue(book, Asked(QUARTER, datetime(2026, 3, 31, 12), None, NOW)).blocks
        if isinstance(block, Lines)
    ]
    (line,) = chart.series
    assert (line.marked, line.mark_words) == (chart.labels.index("Mar 2026"), "paid back Mar 2026")
    assert line.values[-1] == found.found.months[-1].running


def test_the_industry_measures_by_hand(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh", hired_on="2020-01-01", salary=4_000_000, new_split=0.5)
    made.producer("P02", "Sam Lee", hired_on="2025-06-01", salary=3_650_000, new_split=0.5)
    made.producer("C01", "Ann Bow", role="csr", hired_on="2025-06-01", salary=3_650_000)
    made.policy("OLD", "2024-06-01", "P01", 1, commission=1_000_000)
    made.policy("OLDER", "2025-03-31", "P01", 1, commission=1_000_000, transaction="renewal")
    made.policy("NEW", "2025-04-01", "P01", 1, commission=300_000)
    made.policy("REN", "2026-03-31", "P02", 1, commission=700_000, transaction="renewal")
    made.store(book)
    sales, pay, hiring = earnings.industry_measures(book, datetime(2026, 3, 31, 12))
    assert (sales.numerator, sales.denominator) == (Fraction(300_000), Fraction(2_000_000))
    assert sales.value == Fraction(15, 100)
    # P01: $40,000 less $1,500; P02: 304 days of $100
    assert pay.numerator == (4_000_000 - 150_000) + 304 * 10_000
    assert pay.denominator == 1_000_000
    assert (hiring.numerator, hiring.denominator) == (Fraction(1), Fraction(1))


def test_carriers_win_what_they_quoted(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh")
    for number in range(4):
        made.lead(f"L{number}", "2026-03-01T09:00:00", "P01", line="BOP")
        made.stage(f"L{number}", "2026-03-20T09:00:00", "won" if number < 2 else "lost")
        made.quote("2026-03-05", "P01", f"L{number}", carrier="Harbor Mutual", quote_id=f"Q{number}")
    made.quote("2026-03-06", "P01", "L0", carrier="Northfield", quote_id="Q9")
    made.policy("A", "2026-03-20", "P01", 90_000, lead_id="L0", carrier="Harbor Mutual")
    made.policy("B", "2026-03-20", "P01", 70_000, lead_id="L1", carrier="Pinecrest")
    made.lead("QUIET", "2026-03-02T09:00:00", "P01", line="BOP")
    made.stage("QUIET", "2026-03-04T09:00:00", "needs_analysis")
    made.store(book)
    found = closing_review.review(book, MARCH, NOW)
    rows = {one.line: (one.wins, one.losses, one.avg_premium) for one in found.carriers}
    assert rows == {"Harbor Mutual": (1, 3, 90_000), "Northfield": (0, 1, None), "Pinecrest": (1, 0, 70_000)}
    assert found.found.unpaid == 0
    ratios = found.ratios
    assert (ratios.true.bound, ratios.true.measure, ratios.unquoted) == (2, 3, 1)
    assert (ratios.flattering.measure, ratios.true.ratio) == (5, 2 / 3)
    (row,) = found.producers
    assert (row.producer, row.figure.wins, row.figure.losses) == ("P01", 2, 2)
    assert found.months[-1].overall == 0.5 and found.months[-2].overall is None
    march = found.months[-1]
    assert (march.lines, march.producers) == ({"BOP": 0.5}, {"P01": 0.5})
    assert march.carriers == {"Harbor Mutual": 0.25, "Northfield": 0.0, "Pinecrest": 1.0}
    assert found.months[-2].carriers == {}
    behind = closing_review.carrier_records(book, MARCH, NOW, "Harbor Mutual")
    assert [(one.key, one.role, one.detail) for one in behind] == [
        ("L0", "both", "won, BOP"),
        ("L1", "denominator", "won elsewhere, BOP"),
        ("L2", "denominator", "lost, BOP"),
        ("L3", "denominator", "lost, BOP"),
    ]
    assert [one.key for one in closing_review.carrier_records(book, MARCH, NOW, "Pinecrest", "P01")] == ["L1"]


def test_wins_without_a_policy_count_as_nothing_in_the_average_and_are_said(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh")
    for number in range(2):
        made.lead(f"L{number}", "2026-03-01T09:00:00", "P01", line="BOP")
        made.stage(f"L{number}", "2026-03-20T09:00:00", "won")
    made.policy("A", "2026-03-20", "P01", 90_000, lead_id="L0")
    made.store(book)
    found = closing_review.review(book, MARCH, NOW).found
    assert (found.overall.avg_premium, found.unpaid) == (45_000, 1)
    texts = [block.text for block in close_rates(book, Asked(MARCH, NOW, None, NOW)).blocks if isinstance(block, Text)]
    assert "1 win without a premium bound on the lead: $0 in the average." in texts


def test_rounding_by_each_definition_and_undo(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh").producer("P02", "Sam Lee")
    for number, (client, producer) in enumerate(
        [("One", "P01"), ("Two", "P01"), ("Two", "P01"), ("Three", "P02"), ("Three", "P02"), ("Three", "P02")]
    ):
        made.policy(f"N{number}", "2026-01-05", producer, 100_000, client=client, zip="10001")
    made.store(book)
    found = keeping.account_rounding(book, NOW)
    assert (found.round, found.share_round) == (2, 2 / 3)
    assert [(one.client, one.policies) for one in found.to_round] == [("One", 1)]
    keeping.set_definition(book, Definition(Meaning.THREE_POLICIES), AUTHOR)
    assert [one.client for one in keeping.account_rounding(book, NOW).to_round] == ["Two", "One"]
    assert [one.client for one in keeping.account_rounding(book, NOW, "P02").to_round] == []
    keeping.set_definition(book, Definition(Meaning.SHARE_OF_SPEND, Fraction(1, 2)), AUTHOR)
    unknown = keeping.account_rounding(book, NOW)
    assert (unknown.round, len(unknown.unknown), unknown.share_round) == (0, 3, None)
    keys = {one.client: one.key for one in unknown.unknown}
    keeping.set_spend(book, keys["Two"], 400_000, AUTHOR)
    keeping.set_spend(book, keys["Three"], 600_100, AUTHOR)
    found = keeping.account_rounding(book, NOW)
    assert (found.round, [(one.client, one.spend) for one in found.to_round]) == (1, [("Three", 600_100)])
    edits.undo(book, AUTHOR)
    assert [one.client for one in keeping.account_rounding(book, NOW).unknown] == ["Three", "One"]
    keeping.set_spend(book, keys["Two"], None, AUTHOR)
    assert len(keeping.account_rounding(book, NOW).unknown) == 3
    with pytest.raises(UserError):
        keeping.set_definition(book, Definition(Meaning.SHARE_OF_SPEND, Fraction(0)), AUTHOR)
    with pytest.raises(UserError):
        keeping.set_spend(book, keys["Two"], -1, AUTHOR)


def test_renewals_beside_the_terms_before_them_and_who_left(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh")
    made.policy("A", "2025-03-10", "P01", 100_000)
    made.add("premiums", policy_number="A", effective_on="2025-03-10", from_="2025-09-01", annual_premium=110_000)
    made.policy("A", "2026-03-10", "P01", 121_000, transaction="renewal")
    made.policy("S", "2025-09-15", "P01", 50_000, expires_on="2026-03-15")
    made.policy("S", "2026-03-15", "P01", 44_000, transaction="renewal", expires_on="2026-09-15")
    made.policy("GONE", "2025-05-01", "P01", 30_000, ended_on="2026-03-12", end_reason="moved_away")
    made.policy("LAPSED", "2025-03-20", "P01", 70_000, client="Client of A")
    made.policy("FIRST", "2026-03-21", "P01", 1_000, transaction="renewal")
    made.store(book)
    found = keeping.review(book, MARCH, NOW)
    assert [(one.policy, one.before, one.after) for one in found.renewed.renewals] == [
        ("A", 110_000, 121_000), ("S", 50_000, 44_000),
    ]  # fmt: skip
    assert (found.renewed.before, found.renewed.after) == (160_000, 165_000)
    assert found.renewed.change == 5 / 160
    assert [(row.reason, row.clients, row.policies, row.premium) for row in found.left] == [
        ("not renewed", 0, 1, 70_000), ("moved away", 1, 1, 30_000),
    ]  # fmt: skip


def test_goals_with_carriers_and_the_clients_they_take(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh")
    made.policy("A", "2026-01-05", "P01", 200_000, carrier="Harbor Mutual")
    made.policy("B", "2026-02-05", "P01", 100_001, carrier="harbor mutual", client="Client of A")
    made.policy("C", "2026-02-05", "P01", 99_999, carrier="Northfield")
    made.store(book)
    typed = [
        Line(None, {"carrier": "Harbor Mutual", "premium": "10,000", "policies": "40"}),
        Line(None, {"carrier": "Pinecrest", "premium": "", "policies": "5"}),
    ]
    assert carrier_goals.save(book, 2026, typed, AUTHOR, NOW.date()).changes.changed
    found = carrier_goals.goals(book, 2026, datetime(2026, 3, 31, 12))
    harbor, northfield, pinecrest = found.rows
    assert (harbor.premium, harbor.policies, harbor.premium_share) == (300_001, 2, 300_001 / 1_000_000)
    # two clients hold 400,000 in all: 699,999 left at 200,000 each
    assert (found.premium_per_client, harbor.new_clients) == (200_000, 4)
    assert (northfield.carrier, northfield.premium_goal, northfield.new_clients) == ("Northfield", None, None)
    assert (pinecrest.policies_share, pinecrest.new_clients) == (0.0, None)
    assert found.pace == 90 / 365
    assert [line.texts["carrier"] for line in carrier_goals.lines(book, 2026)] == ["Harbor Mutual", "Pinecrest"]
    assert carrier_goals.lines(book, 2025) == []
    wrong = carrier_goals.save(book, 2026, [Line(None, {"carrier": "X", "premium": "much"})], AUTHOR, NOW.date())
    assert list(wrong.wrong) == [(0, "premium")]
    wrong = carrier_goals.save(book, 2026, [Line(None, {"carrier": "X", "policies": "-1"})], AUTHOR, NOW.date())
    assert list(wrong.wrong) == [(0, "policies")]
    edits.undo(book, AUTHOR)
    assert carrier_goals.lines(book, 2026) == []
