"""The one script a fresh machine runs: sets everything up, then opens, tests, checks or builds the program.

Standard library only, the same on Windows, macOS and Linux, and readable by older Pythons so that it can say that
they are too old. It must not import the program: whatever needs the program's libraries runs in .venv.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import platform
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a script's own folder is all that Python looks in

from installer import debian  # noqa: E402
from installer.debian import SetupError, call, say  # noqa: E402

OLDEST_PYTHON = (3, 11)
TYPICAL_INSTALL = "one to three minutes the first time"

# The pictures of the documents, by the name under which the tour writes them.
DOCUMENT_PICTURES = {"monday-light-1920.png": "monday.png", "producer-light-1920.png": "dashboard.png"}


# --- pure parts -----------------------------------------------------------------------------------------------------


def venv_python(root: Path, system: str) -> Path:
    """The interpreter of the environment under `root`; `system` as platform.system() spells it."""
    return root / ".venv" / ("Scripts/python.exe" if system == "Windows" else "bin/python")


def lock_name(developing: bool) -> str:
    """The lock that a routine needs: the program's own, or the larger one with the tools."""
    return "requirements-dev.txt" if developing else "requirements.txt"


def fingerprint(parts: Iterable[bytes]) -> str:
    """One hash over `parts`, in order, that also tells where each ends."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


def is_current(stamps: Mapping[str, str], wanted: str, developing: bool) -> bool:
    """Whether an environment with these stamps (lock name to fingerprint) already has what is wanted.

    The larger lock holds all of the smaller one, so its stamp, being newer or equal, serves both.
    """
    names = [lock_name(True)] if developing else [lock_name(True), lock_name(False)]
    return any(stamps.get(name) == wanted for name in names)


def install_commands(python: Path, root: Path, developing: bool) -> list[list[str]]:
    """The pip calls that fill the environment: everything locked, by hash, then the program itself from `root`."""
    pip = [str(python), "-m", "pip", "install", "--quiet", "--quiet", "--no-input", "--disable-pip-version-check"]
    lock = root / "installer" / lock_name(developing)
    return [
        [*pip, "--require-hashes", "-r", str(lock)],
        [*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", str(root)],
    ]


def run_command(python: Path, arguments: Sequence[str]) -> list[str]:
    """Opens the program on the made-up agency; without a display the program itself says so and draws the tour."""
    return [str(python), "-m", "desktop", "--demo", *arguments]


def test_command(python: Path, arguments: Sequence[str], processors: int) -> list[str]:
    """The test run: the whole suite on all processors, chosen tests in one process, where a debugger works."""
    parallel = [] if arguments or processors < 2 else ["-n", str(processors), "--dist", "worksteal"]
    return [str(python), "-m", "pytest", *parallel, *arguments]


def check_commands(python: Path, system: str) -> list[tuple[str, list[str]]]:
    """The checks with their names, in the order in which they are cheap."""
    contracts = python.parent / ("lint-imports.exe" if system == "Windows" else "lint-imports")
    return [
        ("style", [str(python), "-m", "ruff", "check", "."]),
        ("format", [str(python), "-m", "ruff", "format", "--check", "."]),
        ("types", [str(python), "-m", "mypy"]),
        ("imports", [str(contracts), "--no-logo"]),
    ]


def lock_command(python: Path, root: Path, developing: bool) -> list[str]:
    """The resolver's call that rewrites one lock for all platforms; the larger lock follows the smaller one."""
    command = [str(python), "-m", "uv", "pip", "compile", "--quiet", "pyproject.toml", "--extra", "setup"]
    if developing:
        command += ["--extra", "dev", "--constraint", f"installer/{lock_name(False)}"]
    command += ["--universal", "--generate-hashes", "--python-version", ".".join(map(str, OLDEST_PYTHON))]
    command += ["--no-emit-index-url", "--no-emit-find-links"]
    command += ["--custom-compile-command", "python3 installer/dev.py lock"]
    return [*command, "--output-file", f"installer/{lock_name(developing)}"]


def foreign_lines(lock: str) -> list[str]:
    """Lines of a lock that tie it to one machine or one index: addresses, absolute paths, index options."""
    pattern = re.compile(r"\w+://|(^|\s)(/|[A-Za-z]:\\)|^\s*--(index|extra-index|find-links|trusted)")
    return [line for line in lock.splitlines() if pattern.search(line)]


