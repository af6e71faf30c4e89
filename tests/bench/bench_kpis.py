"""The KPI views: the first load, and what changing a filter costs, against one pass over the dashboard's roll-ups.

Run by hand: python -m tests.bench.bench_kpis BOOK AS_OF (a book that `producer-desk demo` has filled, a day).
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from desktop.core import periods
from desktop.core.periods import Period
from desktop.models.book import Book
from desktop.services import books, kpi_views
from desktop.services.kpi_views import Question

ROUNDS = 5


def spent(work: Callable[[], object]) -> float:
    """Processor seconds: the machine may have other work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def floor(book: Book) -> float:
    """One pass over the roll-ups by day and producer."""

    def once() -> None:
        book.connection.execute("SELECT * FROM day_cell").fetchall()

    return statistics.median(spent(once) for _ in range(ROUNDS))


def filters(now: datetime) -> dict[str, Period]:
    """The period filters of the page."""
    today = now.date()
    month = periods.month_of(today)
    return {
        "month": month,
        "last month": periods.previous(month),
        "week": periods.week_of(today),
        "quarter": periods.quarter_of(today),
        "year to date": Period(date(today.year, 1, 1), today),
    }


def main(path: Path, now: datetime) -> None:
    """Print a line per view and filter: seconds, and how many times the floor."""
    book = books.open_book(path, create=False)
    try:
        least = floor(book)
        print(f"{'one pass over the roll-ups':32}{least:8.4f} s")
        code = next(iter(kpi_views.producers(book)))[0]
        for view in kpi_views.VIEWS:
            for name, period in filters(now).items():
                as_of = periods.default_as_of(period, now)
                for whose in (None, code):
                    asked = Question(period, as_of, whose)
                    took = spent(lambda view=view, asked=asked: kpi_views.read_view(book, view, asked))  # type: ignore[misc]
                    print(f"{view:14}{name:14}{'one' if whose else 'all':4}{took:8.3f} s{took / least:8.1f} x")
    finally:
        book.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), datetime.fromisoformat(f"{sys.argv[2]}T15:00:00"))
