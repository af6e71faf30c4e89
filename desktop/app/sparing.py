"""A large book's facts are let go a while after the page that had asked for them was left.

They fill the memory, and only the next filter on the same page would be faster for them.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.services import kept_facts
from desktop.views.main_window import MainWindow
from desktop.views.widgets.context import PageContext

AFTER_MS = 20_000
_ASKING = frozenset({"kpis", "revenue", "retention"})
"""Pages whose next filter is faster for what is kept."""


class Sparing(QObject):
    """Waits for the window to stay on another page."""

    def __init__(self, window: MainWindow, context: PageContext) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(AFTER_MS)
        self.timer.timeout.connect(self._on_timer_timeout)
        window.stack.currentChanged.connect(self._on_stack_current_changed)

    def _on_stack_current_changed(self, _number: int) -> None:
        page = self._window.current_page
        if page is not None and page.key in _ASKING:
            self.timer.stop()
        else:
            self.timer.start()

    def _on_timer_timeout(self) -> None:
        executor = self._context.executor
        if executor.busy:
            self.timer.start()
        elif not executor.closed:
            self._context.ask(kept_facts.let_go)
