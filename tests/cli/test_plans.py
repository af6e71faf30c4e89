"""`ept` and `validation` through the installed program: worked examples, refusals, and inputs taken from a book."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.program import Program

EPT = ("ept", "--hours", 2000, "--duties", "renewals=600", "service=400", "meetings=400")
EXAMPLE = ("--closing", "0.30", "--goal", 30000)
MONEY = ("desired=60000", "initial=50000", "prior=150000", "retention=0.9")
SIZES = ("avg_commission=1500", "avg_premium=10000", "hit_rate=0.5", "proposal_rate=0.4", "calls_per_prospect=1.5")
NEWREN = ("validation", "--plan", "newren", "--input", "renewal_rate=0.25", "new_rate=0.40")
BASEGROWTH = ("validation", "--plan", "basegrowth", "--input", "base_rate=0.25", "growth_rate=0.40")


def test_ept_example(program: Program) -> None:
    found = program.ask(*EPT, *EXAMPLE, "--account", "1000:0.15", "3800:0.15", "--account", "20000:15%")
    accounts = found.pop("accounts")
    assert found == {
        "available": 2000,
        "other": 1400,
        "production": 600,
        "closing_ratio": 0.3,
        "effective": 180,
        "required_rate": 166.67,
    }
    assert accounts == [
        {"premium": 1000, "rate": 0.15, "commission": 150, "break_even_hours": 0.9},
        {"premium": 3800, "rate": 0.15, "commission": 570, "break_even_hours": 3.42},
        {"premium": 20000, "rate": 0.15, "commission": 3000, "break_even_hours": 18},
    ]
    assert not program.home.exists() or not list(program.home.rglob("*.pdesk*"))  # planning makes no book


def test_ept_without_effective_hours_is_undefined(program: Program) -> None:
    found = program.ask("ept", "--duties", "service=2000", *EXAMPLE, "--account", "1000:0.15")
    assert (found["available"], found["effective"], found["required_rate"]) == (2000, 0, None)
    assert found["accounts"][0]["break_even_hours"] is None


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((*EPT, "golf=601", *EXAMPLE), "2,001 hours"),
        ((*EPT, "golf=-1", *EXAMPLE), "golf"),
        ((*EPT, "service=1", *EXAMPLE), "twice"),
        ((*EPT, "--closing", "1.3", "--goal", "1"), "not 130 %"),
        ((*EPT, "--closing", "0", "--goal", "1"), "must be above 0 %"),
        ((*EPT, "--closing", "often", "--goal", "1"), "not a number"),
        ((*EPT, "--closing", "0.3", "--goal", "-1"), "at least $0"),
        (("ept", "--hours", "-5", *EXAMPLE), "at least 0"),
        ((*EPT, *EXAMPLE, "--account", "-1000:0.15"), "premium"),
        ((*EPT, *EXAMPLE, "--account", "1000:1.5"), "not 150 %"),
    ],
)
def test_ept_refuses_the_impossible(program: Program, arguments: tuple[object, ...], reason: str) -> None:
    assert reason in program.refusal(*arguments)


def test_newren_example(program: Program) -> None:
    found = program.ask(*NEWREN, *MONEY, *SIZES)
    assert (found["plan"], found["reality"]) == ("newren", None)
    # $65,625 / $1,500 = 43.75; / 0.5 = 87.5; / 0.4 x 1.5 = 328.125; each over 50 weeks
    assert found["target"] == {
        "compensation": 60000,
        "new_commission": 65625,
        "total_revenue": 200625,
        "sales": 44,
        "proposals": 88,
        "sales_calls": 329,
        "weekly": {"sales_calls": 6.6, "proposals": 1.8, "sales": 0.9, "premium": 8750, "commission": 1312.5},
    }
    assert (found["minimum"]["compensation"], found["minimum"]["new_commission"]) == (50000, 40625)


def test_basegrowth_example(program: Program) -> None:
    found = program.ask(*BASEGROWTH, *MONEY, *SIZES)
    assert (found["target"]["new_commission"], found["target"]["total_revenue"]) == (71250, 206250)
    assert found["minimum"]["new_commission"] == 46250


def test_newproducer(program: Program) -> None:
    inputs = ("draw=48000", "production=1200", "new_rate=0.4", "renewal_rate=0.25", "margin=0.2")
    found = program.ask("validation", "--plan", "newproducer", "--input", *inputs)
    assert set(found) == {"plan", "years", "paid_back_month"}
    assert found["paid_back_month"] == 24
    assert found["years"][1] == {
        "year": 2,
        "new_commission": 60000,
        "renewals": 54000,
        "earned": 37500,
        "draw": 48000,
        "validated": False,
        "invested": -12300,
    }


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ((*MONEY, "avg_commission=1500"), "lacks avg_premium, hit_rate, proposal_rate"),
        ((*MONEY, *SIZES, "luck=1"), "luck"),
        ((*MONEY, *SIZES, "weeks=50", "weeks=48"), "twice"),
        ((*MONEY, *SIZES, "weeks=fifty"), "not a number"),
        ((*MONEY, *SIZES, "weeks=nan"), "not a number"),
        (("desired=1", "initial=1", "prior=-1", *SIZES), "prior"),
        ((*MONEY, "avg_commission=1500", "avg_premium=1", "hit_rate=0", "proposal_rate=1"), "hit_rate"),
        ((*MONEY, *SIZES, "margin=0.2"), "margin"),
    ],
)
def test_validation_refuses_the_impossible(program: Program, inputs: tuple[str, ...], reason: str) -> None:
    assert reason in program.refusal(*NEWREN, *inputs)


def test_wrong_usage(program: Program) -> None:
    for line in (
        ("ept", "--closing", "0.3"),
        ("ept", *EXAMPLE, "--account", "1000"),
        ("ept", *EXAMPLE, "--duties", "golf"),
        ("validation", "--input", "desired=1"),
        ("validation", "--plan", "hope"),
        ("validation", "--plan", "newren", "--input", "desired"),
    ):
        assert program.run(*line).returncode == 2, line


# --- from a book ------------------------------------------------------------------------------------------------------

AS_OF = ("--as-of", "2026-03-31")
RATES = ("desired=60000", "initial=50000", "renewal_rate=0.25", "new_rate=0.40")


def _write(folder: Path, *, stages: bool = False) -> Path:
    """Dana: 78 meetings in the last 26 weeks and 22 before, 40 quotes, 10 policies of $5,000 at 15 %; Sam: nothing."""
    folder.mkdir()
    last = date(2026, 3, 31)
    recent = [last - timedelta(days=at % 182) for at in range(78)]
    older = [last - timedelta(days=182 + at) for at in range(22)]
    too_old = [last - timedelta(days=365)]
    meetings = [f"{day},P01,meeting_held,M{at}" for at, day in enumerate((*recent, *older, *too_old))]
    quotes = [f"P01,2026-01-{1 + at % 28:02d},Q{at}" for at in range(40)]
    policies = [f"N-{at},Client {at},P01,BOP,new,2026-02-10,2026-02-10,5000,0.15," for at in range(10)]
    policies += [
        "R-1,Old,P01,BOP,renewal,2025-06-01,2025-06-01,100000,0.1,",
        "R-2,Both,P01,BOP,new,2025-01-01,2025-01-01,100000,0.1,P01:0.8;P02:0.2",
        "R-3,Past,P01,BOP,renewal,2024-12-31,2024-12-31,9000,0.1,",
    ]
    files = {
        "producers": ["producer_code,name", "P01,Dana Marsh", "P02,Sam Lee"],
        "activities": ["occurred_at,producer,kind,activity_id", *meetings],
        "quotes": ["producer,delivered_on,quote_id", *quotes],
        "policies": ["policy_number,client,producer,line,transaction,bound_on,effective_on,annual_premium,"
                     "commission_rate,shares", *policies],
    }  # fmt: skip
    if stages:
        files["leads"] = ["lead_id,received_at,producer", *(f"L{at},2026-01-05 09:00,P01" for at in range(25))]
        entered = [f"sales,proposed,2026-02-{1 + at % 28:02d} 10:00,L{at}" for at in range(25)]
        files["stages"] = ["pipeline,stage,entered_at,lead_id", *entered, "sales,proposed,2026-03-05 10:00,L0"]
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_inputs_and_reality_come_from_the_producers_data(program: Program, tmp_path: Path) -> None:
    program.ask("import", _write(tmp_path / "files"))
    done = program.run("validation", "--plan", "newren", "--producer", "p01", "--input", *RATES, *AS_OF, "--json")
    assert "Dana Marsh's data: prior 18000.0, avg_commission 750.0, avg_premium 5000.0, hit_rate 0.25" in done.stderr
    found = program.ask("validation", "--plan", "newren", "--producer", "P01", "--input", *RATES, *AS_OF)
    # prior $10,000 + 80 % of $10,000; (60,000 - 16,200 x 0.25) / 0.4 = $139,875; / 750 = 186.5; / 0.25 = 746;
    # 40 quotes of 100 meetings: / 0.4 = 1,865 calls, 37.3 a week, against 78 / 26 = 3
    assert found["target"]["new_commission"] == 139875
    assert [found["target"][key] for key in ("sales", "proposals", "sales_calls")] == [187, 746, 1865]
    assert found["reality"] == {"needed": 37.3, "actual": 3.0, "ratio": 12.433333, "verdict": "unrealistic"}


def test_typed_inputs_stand_over_the_producers_data(program: Program, tmp_path: Path) -> None:
    program.ask("import", _write(tmp_path / "files"))
    typed = ("prior=200000", "avg_commission=1000", "hit_rate=1", "proposal_rate=1", "desired=61200", "weeks=52")
    rates = ("initial=50000", "renewal_rate=0.25", "new_rate=0.40")
    found = program.ask("validation", "--plan", "newren", "--producer", "P01", "--input", *rates, *typed, *AS_OF)
    # (61,200 - 180,000 x 0.25) / 0.4 = $40,500: 40.5 calls over 52 weeks
    assert found["target"]["sales_calls"] == 41
    assert found["reality"] == {"needed": 0.8, "actual": 3.0, "ratio": 0.259615, "verdict": "supported"}


def test_proposals_are_the_leads_that_entered_rank_5_where_these_are_tracked(program: Program, tmp_path: Path) -> None:
    program.ask("import", _write(tmp_path / "files", stages=True))
    found = program.ask("validation", "--plan", "newren", "--producer", "P01", "--input", *RATES, *AS_OF)
    # 25 leads (one proposed twice): hit rate 10 / 25
    assert found["target"]["proposals"] == 467


def test_what_the_data_does_not_give_is_asked_for(program: Program, tmp_path: Path) -> None:
    program.ask("import", _write(tmp_path / "files"))
    asked = ("validation", "--plan", "newren", "--producer")
    assert "lacks desired" in program.refusal(*asked, "P01", "--input", "initial=1", *RATES[2:], *AS_OF)
    refused = program.refusal(*asked, "P02", "--input", *RATES, *AS_OF)
    assert "lacks avg_commission, avg_premium, hit_rate, proposal_rate" in refused
    assert "P09" in program.refusal(*asked, "P09", "--input", *RATES, *AS_OF)
    idle = program.ask(*asked, "P02", "--input", *RATES, *SIZES, *AS_OF)
    assert (idle["reality"]["actual"], idle["reality"]["ratio"], idle["reality"]["verdict"]) == (0, None, "unrealistic")
