"""The frozen program's trial: what it takes for failure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from installer import trial

FINE = {"files": [{"file": "leads.csv", "inserted": 1, "rejected": 0, "rejects": []}]}


def program(folder: Path, body: str) -> Path:
    """An executable that runs `body` as Python."""
    path = folder / "producer-desk"
    path.write_text(f"#!{sys.executable}\nimport sys\n{body}\n")
    path.chmod(0o755)
    return path


def test_program_by_system() -> None:
    assert trial.program_in(Path("d"), "Windows").name == "producer-desk.exe"
    assert trial.program_in(Path("d"), "Linux").name == "producer-desk"


def test_users_own_python_keyring_and_book_are_out_of_reach() -> None:
    current = {"PATH": "/bin", "PYTHONPATH": "x", "DBUS_SESSION_BUS_ADDRESS": "y", "PRODUCER_DESK_HOME": "mine"}
    environment = trial.clean_environment(current, Path("/scratch"))
    assert environment["PATH"] == "/bin"
    assert environment["PRODUCER_DESK_HOME"] == "/scratch"
    assert environment["PRODUCER_DESK_PASSPHRASE"]
    assert not {"PYTHONPATH", "DBUS_SESSION_BUS_ADDRESS"} & set(environment)


def test_answer_is_read(tmp_path: Path) -> None:
    made = program(tmp_path, "print('{\"given\": ' + str(len(sys.argv)) + '}')")
    assert trial.ask(made, ["check", "--book", "b"], {}) == {"given": 5}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("sys.stderr.write('no key'); sys.exit(1)", "ended with 1: no key"),
        ("print('Welcome'); print('{}')", "one JSON document"),
        ("print('[]')", "answered with a list"),
    ],
)
def test_anything_else_is_a_failure(tmp_path: Path, body: str, reason: str) -> None:
    with pytest.raises(trial.TrialError, match=reason):
        trial.ask(program(tmp_path, body), ["check"], {})


def test_endless_command_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "TIME_LIMIT_S", 0.2)
    with pytest.raises(trial.TrialError, match="did not end"):
        trial.ask(program(tmp_path, "import time; time.sleep(30)"), ["check"], {})


def test_import_counts_rows_and_wants_no_rejects() -> None:
    assert trial.judge_import(FINE) == 1
    for change in ({"inserted": 0}, {"rejected": 1}):
        with pytest.raises(trial.TrialError, match=r"leads\.csv"):
            trial.judge_import({"files": [{**FINE["files"][0], **change}]})
    with pytest.raises(trial.TrialError, match="no files"):
        trial.judge_import({"files": []})


def test_dashboard_wants_producers() -> None:
    assert trial.judge_dashboard({"producers": [{}, {}]}) == 2
    with pytest.raises(trial.TrialError, match="no producers"):
        trial.judge_dashboard({"producers": []})


def test_missing_program_fails_the_trial(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert trial.main([str(tmp_path)]) == 1
    assert "FAILED" in capsys.readouterr().err
    assert trial.main([]) == 2
