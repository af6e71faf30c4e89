"""The one worker behind the window: tasks one after the other, in the order in which they came.

SQLCipher connections belong to the thread that opened them, so the worker opens, uses and closes the book alone.
"""

from __future__ import annotations

import collections
import queue
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.tasks.collecting import Collector
from desktop.tasks.task import Task

SHOW_AFTER_MS = 600


class Executor(QObject):
    """Runs functions on one worker thread.

    `started` and `ended` frame every task; `shown` comes only for one that takes longer than 600 ms;
    `failed` is for errors nobody who submitted the task wanted to hear of.
    """

    started = Signal(object)
    shown = Signal(object)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[Task | Callable[[], None] | None] = queue.SimpleQueue()
        self._pending: list[Task] = []
        # tasks whose end was told, kept until the worker has let go of them: the last hold on a task must be dropped
        # by the window's thread, which owns it and whatever hears of it
        self._ended: collections.deque[Task] = collections.deque()
        self._settled = 0
        self._put = self._let_go = 0
        self._closed = False
        self._collector = Collector(self._is_quiet, self)
        self._show_timer = QTimer(self)
        self._show_timer.setSingleShot(True)
        self._show_timer.setInterval(SHOW_AFTER_MS)
        self._show_timer.timeout.connect(self._on_show_timer_timeout)
        self._worker = threading.Thread(target=self._work, name="book", daemon=True)
        self._worker.start()

    def submit(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        on_finished: Callable[[Any], Any] | None = None,
        on_failed: Callable[[Any], Any] | None = None,
        on_cancelled: Callable[[], Any] | None = None,
        on_progressed: Callable[[int, int, str], Any] | None = None,
        label: str = "",
    ) -> Task:
        """Puts `function(*arguments)` in the line and answers its task; the callbacks run on the window's thread.

        A function with a parameter named `progress` is given one (`core.progress`). `label` says in the status line
        what is being done. Raises RuntimeError after `close`.
        """
        if self._closed:
            raise RuntimeError("the executor is closed")
        task = Task(function, arguments, label)
        task.ended.connect(self._on_task_ended)
        if on_finished is not None:
            task.finished.connect(on_finished)
        task.failed.connect(on_failed if on_failed is not None else self.failed)
        if on_cancelled is not None:
            task.cancelled.connect(on_cancelled)
        if on_progressed is not None:
            task.progressed.connect(on_progressed)
        self._pending.append(task)
        if len(self._pending) == 1:
            self._announce()
        self._put += 1
        self._queue.put(task)
        return task

    @property
    def closed(self) -> bool:
        """Whether it takes no more work."""
        return self._closed

    @property
    def busy(self) -> bool:
        """Whether anything is running or waiting."""
        return bool(self._pending)

    @property
    def running(self) -> Task | None:
        """The task at the head of the line."""
        return self._pending[0] if self._pending else None

    def cancel_all(self) -> None:
        """Asks everything running or waiting to stop."""
        for task in self._pending:
            task.cancel()

    def close(self, last: Callable[[], None] | None = None, timeout_s: float = 30.0) -> bool:
        """Stops: cancels what is left, runs `last` on the worker (to close the book) and waits; False on time-out."""
        if not self._closed:
            self._closed = True
            self.cancel_all()
            if last is not None:
                self._put += 1
                self._queue.put(last)
            self._queue.put(None)
        self._worker.join(timeout_s)
        self._collector.close()
        return not self._worker.is_alive()

    def _is_quiet(self) -> bool:
        """Whether the worker has let go of everything it was given."""
        return self._let_go == self._put

    def _work(self) -> None:
        while self._work_once():
            self._let_go += 1

    def _work_once(self) -> bool:
        item = self._queue.get()
        if item is None:
            return False
        if isinstance(item, Task):
            item.run()
        else:
            item()
        return True

    def _announce(self) -> None:
        self.started.emit(self._pending[0])
        self._show_timer.start()

    def _on_show_timer_timeout(self) -> None:
        if self._pending:
            self.shown.emit(self._pending[0])

    def _on_task_ended(self) -> None:
        task = self.sender()
        if not isinstance(task, Task) or task not in self._pending:
            return
        self._pending.remove(task)
        self._show_timer.stop()
        self.ended.emit(task)
        if self._pending:
            self._announce()
        self._ended.append(task)
        # not at once: the task's own signals are still being delivered
        QTimer.singleShot(0, self._drop_ended)

    def _drop_ended(self) -> None:
        while self._ended and self._settled < self._let_go:
            self._settled += 1
            self._ended.popleft().deleteLater()
