"""An agency's files through the installed program: `kpi` and `records` of leads, closing and activity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.agency import files, truth
from tests.cli.program import Program
from tests.oracle.facts import Agency
from tests.oracle.kpis_comparing import differences
from tests.oracle.kpis_leads import figures
from tests.oracle.kpis_question import Question
from tests.oracle.windows import end_of

SPANS = (
    ("2026-06-01", "2026-06-30", "2026-06-17T13:30:00", None, "cohort"),
    ("2026-05-04", "2026-05-10", None, "P03", "flow"),
    ("2026-01-01", "2026-06-30", "2026-06-30", None, "flow"),
    ("2026-02-03", "2026-03-19", None, "P01", "cohort"),
)
KEYS = ["id", "section", "unit", "value", "numerator", "denominator", "target", "status", "previous", "detail"]
UNITS = {
    "minutes": {"1.1", "1.2", "7.3"},
    "days": {"3.8", "4.3", "5.5"},
    "count": {"2.2", "5.6", "7.2", "7.4", "7.5"},
    "dollars": {"3.3", "3.4", "3.5", "6.3", "8.6"},
    "points": {"7.1"},
    "table": {"3.6", "3.7", "8.2", "8.3", "8.4", "8.5"},
}


@dataclass(frozen=True)
class Imported:
    """A book with the agency's files in it, and what these truly hold."""

    program: Program
    agency: Agency


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    folder = tmp_path_factory.mktemp("agency")
    tables = truth.make(23)
    files.write(folder, tables)
    program = Program(tmp_path_factory.mktemp("home"))
    program.ask("import", folder)
    carriers = {(one, line): Fraction(str(share)) for one, line, share in truth.CARRIERS}
    return Imported(program, Agency(tables, carriers))


@pytest.mark.parametrize(("start", "end", "as_of", "code", "basis"), SPANS)
def test_every_figure_as_answered(
    imported: Imported, start: str, end: str, as_of: str | None, code: str | None, basis: str
) -> None:
    more = [] if as_of is None else ["--as-of", as_of]
    more += [] if code is None else ["--producer", code]
    answer = imported.program.ask("kpi", "--from", start, "--to", end, "--basis", basis, *more)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    seen = end_of(last) if as_of is None or len(as_of) == 10 else datetime.fromisoformat(as_of)
    flow = basis == "flow"
    right = figures(Question(imported.agency, (first, last), seen, lambda one: code is None or one == code, flow))
    found = differences(answer, right)
    assert not found, "\n".join(found)
    assert {key: answer[key] for key in ("from", "to", "as_of", "producer", "basis")} == {
        "from": start, "to": end, "as_of": seen.isoformat(), "producer": code, "basis": basis,
    }  # fmt: skip


def test_all_forty_in_order_with_their_units(imported: Imported) -> None:
    answer = imported.program.ask("kpi", "--from", "2026-05-01", "--to", "2026-05-31")
    assert len(answer["kpis"]) == 40
    for one in answer["kpis"]:
        assert list(one) == KEYS
        expected = next((unit for unit, sections in UNITS.items() if one["section"] in sections), "ratio")
        assert one["unit"] == expected, one["id"]
        assert one["status"] in ("green", "yellow", "red", "none")
        if one["unit"] == "table":
            assert (one["value"], one["numerator"], one["denominator"]) == (None, None, None)


def _records(imported: Imported, asked: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    span = ("--from", "2026-05-01", "--to", "2026-05-31", "--id", asked)
    return imported.program.ask("kpi", *span)["kpis"][0], imported.program.ask("records", *span)["records"]


@pytest.mark.parametrize(
    "asked",
    ["speed_to_lead", "response_time", "overdue_rate", "contact_rate", "attempts_to_contact", "qualification_rate",
     "avg_monthly_premium", "annual_premium_written", "pipeline_velocity", "activity_score", "talk_minutes_per_day",
     "leads_worked", "manager_alerts"],
)  # fmt: skip
def test_records_sum_to_the_figure_and_name_their_lines(imported: Imported, asked: str) -> None:
    figure, found = _records(imported, asked)
    above = sum(one["amount"] for one in found if one["role"] != "denominator")
    assert above == pytest.approx(figure["numerator"], abs=0.001)
    if figure["denominator"] is not None and not figure["section"].startswith("7."):
        assert sum(one["role"] != "numerator" for one in found) == figure["denominator"]
    assert found
    assert all(one["file"] and one["line"] for one in found)


def test_one_by_its_id_and_readable_text(imported: Imported) -> None:
    span = ("--from", "2026-05-01", "--to", "2026-05-31")
    (one,) = imported.program.ask("kpi", *span, "--id", "contact_rate")["kpis"]
    assert one["id"] == "contact_rate"
    shown = imported.program.run("kpi", *span, "--id", "engagement_rate")
    assert shown.returncode == 0
    assert "engagement_rate" in shown.stdout
    assert "Website" in shown.stdout


def test_targets_of_a_file_are_those_of_the_kpi(imported: Imported, tmp_path: Path) -> None:
    file = tmp_path / "targets.csv"
    file.write_text(
        "metric,target,effective_from,producer_code,level\ncontact_rate,0.52,2026-05-01,P01,\n"
        "calls_per_day,45,2026-05-01,,veteran\navg_annual_premium,2500.50,2026-05-01,P01,\n",
        encoding="utf-8",
    )
    imported.program.ask("import", file)
    span = ("--from", "2026-05-01", "--to", "2026-05-31", "--producer", "p01")
    answer = imported.program.ask("kpi", *span)
    targets = {one["id"]: one["target"] for one in answer["kpis"]}
    assert (answer["producer"], targets["contact_rate"]) == ("P01", 0.52)
    assert (targets["calls_per_day"], targets["avg_annual_premium"], targets["attempts_to_contact"]) == (45, 2500.5, 3)
    before = imported.program.ask("kpi", "--from", "2026-04-01", "--to", "2026-04-30", "--producer", "P01")
    assert {one["id"]: one["target"] for one in before["kpis"]}["contact_rate"] == 0.45


def test_what_there_is_not_is_refused(program: Program) -> None:
    span = ("--from", "2026-05-01", "--to", "2026-05-31")
    assert "luck" in program.refusal("kpi", *span, "--id", "luck")
    assert "P99" in program.refusal("kpi", *span, "--producer", "P99")
    assert program.run("kpi", *span, "--basis", "guess").returncode == 2
    assert program.ask("records", *span, "--id", "contact_rate") == {"id": "contact_rate", "records": []}
