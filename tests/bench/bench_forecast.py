"""How often the premium that really comes lies within the forecast's 80 % interval, over made-up agencies.

Every seed of the demo agency is a book; at some month-ends of the past the forecast is made with what was known then,
and held against the premium bound since on the leads that were open. Run by hand:

    python -m tests.bench.bench_forecast [SEEDS]
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop.core.kpis.forecast import Trails, open_leads, outcomes, revenue_forecast
from desktop.core.kpis.reading import Asked, Horizon, Whose
from desktop.core.periods import Period, end_of
from desktop.models import facts_kpi_forecast, facts_people
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import books, configuration, demo

SEEDS = 20
LAST_DAY = date(2026, 6, 30)
LOOKED_AT = (date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 31))
"""At least half a year before the data ends, so that what was open then has had time to close."""


@dataclass
class Score:
    """Forecasts made, those whose interval held the truth, and the sums of both sides in cents."""

    made: int = 0
    held: int = 0
    expected: int = 0
    came: int = 0

    def add(self, low: int, high: int, expected: int, came: int) -> None:
        self.made += 1
        self.held += low <= came <= high
        self.expected += expected
        self.came += came

    def __str__(self) -> str:
        return (
            f"{self.held} of {self.made} intervals ({self.held / self.made:.0%}),"
            f" expected ${self.expected / 100:,.0f}, came ${self.came / 100:,.0f}"
        )


def score(book: Book, agency: Score, producers: Score) -> None:
    """Every forecast of one book."""
    horizon = Horizon(LOOKED_AT[0], end_of(LAST_DAY))
    trails = Trails(facts_kpi_forecast.trails(book, horizon, configuration.load(book).line_named))
    people = [Whose(one.id) for one in facts_people.people(book)]
    for day in LOOKED_AT:
        for whose in (Whose(), *people):
            asked = Asked(Period(day.replace(day=1), day), end_of(day), whose)
            found = revenue_forecast(trails, asked)
            detail = found.detail()
            if found.value and isinstance(detail["low"], int) and isinstance(detail["high"], int):
                target = agency if whose.everybody else producers
                target.add(detail["low"], detail["high"], int(found.value), _came(trails, asked))


def _came(trails: Trails, asked: Asked) -> int:
    """Premium bound after `as_of` on the leads that were open then."""
    known = outcomes(trails, asked)
    return sum(
        sale.premium
        for one in open_leads(trails, known, known, asked)
        for sale in one.trail.sales
        if sale.bound_on > asked.as_of_text[:10]
    )


def main(seeds: int) -> None:
    agency, producers = Score(), Score()
    author = Author("bench", datetime(2026, 7, 1).isoformat())
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            book = books.open_throwaway(Path(folder) / "demo.pdesk")
            try:
                demo.fill(book, author, LAST_DAY, producers=6, years=3, seed=seed)
                score(book, agency, producers)
            finally:
                book.close()
        print(f"seed {seed:2}: agency {agency}", flush=True)
    print(f"agency:    {agency}")
    print(f"producers: {producers}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
