"""What the commands about where the money goes do: open the book, call one service each, shape the answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from desktop.cli.asking import asked_period, opened
from desktop.cli.printing import Answer


def _close_rates(options: Namespace) -> Answer:
    from desktop.cli import answers_money
    from desktop.services import closing

    with opened(options) as book:
        period, as_of = asked_period(book, options)
        return Answer(answers_money.close_rates(closing.close_rates(book, period, as_of, options.producer)))


def _lost(options: Namespace) -> Answer:
    from desktop.cli import answers_money
    from desktop.services import lost_deals

    with opened(options) as book:
        period, as_of = asked_period(book, options)
        return Answer(answers_money.lost(lost_deals.lost_deals(book, period, as_of, options.producer)))


def _ratios(options: Namespace) -> Answer:
    from desktop.cli import answers_money
    from desktop.services import retention

    with opened(options) as book:
        period, as_of = asked_period(book, options)
        return Answer(answers_money.ratios(retention.ratios(book, period, as_of, options.producer)))


def _revenue(options: Namespace) -> Answer:
    from desktop.cli import answers_money
    from desktop.core.periods import Period, default_as_of
    from desktop.services import clock, revenue

    with opened(options) as book:
        year = Period(date(options.year, 1, 1), date(options.year, 12, 31))
        as_of = options.as_of or default_as_of(year, clock.now(book))
        return Answer(answers_money.revenue(revenue.revenue_per_producer(book, options.year, as_of)))


COMMANDS: Mapping[str, Callable[[Namespace], Answer]] = MappingProxyType(
    {
        "close-rates": _close_rates,
        "lost": _lost,
        "ratios": _ratios,
        "revenue": _revenue,
    }
)
