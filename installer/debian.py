"""System libraries of Debian, Ubuntu and their kin: which are missing, and installing them with apt-get.

Standard library only. Elsewhere Qt brings what it needs, and nothing here does anything. Knows nothing of Python
environments or of the program.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent

# What Qt loads at start. Without these no window opens and no picture is drawn.
WINDOW_PACKAGES = (
    "libegl1",
    "libgl1",
    "libxkbcommon0",
    "libfontconfig1",
    "libdbus-1-3",
    "libglib2.0-0",
    "libxcb-cursor0",
    "libxkbcommon-x11-0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
)
# What some tests talk to: a virtual screen, a second opinion on PDFs, a real keyring.
TEST_PACKAGES = ("xvfb", "xauth", "poppler-utils", "gnome-keyring", "dbus", "sqlite3")


class SetupError(Exception):
    """Something on this machine stands in the way; the text says what it is and what to do."""


def missing_packages(wanted: Iterable[str], installed: Iterable[str]) -> list[str]:
    """The Debian packages of `wanted` that `installed` lacks, in the given order.

    Newer releases renamed some libraries with the suffix t64; either name will do.
    """
    present = set(installed)
    return [name for name in wanted if name not in present and f"{name}t64" not in present]


def installed_packages(dpkg_output: str) -> set[str]:
    """Package names out of `dpkg-query -W -f '${db:Status-Abbrev} ${Package}\\n'`; removed ones do not count."""
    pairs = (line.split() for line in dpkg_output.splitlines())
    return {pair[1] for pair in pairs if len(pair) == 2 and pair[0] == "ii"}


def apt_commands(packages: Sequence[str], prefix: Sequence[str] = ()) -> list[list[str]]:
    """The commands that install `packages`, each after `prefix` (such as sudo)."""
    setting = ["env", "DEBIAN_FRONTEND=noninteractive"]
    return [
        [*prefix, *setting, "apt-get", "update", "-qq"],
        [
            *prefix,
            *setting,
            "apt-get",
            "install",
            "-qq",
            "-o",
            "Dpkg::Use-Pty=0",
            "-y",
            "--no-install-recommends",
            *packages,
        ],
    ]


def apt_line(packages: Sequence[str]) -> str:
    """The same as one line for the reader to run."""
    return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def say(text: str) -> None:
    """One line for the reader, in order with what the called programs write."""
    print(f"[dev] {text}", flush=True)


def call(command: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Runs a program in the repository's folder, its output shown as it comes; its exit code."""
    return subprocess.run(list(command), cwd=ROOT, env=environment, check=False).returncode


def is_debian() -> bool:
    """Whether system packages are installed with apt-get here (Debian, Ubuntu and their kin)."""
    return platform.system() == "Linux" and Path("/etc/debian_version").exists() and bool(shutil.which("apt-get"))


def query_missing(wanted: Sequence[str]) -> list[str]:
    """The system packages of `wanted` that this machine lacks; none where there is no apt-get."""
    if not is_debian():
        return []
    question = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Package}\\n"]
    answer = subprocess.run(question, capture_output=True, text=True, check=False)
    return missing_packages(wanted, installed_packages(answer.stdout))


def apt_prefix() -> list[str] | None:
    """What to put before apt-get: nothing as root, sudo where it asks no password, None where neither is so."""
    if os.name == "posix" and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def install_system(packages: Sequence[str], needed: bool) -> None:
    """Installs what `query_missing` names. Where that is not allowed, says the line to run; stops if `needed`."""
    missing = query_missing(packages)
    if not missing:
        return
    prefix = apt_prefix()
    problem = "these need an administrator"
    if prefix is not None:
        say(f"Installing {len(missing)} system packages: {' '.join(missing)}")
        update, install = apt_commands(missing, prefix)
        call(update)  # may fail for one source of many; whether the packages come is what counts
        if call(install) == 0:
            return
        problem = "apt-get failed"
    line = f"System packages are missing ({problem}). Please run:\n    {apt_line(missing)}"
    if needed:
        raise SetupError(line)
    say(f"{line}\n[dev] Going on without them; the tests that need them will say so.")
