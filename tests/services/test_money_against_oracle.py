"""Sections 3 and 5 against an independent reading, on a made-up agency and on the demo, and through the commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import answers_money
from desktop.core import closing as core_closing
from desktop.core.periods import Period, end_of
from desktop.core.templates import TEMPLATES
from desktop.models import facts_closing
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import books, closing, closing_review, demo, imports, lost_deals, lost_review, retention
from desktop.services import revenue as earning
from desktop.services.scopes import scope_or_nobody
from desktop.settings import DEFAULTS
from tests.agency import money as hard
from tests.agency import truth
from tests.oracle import money
from tests.oracle.facts import Agency
from tests.oracle.money import Question, fold
from tests.services.test_dashboard_against_oracle import Program
from tests.services.test_kpis_book_against_oracle import rows_of

AUTHOR = Author("tester", "2026-07-01T08:00:00")
PERIODS = (
    ("2026-06-15", "2026-06-21", None),
    ("2026-05-01", "2026-05-31", None),
    ("2026-02-01", "2026-02-28", None),
    ("2025-07-01", "2026-06-30", None),
    ("2026-01-01", "2026-06-30", None),
    ("2026-02-03", "2026-03-19", None),
    ("2026-04-01", "2026-06-30", "2026-05-17T13:30:00"),
    ("2025-01-01", "2025-12-31", None),
    ("2025-03-01", "2025-03-31", "2026-06-30T23:59:59"),
)
LISTED: Any = DEFAULTS["lines"]
LINES = tuple(one["name"] for one in LISTED)
SPELLINGS = {fold(text): one["name"] for one in LISTED for text in (one["name"], *one["synonyms"])}


@dataclass
class Case:
    """A book, and what it truly holds."""

    book: Book
    agency: Agency
    codes: tuple[str, ...]

    def question(self, span: tuple[str, str, str | None], code: str | None) -> Question:
        as_of = end_of(date.fromisoformat(span[1])) if span[2] is None else datetime.fromisoformat(span[2])
        window = (date.fromisoformat(span[0]), date.fromisoformat(span[1]))
        return Question(self.agency, window, as_of, lambda one: code is None or one == code, LINES, SPELLINGS)


def tables_of(name: str) -> truth.Tables:
    if name != "demo":
        return hard.make(7 if name == "agency" else 31)
    tables: truth.Tables = {}
    for table, rows in demo.generate(date(2026, 6, 30), producers=3, years=2, seed=5):
        columns = TEMPLATES[table].names
        tables.setdefault(table, []).extend(dict(zip(columns, row, strict=True)) for row in rows)
    return tables


def agency_of(tables: truth.Tables) -> Agency:
    if "settings" not in tables:
        return Agency(tables, {(one, line): Fraction(str(share)) for one, line, share in truth.CARRIERS})
    stated = json.loads(next(row["value"] for row in tables["settings"] if row["key"] == "carriers"))
    return Agency(tables, {(one["carrier"], one["line"]): Fraction(str(one["rate"])) for one in stated})


@pytest.fixture(scope="module", params=["agency", "another", "demo"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    tables = tables_of(request.param)
    book = books.open_throwaway(tmp_path_factory.mktemp("book") / "agency.pdesk")
    try:
        imports.store_rows(book, "truth", rows_of(tables), AUTHOR)
        codes = tuple(row["producer_code"] for row in tables["producers"])[:4]
        yield Case(book, agency_of(tables), codes)
    finally:
        book.close()


spans = pytest.mark.parametrize(
    "span", PERIODS, ids=lambda span: f"{span[0]}..{span[1]}{'' if span[2] is None else '*'}"
)


@spans
def test_close_rates(case: Case, span: tuple[str, str, str | None]) -> None:
    wrong = []
    for code in (None, *case.codes):
        q = case.question(span, code)
        answer = answers_money.close_rates(closing.close_rates(case.book, Period(*q.window), q.as_of, code))
        wrong += [f"{code} {each}" for each in rates_differ(answer, money.close_rates(q))]
    assert not wrong, "\n".join(wrong[:40])


@spans
def test_lost_deals(case: Case, span: tuple[str, str, str | None]) -> None:
    wrong = []
    for code in (None, *case.codes):
        q = case.question(span, code)
        answer = answers_money.lost(lost_deals.lost_deals(case.book, Period(*q.window), q.as_of, code))
        wrong += [f"{code} {each}" for each in losses_differ(answer, money.lost(q))]
    assert not wrong, "\n".join(wrong[:40])


@spans
def test_ratios(case: Case, span: tuple[str, str, str | None]) -> None:
    wrong = []
    for code in (None, *case.codes):
        q = case.question(span, code)
        answer = answers_money.ratios(retention.ratios(case.book, Period(*q.window), q.as_of, code))
        wrong += [f"{code} {each}" for each in ratios_differ(answer, money.ratios(q, code is None))]
    assert not wrong, "\n".join(wrong[:40])


@pytest.mark.parametrize("as_of", ["2026-06-30", "2026-03-17", "2026-02-28", "2025-12-31"])
def test_revenue(case: Case, as_of: str) -> None:
    day = date.fromisoformat(as_of)
    answer = answers_money.revenue(earning.revenue_per_producer(case.book, day.year, end_of(day)))
    wrong = list(revenue_differs(answer, money.revenue(case.agency, day.year, day)))
    assert not wrong, "\n".join(wrong[:40])


def test_the_months_of_a_trend_are_the_answers_of_each_month(case: Case) -> None:
    period, now = Period(date(2026, 1, 1), date(2026, 6, 17)), datetime(2026, 6, 17, 12)
    for code in (None, case.codes[0]):
        for one in closing_review.review(case.book, period, now, code).months:
            alone = closing.close_rates(case.book, one.month, now, code)
            assert one.overall == alone.overall.close_rate
            assert one.lines == {row.line: row.close_rate for row in alone.rows if row.close_rate is not None}
            offered = facts_closing.offered(case.book, one.month, now, scope_or_nobody(case.book, code))
            assert one.carriers == {
                name: rates.wins / (rates.wins + rates.losses) for name, rates in core_closing.by_carrier(offered)
            }
            for person in case.codes[:2]:
                assert (
                    one.producers.get(person)
                    == closing.close_rates(case.book, one.month, now, person).overall.close_rate
                )
        for month in lost_review.pattern_months(case.book, period, now, code):
            lost = lost_deals.lost_deals(case.book, month.month, now, code)
            assert (month.total, month.explained, month.patterns) == (len(lost.deals), lost.explained, lost.patterns)


def test_producers_side_by_side_are_the_answers_of_each(case: Case) -> None:
    period, now = Period(date(2026, 1, 1), date(2026, 6, 17)), datetime(2026, 6, 17, 12)
    for row in closing_review.review(case.book, period, now).producers:
        assert row.figure == closing.close_rates(case.book, period, now, row.producer or "").overall


def test_the_cases_have_something_to_say(case: Case) -> None:
    q = case.question(PERIODS[3], None)
    rates, ratios, losses = money.close_rates(q), money.ratios(q, True), money.lost(q)
    assert rates["overall"]["wins"] and losses["explained"] > 5
    assert (
        ratios["clients"][1] and ratios["policies"][1] > ratios["clients"][1] and ratios["leads"] and ratios["quotes"]
    )
    rows = money.revenue(case.agency, 2026, date(2026, 6, 30))
    assert any(row["renewal_premium"] for row in rows.values()) and any(row["splits"] for row in rows.values())


def test_the_commands_answer_the_same(tmp_path: Path) -> None:
    program = Program(tmp_path)
    file = tmp_path / "agency.pdesk"
    tables = tables_of("agency")
    book = books.open_book(file, keys=books.PassphraseKeys("long enough"))
    try:
        imports.store_rows(book, "truth", rows_of(tables), AUTHOR)
    finally:
        book.close()
    agency = agency_of(tables)
    whole = Case(book, agency, ())
    asked = ("--book", str(file), "--from", "2026-01-01", "--to", "2026-06-30", "--as-of", "2026-06-30")
    for code, more in ((None, ()), ("P01", ("--producer", "P01"))):
        q = whole.question(("2026-01-01", "2026-06-30", None), code)
        assert not list(rates_differ(program.run("close-rates", *asked, *more), money.close_rates(q)))
        assert not list(losses_differ(program.run("lost", *asked, *more), money.lost(q)))
        assert not list(ratios_differ(program.run("ratios", *asked, *more), money.ratios(q, code is None)))
    answer = program.run("revenue", "--book", str(file), "--year", "2026", "--as-of", "2026-06-30")
    assert not list(revenue_differs(answer, money.revenue(agency, 2026, date(2026, 6, 30))))


# --- beside one another -----------------------------------------------------------------------------------------------


def same(ours: Any, right: Any, near: float = 0.6e-6) -> bool:
    if ours is None or right is None:
        return ours is None and right is None
    return abs(float(ours) - float(right)) <= near


def rates_differ(answer: Any, expected: dict[str, Any]) -> Iterator[str]:
    rows = {row["line"]: row for row in answer["rows"]}
    if tuple(rows) != LINES:
        yield f"lines {tuple(rows)}"
    for line, right in (*expected["rows"].items(), ("overall", expected["overall"])):
        row = rows.get(line) or answer["overall"]
        for name in ("quotes", "wins", "losses", "close_rate", *(("low", "high") if line != "overall" else ())):
            if not same(row[name], right[name]):
                yield f"{line} {name}: {row[name]}, expected {right[name]}"
        if not same(row["avg_premium"], right["avg_premium"], 0.0051):
            yield f"{line} avg_premium: {row['avg_premium']}, expected {right['avg_premium']}"


def losses_differ(answer: Any, expected: dict[str, Any]) -> Iterator[str]:
    for name in ("total", "explained"):
        if answer[name] != expected[name]:
            yield f"{name}: {answer[name]}, expected {expected[name]}"
    if [one["reason"] for one in answer["reasons"]] != list(money.REASONS):
        yield f"reasons {answer['reasons']}"
    for one in answer["reasons"]:
        if one["count"] != expected["counts"][one["reason"]] or not same(
            one["share"], expected["shares"][one["reason"]]
        ):
            yield f"{one}, expected {expected['counts'][one['reason']]}"
    fired = {one["id"]: one["fired"] for one in answer["patterns"]}
    if fired != expected["fired"]:
        yield f"patterns {fired}, expected {expected['fired']}"
    deals = {
        one["lead_id"]: (
            one["producer"], one["reason"], one["competing_carrier"],
            None if one["price_difference"] is None else round(one["price_difference"] * 100), one["winnable"],
        )
        for one in answer["deals"]
    }  # fmt: skip
    if deals != expected["deals"]:
        odd = {key for key in deals | expected["deals"] if deals.get(key) != expected["deals"].get(key)}
        yield f"deals {sorted(odd)[:5]}"


def ratios_differ(answer: Any, expected: dict[str, Any]) -> Iterator[str]:
    for name in ("clients", "policies"):
        begin, gone = expected[name]
        one = answer["retention"][name]
        if (one["begin"], one["lost"]) != (begin, gone):
            yield f"{name}: {one}, expected {begin}, {gone}"
        if not same(one["ratio"], (begin - gone) / begin if begin else None):
            yield f"{name} ratio: {one}"
    for name in ("premium", "commission"):
        begin, end = expected[name]
        one = answer["retention"][name]
        if not (same(one["begin"], begin / 100, 1e-6) and same(one["end"], end / 100, 1e-6)):
            yield f"{name}: {one}, expected {begin}, {end}"
        if not same(one["ratio"], end / begin if begin else None):
            yield f"{name} ratio: {one}"
    names = ("premium_per_client", "commission_per_client", "policies_per_client")
    for name, right in zip(names, expected["averages"], strict=True):
        near = 0.6e-6 if name == "policies_per_client" else 0.0051
        if not same(answer["averages"][name], right, near):
            yield f"{name}: {answer['averages'][name]}, expected {right}"
    for name, measure in (("true", "leads"), ("flattering", "quotes")):
        one, right = answer["closing"][name], expected[measure]
        if (one["bound"], one[measure]) != (expected["bound"], right):
            yield f"{name}: {one}, expected {expected['bound']} / {right}"
        if not same(one["ratio"], expected["bound"] / right if right else None):
            yield f"{name} ratio: {one}"


AMOUNTS = ("new_premium", "renewal_premium", "total_book", "revenue", "salary", "benefits", "desk", "splits", "cost")


def revenue_differs(answer: Any, expected: dict[str | None, dict[str, Any]]) -> Iterator[str]:
    seen = set()
    for row in answer["rows"]:
        right = expected[row["producer"]]
        seen.add(row["producer"])
        for name in (*AMOUNTS, "net_contribution"):
            if not same(row[name], right[name] / 100, 1e-6):
                yield f"{row['producer']} {name}: {row[name]}, expected {right[name] / 100}"
        if not same(row["multiple"], right["multiple"]):
            yield f"{row['producer']} multiple: {row['multiple']}, expected {right['multiple']}"
        if row["months_employed"] != right["months_employed"] or row["benchmark"] != money.benchmark(right):
            yield f"{row['producer']}: {row['months_employed']} {row['benchmark']}, expected {right['months_employed']}"
        crosses = right["crosses_on"]
        if row["crosses_on"] != (None if crosses is None else crosses.isoformat()):
            yield f"{row['producer']} crosses_on: {row['crosses_on']}, expected {crosses}"
    for code, right in expected.items():
        if code not in seen and any(right[name] for name in ("new_premium", "renewal_premium", "total_book")):
            yield f"{code} is missing"
    for name in (*AMOUNTS, "net_contribution"):
        if not same(answer["total"][name], sum(row[name] for row in answer["rows"]), 0.001):
            yield f"TOTAL {name}: {answer['total'][name]}"
