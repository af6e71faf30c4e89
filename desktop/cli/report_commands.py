"""The command `report`: any printable report as PDF, CSV or XLSX; alone, the names there are."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from desktop.cli.asking import asked_period, opened
from desktop.cli.printing import Answer


def _report(options: Namespace) -> Answer:
    from desktop.services import clock, reporting

    if options.name is None:
        return Answer({"names": list(reporting.names())})
    if options.year is not None:
        options.start, options.end = date(options.year, 1, 1), date(options.year, 12, 31)
    with opened(options) as book:
        period, as_of = asked_period(book, options)
        asked = reporting.Asked(period, as_of, options.producer, clock.now(book), dict(options.inputs))
        done = reporting.write(book, options.name, asked, options.out)
    return Answer({"file": str(done.file), "pages": done.pages})


COMMANDS: Mapping[str, Callable[[Namespace], Answer]] = MappingProxyType({"report": _report})
