"""A picture of every view of a book, light and dark, in both sizes, and the scorecards as PDF: for documents, checks.

Takes the real window through its real pages, in memory.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.app import Desk, Options, build, open_search
from desktop.core import periods
from desktop.services import exporting
from desktop.views import theme

SIZES = ((1366, 768), (1920, 1080))
SCHEMES = (theme.Scheme.LIGHT, theme.Scheme.DARK)
_PATIENCE_S = 60.0

Look = tuple[tuple[int, int], theme.Scheme]
"""A size of the window and a scheme."""
_TYPING_S = 0.1
_BUSY_S, _QUIET_S = 0.002, 0.0005
_ROUNDS = 15
"""A change of size goes up through the layouts by one level in each round of events."""


def take(open_book: Callable[[Path], Any], book: Path, out: Path, now: datetime) -> list[str]:
    """Write the pictures `NAME-light-1366.png` and the scorecards of the last full week; returns the files' names."""
    out.mkdir(parents=True, exist_ok=True)
    options = Options(
        open_book=lambda: open_book(book), close_book=lambda opened: opened.close(), book_path=book, now=lambda: now
    )
    desk = build(options)
    try:
        with tempfile.TemporaryDirectory(prefix="tour-", dir=paths.make_private(paths.folders().cache)) as samples:
            exporting.write_templates(Path(samples))
            # a switch of scheme dresses every page anew: one for each, not one for each size
            looks = [(size, scheme) for scheme in SCHEMES for size in SIZES]
            names = [name for look in looks for name in _picture_pages(desk, look, Path(samples), out)]
        return names + _write_scorecards(desk, out, now)
    finally:
        desk.window.close()
        desk.close()


def _picture_pages(desk: Desk, look: Look, samples: Path, out: Path) -> Iterator[str]:
    """Every page in one size and scheme."""
    size, scheme = look
    desk.window.resize(*size)
    theme.current().set_choice(scheme)
    desk.window.show()
    for key in desk.window.page_keys:
        yield from _picture_views(desk, key, look, samples, out)
    yield _picture_search(desk, look, out)


def _picture_views(desk: Desk, key: str, look: Look, samples: Path, out: Path) -> Iterator[str]:
    size, scheme = look
    window = desk.window
    window.show_page(key)
    settle(desk)
    for name, prepare in window.page(key).tour_views(samples):
        prepare()
        settle(desk)
        file = out / f"{name}-{scheme.value}-{size[0]}.png"
        window.grab().save(str(file))
        yield file.name


def _picture_search(desk: Desk, look: Look, out: Path) -> str:
    """The search over everything, over the first page."""
    size, scheme = look
    desk.window.show_page(desk.window.page_keys[0])
    palette = open_search(desk.window, desk.context)
    palette.open()
    palette.field.setText("far")
    time.sleep(_TYPING_S)
    settle(desk)
    file = out / f"search-{scheme.value}-{size[0]}.png"
    desk.window.grab().save(str(file))
    palette.close_palette()
    return file.name


def _write_scorecards(desk: Desk, out: Path, now: datetime) -> list[str]:
    from desktop.services import scorecards

    written: list[Any] = []
    (week,) = periods.full_weeks_before(now, 1)
    desk.context.ask(_write_week, scorecards, periods.week_name(week), out, now, on_finished=written.extend)
    settle(desk)
    return [one.file.name for one in written]


def _write_week(book: Any, scorecards: Any, week: str, out: Path, now: datetime) -> list[Any]:
    found: list[Any] = scorecards.write_pdfs(book, week, None, out, at=now, as_of=None, blank=False, one_file=False)
    return found


def settle(desk: Desk) -> None:
    """Wait until the worker is idle and everything is laid out and painted."""
    end = time.monotonic() + _PATIENCE_S
    quiet = 0
    while quiet < _ROUNDS:
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        quiet = 0 if desk.context.executor.busy else quiet + 1
        if time.monotonic() > end:
            raise TimeoutError("the window does not come to rest")
        time.sleep(_BUSY_S if desk.context.executor.busy else _QUIET_S)
