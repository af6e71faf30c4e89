"""What the routing commands do: open the book, call one service each, shape the answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from types import MappingProxyType

from desktop.cli.asking import asked_period, opened
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


def _escalate(options: Namespace) -> Answer:
    from desktop.cli import answers_routing
    from desktop.services import clock, escalating, previews, sending

    with opened(options) as book:
        now = clock.now(book)
        at = options.at or now
        sending.recover(book)
        found = escalating.escalate(book, at, previews.author_at(now), sending.channels(book))
        for _key, problem in sending.send_waiting(book, at).problems:
            tell(problem)
    return Answer(answers_routing.escalated(found))


def _coverage(options: Namespace) -> Answer:
    from desktop.cli import answers_routing
    from desktop.services import clock, territories

    with opened(options) as book:
        found = territories.check(book, options.at or clock.now(book))
    for rule, why in found.unreadable.items():
        tell(f"Territory rule {rule} covers nothing: {why}")
    return Answer(answers_routing.checked(found))


def _simulate(options: Namespace) -> Answer:
    from desktop.cli import answers_routing
    from desktop.services import simulating

    with opened(options) as book:
        period, as_of = asked_period(book, options)
        models = [options.model] if options.compare is None else [options.model, options.compare]
        return Answer(answers_routing.simulated(simulating.simulate(book, period, as_of, models, options.producer)))


COMMANDS: Mapping[str, Callable[[Namespace], Answer]] = MappingProxyType(
    {"rules": _rules, "route": _route, "escalate": _escalate, "coverage": _coverage, "simulate": _simulate}
)
