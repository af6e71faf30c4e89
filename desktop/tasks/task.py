"""One piece of work in the background, and what is heard of it.

Knows no service and no widget. The signals are emitted on the thread that made the task, never on the worker's.
"""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import Cancelled

_REPORT_EVERY_S = 0.05


class Task(QObject):
    """A function at work; exactly one of `finished`, `failed` and `cancelled` ends it."""

    progressed = Signal(int, int, str)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    _settled = Signal(str, object)
    _reported = Signal(int, int, str)

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], label: str) -> None:
        super().__init__()
        self.label = label
        # set by whoever cannot bear the work to be left undone, such as the saving of typed words
        self.certain = False
        self._function = function
        self._arguments = arguments
        self._stop = threading.Event()
        self._last_report = 0.0
        self._settled.connect(self._on_settled, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self.progressed, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Asks the work to stop; it does so at its next report, or before it begins. What is certain goes on."""
        if not self.certain:
            self._stop.set()

    @property
    def cancel_asked(self) -> bool:
        """Whether someone asked for the end."""
        return self._stop.is_set()

    def report(self, done: int, total: int, what: str = "") -> None:
        """Called by the work on the worker's thread; raises Cancelled when the user asked for it."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last_report >= _REPORT_EVERY_S or (total and done >= total):
            self._last_report = now
            self._reported.emit(done, total, what)

    def run(self) -> None:
        """Does the work; only the executor calls this, on its worker."""
        try:
            if self._stop.is_set():
                raise Cancelled
            keywords = {"progress": self} if _takes_progress(self._function) else {}
            outcome = self._function(*self._arguments, **keywords)
        except Cancelled:
            self._settled.emit("cancelled", None)
        except Exception as error:  # noqa: BLE001 - the boundary: whatever went wrong is told on the window's thread
            self._settled.emit("failed", error)
        else:
            self._settled.emit("finished", outcome)

    def _on_settled(self, how: str, outcome: object) -> None:
        self.ended.emit()
        if how == "finished":
            self.finished.emit(outcome)
        elif how == "failed":
            self.failed.emit(outcome)
        else:
            self.cancelled.emit()


def _takes_progress(function: Callable[..., Any]) -> bool:
    """Whether `function` wants to be given a `progress`."""
    try:
        return "progress" in inspect.signature(function).parameters
    except (TypeError, ValueError):
        return False
