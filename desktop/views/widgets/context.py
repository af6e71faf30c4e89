"""What every page is given: the worker with the book, the clock, and the memory of the window.

The only way from a page to the services: `ask` runs one of them on the worker with the book.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from desktop.tasks import Executor, Shelf, Task
from desktop.views.widgets.view_state import ViewState

PAY_HIDDEN = "pay.hidden"
"""Where the window remembers that pay is hidden."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """Handed from the composition root to every page."""

    executor: Executor
    shelf: Shelf
    now: Callable[[], datetime]
    state: ViewState = field(default_factory=ViewState)
    book_path: Path | None = None

    def today(self) -> date:
        """The day of `now`."""
        return self.now().date()

    @property
    def pay_hidden(self) -> bool:
        """Whether pay is hidden now; kept from session to session. What is pay: `services.discretion`."""
        return bool(self.state.read(PAY_HIDDEN, False))

    def hides_pay(self) -> bool:
        """`pay_hidden` as a function, for columns that ask each time they are shown."""
        return self.pay_hidden

    def ask(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        on_finished: Callable[[Any], Any] | None = None,
        on_failed: Callable[[Any], Any] | None = None,
        on_cancelled: Callable[[], Any] | None = None,
        on_progressed: Callable[[int, int, str], Any] | None = None,
        label: str = "",
    ) -> Task:
        """Runs `function(book, *arguments)` on the worker; callbacks and `label` as in `Executor.submit`."""
        return self.executor.submit(
            self.shelf.with_book(function),
            *arguments,
            on_finished=on_finished,
            on_failed=on_failed,
            on_cancelled=on_cancelled,
            on_progressed=on_progressed,
            label=label,
        )
