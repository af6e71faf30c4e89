"""The program's own source stays unread: it is imported, not looked through."""

from __future__ import annotations

import subprocess
import sys

from desktop.app import sources

_SCRIPT = """
import linecache
import desktop.app
from desktop.views.pages.kpis import KpisPage
print([name for name in linecache.cache if "views" in name])
"""


def test_no_page_is_read_as_text_when_it_is_imported() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_this_version_of_qt_lets_itself_be_told() -> None:
    assert sources.leave_unread()
