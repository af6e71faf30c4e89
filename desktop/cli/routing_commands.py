"""What the routing commands do: open the book, call one service each, shape the answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from types import MappingProxyType

from desktop.cli.asking import opened
from desktop.cli.printing import Answer, tell


def _rules(options: Namespace) -> Answer:
    from desktop.services import clock, previews, rules

    with opened(options) as book:
        if options.verb == "export":
            return Answer(rules.as_json(rules.export_file(book, options.file)))
        return Answer(rules.as_json(rules.import_file(book, options.file, previews.author_at(clock.now(book)))))


def _route(options: Namespace) -> Answer:
    from desktop.cli import answers_routing
    from desktop.services import clock, previews, routing

    with opened(options) as book:
        now = clock.now(book)
        at, author = options.at or now, previews.author_at(now)
        if options.file is None:
            found = routing.route(book, at, author, model=options.model, dry_run=options.dry_run)
        else:
            reading = previews.options(book, now)
            found = routing.route_file(
                book, options.file, reading, at, author, model=options.model, dry_run=options.dry_run
            )
    if found.imported is not None:
        for one in found.imported.files:
            for reject in one.rejects:
                tell(f"{one.file}, line {reject.line}: {reject.column} “{reject.value}” {reject.reason}")
    return Answer(answers_routing.routed(found))


COMMANDS: Mapping[str, Callable[[Namespace], Answer]] = MappingProxyType({"rules": _rules, "route": _route})
