"""How far the leads received get, and where most of them are lost (metrics.md 4, 8.5).

Must not know where leads are stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from desktop.core.kpis.leads import LeadFact, cohort, has_reached, item
from desktop.core.kpis.reading import Asked, KpiReading, rate_records, table_of
from desktop.core.money import ratio
from desktop.core.pipeline import SALES_STAGES, WON_RANK


def funnel(leads: Sequence[LeadFact], asked: Asked) -> KpiReading:
    """8.5: of the leads received, those that reached each rank by `as_of`: share of all, share of the step before.

    The largest drop is the step at which most leads are lost, the first of several alike.
    """
    received = cohort(leads, asked)
    reached = {
        stage.rank: [one for one in received if has_reached(one, stage.rank, asked)]
        for stage in SALES_STAGES
        if stage.rank is not None
    }

    def rows() -> Mapping[str, object]:
        return {"rows": _rows([len(some) for some in reached.values()], len(received))}

    won = [item(one) for one in reached[WON_RANK]]
    return table_of(rows, lambda: rate_records(won, [item(one) for one in received]))


def _rows(counts: Sequence[int], received: int) -> list[dict[str, object]]:
    drops = [0, *(before - after for before, after in pairwise(counts))]
    worst = max(drops)
    befores = [None, *counts[:-1]]
    return [
        {
            "rank": at + 1,
            "stage": SALES_STAGES[at].key,
            "reached": count,
            "share": ratio(count, received),
            "step_share": None if before is None else ratio(count, before),
            "largest_drop": worst > 0 and at == drops.index(worst),
        }
        for at, (count, before) in enumerate(zip(counts, befores, strict=True))
    ]
