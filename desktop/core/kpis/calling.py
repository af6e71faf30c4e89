"""On which weekdays and at which hours people pick up (metrics.md 4, 8.2). Must not know where calls are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple

from desktop.core.kpis.reading import Draw, Drawn, KpiReading, Part, table_of
from desktop.core.money import ratio

LEAST_CALLS = 5
"""A cell with fewer calls shows no rate."""


class CallCell(NamedTuple):
    """The outbound calls of a weekday (1 = Monday) and hour: their number, those connected.

    `wins`: the different leads among those called that were won afterwards.
    """

    weekday: int
    hour: int
    calls: int
    connected: int
    wins: int


def best_time_to_call(cells: Iterable[CallCell], records: Draw) -> KpiReading:
    """8.2: outbound calls by weekday and hour: connected / calls, and wins. Under 5 calls the rate is blank."""

    def rows() -> Mapping[str, object]:
        return {
            "rows": [
                Part(
                    {
                        "weekday": one.weekday,
                        "hour": one.hour,
                        "calls": one.calls,
                        "connected": one.connected,
                        "rate": ratio(one.connected, one.calls) if one.calls >= LEAST_CALLS else None,
                        "wins": one.wins,
                    },
                    partial(_calls_of, one, records),
                )
                for one in sorted(cells)
            ]
        }

    return table_of(rows, records)


def _calls_of(cell: CallCell, records: Draw) -> list[Drawn]:
    moments = ((one, datetime.fromisoformat(one.at)) for one in records())
    return [one for one, at in moments if (at.isoweekday(), at.hour) == (cell.weekday, cell.hour)]
