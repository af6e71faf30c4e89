"""Python's collector of cyclic garbage, kept to the window's thread.

Left alone, the collector runs on whichever thread happens to allocate: on the worker it would take Qt's objects apart
that only the window's thread may touch, while that thread draws them. Knows nothing of tasks.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


def collect_if_due() -> int:
    """Collects the oldest generation that is due, by Python's own thresholds; answers how many objects went."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation] > 0:
            return gc.collect(generation)
    return 0


class Collector(QObject):
    """While it stands, garbage is collected by a timer of the thread that made it and nowhere else."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()

    def close(self) -> None:
        """Gives the collector back as it was found."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
