"""A lead that is typed in: checked and enriched while it is typed, kept and routed at once (routing.md 3).

What is typed is held in the book until it is kept, so that a crash loses no word. Decides nothing itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from desktop.core import intake, phones, zips
from desktop.core.templates import TEMPLATES, Cell
from desktop.errors import UserError
from desktop.models import entries, grid_drafts, journal
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.services import configuration, corrections, routing, trials
from desktop.services.edits import Changes, refresh
from desktop.services.routing import Routed

if TYPE_CHECKING:
    from desktop.models.book import Book

FIELDS = (*trials.FIELDS, "consent", "note")
_DRAFT = "typed_lead"


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a lead as typed: `wrong` and `said` by field, what is lacking, who would get it and why."""

    wrong: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    state: str | None = None
    owner: str | None = None
    because: str = ""
    merged_into: str | None = None
    client: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A lead that was kept: `routed` says whose it became and why, None where it needs attention."""

    lead_id: str
    routed: Routed | None
    lacking: tuple[str, ...]
    changes: Changes


def look(book: Book, texts: Mapping[str, str], at: datetime) -> Looked:
    """Check and enrich what is typed so far; nothing is kept, and an unreadable field is an answer, no error."""
    cells, wrong = _read(texts, at.date())
    said, state = _enriched(cells)
    if wrong:
        return Looked(wrong, said, (), state)
    lead = trials.read_lead(book, {name: texts.get(name, "") for name in trials.FIELDS} | _stated(texts, state), at)
    lacking = intake.missing(lead)
    if lacking:
        return Looked(wrong, said, lacking, state)
    found = routing.try_lead(book, lead, at)
    made = found.decision
    return Looked(wrong, said, lacking, state, found.producer_name, made.because, made.merged_into, made.client)


def _stated(texts: Mapping[str, str], state: str | None) -> dict[str, str]:
    return {} if texts.get("state", "").strip() or state is None else {"state": state}


def _read(texts: Mapping[str, str], today: date) -> tuple[dict[str, Cell], dict[str, str]]:
    """The cells that can be read, and what is wrong with the others."""
    cells: dict[str, Cell] = {}
    wrong: dict[str, str] = {}
    for name in FIELDS:
        text = texts.get(name, "").strip()
        if not text:
            continue
        try:
            cells[name] = corrections.read("leads", name, text, today)
        except UserError as error:
            wrong[name] = f"{error.what} {error.what_to_do}"
    for name, check in (("email", _email_problem), ("phone", _phone_problem)):
        problem = check(str(cells[name])) if cells.get(name) else None
        if problem is not None:
            wrong[name] = problem
            del cells[name]
    return cells, wrong


def _email_problem(address: str) -> str | None:
    """Why nothing can be sent there by the way it is written; nobody is asked over the network."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        return str(error)
    return None


def _phone_problem(phone: str) -> str | None:
    """Why nobody can be called there by the number's form."""
    import phonenumbers

    try:
        number = phonenumbers.parse(phone, "US")
    except phonenumbers.NumberParseException:
        return "This is no phone number. Type ten digits, or + and the country."
    if phonenumbers.is_possible_number(number):
        return None
    return "This is no phone number: it has too few or too many digits."


def _is_in_plan(phone: str) -> bool:
    """Whether numbers like this one are given out at all."""
    import phonenumbers

    return phonenumbers.is_valid_number(phonenumbers.parse(phone, "US"))


def _enriched(cells: Mapping[str, Cell]) -> tuple[dict[str, str], str | None]:
    """What the fields are understood as, in words, and the state of the ZIP."""
    from desktop import places

    said: dict[str, str] = {}
    state = None
    code = str(cells.get("zip") or "")
    if code:
        place = None if zips.is_canadian(code) else places.zip_place(code[:5])
        if place is not None:
            state, said["zip"] = place.state, f"{place.city}, {place.county}, {place.state}"
        elif not zips.is_canadian(code):
            said["zip"] = f"There is no ZIP {code[:5]}; it is kept and marked unknown."
    if cells.get("phone"):
        phone = str(cells["phone"])
        doubt = "" if _is_in_plan(phone) else "; no such numbers are given out, so check it"
        said["phone"] = f"Understood as {phones.written(phone)}{doubt}."
    return said, state


def keep(book: Book, texts: Mapping[str, str], at: datetime, author: Author) -> Kept:
    """Keep the lead as received at the moment and route it at once, as two undoable actions; the draft is done with.

    UserError for a field that cannot be read, or without a name to find the lead by.
    """
    cells, wrong = _read(texts, at.date())
    if wrong:
        raise _unreadable(wrong)
    if not any(cells.get(name) for name in ("first_name", "last_name", "business_name")):
        raise UserError("The lead has no name.", "Type a person's or a business's name.")
    said_state = _enriched(cells)[1]
    lead_id = f"T-{at:%y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    row: dict[str, Cell] = {name: cells.get(name) for name in TEMPLATES["leads"].names}
    row |= {"lead_id": lead_id, "received_at": at.isoformat(timespec="seconds")}
    row["state"] = row["state"] or said_state
    label = f"Enter the lead {cells.get('business_name') or cells.get('last_name') or cells.get('first_name')}"
    with book.transaction():
        action = journal.open_action(book, author, "leads.add", label)
        entries.write(book, action, Aliases(book), "leads", None, row, author.at)
        refresh(book, journal.changes_of(book, action))
        outcome = routing.route_these(book, {lead_id}, at, author)
        forget(book)
    routed = next(iter((*outcome.assignments, *outcome.unassigned)), None)
    lacking = intake.missing(routing.kept_lead(book, lead_id))
    return Kept(lead_id, routed, lacking, Changes(label))


def _unreadable(wrong: Mapping[str, str]) -> UserError:
    name, why = next(iter(wrong.items()))
    return UserError(f"{name.replace('_', ' ').capitalize()}: {why}", "Change it, and the lead can be kept.")


def choices_of(book: Book) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the lines of insurance, and of the sources that are known."""
    from desktop.models import facts_speed

    return tuple(line.name for line in configuration.load(book).lines), tuple(
        one.source for one in facts_speed.costs(book)
    )


def hold(book: Book, texts: Mapping[str, str]) -> None:
    """Hold what is typed so far; nothing typed, nothing held."""
    if any(text.strip() for text in texts.values()):
        grid_drafts.write(book, _DRAFT, dict(texts))
    else:
        grid_drafts.drop(book, _DRAFT)


def held(book: Book) -> dict[str, str]:
    """What was typed and not kept."""
    found: Any = grid_drafts.read(book, _DRAFT)
    return {} if found is None else {str(name): str(text) for name, text in found.items()}


def forget(book: Book) -> None:
    """What was typed is kept, or given up."""
    grid_drafts.drop(book, _DRAFT)
