"""Cyclic garbage is taken apart by the window's thread alone."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.tasks import Executor, collecting
from desktop.tasks.collecting import Collector, collect_if_due


class _Knot:
    """An object that holds itself and tells which thread ended it."""

    ended_on: list[int] = []

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.ended_on.append(threading.get_ident())


@pytest.fixture
def collector_on() -> Iterator[None]:
    gc.enable()
    yield
    gc.disable()


def _tie_knots() -> None:
    for _ in range(5_000):
        _Knot()


def test_what_the_worker_leaves_behind_is_collected_by_the_window(qtbot: QtBot, collector_on: None) -> None:
    _Knot.ended_on.clear()
    worker = Executor()
    done: list[object] = []
    worker.submit(_tie_knots, on_finished=done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert _Knot.ended_on == []
    qtbot.waitUntil(lambda: len(_Knot.ended_on) == 5_000)
    assert set(_Knot.ended_on) == {threading.get_ident()}
    assert worker.close(timeout_s=5)
    assert gc.isenabled()


def test_nothing_is_counted_while_the_worker_may_be_building_a_tuple(
    qtbot: QtBot, collector_on: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    building, seen = threading.Event(), list[bool]()
    monkeypatch.setattr(collecting, "_EVERY_MS", 1)
    monkeypatch.setattr(collecting, "collect_if_due", lambda: seen.append(building.is_set()))
    worker = Executor()
    ended: list[object] = []

    def build() -> None:
        building.set()
        time.sleep(0.05)
        building.clear()

    worker.submit(build, on_finished=ended.append)
    worker.submit(build, on_finished=ended.append)
    qtbot.waitUntil(lambda: len(ended) == 2 and len(seen) > 10)
    assert not any(seen)
    assert worker.close(timeout_s=5)


def test_nothing_is_collected_before_it_is_due() -> None:
    gc.collect()
    assert collect_if_due() == 0


def test_the_last_hold_on_a_task_is_dropped_by_the_window(qtbot: QtBot) -> None:
    _Knot.ended_on.clear()
    worker = Executor()

    class Heard:
        def __call__(self, _outcome: object) -> None: ...

        def __del__(self) -> None:
            _Knot.ended_on.append(threading.get_ident())

    for _ in range(200):
        worker.submit(int, on_finished=Heard())
    qtbot.waitUntil(lambda: not worker.busy)
    worker.submit(int)
    qtbot.waitUntil(lambda: not worker.busy)
    assert worker.close(timeout_s=5)
    qtbot.waitUntil(lambda: len(_Knot.ended_on) > 100)
    assert set(_Knot.ended_on) == {threading.get_ident()}


@pytest.fixture
def thawed() -> Iterator[None]:
    gc.disable()
    yield
    gc.unfreeze()
    gc.collect()


def test_more_records_than_can_be_looked_at_in_a_moment_are_taken_for_good(thawed: None) -> None:
    before = gc.get_freeze_count()
    records = [[number] for number in range(200_000)]
    assert collect_if_due() == 0
    assert gc.get_freeze_count() - before >= len(records)
    assert len(gc.get_objects(0)) < 1_000


def test_what_is_taken_for_good_still_goes_when_nothing_holds_it(thawed: None) -> None:
    records = [[number] for number in range(200_000)]
    collect_if_due()
    frozen = gc.get_freeze_count()
    del records
    assert gc.get_freeze_count() <= frozen - 200_000


def test_a_closed_collector_leaves_nothing_out(qtbot: QtBot, collector_on: None) -> None:
    stands = Collector(lambda: True)
    gc.freeze()
    stands.close()
    assert gc.get_freeze_count() == 0
    assert gc.isenabled()
