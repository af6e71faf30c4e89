"""What the producers page shows: the dashboard of a period and the weeks before it, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core import periods
from desktop.core.periods import Period
from desktop.services.dashboard import dashboard, weekly_series
from desktop.services.figures import Dashboard, Panel, WeeklySeries

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Overview:
    """A dashboard and, per metric, its last weeks. `over`: whether the period has ended at `as_of`."""

    dashboard: Dashboard
    series: WeeklySeries
    over: bool

    @property
    def empty(self) -> bool:
        """Whether the book holds neither people nor anything to count."""
        nobody = all(panel.unassigned for panel in self.dashboard.producers)
        return nobody and all(source.through is None for source in self.dashboard.freshness)

    def panels(self) -> tuple[Panel, ...]:
        """The agency first, the unassigned row last."""
        return (self.dashboard.agency, *self.dashboard.producers)


def overview(book: Book, period: Period, now: datetime) -> Overview:
    """The figures of `period` as known now, or at its end where that is past."""
    as_of = periods.default_as_of(period, now)
    ending = min(period.end, as_of.date())
    return Overview(
        dashboard=dashboard(book, period, as_of),
        series=weekly_series(book, ending, as_of),
        over=as_of >= periods.end_of(period.end),
    )
