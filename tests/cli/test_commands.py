"""Commands through the installed program: what they answer, and what they refuse."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import Program

PRODUCERS = """producer_code,name,level,hired_on
P01,Dana Marsh,veteran,2024-01-08
P02,"Lee, Sam",new,2025-11-03
"""
ACTIVITIES = """occurred_at,producer,kind,direction,outcome,minutes,count,self_reported
2026-03-09 09:15,Dana Marsh,call,outbound,connected,6,,
3/10/2026 2:05 PM,P02,call,outbound,no_answer,,,
2026-03-11,P01,referral_ask,,,,3,yes
2026-03-12,Jo Ruiz,call,,,,,
2026-03-33,P01,call,,,,,
"""
POLICIES = """policy_number,client,producer,line,transaction,bound_on,effective_on,annual_premium,commission_rate
N-1,Acme LLC,P01,BOP,new,3/10/2026,3/15/2026,"$1,234.56",15%
N-2,Smith & Sons <b>,P02,PAP,new,3/11/2026,3/11/2026,(50.00),15%
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name, text in (("producers", PRODUCERS), ("activities", ACTIVITIES), ("policies", POLICIES)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


WEEK = ("--from", "2026-03-09", "--to", "2026-03-15")


def test_import_dashboard_records_and_undo(program: Program, files: Path) -> None:
    answer = program.ask("import", files)
    by_name = {one["file"]: one for one in answer["files"]}
    assert by_name["activities.csv"]["rejects"] == [
        {
            "line": 6,
            "column": "occurred_at",
            "value": "2026-03-33",
            "reason": by_name["activities.csv"]["rejects"][0]["reason"],
        }
    ]
    for one in answer["files"]:
        assert one["inserted"] + one["updated"] + one["unchanged"] + one["rejected"] == one["rows"]
    assert answer["unknown_producers"] == [{"name": "Jo Ruiz", "rows": 1}]
    dashboard = program.ask("dashboard", *WEEK)
    agency = dashboard["agency"]["metrics"]
    assert agency["calls_made"]["value"] == 3
    assert agency["referrals_asked"] == {**agency["referrals_asked"], "value": 3, "automatic_share": 0.0}
    assert agency["new_premium"]["value"] == 1184.56
    assert [one["producer"] for one in dashboard["producers"]] == ["P01", "P02", None]
    assert dashboard["producers"][2]["metrics"]["calls_made"]["value"] == 1
    found = program.ask("records", *WEEK, "--id", "calls_made")["records"]
    assert [(one["file"], one["line"], one["amount"]) for one in found] == [
        ("activities.csv", 2, 1),
        ("activities.csv", 3, 1),
        ("activities.csv", 5, 1),
    ]
    again = program.ask("import", files)
    assert sum(one["inserted"] + one["updated"] for one in again["files"]) == 0
    program.ask("undo", again["import_id"])
    undone = program.ask("undo", answer["import_id"])
    assert undone["kept"] == []
    assert program.ask("dashboard", *WEEK)["agency"]["metrics"]["calls_made"]["value"] == 0
    assert "undone" in program.refusal("undo", answer["import_id"])
    assert program.ask("check") == {"ok": True, "problems": []}


def test_a_file_imported_twice_stays_while_one_of_the_two_imports_stands(program: Program, files: Path) -> None:
    first, second = program.ask("import", files), program.ask("import", files)
    undone = program.ask("undo", first["import_id"])
    assert undone["removed"] == 0
    assert {one["why"] for one in undone["kept"]} == {
        "also in producers.csv",
        "also in activities.csv",
        "also in policies.csv",
    }
    assert program.ask("dashboard", *WEEK)["agency"]["metrics"]["calls_made"]["value"] == 3
    program.ask("undo", second["import_id"])
    assert program.ask("dashboard", *WEEK)["agency"]["metrics"]["calls_made"]["value"] == 0
    again = program.ask("import", files)
    assert [one["inserted"] for one in again["files"]] == [one["inserted"] for one in first["files"]]
    assert program.ask("dashboard", *WEEK)["agency"]["metrics"]["calls_made"]["value"] == 3


def test_a_file_whose_values_an_undo_took_back_is_read_again(program: Program, tmp_path: Path) -> None:
    sheets = []
    for name, cost in (("old", "1.00"), ("new", "2.00")):
        (tmp_path / f"{name}.csv").write_text(f"source,cost_per_lead\nWebsite,{cost}\n", encoding="utf-8")
        sheets.append(tmp_path / f"{name}.csv")
    runs = [program.ask("import", sheet)["import_id"] for sheet in (*sheets, sheets[1])]
    program.ask("undo", runs[1])
    assert program.ask("import", sheets[1])["files"][0]["updated"] == 1
    program.ask("export", tmp_path / "out")
    assert "Website,2.00" in (tmp_path / "out" / "sources.csv").read_text(encoding="utf-8")


def test_a_dry_run_says_the_same_and_changes_nothing(program: Program, files: Path) -> None:
    tried = program.ask("import", "--dry-run", files)
    assert (tried["import_id"], tried["dry_run"]) == (None, True)
    done = program.ask("import", files)
    assert [one["inserted"] for one in tried["files"]] == [one["inserted"] for one in done["files"]]


def test_export_into_an_empty_book_gives_the_same_answers(program: Program, files: Path, tmp_path: Path) -> None:
    program.ask("import", files)
    program.ask("settings", "set", 'agency.name="Harbor & Pine"', 'paper="a4"')
    program.ask("export", tmp_path / "out")
    other = Program(tmp_path / "other")
    other.ask("import", tmp_path / "out")
    assert other.ask("dashboard", *WEEK) == program.ask("dashboard", *WEEK)
    assert other.ask("settings", "get") == program.ask("settings", "get")
    again = program.ask("import", tmp_path / "out")
    assert sum(one["inserted"] for one in again["files"]) == 0


def test_templates_import_as_what_they_are(program: Program, tmp_path: Path) -> None:
    written = program.ask("templates", tmp_path / "pages")["files"]
    assert len(written) == 13
    answer = program.ask("import", tmp_path / "pages")
    assert {one["profile"] for one in answer["files"]} == {f"template_{Path(name).stem}" for name in written}
    assert [one["rejected"] for one in answer["files"]] == [0] * len(written)


def test_what_is_not_recognised_is_refused_whole(program: Program, files: Path) -> None:
    (files / "menu.csv").write_text("dish,price\nsoup,4\n", encoding="utf-8")
    assert "menu.csv" in program.refusal("import", files)
    assert program.ask("dashboard", *WEEK)["agency"]["metrics"]["calls_made"]["value"] == 0


def test_a_wrong_key_is_refused(program: Program, files: Path) -> None:
    program.ask("import", files)
    other = Program(program.home, passphrase="wrong")
    assert "passphrase" in other.refusal("check").casefold()


def test_backup_and_restore(program: Program, files: Path, tmp_path: Path) -> None:
    program.ask("import", files)
    saved = program.ask("backup", "--to", tmp_path / "copy.pdesk")
    assert saved["bytes"] == (tmp_path / "copy.pdesk").stat().st_size
    program.ask("undo", 1)
    restored = program.ask("restore", tmp_path / "copy.pdesk")
    assert Path(restored["previous"]).is_file()
    assert program.ask("dashboard", *WEEK)["agency"]["metrics"]["calls_made"]["value"] == 3


def test_a_backup_where_nothing_can_be_written_is_refused(program: Program, tmp_path: Path) -> None:
    program.ask("check")
    assert "cannot be written" in program.refusal("backup", "--to", tmp_path / ("n" * 250))


def test_settings_refuse_what_they_do_not_know(program: Program) -> None:
    assert "nope" in program.refusal("settings", "set", "nope=1")
    assert "JSON" in program.refusal("settings", "set", "paper=letter")
    assert program.ask("settings", "get", "paper") == {"settings": {"paper": "letter"}}


def test_availability_takes_leave_out_of_targets(program: Program, files: Path, tmp_path: Path) -> None:
    program.ask("import", files)
    before = program.ask("dashboard", *WEEK, "--producer", "P01")["metrics"]["calls_made"]["target"]
    leave = tmp_path / "leave.csv"
    leave.write_text("producer,kind,from,to,weekday,start,end,state,line\nP01,leave,2026-03-09,2026-03-10,,,,,\n")
    program.ask("availability", "import", leave)
    assert before == 30
    assert program.ask("dashboard", *WEEK, "--producer", "P01")["metrics"]["calls_made"]["target"] == 18


def test_text_says_the_same_as_json(program: Program, files: Path) -> None:
    done = program.run("import", files)
    assert done.returncode == 0
    assert "Jo Ruiz" in done.stdout
    assert "activities.csv" in done.stdout


def test_nobodys_name_is_readable_in_the_books_files(program: Program, files: Path) -> None:
    program.ask("import", files)
    program.ask("backup")
    for path in program.home.rglob("*"):
        if path.is_file():
            found = path.read_bytes()
            assert b"Acme LLC" not in found and b"Dana Marsh" not in found, path


def test_commands_that_draw_nothing_never_import_qt(tmp_path: Path) -> None:
    script = (
        "import sys; from desktop.cli import main; main(['check']);"
        "print([name for name in sys.modules if name.startswith(('PySide6','reportlab','pyqtgraph','openpyxl'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PRODUCER_DESK_HOME": str(tmp_path), "PRODUCER_DESK_PASSPHRASE": "x", "PATH": ""},
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_demo_agency_comes_out_the_same_twice(program: Program, tmp_path: Path) -> None:
    asked = ("demo", "--producers", 3, "--years", 1, "--seed", 4, "--as-of", "2026-03-20")
    other = Program(tmp_path / "second")
    assert program.ask(*asked) == other.ask(*asked)
    assert json.dumps(program.ask("dashboard", *WEEK)) == json.dumps(other.ask("dashboard", *WEEK))
    assert "holds data" in program.refusal(*asked)


def test_a_file_without_the_column_does_not_bring_an_ended_policy_back(program: Program, tmp_path: Path) -> None:
    head, row = POLICIES.splitlines()[:2]
    ended, plain = tmp_path / "ended.csv", tmp_path / "plain.csv"
    ended.write_text(f"{head},ended_on\n{row},6/1/2026\n", encoding="utf-8")
    plain.write_text(f"{head}\n{row}\n", encoding="utf-8")
    program.ask("import", ended)
    assert program.ask("import", plain)["files"][0]["unchanged"] == 1
    ended.write_text(f"{head},ended_on\n{row},\n", encoding="utf-8")
    assert program.ask("import", ended)["files"][0]["updated"] == 1
