"""The commands about where the money goes, through the installed program: keys, order, rounding, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Program

PRODUCERS = """producer_code,name,hired_on,salary,benefits,desk_cost,new_split,renewal_split
P01,Dana Marsh,2024-01-08,36500,0,3650,40%,25%
P02,"Lee, Sam",2026-02-01,,,,,
"""
LEADS = """lead_id,received_at,line,producer,estimated_premium,\
lost_reason,competing_agency,competing_carrier,price_difference,winnable,would_change
L1,2026-03-02 09:00,Auto/Home,P01,1500,,,,,,
L2,2026-03-03 09:00,PAP,P01,900.50,price,Rival & Co,Other Mutual,$120.25,maybe,Quote more markets
L3,2026-03-04 09:00,Pet Cover,P02,,,,,,,
"""
STAGES = """pipeline,stage,entered_at,lead_id
sales,needs_analysis,2026-03-04 09:00,L1
sales,won,2026-03-10 11:30,L1
sales,lost,2026-03-11 12:00,L2
sales,lost,2026-03-12,L3
"""
QUOTES = """producer,delivered_on,lead_id,line
P01,2026-03-05,L1,PAP
P01,2026-03-05,L1,HO3
P02,2026-03-06,,WC
"""
POLICIES = """policy_number,client,producer,line,transaction,bound_on,effective_on,annual_premium,\
commission_rate,lead_id,ended_on
A-1,Ada Poe,P01,PAP,new,2026-03-10,2026-03-10,"1,000.00",10%,L1,
H-1,Ada Poe,P01,HO3,new,2026-03-10,2026-03-10,500.05,10%,L1,
O-1,Bo Fox,P01,BOP,new,2025-03-15,2025-03-15,800,10%,,
O-1,Bo Fox,P01,BOP,renewal,2026-03-15,2026-03-15,880,10%,,
C-1,Cy Low,P02,WC,new,2025-06-01,2025-06-01,400,10%,,2026-03-20
"""
MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")


@pytest.fixture
def desk(program: Program, tmp_path: Path) -> Program:
    folder = tmp_path / "exports"
    folder.mkdir()
    files = (
        ("producers", PRODUCERS), ("leads", LEADS), ("stages", STAGES), ("quotes", QUOTES), ("policies", POLICIES)
    )  # fmt: skip
    for name, text in files:
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    answer = program.ask("import", folder)
    assert not any(one["rejected"] for one in answer["files"])
    return program


def test_close_rates_and_lost(desk: Program) -> None:
    answer = desk.ask("close-rates", *MARCH)
    by_line = {row["line"]: row for row in answer["rows"]}
    assert list(by_line)[:3] == ["Personal Auto", "Homeowners", "Auto + Home Bundle"] and len(by_line) == 9
    assert by_line["Auto + Home Bundle"] == {
        "line": "Auto + Home Bundle",
        "quotes": 0,
        "wins": 1,
        "losses": 0,
        "close_rate": 1.0,
        "low": 0.206549,
        "high": 1.0,
        "avg_premium": 1500.05,
    }
    assert by_line["Life"] == {
        "line": "Life", "quotes": 0, "wins": 0, "losses": 0,
        "close_rate": None, "low": None, "high": None, "avg_premium": None,
    }  # fmt: skip
    assert by_line["Other"]["losses"] == 1
    assert answer["overall"] == {"quotes": 2, "wins": 1, "losses": 2, "close_rate": 0.333333, "avg_premium": 1500.05}
    one = desk.ask("close-rates", *MARCH, "--producer", "P02")
    assert one["overall"] == {"quotes": 1, "wins": 0, "losses": 1, "close_rate": 0.0, "avg_premium": None}

    lost = desk.ask("lost", *MARCH)
    assert (lost["total"], lost["explained"]) == (2, 1)
    assert lost["reasons"][0] == {"reason": "price", "count": 1, "share": 1.0}
    assert [one["reason"] for one in lost["reasons"]] == [
        "price", "coverage", "relationship", "no_response", "stayed_with_current", "competitor", "timing"
    ]  # fmt: skip
    assert lost["patterns"] == [
        {"id": "market_access", "fired": False, "share": 1.0},
        {"id": "follow_up", "fired": False, "share": 0.0},
    ]
    assert lost["deals"][0] == {
        "lead_id": "L2",
        "producer": "P01",
        "producer_name": "Dana Marsh",
        "line": "PAP",
        "lost_at": "2026-03-11T12:00:00",
        "reason": "price",
        "competing_agency": "Rival & Co",
        "competing_carrier": "Other Mutual",
        "price_difference": 120.25,
        "winnable": "maybe",
        "would_change": "Quote more markets",
        "premium": 900.5,
    }
    assert (lost["deals"][1]["line"], lost["deals"][1]["reason"], lost["deals"][1]["premium"]) == (
        "Pet Cover", None, None
    )  # fmt: skip


def test_ratios(desk: Program) -> None:
    answer = desk.ask("ratios", *MARCH)
    assert answer["retention"] == {
        "clients": {"begin": 2, "lost": 1, "ratio": 0.5},
        "policies": {"begin": 2, "lost": 1, "ratio": 0.5},
        "premium": {"begin": 1200.0, "end": 880.0, "ratio": 0.733333},
        "commission": {"begin": 120.0, "end": 88.0, "ratio": 0.733333},
    }
    assert answer["closing"] == {
        "true": {"bound": 2, "leads": 1, "ratio": 2.0},
        "flattering": {"bound": 2, "quotes": 2, "ratio": 1.0},
    }
    # $1,000.00 + $500.05 + $880.00 over two clients; $100.00 + $50.01 + $88.00 of commission.
    assert answer["averages"] == {
        "premium_per_client": 1190.03,
        "commission_per_client": 119.01,
        "policies_per_client": 1.5,
    }
    assert answer["notes"] == []


def test_revenue(desk: Program) -> None:
    answer = desk.ask("revenue", "--year", "2026", "--as-of", "2026-03-31")
    assert [row["producer"] for row in answer["rows"]] == ["P01", "P02", None]
    assert answer["rows"][0] == {
        "producer": "P01",
        "producer_name": "Dana Marsh",
        "new_premium": 1500.05,
        "renewal_premium": 880.0,
        "total_book": 2380.05,
        "commission_rate": 0.100002,  # $238.01 / $2,380.05
        "revenue": 238.01,
        "cost": 9982.0,  # 90 days at $110.00, 40 % of $150.01 and 25 % of $88.00: $9,982.004
        "salary": 9000.0,
        "benefits": 0.0,
        "splits": 82.0,
        "desk": 900.0,
        "net_contribution": -9743.99,
        "multiple": 0.005916,  # $238.01 / $40,232.004
        "months_employed": 26,
        "benchmark": "missed",
        "crosses_on": None,
    }
    assert list(answer["total"]) == [
        "new_premium", "renewal_premium", "total_book", "commission_rate", "revenue", "cost", "salary", "benefits",
        "splits", "desk", "net_contribution", "multiple",
    ]  # fmt: skip
    assert answer["rows"][1]["multiple"] is None and answer["rows"][1]["benchmark"] is None


def test_refusals_and_plain_text(desk: Program) -> None:
    assert "P09" in desk.refusal("lost", *MARCH, "--producer", "P09")
    assert "ends" in desk.refusal("ratios", "--from", "2026-03-31", "--to", "2026-03-01")
    assert "2026 has not begun" in desk.refusal("revenue", "--year", "2026", "--as-of", "2025-12-31")
    assert desk.run("revenue", "--year", "next").returncode == 2
    text = desk.run("close-rates", *MARCH)
    assert text.returncode == 0 and "Auto + Home Bundle" in text.stdout
