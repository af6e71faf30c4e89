"""A process that escalates and sends, and is killed at one checkpoint after the other; run by the test of sending.

Every attempt works on a copy of the book. The child is killed by SIGKILL at its checkpoint; then the book is opened
again as the program would at its next start. One line of JSON is written per attempt, and one read before the next.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import shutil
import signal
import smtplib
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from desktop.models import routing_ladder
from desktop.models.book import Book
from desktop.models.keys import HeldKeys, Key
from desktop.models.routing_ladder import FAILED, QUEUED, SENDING, SENT, UNSURE, WITHDRAWN
from desktop.services import escalating, sending
from tests.services.test_escalating import WHO, at

KEY = Key(bytes(32), bytes(16))
"""The test's book has one key, known to both processes."""
_WATCHED = (
    (smtplib.SMTP, "connect"), (smtplib.SMTP, "ehlo"), (smtplib.SMTP, "mail"), (smtplib.SMTP, "rcpt"),
    (smtplib.SMTP, "send"), (smtplib.SMTP, "getreply"), (smtplib.SMTP, "data"),
    (http.client.HTTPConnection, "connect"), (http.client.HTTPConnection, "request"),
    (http.client.HTTPConnection, "getresponse"), (routing_ladder, "mark"), (routing_ladder, "record_sent"),
    (routing_ladder, "enter"), (routing_ladder, "queue"),
)  # fmt: skip


def carry_out(book: Book, minute: int) -> None:
    now = at(10, 5) + timedelta(minutes=minute)
    escalating.escalate(book, now, WHO, sending.channels(book))
    sending.send_waiting(book, now, lambda _name: None)


def watch(die_at: int) -> None:
    """Kills this process before or after the checkpoint of that number."""
    passed = 0

    def check() -> None:
        nonlocal passed
        passed += 1
        if passed == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(inner: Callable[..., Any]) -> Callable[..., Any]:
        def outer(*arguments: Any, **named: Any) -> Any:
            check()
            result = inner(*arguments, **named)
            check()
            return result

        return outer

    for home, name in _WATCHED:
        setattr(home, name, watched(getattr(home, name)))


def attempt(base: Path, copy: Path, die_at: int) -> dict[str, Any]:
    for leftover in copy.parent.glob(f"{copy.name}*"):
        leftover.unlink()
    shutil.copy(base, copy)
    child = os.fork()
    if child == 0:
        watch(die_at)
        carry_out(Book.open(copy, HeldKeys(KEY)), 0)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    book = Book.open(copy, HeldKeys(KEY))
    try:
        sending.recover(book)
        for minute in (1, 2):
            carry_out(book, minute)
        every = routing_ladder.messages(book, [QUEUED, SENDING, SENT, FAILED, UNSURE, WITHDRAWN])
        steps = [f"{one.lead_id}|{one.step}" for one in routing_ladder.done(book)]
        return {
            "killed": os.WIFSIGNALED(status),
            "states": {_mark(one.key): one.state for one in every},
            "steps": steps,
            "shown": [_mark(one.key) for one in sending.outbox(book)],
        }
    finally:
        book.close()


def _mark(key: str) -> str:
    """What a message is known by outside."""
    return hashlib.blake2b(key.encode(), digest_size=12).hexdigest()


def main() -> None:
    base, every = Path(sys.argv[1]), int(sys.argv[2])
    die_at, killed = 1, True
    while killed:
        told = attempt(base, base.with_name("copy.book"), die_at)
        killed, die_at = bool(told["killed"]), die_at + every
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        sys.stdin.readline()


if __name__ == "__main__":
    main()
