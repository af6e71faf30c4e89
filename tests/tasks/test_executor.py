"""Tasks end once, on the window's thread, and stop when asked to."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.progress import Progress
from desktop.errors import UserError
from desktop.tasks import Executor, Task, executor


@pytest.fixture
def worker(qapp: object) -> Iterator[Executor]:
    made = Executor()
    yield made
    assert made.close(timeout_s=5)


def test_result_arrives_on_the_main_thread_and_work_runs_on_another(worker: Executor, qtbot: QtBot) -> None:
    heard: list[tuple[object, int]] = []
    worker.submit(threading.get_ident, on_finished=lambda got: heard.append((got, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0][0] != threading.get_ident()
    assert heard[0][1] == threading.get_ident()


def test_all_tasks_share_one_worker_thread_in_order(worker: Executor, qtbot: QtBot) -> None:
    heard: list[tuple[int, int]] = []
    for number in range(20):
        worker.submit(lambda n: (n, threading.get_ident()), number, on_finished=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert [number for number, _ in heard] == list(range(20))
    assert len({thread for _, thread in heard}) == 1
    assert not worker.busy


def test_error_goes_to_who_asked_for_it(worker: Executor, qtbot: QtBot) -> None:
    def fail() -> None:
        raise UserError("The file is gone.", "Choose another.")

    heard: list[object] = []
    worker.submit(fail, on_failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], UserError)


def test_error_nobody_asked_for_reaches_the_executor(worker: Executor, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(worker.failed) as caught:
        worker.submit(fail)
    assert isinstance(caught.args[0], ZeroDivisionError)


def test_cancel_takes_effect_at_the_next_report(worker: Executor, qtbot: QtBot) -> None:
    reached, go_on = threading.Event(), threading.Event()
    after: list[str] = []

    def work(progress: Progress) -> None:
        progress.report(1, 3, "rows")
        reached.set()
        go_on.wait(5)
        progress.report(2, 3, "rows")
        after.append("went on")

    steps: list[tuple[int, int, str]] = []
    gone: list[bool] = []
    task = worker.submit(
        work,
        on_progressed=lambda done, total, what: steps.append((done, total, what)),
        on_cancelled=lambda: gone.append(True),
    )
    assert reached.wait(5)
    task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(gone))
    assert after == []
    assert steps == [(1, 3, "rows")]


def test_waiting_task_that_is_cancelled_never_begins(worker: Executor, qtbot: QtBot) -> None:
    go_on = threading.Event()
    began: list[bool] = []
    worker.submit(go_on.wait, 5)
    second = worker.submit(lambda: began.append(True))
    second.cancel()
    with qtbot.waitSignal(second.cancelled):
        go_on.set()
    assert began == []


def test_only_slow_tasks_are_shown(worker: Executor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Task] = []
    worker.shown.connect(shown.append)
    quick = worker.submit(lambda: None)
    qtbot.waitSignal(quick.finished).wait()
    go_on = threading.Event()
    assert executor.SHOW_AFTER_MS == 600
    slow = worker.submit(go_on.wait, 5, label="Importing")
    qtbot.waitUntil(lambda: bool(shown), timeout=3000)
    go_on.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert shown == [slow]


def test_close_runs_the_last_thing_on_the_worker(qapp: object) -> None:
    made = Executor()
    where: list[int] = []
    assert made.close(lambda: where.append(threading.get_ident()))
    assert where and where[0] != threading.get_ident()
    with pytest.raises(RuntimeError):
        made.submit(len, "x")
