"""The set-up script: what it composes, what it leaves out, when it does nothing. No network, no installing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer import dev

ROOT = Path(__file__).resolve().parents[2]
PYTHON = Path("/somewhere/.venv/bin/python")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with locks and settings, and an environment in which nothing was installed."""
    (tmp_path / "installer").mkdir()
    (tmp_path / ".venv").mkdir()
    for name in ("pyproject.toml", "installer/requirements.txt", "installer/requirements-dev.txt"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev.debian, "query_missing", lambda _wanted: [])
    monkeypatch.setattr(dev, "works", lambda _python: True)
    return tmp_path


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have run; each succeeds."""
    commands: list[list[str]] = []

    def record(command: list[str], environment: object = None) -> int:
        commands.append(list(command))
        return 0

    monkeypatch.setattr(dev, "call", record)
    return commands


def test_environment_interpreter_by_system() -> None:
    assert dev.venv_python(Path("r"), "Windows") == Path("r/.venv/Scripts/python.exe")
    assert dev.venv_python(Path("r"), "Darwin") == Path("r/.venv/bin/python")


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_fingerprint_tells_parts_apart(one: list[bytes], other: list[bytes]) -> None:
    assert (dev.fingerprint(one) == dev.fingerprint(other)) == (one == other)


def test_tools_serve_the_program_but_not_the_other_way_round() -> None:
    tools, program = {"requirements-dev.txt": "x"}, {"requirements.txt": "x"}
    assert dev.is_current(tools, "x", developing=True)
    assert dev.is_current(tools, "x", developing=False)
    assert dev.is_current(program, "x", developing=False)
    assert not dev.is_current(program, "x", developing=True)
    assert not dev.is_current(tools, "y", developing=False)
    assert not dev.is_current({}, "x", developing=False)


@pytest.mark.parametrize(("developing", "lock"), [(False, "requirements.txt"), (True, "requirements-dev.txt")])
def test_everything_is_installed_by_hash_and_the_program_without_an_index(developing: bool, lock: str) -> None:
    libraries, program = dev.install_commands(PYTHON, ROOT, developing)
    assert libraries[0] == program[0] == str(PYTHON)
    assert libraries[libraries.index("--require-hashes") + 1 :] == ["-r", str(ROOT / "installer" / lock)]
    assert {"--no-deps", "--no-build-isolation", "--no-index"} <= set(program)
    assert program[-2:] == ["-e", str(ROOT)]


def test_second_set_up_does_nothing(place: Path, called: list[list[str]]) -> None:
    dev.set_up(developing=False)
    assert len(called) == 2
    dev.set_up(developing=False)
    assert len(called) == 2


@pytest.mark.parametrize("changed", ["pyproject.toml", "installer/requirements.txt", "installer/requirements-dev.txt"])
def test_changed_locks_or_settings_are_installed(place: Path, called: list[list[str]], changed: str) -> None:
    dev.set_up(developing=True)
    (place / changed).write_text("changed")
    dev.set_up(developing=True)
    assert len(called) == 4


def test_tools_are_added_to_a_set_up_program(place: Path, called: list[list[str]]) -> None:
    dev.set_up(developing=False)
    dev.set_up(developing=True)
    assert [Path(command[-1]).name for command in called if "-r" in command] == [
        "requirements.txt",
        "requirements-dev.txt",
    ]


def test_failed_install_leaves_no_stamp(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "call", lambda _command, _environment=None: 1)
    with pytest.raises(dev.SetupError, match=r"requirements-dev\.txt failed"):
        dev.set_up(developing=True)
    assert dev.read_stamps() == {}


def test_environment_that_does_not_work_is_made_anew(
    place: Path, called: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "works", lambda _python: False)
    dev.ensure_venv(PYTHON)
    assert called == [[sys.executable, "-m", "venv", "--clear", str(place / ".venv")]]


def test_half_made_environment_does_not_work(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    assert not dev.works(broken)
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    assert not dev.works(broken)
    assert dev.works(Path(sys.executable))


def test_whole_suite_runs_on_all_processors_and_chosen_tests_in_one() -> None:
    assert dev.test_command(PYTHON, [], 4)[3:] == ["-n", "4", "--dist", "worksteal"]
    assert dev.test_command(PYTHON, [], 1)[3:] == []
    assert dev.test_command(PYTHON, ["tests/core", "-x"], 4)[3:] == ["tests/core", "-x"]


def test_run_opens_the_demo() -> None:
    assert dev.run_command(PYTHON, ["--seed", "3"])[1:] == ["-m", "desktop", "--demo", "--seed", "3"]


def test_all_checks_run_after_one_failed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def fail_format(command: list[str], environment: object = None) -> int:
        ran.append(" ".join(command[1:]))
        return 1 if "format" in command else 0

    monkeypatch.setattr(dev, "set_up", lambda developing: PYTHON)
    monkeypatch.setattr(dev, "call", fail_format)
    assert dev.do_check([]) == 1
    assert ran == ["-m ruff check .", "-m ruff format --check .", "-m mypy", "--no-logo"]


def test_import_contracts_are_checked_by_the_environments_own_program() -> None:
    assert dict(dev.check_commands(PYTHON, "Linux"))["imports"][0] == str(PYTHON.parent / "lint-imports")
    assert dict(dev.check_commands(PYTHON, "Windows"))["imports"][0].endswith("lint-imports.exe")


def test_larger_lock_follows_the_smaller() -> None:
    small, large = (dev.lock_command(PYTHON, ROOT, developing) for developing in (False, True))
    assert "--constraint" not in small
    assert large[large.index("--constraint") + 1] == "installer/requirements.txt"
    for command in (small, large):
        assert {"--universal", "--generate-hashes", "--no-emit-index-url"} <= set(command)
        assert command[command.index("--python-version") + 1] == "3.11"


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "--extra-index-url file:///srv/simple",
        "--find-links /srv/wheels",
        "# via -r /home/someone/pyproject.toml",
        "thing @ https://example.org/thing.whl",
        "thing @ C:\\wheels\\thing.whl",
    ],
)
def test_lines_that_tie_a_lock_to_a_machine_are_found(line: str) -> None:
    assert dev.foreign_lines(f"peewee==4.5.3 \\\n    --hash=sha256:00\n{line}\n") == [line]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_shipped_locks_are_complete_and_tied_to_nothing(name: str) -> None:
    lock = (ROOT / "installer" / name).read_text(encoding="utf-8")
    assert dev.foreign_lines(lock) == []
    pins = re.split(r"(?m)^(?=[A-Za-z0-9])", lock)[1:]
    assert len(pins) > 50
    assert all("==" in pin.splitlines()[0] and "--hash=sha256:" in pin for pin in pins)
    assert {"hatchling", "editables"} <= {pin.partition("==")[0] for pin in pins}


def test_larger_lock_holds_the_smaller() -> None:
    def pins(name: str) -> set[str]:
        return set(
            re.findall(r"(?m)^([a-z0-9][^ ;]+==[^ ;]+)", (ROOT / "installer" / name).read_text(encoding="utf-8"))
        )

    assert pins("requirements.txt") < pins("requirements-dev.txt")


def test_every_shipped_library_is_in_the_notices() -> None:
    lock = (ROOT / "installer" / "requirements.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"(?m)^([a-z0-9][a-z0-9._-]*)==", lock))
    # The build backend and what only it brings stay behind.
    backend = {"editables", "hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers"}
    noticed = set(re.findall(r"(?m)^  ([a-z0-9][a-z0-9._-]*)  ", (ROOT / "NOTICE").read_text(encoding="utf-8")))
    assert locked - backend <= noticed
    assert noticed <= locked


@pytest.mark.parametrize(
    ("version", "present", "chosen"),
    [
        ((3, 11), ["python3.12"], None),
        ((3, 13), [], None),
        ((3, 9), ["python3.11", "python3.12"], "/bin/python3.12"),
        ((3, 9), [], None),
    ],
)
def test_old_python_hands_over(version: tuple[int, int], present: list[str], chosen: str | None) -> None:
    assert dev.newer_python(version, lambda name: f"/bin/{name}" if name in present else None) == chosen


def test_old_python_without_a_newer_one_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    with pytest.raises(dev.SetupError, match=r"Python 3\.11 or newer"):
        dev.hand_to_newer_python(["test"])


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (125, "2 min 05 s")]
)
def test_durations_in_words(seconds: float, words: str) -> None:
    assert dev.duration(seconds) == words


def test_wrong_usage_lists_the_routines(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["nonsense"]) == 2
    shown = capsys.readouterr().err
    assert all(re.search(rf"(?m)^  {name} ", shown) for name in dev.ROUTINES)


def test_obstacle_is_one_message_and_exit_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def obstacle(_arguments: list[str]) -> int:
        raise dev.SetupError("The disk is full.")

    monkeypatch.setitem(dev.ROUTINES, "setup", obstacle)
    assert dev.main(["setup"]) == 1
    assert capsys.readouterr().out == "[dev] The disk is full.\n"


def test_exit_code_of_the_routine_is_the_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(dev.ROUTINES, "test", lambda arguments: len(arguments))
    assert dev.main(["test", "a", "b", "c"]) == 3


def test_script_runs_from_anywhere_without_any_library(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "installer" / "dev.py"), "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "usage: python3 installer/dev.py" in shown.stdout


def test_continuous_check_runs_tests_and_checks() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    lines = script.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("python3")] == [
        "python3 installer/dev.py test",
        "python3 installer/dev.py check",
    ]
