"""The routing commands through the installed program, with the keys that commands.md names."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.program import Program

_PRODUCERS = """producer_code,name,role,lines,backup
P01,Ann Alder,producer,Homeowners,
P02,Bob Birch,producer,BOP,
C01,Cleo Service,csr,,
"""
_TERRITORIES = """territory,zip_from,zip_to,producer,backup
North,10001,10099,P01,P02
South,10100,10199,P02,
"""
_LEADS = """lead_id,received_at,first_name,last_name,email,phone,zip,state,line
L1,2026-03-09 09:00,Ann,One,a1@example.com,212-555-0101,10001,NY,Homeowners
L2,2026-03-09 09:01,Ann,Two,a1@example.com,212-555-0102,10150,NY,BOP
L3,2026-03-09 09:02,Ann,Three,a3@example.com,,10150,NY,BOP
"""


@pytest.fixture
def files(tmp_path: Path, program: Program) -> Path:
    for name, text in (("producers", _PRODUCERS), ("territories", _TERRITORIES), ("leads", _LEADS)):
        (tmp_path / f"{name}.csv").write_text(text)
    program.ask("import", tmp_path / "producers.csv", tmp_path / "territories.csv")
    return tmp_path


def content(program: Program) -> str:
    """A fingerprint of everything that an export holds."""
    folder = program.home / "out"
    program.ask("export", folder)
    found = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        found.update(path.name.encode() + path.read_bytes())
        path.unlink()
    return found.hexdigest()


def test_route_answers_with_reasons_and_a_dry_run_writes_nothing(program: Program, files: Path) -> None:
    before = content(program)
    at = ("--at", "2026-03-09T10:00:00")
    tried = program.ask("route", files / "leads.csv", "--dry-run", *at)
    assert content(program) == before
    done = program.ask("route", files / "leads.csv", *at)
    assert done == tried
    first, second = done["assignments"]
    assert set(first) == {
        "lead_id", "producer", "producer_name", "step", "rule", "territory", "model", "score", "because", "candidates",
    }  # fmt: skip
    assert (first["producer"], first["step"], first["territory"], first["model"]) == (
        "P01",
        "model",
        "North",
        "weighted",
    )
    assert set(first["candidates"][0]) == {"producer", "eligible", "reason", "score", "parts"}
    assert set(first["candidates"][0]["parts"]) == {"capacity", "match", "close", "response"}
    assert (second["producer"], second["step"], second["score"]) == ("P01", "duplicate", None)
    assert [one["lead_id"] for one in done["unassigned"]] == ["L3"] and "phone" in done["unassigned"][0]["why"]
    assert program.ask("route", *at)["assignments"] == []
    assert "holds no leads" in program.refusal("route", files / "producers.csv")


def test_rules_go_out_and_come_in(program: Program, files: Path) -> None:
    default = [{"id": "default", "name": "Everything else", "enabled": True, "then": {"model": "weighted"}}]
    assert program.ask("rules", "export", files / "rules.json") == {"rules": default}
    own = {
        "id": "bob",
        "name": "Bob",
        "enabled": True,
        "when": {"all": [{"field": "state", "op": "is", "value": "NY"}]},
        "then": {"producer": "P02"},
    }
    (files / "rules.json").write_text(json.dumps({"rules": [own]}))
    assert program.ask("rules", "import", files / "rules.json") == {"rules": [own, *default]}
    routed = program.ask("route", files / "leads.csv", "--at", "2026-03-09T10:00:00")["assignments"][0]
    assert (routed["producer"], routed["step"], routed["rule"]) == ("P02", "rule", "bob")
    (files / "wrong.json").write_text('{"rules": [{"id": "x", "name": "X", "then": {}}]}')
    assert "cannot be used" in program.refusal("rules", "import", files / "wrong.json")
    program.ask("export", files / "out")
    fresh = Program(files / "second")
    fresh.ask("import", files / "out")
    assert fresh.ask("rules", "export", files / "again.json") == {"rules": [own, *default]}


def test_what_routing_did_survives_export_and_import(program: Program, files: Path) -> None:
    program.ask("route", files / "leads.csv", "--model", "round_robin", "--at", "2026-03-09T10:00:00")
    program.ask("escalate", "--at", "2026-03-09T10:30:00")
    program.ask("export", files / "out")
    fresh = Program(files / "second")
    taken = fresh.ask("import", files / "out")
    assert [one for one in taken["files"] if one["rejected"]] == []
    assert fresh.ask("escalate", "--at", "2026-03-09T10:30:00") == {"actions": []}
    (files / "more.csv").write_text(
        _LEADS.splitlines()[0]
        + """
L9,2026-03-09 11:00,Eve,Nine,e9@example.com,212-555-0109,10001,NY,Homeowners;BOP
"""
    )
    later = ("route", files / "more.csv", "--model", "round_robin", "--dry-run", "--at", "2026-03-09T11:00:00")
    assert fresh.ask(*later) == program.ask(*later)
    period = ("--from", "2026-03-01", "--to", "2026-03-31", "--as-of", "2026-03-31")
    assert fresh.ask("dashboard", *period) == program.ask("dashboard", *period)
    assert fresh.ask("kpi", *period) == program.ask("kpi", *period)


def test_escalate_carries_out_each_step_once(program: Program, files: Path) -> None:
    program.ask("route", files / "leads.csv", "--at", "2026-03-09T10:00:00")
    actions = program.ask("escalate", "--at", "2026-03-09T10:30:00")["actions"]
    assert [one["step"] for one in actions] == ["call_0", "notify_again", "text_5m", "email_5m", "warn", "reassign"]
    assert set(actions[0]) == {"lead_id", "step", "due_at", "at", "from", "to", "because"}
    assert (actions[-1]["from"], actions[-1]["to"]) == ("P01", "P02")
    assert (actions[-1]["due_at"], actions[0]["due_at"]) == ("2026-03-09T10:30:00", "2026-03-09T10:00:00")
    assert program.ask("escalate", "--at", "2026-03-09T10:30:00") == {"actions": []}


def test_coverage_and_simulate_have_their_keys(program: Program, files: Path) -> None:
    program.ask("route", files / "leads.csv", "--at", "2026-03-09T10:00:00")
    found = program.ask("coverage", "--at", "2026-03-10")
    assert found == {
        "conflicts": [], "nested": [], "dead": [], "gaps": [], "unknown_zips": [], "without_backup": ["P02"],
    }  # fmt: skip
    period = ("--from", "2026-03-09", "--to", "2026-03-09")
    models = program.ask("simulate", *period, "--model", "territory", "--compare", "round_robin")["models"]
    assert [one["model"] for one in models] == ["territory", "round_robin"]
    assert set(models[0]) == {"model", "per_producer", "expected_wins", "max_load", "moved"}
    assert [(one["producer"], one["leads"]) for one in models[0]["per_producer"]] == [("P01", 1), ("P02", 0)]
    assert program.run("simulate", *period, "--model", "dice").returncode == 2


def test_new_leads_are_laid_out_for_the_management_system(program: Program, files: Path) -> None:
    program.ask("route", files / "leads.csv", "--at", "2026-03-09T10:00:00")
    out = files / "hawksoft.csv"
    days = ("--from", "2026-03-01", "--to", "2026-03-31")
    told = program.ask("ams-leads", *days, "--system", "hawksoft", "--out", out)
    assert told == {"file": str(out), "system": "hawksoft", "leads": 2}
    assert out.read_text(encoding="utf-8-sig").splitlines()[1].startswith("Ann One,Ann,One,,(212) 555-0101,")
