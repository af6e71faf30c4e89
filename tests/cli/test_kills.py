"""A program killed while it imports or undoes leaves the book as before or as after, and no program file behind."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.program import PROGRAM, Program

ROUNDS = int(os.environ.get("PRODUCER_DESK_KILLS", "6"))
QUARTER = ("--from", "2026-01-01", "--to", "2026-03-31")


def _write(path: Path, rows: int) -> None:
    lines = ["occurred_at,producer,kind,activity_id,count"]
    lines += [
        f"2026-0{1 + n % 3}-{1 + n % 28:02d} 09:{n % 60:02d},P0{n % 3},call,A{n},{1 + n % 2}" for n in range(rows)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _calls(program: Program) -> int:
    value: int = program.ask("dashboard", *QUARTER)["agency"]["metrics"]["calls_made"]["value"]
    return value


def _start(program: Program, *arguments: object) -> subprocess.Popen[bytes]:
    environment = {
        **{key: value for key, value in os.environ.items() if key != "DBUS_SESSION_BUS_ADDRESS"},
        "PRODUCER_DESK_HOME": str(program.home),
        "PRODUCER_DESK_PASSPHRASE": program.passphrase,
    }
    return subprocess.Popen(
        [str(PROGRAM), *map(str, arguments)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX matter")
@pytest.mark.parametrize("what", ["import", "undo"])
def test_killed_at_any_moment(what: str, tmp_path: Path) -> None:
    chance = random.Random(what)
    origin = Program(tmp_path / "origin")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    _write(first, 500)
    _write(second, 12_000)
    origin.ask("import", first)
    if what == "undo":
        origin.ask("import", second)
    arguments = ("import", second) if what == "import" else ("undo", 2)
    trial = Program(tmp_path / "trial")
    shutil.copytree(origin.home, trial.home)
    started = time.monotonic()
    assert _start(trial, *arguments).wait() == 0
    longest = time.monotonic() - started
    allowed = {_calls(origin), _calls(trial)}
    assert len(allowed) == 2
    for number in range(ROUNDS):
        victim = Program(tmp_path / f"victim{number}")
        shutil.copytree(origin.home, victim.home)
        process = _start(victim, *arguments)
        time.sleep(chance.uniform(0, longest))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert _calls(victim) in allowed
        assert victim.ask("check")["ok"]
        shutil.rmtree(victim.home)
