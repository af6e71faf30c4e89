"""The ways in which leads arrive by themselves, and the one way they are received: imported, checked, routed at once.

A way in is anything that hands out deliveries and is told what became of each: today a watched folder, later a mailbox
or a web form. What is dropped on the window is looked at first and then received alike (files.md 1), what is typed goes
through the same routing (routing.md 3). Knows no timer and no window.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.core.progress import SILENT, Progress
from desktop.errors import UserError
from desktop.models import facts_routing, imports
from desktop.services import previews, routing, watching
from desktop.services.drops import ImportResult
from desktop.services.previews import Preview
from desktop.services.watching import Arrival, Outcome

if TYPE_CHECKING:
    from desktop.models.book import Book


FRESH_DAYS = 30
"""Leads that are older are a past that was brought in: nobody's clock is started on them, and they wait for a hand."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Files that are complete and were not received before; `marks` are the way in's own names for them."""

    paths: tuple[Path, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a delivery: of its files, and of the leads that came with it (`routed`, and those that wait)."""

    arrival: Arrival
    routed: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a drop that was looked at, and of the leads that came with it, as `Received`."""

    result: ImportResult
    routed: int = 0
    waiting: int = 0


class Intake(Protocol):
    """A way in. Each delivery is handed out until it is settled, and a settled one never again."""

    def deliveries(self) -> Sequence[Delivery]:
        """What is there to be received. UserError when the way in cannot be looked into."""
        ...

    def settle(self, delivery: Delivery, *, received: bool) -> None:
        """Takes note that the delivery is done with: `received`, or put aside until the way in is opened anew."""
        ...


class FolderIntake:
    """A folder. A file is handed out once it has looked the same twice in a row, and again only if it changes."""

    def __init__(self, folder: Path, seen: Iterable[str]) -> None:
        self.folder = folder
        self.seen = set(seen)
        self._aside: set[str] = set()
        self._before: set[str] = set()

    def deliveries(self) -> Sequence[Delivery]:
        """The new files that no longer grow, together; what is gone from the folder need not be remembered."""
        found = watching.scan(self.folder)
        ready = [mark for mark in found if mark in self._before and mark not in self.seen and mark not in self._aside]
        self._before = set(found)
        self.seen &= found.keys()
        return [Delivery(tuple(found[mark] for mark in ready), tuple(ready))] if ready else []

    def settle(self, delivery: Delivery, *, received: bool) -> None:
        """Never hands these files out again; those put aside only by another `FolderIntake`."""
        (self.seen if received else self._aside).update(delivery.marks)


def receive(book: Book, delivery: Delivery, now: datetime, progress: Progress = SILENT) -> Received:
    """Import what was delivered, if nothing about it is in question, and route the leads that are new with it.

    Files whose very bytes were imported before, under any name, are passed over, even where that import was undone:
    somebody did not want it. Undoing the import takes the routing along.
    """
    fresh = [path for path in delivery.paths if not imports.was_imported(book, _sha256(path))]
    if not fresh:
        return Received(Arrival(delivery.paths, Outcome.NOTHING))
    before = _unassigned(book)
    arrival = watching.take_in(book, fresh, now, progress)
    if arrival.outcome is not Outcome.TAKEN:
        return Received(arrival)
    return Received(arrival, *_route_new(book, before, now))


def apply(
    book: Book, shown: Preview, now: datetime, answers: Mapping[str, str], progress: Progress = SILENT
) -> Applied:
    """Import what was dropped and shown, and route the leads that are new with it; as `previews.apply`."""
    before = _unassigned(book)
    result = previews.apply(book, shown, now, answers, progress)
    return Applied(result, *_route_new(book, before, now))


def _route_new(book: Book, before: Mapping[str, datetime], now: datetime) -> tuple[int, int]:
    """Route the leads that have no owner and were not among `before`: how many were, and how many wait."""
    came = {key: at for key, at in _unassigned(book).items() if key not in before}
    fit = {key for key, at in came.items() if at >= now - timedelta(days=FRESH_DAYS)}
    if not fit:
        return 0, len(came)
    routed = len(routing.route_these(book, fit, now, previews.author_at(now)).assignments)
    return routed, len(came) - routed


def unsettled(book: Book, paths: Sequence[Path]) -> list[Path]:
    """Those of the files that are still there and were not imported in the meantime, by whatever way."""
    return [path for path in paths if path.is_file() and not imports.was_imported(book, _sha256(path))]


def _unassigned(book: Book) -> dict[str, datetime]:
    """The leads without owner and when they came."""
    found = facts_routing.unassigned(book, datetime.max.replace(microsecond=0))
    return {one.lead_id: facts_routing.moment(one.received_at) for one in found}


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UserError(
            f"{path.name} cannot be read ({error.strerror}).", "Look at it in the watched folder."
        ) from None
