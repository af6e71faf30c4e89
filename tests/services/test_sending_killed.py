"""The program killed at every step of escalating and sending: nothing is sent twice, nothing is lost.

Against a real mail server and a real HTTP server; the child process is `dying`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from desktop.channels import HookSetup, SmtpSetup
from desktop.models.book import Book
from desktop.models.keys import HeldKeys, Key
from desktop.models.routing_ladder import SENT, UNSURE
from desktop.services import configuration, sending
from tests.channels.servers import Hook, Inbox, hook_server, mail_server
from tests.services.dying import KEY
from tests.services.test_escalating import WHO, agency, lead

EVERY = 19
"""One checkpoint in so many is died at; 1 dies at all 160 of them and takes a minute."""
_MARK = re.compile(r"^Message-ID: <([0-9a-f]{24})@", re.MULTILINE)


class OneKey(HeldKeys):
    def create(self) -> Key:
        return KEY


def prepare(file: Path, mail_port: int, hook_port: int) -> None:
    book = Book.open(file, OneKey(KEY))
    configuration.set_values(book, {"agency.name": "Oak", "agency.address": "1 Elm St"}, WHO)
    lead(agency()).store(book)
    sending.set_up(book, SmtpSetup("127.0.0.1", mail_port, "oak@agency.test", "none", timeout_s=2.0), WHO)
    sending.set_up(book, HookSetup(f"http://127.0.0.1:{hook_port}/"), WHO)
    book.close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork")
def test_killed_anywhere_nothing_goes_twice_and_nothing_is_lost(tmp_path: Path) -> None:
    inbox, hook = Inbox(), Hook()
    rounds = unsure = 0
    with mail_server(inbox) as mail_port, hook_server(hook) as hook_port:
        prepare(tmp_path / "agency.book", mail_port, hook_port)
        told = {"killed": True}
        with subprocess.Popen(
            [sys.executable, "-m", "tests.services.dying", str(tmp_path / "agency.book"), str(EVERY)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        ) as child:  # fmt: skip
            assert child.stdin is not None and child.stdout is not None
            while told["killed"]:
                told = json.loads(child.stdout.readline())
                went = Counter(_MARK.findall(b"".join(mail.content for mail in inbox.mails).decode()))
                went.update(headers["Idempotency-Key"] for headers, _body in hook.posts)
                check(told, went)
                unsure += UNSURE in told["states"].values()
                rounds += 1
                inbox.mails.clear()
                hook.posts.clear()
                child.stdin.write("\n")
                child.stdin.flush()
    assert rounds > 6 and unsure > 3


def check(told: dict[str, Any], went: Counter[str]) -> None:
    states, steps = told["states"], told["steps"]
    assert len(steps) == len(set(steps)) == 4
    # notice, warning, text and mail to the lead; the text to the producer goes with the notice
    assert len(states) == 5 and went.keys() <= states.keys()
    for mark, state in states.items():
        assert state in {SENT, UNSURE}
        assert went[mark] == 1 if state == SENT else went[mark] <= 1
        # what nobody knows about is shown to somebody
        assert (mark in told["shown"]) == (state == UNSURE)
    assert list(states.values()).count(UNSURE) <= (1 if told["killed"] else 0)
