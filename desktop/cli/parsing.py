"""The command line's grammar (commands.md). Knows no service and imports nothing heavy: wrong usage answers at once."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

from desktop import __version__
from desktop.cli import ams_commands, parsing_routing
from desktop.core.periods import FIRST_DAY, LAST_DAY

_END_OF_DAY = (23, 59, 59)


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Options of one command line; leaves with exit code 2 on wrong usage."""
    options = _parser().parse_args(list(arguments))
    if check := getattr(options, "check", None):
        check(options)
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="producer-desk",
        description="The desk of an insurance agency's principal. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"Producer Desk {__version__}")
    parser.add_argument("--demo", action="store_true", help="open the window on a made-up agency")
    _common(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for add in (
        _add_demo,
        _add_templates,
        _add_import,
        _add_undo,
        _add_settings,
        _add_dashboard,
        _add_kpi,
        _add_money,
        _add_plans,
        _add_scorecard,
        _add_publishing,
        _add_availability,
        _add_routing,
        _add_report,
        _add_keeping,
        _add_tour,
    ):
        add(commands)
    return parser


def _common(parser: argparse.ArgumentParser, *, suppress: bool = False) -> None:
    nothing = argparse.SUPPRESS if suppress else None
    parser.add_argument("--book", type=Path, default=nothing, metavar="FILE", help="the book (default: your own)")
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS if suppress else False,
        help="answer as one JSON document",
    )


