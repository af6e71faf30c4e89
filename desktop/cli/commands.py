"""What each command does: open the book, call one service, shape the answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from desktop.cli import (
    ams_commands,
    kpi_commands,
    money_commands,
    planning,
    publish_commands,
    report_commands,
    routing_commands,
)
from desktop.cli.asking import asked_period, opened
from desktop.cli.printing import Answer, tell
from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.models.journal import Author


def run(options: Namespace) -> Answer | None:
    """Carry out one parsed command line; None where a window took over."""
    if options.command is None:
        return _open_window(options)
    return _COMMANDS[options.command](options)


def author(book: Book) -> Author:
    """Who acts (the system's user) and when, by the agency's clock."""
    from desktop.services import clock, previews

    return previews.author_at(clock.now(book))


# --- filling and emptying -------------------------------------------------------------------------------------------


def _demo(options: Namespace) -> Answer:
    from dataclasses import asdict

    from desktop.services import demo

    as_of = (options.as_of or datetime.now()).date()
    demo.check_size(options.producers, options.years)
    with opened(options) as book:
        counts = demo.fill(book, author(book), as_of, options.producers, options.years, options.seed)
    return Answer(asdict(counts))


def _templates(options: Namespace) -> Answer:
    from desktop.services import exporting

    return Answer({"files": [path.name for path in exporting.write_templates(options.directory)]})


def _import(options: Namespace) -> Answer:
    from desktop.cli import answers
    from desktop.services import clock, imports, previews

    with opened(options) as book:
        reading = previews.options(book, clock.now(book), profile=options.profile, period=options.period)
        result = imports.import_files(book, options.paths, reading, author(book), dry_run=options.dry_run)
    return Answer(answers.imported(result))


def _availability(options: Namespace) -> Answer:
    options.paths, options.profile = [options.file], "template_availability"
    options.period, options.dry_run = None, False
    return _import(options)


def _undo(options: Namespace) -> Answer:
    from desktop.cli import answers
    from desktop.services import imports

    with opened(options) as book:
        return Answer(answers.undone(imports.undo_import(book, options.import_id, author(book))))


def _export(options: Namespace) -> Answer:
    from desktop.services import exporting

    with opened(options) as book:
        return Answer({"files": [path.name for path in exporting.export(book, options.directory)]})


def _settings(options: Namespace) -> Answer:
    from desktop.services import configuration

    with opened(options) as book:
        if options.verb == "get":
            return Answer({"settings": configuration.get(book, options.key)})
        values = {key: _json_value(key, text) for key, text in options.values}
        configuration.set_values(book, values, author(book))
        found = configuration.get(book, None)
    return Answer({"settings": {key: found[key] for key in values}})


def _json_value(key: str, text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except ValueError:
        raise UserError(
            f"The value of {key} is not JSON: {text}.",
            "Write text in double quotes, such as '\"letter\"', lists in brackets and numbers bare.",
        ) from None


# --- figures --------------------------------------------------------------------------------------------------------


def _dashboard(options: Namespace) -> Answer:
    from desktop.cli import answers
    from desktop.services import dashboard

    with opened(options) as book:
        period, as_of = asked_period(book, options)
        found = dashboard.dashboard(book, period, as_of, options.producer)
        return Answer(answers.dashboard(found, whole=options.producer is None))


def _records(options: Namespace) -> Answer:
    from desktop.cli import answers
    from desktop.services import records

    with opened(options) as book:
        period, as_of = asked_period(book, options)
        found = records.records(book, options.metric, period, as_of, options.producer)
    return Answer(answers.records(options.metric, found))


def _scorecard(options: Namespace) -> Answer:
    from desktop.services import clock, scorecards

    if options.mail and not options.monday:
        raise UserError("Only the Monday run sends mails.", "Add --monday, or leave --mail out.")
    if options.monday:
        return publish_commands.run_monday(options)
    with opened(options) as book:
        codes = None if options.all else [options.producer]
        if options.sign:
            written = publish_commands.write_sealed(book, codes, options)
        else:
            written = scorecards.write_pdfs(
                book,
                options.week,
                codes,
                options.out,
                at=clock.now(book),
                as_of=options.as_of,
                blank=options.blank,
                one_file=options.one_file,
            )
    return Answer({"files": [publish_commands.written_file(one) for one in written]})


# --- keeping the book -----------------------------------------------------------------------------------------------


def _check(options: Namespace) -> Answer:
    from desktop.services import books, examining

    with opened(options) as book:
        verdict = books.check(book, examining.EXAMINERS)
    problems = [{"what": problem.what, "where": problem.where} for problem in verdict.problems]
    if not verdict.ok:
        tell(f"The book is damaged: {problems[0]['what']} ({problems[0]['where']}). Restore the latest backup.")
    return Answer({"ok": verdict.ok, "problems": problems}, 0 if verdict.ok else 1)


def _backup(options: Namespace) -> Answer:
    from desktop.services import books, clock

    with opened(options) as book:
        done = books.back_up(book, clock.now(book), options.to)
    return Answer({"file": str(done.file), "bytes": done.bytes})


def _restore(options: Namespace) -> Answer:
    from desktop.services import books

    done = books.restore(options.file, options.book, datetime.now())
    return Answer({"file": str(done.file), "previous": None if done.previous is None else str(done.previous)})


# --- the window -----------------------------------------------------------------------------------------------------


def _tour(options: Namespace) -> Answer:
    from desktop import paths
    from desktop.app import starting
    from desktop.services import books

    starting.offscreen()
    from desktop.app import tour

    book = options.book or paths.default_book_path()
    return Answer({"files": tour.take(books.open_book, book, options.out, options.as_of or datetime.now())})


def _open_window(options: Namespace) -> Answer | None:
    from desktop.app import starting

    code = starting.open_window(options.book, demo=options.demo, tell=tell)
    return None if code == 0 else Answer({}, code)


_COMMANDS: Mapping[str, Callable[[Namespace], Answer]] = MappingProxyType(
    {
        "demo": _demo,
        "templates": _templates,
        "import": _import,
        "undo": _undo,
        "settings": _settings,
        "dashboard": _dashboard,
        "records": _records,
        "scorecard": _scorecard,
        "availability": _availability,
        **kpi_commands.COMMANDS,
        **money_commands.COMMANDS,
        **planning.COMMANDS,
        **report_commands.COMMANDS,
        **publish_commands.COMMANDS,
        **routing_commands.COMMANDS,
        **ams_commands.COMMANDS,
        "export": _export,
        "check": _check,
        "backup": _backup,
        "restore": _restore,
        "tour": _tour,
    }
)
