"""Python's collector of cyclic garbage, kept to the window's thread and to pauses that nobody notices.

Left alone, the collector runs on whichever thread happens to allocate: on the worker it would take Qt's objects apart
that only the window's thread may touch, while that thread draws them. And it looks at every record that the worker has
read of a large book, a second at a time. Knows nothing of tasks.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500
_MANY = 50_000
"""Objects that are looked at in one go: some 40 ms."""


def collect_if_due() -> int:
    """Collects the oldest generation that is due, by Python's own thresholds; answers how many objects went.

    What is too much to be looked at is taken for good: those are records, which must form no cycles, so that they go
    when nobody holds them any more. Only while no other thread works: counting holds every object for a moment, and a
    tuple that another thread has begun to build must be held by that thread alone.
    """
    generation = due()
    if generation is None:
        return 0
    # the counts say less than there is: every object that goes is taken off, of whatever generation
    if sum(len(gc.get_objects(one)) for one in range(generation + 1)) > _MANY:
        gc.freeze()
        return 0
    return gc.collect(generation)


def due() -> int | None:
    """The oldest generation that is due, by Python's own thresholds."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    return next((one for one in (2, 1, 0) if counts[one] > thresholds[one] > 0), None)


class Collector(QObject):
    """While it stands, garbage is collected by a timer of the thread that made it and nowhere else.

    `quiet` says whether no other thread is at work; until then all garbage waits.
    """

    def __init__(self, quiet: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def _on_timeout(self) -> None:
        if self._quiet():
            collect_if_due()

    def close(self) -> None:
        """Gives the collector back as it was found, with all that was taken for good."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()