def _command(commands: Commands, name: str, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    _common(parser, suppress=True)
    return parser


def _period(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--from", dest="start", type=day, required=required, metavar="D", help="first day, YYYY-MM-DD")
    parser.add_argument("--to", dest="end", type=day, required=required, metavar="D", help="last day, YYYY-MM-DD")
    _as_of(parser)
    parser.add_argument("--producer", metavar="CODE", help="one producer's code")


def _as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", type=moment, metavar="D", help="the last instant whose data counts")


def _add_demo(commands: Commands) -> None:
    parser = _command(commands, "demo", "Fill a new book with a made-up agency.")
    parser.add_argument("--producers", type=int, default=8, metavar="N")
    parser.add_argument("--years", type=int, default=3, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    _as_of(parser)


def _add_templates(commands: Commands) -> None:
    parser = _command(commands, "templates", "Write the empty templates, each with one example row.")
    parser.add_argument("directory", type=Path, metavar="DIR")


def _add_import(commands: Commands) -> None:
    parser = _command(commands, "import", "Import exports: files, folders or zips.")
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    parser.add_argument("--dry-run", action="store_true", help="say what it would do and change nothing")
    parser.add_argument("--profile", metavar="NAME", help="read every file with this profile")
    parser.add_argument("--period", type=span, metavar="D..D", help="the days that files without dates are about")


def _add_undo(commands: Commands) -> None:
    parser = _command(commands, "undo", "Take one import back.")
    parser.add_argument("import_id", type=int, metavar="IMPORT_ID")


def _add_settings(commands: Commands) -> None:
    parser = _command(commands, "settings", "Show or change settings.")
    verbs = parser.add_subparsers(dest="verb", metavar="get|set", required=True)
    get = _command(verbs, "get", "Show one setting or all.")
    get.add_argument("key", nargs="?", metavar="KEY")
    change = _command(verbs, "set", "Change settings; values are JSON.")
    change.add_argument("values", nargs="+", type=pair, metavar="KEY=VALUE")


def _add_dashboard(commands: Commands) -> None:
    _period(_command(commands, "dashboard", "The producer performance dashboard."))
    parser = _command(commands, "records", "The records behind a number.")
    _period(parser)
    parser.add_argument("--id", dest="metric", required=True, metavar="ID", help="a metric's id, such as calls_made")


def _add_kpi(commands: Commands) -> None:
    parser = _command(commands, "kpi", "The KPIs: all of them, or one.")
    _period(parser)
    parser.add_argument("--basis", choices=("cohort", "flow"), default="cohort", help="whose leads rates are of")
    parser.add_argument("--id", dest="kpi", metavar="ID", help="one KPI's id, such as contact_rate")


def _add_money(commands: Commands) -> None:
    _period(_command(commands, "close-rates", "Close rates by line of insurance."))
    _period(_command(commands, "lost", "Lost deals, their reasons and patterns."))
    _period(_command(commands, "ratios", "Retention and closing ratios."))
    revenue = _command(commands, "revenue", "Revenue, cost and net contribution per producer, for a year to date.")
    revenue.add_argument("--year", type=year, required=True, metavar="Y")
    _as_of(revenue)


def _add_plans(commands: Commands) -> None:
    parser = _command(commands, "ept", "Effective production time, and what accounts must bring.")
    # A premium below zero is refused in words; argparse alone would take `-1000:0.1` for an option.
    parser._negative_number_matcher = re.compile(r"-\.?\d")
    parser.add_argument("--hours", metavar="H", help="work hours available in a year (default: 2000)")
    parser.add_argument("--duties", nargs="+", action="extend", default=[], type=pair, metavar="NAME=H")
    parser.add_argument("--closing", required=True, metavar="R", help="closing ratio, such as 0.30")
    parser.add_argument("--goal", required=True, metavar="G", help="goal in new commission, dollars")
    parser.add_argument(
        "--account", dest="accounts", nargs="+", action="extend", default=[], type=account, metavar="PREMIUM:RATE"
    )
    parser = _command(commands, "validation", "The sales activity that a producer's compensation takes.")
    parser.add_argument("--plan", required=True, choices=("newren", "basegrowth", "newproducer"))
    parser.add_argument(
        "--input", dest="inputs", nargs="+", action="extend", default=[], type=pair, metavar="KEY=VALUE"
    )
    parser.add_argument("--producer", metavar="CODE", help="take what is not given from this producer's data")
    _as_of(parser)


def _add_scorecard(commands: Commands) -> None:
    parser = _command(commands, "scorecard", "Weekly scorecards as PDF.")
    parser.add_argument("--week", required=True, type=week, metavar="YYYY-Www")
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--producer", metavar="CODE")
    whose.add_argument("--all", action="store_true", help="everybody of role producer")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--blank", action="store_true", help="a form to be filled in by hand")
    kind.add_argument("--sign", action="store_true", help="seal it for the manager with the agency's identity")
    kind.add_argument("--monday", action="store_true", help="with cover and sign-off sheet, into DIR by year and week")
    parser.add_argument("--mail", action="store_true", help="with --all --monday: mail each producer their own")
    parser.add_argument("--one-file", action="store_true", help="all in one PDF")
    _as_of(parser)


def _add_publishing(commands: Commands) -> None:
    parser = _command(commands, "publish", "Freeze a week's scorecards.")
    parser.add_argument("--week", required=True, type=week, metavar="YYYY-Www")
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--producer", metavar="CODE")
    whose.add_argument("--all", action="store_true", help="everybody of role producer")
    parser = _command(commands, "amendments", "What changed since a week was published.")
    parser.add_argument("--week", required=True, type=week, metavar="YYYY-Www")
    parser = _command(commands, "verify", "Whether a signed scorecard is untouched, and whose it is.")
    parser.add_argument("file", type=Path, metavar="FILE.pdf")


def _add_availability(commands: Commands) -> None:
    parser = _command(commands, "availability", "Leave, hours and licences.")
    verbs = parser.add_subparsers(dest="verb", metavar="import", required=True)
    _command(verbs, "import", "Import them from a CSV file.").add_argument("file", type=Path, metavar="FILE")


def _add_routing(commands: Commands) -> None:
    parsing_routing.add(partial(_command, commands), _period, moment)
    ams_commands.add(partial(_command, commands), _period)


def _add_report(commands: Commands) -> None:
    parser = _command(commands, "report", "Any printable report as PDF, CSV or XLSX; alone, the reports there are.")
    parser.add_argument("name", nargs="?", metavar="NAME")
    _period(parser, required=False)
    parser.add_argument("--year", type=year, metavar="Y", help="a calendar year in place of --from and --to")
    parser.add_argument("--input", dest="inputs", nargs="+", action="extend", default=[], type=pair,
                        metavar="KEY=VALUE", help="what a report asks for besides")  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="FILE", help="the file; its suffix says what is written")
    parser.set_defaults(check=partial(_check_report, parser))


def _check_report(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """A named report needs its file and its days."""
    if options.name is None:
        return
    if options.out is None:
        parser.error("--out is required")
    if options.year is None and (options.start is None or options.end is None):
        parser.error("--from and --to are required")


def _add_keeping(commands: Commands) -> None:
    _command(commands, "export", "Write all records as templates.").add_argument("directory", type=Path, metavar="DIR")
    _command(commands, "check", "Check the book's integrity.")
    _command(commands, "backup", "Copy the book.").add_argument("--to", type=Path, metavar="FILE")
    _command(commands, "restore", "Put a backup in the book's place.").add_argument("file", type=Path, metavar="FILE")


def _add_tour(commands: Commands) -> None:
    parser = _command(commands, "tour", "A picture of every view of the book.")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    _as_of(parser)


# --- values ---------------------------------------------------------------------------------------------------------


def day(text: str) -> date:
    """`2026-03-09`."""
    try:
        return _sensible(date.fromisoformat(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-03-09") from None


def _sensible(found: date) -> date:
    if not FIRST_DAY <= found <= LAST_DAY:
        raise argparse.ArgumentTypeError(f"{found} is out of reach; give a day from {FIRST_DAY} to {LAST_DAY}")
    return found


def moment(text: str) -> datetime:
    """A local time `2026-03-09T14:05:00`, or a day, which means its end."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day or local time; write 2026-03-09T14:05:00") from None
    if found.tzinfo is not None:
        raise argparse.ArgumentTypeError(f"{text!r} names a zone; write the agency's local time without one")
    _sensible(found.date())
    if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text):
        return datetime(found.year, found.month, found.day, *_END_OF_DAY)
    return found


def span(text: str) -> tuple[date, date]:
    """`2026-03-01..2026-03-31`."""
    first, separator, last = text.partition("..")
    if not separator:
        raise argparse.ArgumentTypeError(f"{text!r} is not a period; write it as 2026-03-01..2026-03-31")
    start, end = day(first), day(last)
    if end < start:
        raise argparse.ArgumentTypeError(f"{text!r} ends before it starts")
    return start, end


def year(text: str) -> int:
    """A calendar year such as `2026`."""
    if not re.fullmatch(r"[12]\d{3}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a year; write it as 2026")
    return int(text)


def week(text: str) -> str:
    """An ISO week such as `2026-W10`."""
    try:
        date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
        if not re.fullmatch(r"\d{4}-W\d{2}", text):
            raise ValueError(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not an ISO week; write it as 2026-W10") from None
    return text


def pair(text: str) -> tuple[str, str]:
    """`KEY=VALUE`, the value still as text."""
    key, separator, value = text.partition("=")
    if not separator or not key:
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    return key, value


def account(text: str) -> tuple[str, str]:
    """`PREMIUM:RATE`, both still as text."""
    premium, separator, rate = text.partition(":")
    if not separator:
        raise argparse.ArgumentTypeError(f"{text!r} is not PREMIUM:RATE; write it as 20000:0.15")
    return premium, rate
