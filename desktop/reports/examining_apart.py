"""The near end of the process that examines a signed PDF: starts it, waits within limits, believes one line of it.

Knows nothing of signatures; `examiner` is the other end.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from desktop.core.progress import Progress
from desktop.reports import examiner
from desktop.reports.seals import SealReport, UnreadableError, from_json

WITHIN_S = 45.0
_LEAST_MEMORY = 400_000_000
_PER_BYTE = 8
_LOOK_S = 0.1
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from desktop.reports.examiner import main; "
    "sys.exit(main(sys.argv[2:]))"
)


class TooMuchError(Exception):
    """Examining the file took longer or more memory than any scorecard does."""


def examine(document: bytes, progress: Progress, what: str, within_s: float = WITHIN_S) -> SealReport:
    """What the signatures of a PDF say. UnreadableError for what is no PDF, TooMuchError for one that would never end,
    Cancelled when `progress` says so."""
    process = _start(_LEAST_MEMORY + _PER_BYTE * len(document))
    try:
        said = _hear(process, document, progress, what, time.monotonic() + within_s)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None and not pipe.closed:
                _close_quietly(pipe)
    if process.returncode == examiner.UNREADABLE:
        raise UnreadableError("it is not a PDF")
    try:
        return from_json(said.decode("utf-8"))
    except (ValueError, TypeError, LookupError):
        raise TooMuchError from None


def _hear(process: subprocess.Popen[bytes], document: bytes, progress: Progress, what: str, ends_at: float) -> bytes:
    given: bytes | None = document
    while True:
        progress.report(0, 0, what)
        try:
            return process.communicate(given, timeout=_LOOK_S)[0]
        except subprocess.TimeoutExpired:
            given = None
        if time.monotonic() > ends_at:
            raise TooMuchError


def _start(memory: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*_command(), str(memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _command() -> list[str]:
    """This very program where it is packed into one; else this interpreter, cut off from the user's surroundings."""
    if getattr(sys, "frozen", False):
        return [sys.executable, examiner.SWITCH]
    return [sys.executable, "-I", "-c", _START, str(Path(examiner.__file__).resolve().parents[2])]


def _close_quietly(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        # it went away with bytes unread; it is being put away anyhow
        return
