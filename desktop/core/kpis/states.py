"""Where leads come from, and where they buy (metrics.md 4, 8.3). Must not know where leads are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from desktop.core.kpis.definition import Cents
from desktop.core.kpis.leads import LeadFact, cohort, has_reached, item
from desktop.core.kpis.premiums import Bound, bound_in, premium_records
from desktop.core.kpis.reading import Asked, Drawn, KpiReading, Part, grouped, rate_records, table_of
from desktop.core.money import ratio
from desktop.core.pipeline import WON_RANK


def state_performance(leads: Sequence[LeadFact], policies: Iterable[Bound], asked: Asked) -> KpiReading:
    """8.3: per state the leads received, the part of them that was won, and the annual premium bound.

    Premium goes by the policy's state, else its lead's.
    """
    received = cohort(leads, asked)
    won = [one for one in received if has_reached(one, WON_RANK, asked)]

    def rows() -> Mapping[str, object]:
        by_state, wins = grouped(received, lambda one: one.state), grouped(won, lambda one: one.state)
        bound = grouped(bound_in(policies, asked), lambda one: one.state)
        states = sorted({*by_state, *bound}, key=lambda state: (state is None, state or ""))
        return {
            "rows": [
                _row(state, by_state.get(state, []), wins.get(state, []), bound.get(state, [])) for state in states
            ]
        }

    return table_of(rows, lambda: rate_records([item(one) for one in won], [item(one) for one in received]))


def _row(
    state: str | None, received: Sequence[LeadFact], won: Sequence[LeadFact], bound: Sequence[Bound]
) -> dict[str, object]:
    """A state's figures, with its leads and what was bound there."""

    def records() -> list[Drawn]:
        return [*rate_records([item(one) for one in won], [item(one) for one in received]), *premium_records(bound)]

    figures = {
        "state": state,
        "leads": len(received),
        "close_rate": ratio(len(won), len(received)),
        "premium": Cents(sum(one.premium for one in bound)),
    }
    return Part(figures, records)
