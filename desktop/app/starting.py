"""Starts the window on a book: the user's own or a demo, its menus wired to the services.

Without a display it says so and takes the tour of pictures and PDFs instead.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import logs, paths
from desktop.services import books
from desktop.services.clock import Clock

if TYPE_CHECKING:
    from desktop.models.book import Book

DEMO_NAME = "demo.pdesk"


def has_display() -> bool:
    """Whether a window can be seen here; a Qt platform named by the user counts as one."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(book_path: Path | None, *, demo: bool, tell: Callable[[str], None]) -> int:
    """Open the window and answer the exit code once it is closed; `tell` takes messages for the terminal."""
    logs.start(paths.folders().logs)
    if not demo:
        return _show(book_path or paths.default_book_path(), books.open_book, tell)
    cache = paths.make_private(paths.folders().cache)
    with tempfile.TemporaryDirectory(prefix="demo-", dir=cache) as folder:
        return _show(Path(folder) / DEMO_NAME, _open_demo, tell)


def _show(path: Path, opener: Callable[[Path], Book], tell: Callable[[str], None]) -> int:
    if not has_display():
        return _tour_instead(path, opener, tell)
    from desktop.app import Options, run
    from desktop.app.wiring import wire

    demo = path.name == DEMO_NAME
    options = Options(
        open_book=lambda: opener(path),
        close_book=lambda book: book.close(),
        book_path=path,
        book_name="Demo agency" if demo else "",
        now=Clock(),
        state_file=None if demo else paths.make_private(paths.folders().data) / "window.json",
    )
    return run(options, wire)


def _open_demo(path: Path) -> Book:
    from desktop.services import demo, previews

    book = books.open_throwaway(path)
    now = datetime.now()
    demo.fill(book, previews.author_at(now), now.date())
    return book


def _tour_instead(path: Path, opener: Callable[[Path], Book], tell: Callable[[str], None]) -> int:
    from desktop.app.tour import take

    out = paths.make_private(paths.folders().data / "tour")
    tell(f"There is no display here. Instead of the window, pictures and PDFs of every view go to {out}")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in take(opener, path, out, datetime.now()):
        tell(name)
    return 0


def offscreen() -> None:
    """Pictures need no display: Qt draws into memory."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
