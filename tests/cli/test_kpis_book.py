"""An agency's files through the installed program: `kpi` and `records` of underwriting, retention and nurture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.agency import files, service, truth
from tests.cli.program import Program
from tests.oracle.facts import Agency
from tests.oracle.kpis_book import KPIS, Question
from tests.oracle.windows import end_of

DOLLARS = ("win_back_premium", "revenue_forecast")
SPANS = (("2026-04-01", "2026-06-30"), ("2026-05-01", "2026-05-31"))


@dataclass(frozen=True)
class Imported:
    """A book with the agency's files in it, and what these truly hold."""

    program: Program
    agency: Agency

    def question(self, start: str, end: str, code: str | None) -> Question:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        return Question(self.agency, (first, last), end_of(last), lambda other: code is None or other == code)

    def asked(self, command: str, start: str, end: str, code: str | None, *more: str) -> Any:
        whose = () if code is None else ("--producer", code)
        return self.program.ask(command, "--from", start, "--to", end, *whose, *more)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    folder = tmp_path_factory.mktemp("agency")
    tables = service.make(11)
    files.write(folder, tables)
    program = Program(tmp_path_factory.mktemp("home"))
    program.ask("import", folder)
    carriers = {(one, line): Fraction(str(share)) for one, line, share in truth.CARRIERS}
    return Imported(program, Agency(tables, carriers))


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("code", [None, "P01"])
def test_every_figure_as_answered(imported: Imported, span: tuple[str, str], code: str | None) -> None:
    answer = imported.asked("kpi", *span, code)
    question = imported.question(*span, code)
    wrong = []
    for one in answer["kpis"]:
        if one["id"] not in KPIS:
            continue
        expected = KPIS[one["id"]](question)
        scale = 100 if one["id"] in DOLLARS else 1
        for name in ("value", "numerator", "denominator"):
            right = getattr(expected, name)
            if one["id"] == "lead_source_roi" and name != "value" and right is not None:
                right = Fraction(right) / 100
            shown = None if right is None else float(right) / scale
            if (one[name] is None) != (shown is None) or (shown is not None and abs(one[name] - shown) > 0.00005):
                wrong.append((one["id"], name, one[name], shown))
    assert not wrong


@pytest.mark.parametrize(
    "kpi",
    ["approval_rate", "underwriting_days", "persistency_13m", "exception_rate", "chargeback_risk", "recapture_rate",
     "win_back_premium", "lead_source_roi", "revenue_forecast"],
)  # fmt: skip
def test_records_lead_back_to_the_files(imported: Imported, kpi: str) -> None:
    (figure,) = imported.asked("kpi", *SPANS[0], None, "--id", kpi)["kpis"]
    found = imported.asked("records", *SPANS[0], None, "--id", kpi)["records"]
    above = sum(one["amount"] for one in found if one["role"] in ("numerator", "both"))
    assert above == pytest.approx(figure["numerator"], abs=0.001)
    if figure["denominator"] is not None and kpi != "lead_source_roi":
        assert sum(one["role"] in ("denominator", "both") for one in found) == figure["denominator"]
    assert found
    assert all(one["file"] and one["line"] for one in found)
    assert all(Path(one["file"]).suffix for one in found)
