"""Publishing, sealing and verifying through the installed program."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.cli.program import Program

PRODUCERS = "producer_code,name,level,hired_on\nP01,Dana Marsh,veteran,2024-01-08\nP02,Lee Ortiz,new,2025-11-03\n"
CALLS = "occurred_at,producer,kind,direction,count\n2026-03-04 09:00,P01,call,outbound,5\n"
WEEK = ("--week", "2026-W10")


@pytest.fixture
def filled(program: Program, tmp_path: Path) -> Program:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "producers.csv").write_text(PRODUCERS, encoding="utf-8")
    (folder / "activities.csv").write_text(CALLS, encoding="utf-8")
    program.ask("import", folder)
    return program


def test_a_week_is_published_amended_and_published_again(filled: Program, tmp_path: Path) -> None:
    (one,) = filled.ask("publish", *WEEK, "--producer", "P01")["published"]
    assert set(one) == {"producer", "week", "version", "sha256"}
    assert (one["producer"], one["week"], one["version"]) == ("P01", "2026-W10", 1)
    assert filled.ask("publish", *WEEK, "--all")["published"][0] == one
    assert filled.ask("amendments", *WEEK) == {"amendments": []}
    late = tmp_path / "activities.csv"
    late.write_text(CALLS.replace("09:00", "11:00"), encoding="utf-8")
    filled.ask("import", late)
    changed = {one["metric"]: one for one in filled.ask("amendments", *WEEK)["amendments"]}
    assert (changed["calls_made"]["from"], changed["calls_made"]["to"]) == (5, 10)
    assert "activities.csv" in changed["calls_made"]["why"]
    assert filled.ask("publish", *WEEK, "--producer", "P01")["published"][0]["version"] == 2
    assert filled.ask("check") == {"ok": True, "problems": []}


def test_sealed_scorecards_verify_and_tampered_ones_do_not(filled: Program, tmp_path: Path) -> None:
    filled.ask("publish", *WEEK, "--all")
    files = filled.ask("scorecard", *WEEK, "--all", "--sign", "--out", tmp_path / "out")["files"]
    assert [Path(one["file"]).name for one in files] == ["scorecard-2026-W10-P01.pdf", "scorecard-2026-W10-P02.pdf"]
    document = Path(files[0]["file"]).read_bytes()
    assert all(one["signed"] for one in files) and files[0]["sha256"] == hashlib.sha256(document).hexdigest()
    found = filled.ask("verify", files[0]["file"])
    assert {key: found[key] for key in ("signed", "intact", "covers_whole_file", "modified_after")} == {
        "signed": True, "intact": True, "covers_whole_file": True, "modified_after": False,
    }  # fmt: skip
    assert [(one["role"], one["trusted"]) for one in found["signers"]] == [("manager", True)]
    spoilt = tmp_path / "spoilt.pdf"
    spoilt.write_bytes(document + b"\n")
    assert filled.run("verify", spoilt, "--json").returncode == 1
    again = filled.ask("scorecard", *WEEK, "--producer", "P01", "--sign", "--out", tmp_path / "again")["files"]
    assert again[0]["sha256"] == files[0]["sha256"]
    (plain,) = filled.ask("scorecard", *WEEK, "--producer", "P01", "--out", tmp_path / "plain")["files"]
    assert not plain["signed"] and filled.run("verify", plain["file"]).returncode == 1
    stranger = Program(tmp_path / "stranger")
    assert [one["trusted"] for one in stranger.ask("verify", files[0]["file"])["signers"]] == [False]


def test_what_is_no_signed_pdf_is_refused_in_words(filled: Program, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"hello")
    assert "not a PDF" in filled.refusal("verify", file)
    assert "cannot be read" in filled.refusal("verify", tmp_path / "missing.pdf")
    assert filled.run("scorecard", *WEEK, "--all", "--blank", "--sign", "--out", tmp_path).returncode == 2
