"""The commands of published and signed weeks: `publish`, `amendments`, `verify`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.cli.asking import opened
from desktop.cli.printing import Answer
from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.core.frozen import Number
    from desktop.models.book import Book
    from desktop.services.publishing import Amendment
    from desktop.services.scorecard_files import WrittenScorecard
    from desktop.services.verifying import Verification


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


def write_sealed(book: Book, codes: Sequence[str] | None, options: Namespace) -> list[WrittenScorecard]:
    """The files of `scorecard --sign`."""
    from desktop.services import clock, previews, signing

    now = clock.now(book)
    return signing.write_sealed(
        book, options.week, codes, options.out, at=now, author=previews.author_at(now), as_of=options.as_of,
        one_file=options.one_file,
    )  # fmt: skip


def run_monday(options: Namespace) -> Answer:
    """`scorecard --all --monday [--mail]`: the scorecards as they were sealed, their cover, and mails to each."""
    from desktop.services import batch, clock

    if not options.all or options.one_file:
        raise UserError("The Monday run is for all producers, a file each.", "Write --all, without --one-file.")
    with opened(options) as book:
        done = batch.run(book, batch.Round(options.week, options.out, options.mail), clock.now(book))
    return Answer(
        {
            "files": [written_file(one) for one in done.written],
            "cover": str(done.cover),
            "sent": list(done.sent),
            "without_address": list(done.without_address),
            "problems": list(done.problems),
        },
        1 if done.problems else 0,
    )


def written_file(one: WrittenScorecard) -> dict[str, object]:
    """A file of `scorecard`'s answer."""
    return {
        "producer": one.producer,
        "producer_name": one.producer_name,
        "week": one.week,
        "file": str(one.file),
        "sha256": one.sha256,
        "signed": one.signed,
    }


def _amount(one: Amendment, value: Number | None) -> Number | bool | None:
    from desktop.cli.answers import dollars, rate
    from desktop.core.production import Unit

    if value is None or one.unit is Unit.COUNT:
        return bool(value) if one.metric.endswith("on_track") and value is not None else value
    return rate(value) if one.unit is Unit.RATE else dollars(round(value))


def _verify(options: Namespace) -> Answer:
    from desktop.services import verifying

    with opened(options) as book:
        found = verifying.verify(book, options.file)
    return Answer(_verified(found), 0 if found.untouched else 1)


def _verified(found: Verification) -> dict[str, object]:
    return {
        "file": str(found.file),
        "signed": found.signed,
        "intact": found.intact,
        "covers_whole_file": found.covers_whole_file,
        "modified_after": found.modified_after,
        "signers": [
            {"name": one.name, "role": one.role, "at": one.at, "trusted": one.trusted} for one in found.signers
        ],
    }


COMMANDS: Mapping[str, Callable[[Namespace], Answer]] = MappingProxyType(
    {"publish": _publish, "amendments": _amendments, "verify": _verify}
)
