"""The grammar of the routing commands (commands.md). Knows no service."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

MODELS = ("rules", "round_robin", "territory", "weighted", "least_loaded")


def add(
    command: Callable[[str, str], argparse.ArgumentParser],
    period: Callable[[argparse.ArgumentParser], None],
    moment: Callable[[str], datetime],
) -> None:
    """Adds `rules`, `route`, `escalate`, `coverage` and `simulate`; `command`, `period` and `moment` are the shared
    ways to add a command, to ask for a period, and to read a local time."""

    def at(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--at", type=moment, metavar="TS", help="the moment, local time (default: now)")

    rules = command("rules", "Routing rules in and out, as JSON.")
    rules.add_argument("verb", choices=("import", "export"))
    rules.add_argument("file", type=Path, metavar="FILE")
    route = command("route", "Give leads to producers, and say why.")
    route.add_argument("file", nargs="?", type=Path, metavar="LEADS.csv", help="leads to import first")
    route.add_argument("--dry-run", action="store_true", help="say what it would do and change nothing")
    route.add_argument("--model", choices=MODELS, default="rules", help="leave the rules out and use this model")
    at(route)
    at(command("escalate", "Carry out the steps that are due on leads nobody has reached."))
    at(command("coverage", "Check the territory table."))
    simulate = command("simulate", "Replay a past period's leads under a model.")
    period(simulate)
    simulate.add_argument("--model", choices=MODELS, required=True)
    simulate.add_argument("--compare", choices=MODELS, metavar="M2", help="a second model beside it")
