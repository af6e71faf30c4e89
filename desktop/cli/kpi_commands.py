"""What the command about KPIs does: open the book, call one service, shape the answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from types import MappingProxyType

from desktop.cli.asking import asked_period, opened
from desktop.cli.printing import Answer


def _kpi(options: Namespace) -> Answer:
    from desktop.cli import answers_kpis
    from desktop.core.kpis.definition import Basis
    from desktop.services import kpis

    ids = None if options.kpi is None else [options.kpi]
    with opened(options) as book:
        period, as_of = asked_period(book, options)
        page = kpis.kpis(book, period, as_of, options.producer, Basis(options.basis), ids)
        return Answer(answers_kpis.kpis(page))


COMMANDS: Mapping[str, Callable[[Namespace], Answer]] = MappingProxyType({"kpi": _kpi})
