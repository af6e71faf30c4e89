"""Tries the frozen program: it writes its templates, imports them into a new book and answers from that book.

Standard library only; knows the program from outside, through its commands. Run by `dev.py build`.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Those that stand on their own, in the order in which they refer to one another.
IMPORTED = ("producers.csv", "leads.csv", "activities.csv", "quotes.csv", "policies.csv")
A_YEAR = ("--from", "2026-01-01", "--to", "2026-12-31", "--as-of", "2026-12-31")
TIME_LIMIT_S = 120


class TrialError(Exception):
    """The frozen program did not do what it should; the text says what it did instead."""


def program_in(folder: Path, system: str) -> Path:
    """The executable of the built `folder`; `system` as platform.system() spells it."""
    return folder / ("producer-desk.exe" if system == "Windows" else "producer-desk")


def clean_environment(current: Mapping[str, str], home: Path) -> dict[str, str]:
    """An environment in which nothing of this machine's Python or the user's own book can help or be harmed."""
    kept = {name: value for name, value in current.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "QT_"))}
    # A keyring would be asked first; the trial must not leave a key in the user's.
    kept.pop("DBUS_SESSION_BUS_ADDRESS", None)
    return {
        **kept,
        "PRODUCER_DESK_HOME": str(home),
        "PRODUCER_DESK_PASSPHRASE": "a passphrase for the trial alone",
        "QT_QPA_PLATFORM": "offscreen",
    }


def ask(program: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> dict[str, object]:
    """One command's JSON answer. Raises TrialError when it fails, takes too long or answers anything else."""
    started = time.monotonic()
    command = [str(program), *arguments, "--json"]
    try:
        done = subprocess.run(command, env=dict(environment), capture_output=True, timeout=TIME_LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        raise TrialError(f"{arguments[0]} did not end within {TIME_LIMIT_S} s") from None
    if done.returncode != 0:
        raise TrialError(f"{arguments[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise TrialError(f"{arguments[0]} did not answer with one JSON document: {done.stdout[:500]!r}") from None
    if not isinstance(answer, dict):
        raise TrialError(f"{arguments[0]} answered with a {type(answer).__name__}")
    print(f"[trial] {arguments[0]}: fine, {time.monotonic() - started:.1f} s", flush=True)
    return answer


def judge_import(answer: Mapping[str, object]) -> int:
    """Rows inserted by an import's answer; TrialError when a file brought none or a row was rejected."""
    files = answer.get("files")
    if not isinstance(files, list) or not files:
        raise TrialError(f"import names no files: {answer}")
    for file in files:
        if not file["inserted"] or file["rejected"]:
            raise TrialError(
                f"{file['file']}: inserted {file['inserted']}, rejected {file['rejected']}: {file['rejects']}"
            )
    return sum(int(file["inserted"]) for file in files)


def judge_dashboard(answer: Mapping[str, object]) -> int:
    """Producers on a dashboard's answer; TrialError when there are none."""
    producers = answer.get("producers")
    if not isinstance(producers, list) or not producers:
        raise TrialError(f"dashboard shows no producers: {str(answer)[:500]}")
    return len(producers)


def try_program(program: Path, scratch: Path, environment: Mapping[str, str]) -> None:
    """Templates, import, check, dashboard, one scorecard; raises TrialError at the first that goes wrong."""
    templates, cards = scratch / "templates", scratch / "cards"
    book = ("--book", str(scratch / "trial.pdesk"))
    ask(program, ["templates", str(templates), *book], environment)
    rows = judge_import(ask(program, ["import", *(str(templates / n) for n in IMPORTED), *book], environment))
    ask(program, ["check", *book], environment)
    shown = judge_dashboard(ask(program, ["dashboard", *A_YEAR, *book], environment))
    ask(program, ["scorecard", "--week", "2026-W10", "--all", "--out", str(cards), *book], environment)
    pages = list(cards.glob("*.pdf"))
    if not pages or any(page.read_bytes()[:5] != b"%PDF-" for page in pages):
        raise TrialError("scorecard wrote no PDF")
    print(f"[trial] passed: {rows} rows imported, {shown} producers shown, {len(pages)} scorecards", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Tries the program in the folder that the first argument names; 0 when it works, 1 when not, 2 on wrong usage."""
    if len(arguments) != 1:
        print("usage: trial.py FOLDER", file=sys.stderr)
        return 2
    program = program_in(Path(arguments[0]).resolve(), platform.system())
    with tempfile.TemporaryDirectory(prefix="producer-desk-trial-") as scratch:
        home = Path(scratch) / "home"
        home.mkdir()
        try:
            try_program(program, Path(scratch), clean_environment(os.environ, home))
        except (TrialError, OSError) as problem:
            print(f"[trial] FAILED: {problem}", file=sys.stderr, flush=True)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