def newer_python(version: tuple[int, ...], found: Callable[[str], str | None]) -> str | None:
    """Another interpreter to use if this one's `version` is too old: the best that `found` (a which) knows, or None."""
    if version >= OLDEST_PYTHON:
        return None
    for minor in (13, 12, 11):
        path = found(f"python3.{minor}")
        if path:
            return path
    return None


def duration(seconds: float) -> str:
    """Seconds in words: `8 s`, `2 min 05 s`."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"


# --- what touches the machine ---------------------------------------------------------------------------------------


def must(command: Sequence[str], failed: str) -> None:
    """As `call`; raises SetupError with the text `failed` when the program does not succeed."""
    if call(command) != 0:
        raise SetupError(failed)


def ensure_venv_module() -> None:
    """Makes sure that this Python can create environments; Debian ships that part separately."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    if not (debian.is_debian() and sys.executable.startswith("/usr/bin/")):
        raise SetupError(
            "This Python lacks its modules venv and ensurepip. Install Python 3.11 or newer from python.org."
        )
    debian.install_system([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"], needed=True)


def works(python: Path) -> bool:
    """Whether the environment's interpreter starts and has pip (a moved or half-made environment does not)."""
    if not python.exists():
        return False
    return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def ensure_venv(python: Path) -> None:
    """Makes .venv, anew if what is there does not work."""
    if works(python):
        return
    ensure_venv_module()
    say("Making the Python environment in .venv")
    must([sys.executable, "-m", "venv", "--clear", str(ROOT / ".venv")], "The Python environment could not be made.")


def read_stamps() -> dict[str, str]:
    """What was last installed: lock name to fingerprint. Empty where nothing was."""
    names = (lock_name(False), lock_name(True))
    files = {name: ROOT / ".venv" / f"installed-{name}" for name in names}
    return {name: path.read_text(encoding="ascii").strip() for name, path in files.items() if path.exists()}


def wanted_fingerprint() -> str:
    """The fingerprint of what should be installed: both locks, the project's settings, the machine, the place."""
    names = ("pyproject.toml", f"installer/{lock_name(False)}", f"installer/{lock_name(True)}")
    about = f"{platform.system()} {platform.machine()} {ROOT}"
    return fingerprint([*((ROOT / name).read_bytes() for name in names), about.encode()])


def set_up(developing: bool) -> Path:
    """Brings the machine to where the program runs (or, `developing`, is tested); the environment's interpreter.

    Does nothing that is already done. Raises SetupError.
    """
    started = time.monotonic()
    python = venv_python(ROOT, platform.system())
    debian.install_system(debian.WINDOW_PACKAGES, needed=True)
    if developing:
        debian.install_system(debian.TEST_PACKAGES, needed=False)
    ensure_venv(python)
    wanted = wanted_fingerprint()
    if is_current(read_stamps(), wanted, developing):
        return python
    lock = f"installer/{lock_name(developing)}"
    say(f"Installing the libraries of {lock} into .venv, {TYPICAL_INSTALL}")
    for command in install_commands(python, ROOT, developing):
        must(command, f"Installing {lock} failed; the lines above say why. Check the network and run this again.")
    (ROOT / ".venv" / f"installed-{lock_name(developing)}").write_text(wanted, encoding="ascii")
    say(f"Set up in {duration(time.monotonic() - started)}")
    return python


# --- the routines ---------------------------------------------------------------------------------------------------


def do_setup(_arguments: list[str]) -> int:
    """Sets up and does nothing else."""
    set_up(developing=True)
    say("Ready: `run` opens the program, `test` runs the tests")
    return 0


def do_run(arguments: list[str]) -> int:
    """Opens the program on a made-up agency."""
    python = set_up(developing=False)
    say("Starting Producer Desk on the demo agency (the first figures take a few seconds)")
    return call(run_command(python, arguments))


def do_test(arguments: list[str]) -> int:
    """Runs the tests; arguments are pytest's."""
    python = set_up(developing=True)
    return call(test_command(python, arguments, os.cpu_count() or 1))


def do_check(_arguments: list[str]) -> int:
    """Runs all checks, also after one failed, so that one run shows everything."""
    python = set_up(developing=True)
    failed = []
    for name, command in check_commands(python, platform.system()):
        say(f"Checking {name}")
        if call(command) != 0:
            failed.append(name)
    say(f"Failed: {', '.join(failed)}" if failed else "All checks passed")
    return 1 if failed else 0


def do_bench(arguments: list[str]) -> int:
    """Measures the speed marks; by hand, because a busy machine proves nothing."""
    python = set_up(developing=True)
    return call([str(python), "-m", "pytest", "tests/bench", "-s", "-p", "no:xdist", *arguments])


def do_lock(_arguments: list[str]) -> int:
    """Rewrites both locks to the newest versions that pyproject.toml allows."""
    python = set_up(developing=True)
    for developing in (False, True):
        path = ROOT / "installer" / lock_name(developing)
        must([*lock_command(python, ROOT, developing), "--upgrade"], f"{path.name} could not be resolved.")
        foreign = foreign_lines(path.read_text(encoding="utf-8"))
        if foreign:
            raise SetupError(f"{path.name} is tied to this machine:\n" + "\n".join(foreign))
        say(f"Wrote installer/{path.name}")
    return 0


def draw_tour(python: Path, folder: Path) -> int:
    """Fills a throwaway book with the made-up agency and draws every view of it into `folder`."""
    with tempfile.TemporaryDirectory(prefix="producer-desk-") as scratch:
        environment = {**os.environ, "PRODUCER_DESK_HOME": scratch, "PRODUCER_DESK_PASSPHRASE": secrets.token_hex(16)}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        program = [str(python), "-m", "desktop"]
        book = ["--book", str(Path(scratch) / "tour.book")]
        for command in (["demo", *book], ["tour", *book, "--out", str(folder)]):
            code = call([*program, *command], environment)
            if code != 0:
                return code
    return 0


def do_tour(arguments: list[str]) -> int:
    """Draws every view of a made-up agency into a folder (`--out DIR`, default build/tour)."""
    parser = argparse.ArgumentParser(prog="dev.py tour")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "tour")
    folder: Path = parser.parse_args(arguments).out.resolve()
    python = set_up(developing=False)
    code = draw_tour(python, folder)
    say(f"The pictures are in {folder}" if code == 0 else "The tour failed")
    return code


def do_docs(_arguments: list[str]) -> int:
    """Draws the documents' pictures anew."""
    python = set_up(developing=False)
    with tempfile.TemporaryDirectory(prefix="producer-desk-docs-") as scratch:
        code = draw_tour(python, Path(scratch))
        if code != 0:
            return code
        for drawn, name in DOCUMENT_PICTURES.items():
            shutil.copyfile(Path(scratch) / drawn, ROOT / "docs" / name)
            say(f"Wrote docs/{name}")
    return 0


def do_build(arguments: list[str]) -> int:
    """Builds the frozen program into dist/ and tries it; `--no-try` leaves the trial out."""
    python = set_up(developing=True)
    started = time.monotonic()
    say("Building the program into dist/, two to four minutes")
    freeze = [str(python), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    must([*freeze, "installer/desktop.spec"], "PyInstaller failed; the lines above say why.")
    say(f"Built in {duration(time.monotonic() - started)}")
    return 0 if "--no-try" in arguments else call([str(python), "installer/trial.py", "dist/producer-desk"])


ROUTINES: dict[str, Callable[[list[str]], int]] = {
    "setup": do_setup,
    "run": do_run,
    "test": do_test,
    "check": do_check,
    "bench": do_bench,
    "lock": do_lock,
    "docs": do_docs,
    "build": do_build,
    "tour": do_tour,
}


def summary() -> str:
    """The routines with the first line of what each says of itself."""
    lines = (f"  {name:<7}{(routine.__doc__ or '').splitlines()[0]}" for name, routine in ROUTINES.items())
    return "usage: python3 installer/dev.py ROUTINE [arguments]\n\n" + "\n".join(lines)


def hand_to_newer_python(arguments: Sequence[str]) -> int | None:
    """On a Python that is too old, runs this script with a newer one: its exit code, or None if this one will do."""
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return None
    other = newer_python(sys.version_info[:2], shutil.which)
    if other is None:
        raise SetupError(f"Python 3.11 or newer is needed; this is {platform.python_version()}. See python.org.")
    return subprocess.run([other, __file__, *arguments], check=False).returncode


def main(arguments: Sequence[str]) -> int:
    """Runs one routine; its exit code, 2 when there is no such routine."""
    if not arguments or arguments[0] not in ROUTINES:
        asked = bool(arguments) and arguments[0] in ("-h", "--help", "help")
        print(summary(), file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    started = time.monotonic()
    try:
        handed = hand_to_newer_python(arguments)
        if handed is not None:
            return handed
        code = ROUTINES[arguments[0]](list(arguments[1:]))
    except SetupError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130
    outcome = "done" if code == 0 else f"ended with code {code}"
    say(f"{arguments[0]}: {outcome} after {duration(time.monotonic() - started)}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
