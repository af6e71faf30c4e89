"""The commands of published weeks: `publish` and `amendments`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.cli.asking import opened
from desktop.cli.printing import Answer

if TYPE_CHECKING:
    from desktop.core.frozen import Number
    from desktop.services.publishing import Amendment


def _publish(options: Namespace) -> Answer:
    from desktop.services import clock, previews, publishing

    with opened(options) as book:
        now = clock.now(book)
        codes = None if options.all else [options.producer]
        found = publishing.publish(book, options.week, codes, previews.author_at(now), now)
    return Answer(
        {
            "published": [
                {"producer": one.producer, "week": one.week, "version": one.version, "sha256": one.sha256}
                for one in found
            ]
        }
    )


def _amendments(options: Namespace) -> Answer:
    from desktop.services import clock, publishing

    with opened(options) as book:
        found = publishing.amendments(book, options.week, clock.now(book))
    return Answer(
        {
            "amendments": [
                {
                    "producer": one.producer,
                    "producer_name": one.producer_name,
                    "metric": one.metric,
                    "from": _amount(one, one.before),
                    "to": _amount(one, one.after),
                    "why": one.why,
                    "at": one.at,
                }
                for one in found
            ]
        }
    )


def _amount(one: Amendment, value: Number | None) -> Number | bool | None:
    from desktop.cli.answers import dollars, rate
    from desktop.core.production import Unit

    if value is None or one.unit is Unit.COUNT:
        return bool(value) if one.metric.endswith("on_track") and value is not None else value
    return rate(value) if one.unit is Unit.RATE else dollars(round(value))


COMMANDS: Mapping[str, Callable[[Namespace], Answer]] = MappingProxyType(
    {"publish": _publish, "amendments": _amendments}
)
