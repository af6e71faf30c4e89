"""The command that writes new leads for the agency's management system: opens the book, calls one service."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from desktop.cli.asking import asked_period, opened
from desktop.cli.printing import Answer

_SYSTEMS = ("epic", "ams360", "hawksoft")


def add(
    command: Callable[[str, str], argparse.ArgumentParser], period: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Adds `ams-leads`; `command` and `period` are the shared ways to add a command and to ask for a period."""
    parser = command("ams-leads", "New leads as CSV laid out for the import of an agency management system.")
    period(parser)
    parser.add_argument("--system", choices=_SYSTEMS, required=True, help="whose columns")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the CSV to write")


def _ams_leads(options: Namespace) -> Answer:
    from desktop.services import ams_leads

    with opened(options) as book:
        days, as_of = asked_period(book, options)
        made = ams_leads.write(book, options.system, days, as_of, options.out, options.producer)
    return Answer({"file": str(made.file), "system": options.system, "leads": made.leads})


COMMANDS: Mapping[str, Callable[[Namespace], Answer]] = MappingProxyType({"ams-leads": _ams_leads})
