"""The Monday run through the installed program: a folder by year and week, with its cover, and what is refused."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import Program

PRODUCERS = "producer_code,name,level\nP01,Dana <b>Márquez & Sons,veteran\nP02,Lee Ortiz,new\n"


def test_the_monday_run_writes_everything_into_the_weeks_folder(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "producers.csv"
    file.write_text(PRODUCERS, encoding="utf-8")
    program.ask("import", file)
    out = tmp_path / "out"
    done = program.ask("scorecard", "--week", "2026-W10", "--all", "--monday", "--out", out)
    folder = out / "2026" / "2026-W10"
    assert [Path(one["file"]) for one in done["files"]] == [
        folder / "scorecard-2026-W10-P01.pdf", folder / "scorecard-2026-W10-P02.pdf",
    ]  # fmt: skip
    assert Path(done["cover"]) == folder / "scorecards-2026-W10-cover.pdf" and Path(done["cover"]).is_file()
    assert (done["sent"], done["without_address"], done["problems"]) == ([], [], [])
    mailed = program.run("scorecard", "--week", "2026-W10", "--all", "--monday", "--mail", "--out", out, "--json")
    assert mailed.returncode == 1 and "mail server is not set up" in mailed.stdout
    assert (
        "only the monday run"
        in program.refusal("scorecard", "--week", "2026-W10", "--all", "--mail", "--out", out).casefold()
    )
