"""What stands at the head of every page: the agency's name, address, logo and paper, read and changed together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models import scorecards as repository
from desktop.models.journal import Author
from desktop.services import configuration, scorecards
from desktop.services.edits import Changes

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Head:
    """`paper` is `letter` or `a4`; `logo` a PNG or JPEG picture."""

    name: str
    address: str
    paper: str
    logo: bytes | None


def read(book: Book) -> Head:
    """The head of the agency's pages."""
    settings = configuration.load(book)
    return Head(settings.agency_name, settings.agency_address, settings.paper, repository.logo(book))


def save(book: Book, head: Head, author: Author) -> Changes:
    """Keep what changed, as undoable actions; UserError where the logo is no picture that can be printed."""
    with book.transaction():
        before = read(book)
        logo_changed = head.logo != before.logo
        if logo_changed:
            scorecards.set_logo(book, head.logo, author)
        wanted = {"agency.name": head.name, "agency.address": head.address, "paper": head.paper}
        known = {"agency.name": before.name, "agency.address": before.address, "paper": before.paper}
        differing = {key: value for key, value in wanted.items() if value != known[key]}
        if differing:
            configuration.set_values(book, differing, author)
    return Changes("Change the letterhead", logo_changed or bool(differing))
