"""The process that examines a PDF: it answers as the examiner does, and what never ends is ended."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import cache

import pytest

from desktop.core.autograph import Autograph, Role
from desktop.core.progress import SILENT
from desktop.errors import Cancelled
from desktop.reports import certificates, examining_apart, scorecard, seals, signing, verifying
from tests.reports import pages
from tests.reports.test_signing import AT


@cache
def _sealed() -> bytes:
    page = pages.ordinary()
    fields = signing.add_fields(scorecard.render([page]), scorecard.signature_boxes(page))
    identity = certificates.make_identity("Hollis & Reyes", AT)
    return signing.seal(fields, Autograph("Dana <b>", Role.MANAGER, AT), identity)


class _Impatient:
    def report(self, done: int, total: int, what: str = "") -> None:
        raise Cancelled


def test_it_says_what_the_examiner_says() -> None:
    assert examining_apart.examine(_sealed(), SILENT, "x.pdf") == verifying.examine(_sealed())


def test_what_is_no_pdf_is_said_to_be_none() -> None:
    with pytest.raises(seals.UnreadableError):
        examining_apart.examine(b"hello", SILENT, "x.pdf")


def test_a_file_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining_apart, "_START", "import time; time.sleep(60)")
    started = time.monotonic()
    with pytest.raises(examining_apart.TooMuchError):
        examining_apart.examine(_sealed(), SILENT, "x.pdf", within_s=0.2)
    assert time.monotonic() - started < 30


def test_a_process_that_dies_or_talks_nonsense_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("import os; os.abort()", "print('{}')", "print('[]')", "x = [0] * 10**12"):
        monkeypatch.setattr(examining_apart, "_START", code)
        with pytest.raises(examining_apart.TooMuchError):
            examining_apart.examine(b"%PDF-", SILENT, "x.pdf")


def test_the_user_may_stop_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining_apart, "_START", "import time; time.sleep(60)")
    with pytest.raises(Cancelled):
        examining_apart.examine(_sealed(), _Impatient(), "x.pdf")


def test_the_packed_program_is_its_own_examiner() -> None:
    code = "import sys; from desktop.__main__ import main; sys.argv[1:] = ['--examine-seals', '500000000']; main()"
    done = subprocess.run([sys.executable, "-c", code], input=_sealed(), capture_output=True, check=True, timeout=60)
    assert seals.from_json(done.stdout.decode()) == verifying.examine(_sealed())
