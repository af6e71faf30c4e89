"""Examines a signed PDF in a process of its own, so that a hostile file can neither stop nor fill the program.

Run by `examining_apart`: the document comes by standard input, the report goes to standard output as one line.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

SWITCH = "--examine-seals"
READABLE, UNREADABLE = 0, 3
MOST_SECONDS = 15
"""Of the processor; a busy computer may take longer by the clock."""


def main(arguments: Sequence[str]) -> int:
    """Examine what standard input holds, within `arguments[0]` bytes of memory and fifteen seconds."""
    _limit(int(arguments[0]))
    document = sys.stdin.buffer.read()
    from desktop.reports import seals, verifying

    try:
        report = verifying.examine(document)
    except seals.UnreadableError:
        return UNREADABLE
    sys.stdout.write(seals.to_json(report))
    return READABLE


def _limit(memory: int) -> None:
    """Take so many bytes and seconds of the processor and no more, where the system knows such limits."""
    if sys.platform == "win32":
        return
    import resource

    for what, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, MOST_SECONDS)):
        _soft, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or limit < hard:
            try:
                resource.setrlimit(what, (limit, hard))
            except ValueError:
                # the system keeps its own, lower limit
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
