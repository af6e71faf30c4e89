"""Somebody leaves: open leads, clients, territories and roles go to others, previewed first, applied as one step.

Changes of owner are dated and history keeps: what was bound stays with whoever bound it. Deals by `core.handover`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from desktop.core import handover, territories
from desktop.core.handover import Item, Receiver, Share, Way
from desktop.core.team import Person
from desktop.core.templates import Cell
from desktop.errors import UserError
from desktop.models import edits, entries, facts_people, journal
from desktop.models import handover as holdings
from desktop.models.entries import Entry
from desktop.models.handover import Holding
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.services import configuration, people
from desktop.services.edits import Changes, refresh

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Order:
    """Who leaves, the last day, and who takes what: `weights` by receiver's code, roles to one person each.

    `roles_to` takes backup roles, people led, the overflow of routing and service of clients; None leaves them open.
    """

    leaver: str
    last_day: date
    weights: Mapping[str, int]
    leads: Way = Way.TURNS
    book: Way = Way.TURNS
    territories_to: str | None = None
    roles_to: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one person would get; premium in cents."""

    code: str
    name: str
    leads: Share
    clients: Share
    territories: int
    roles: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole of a handover, before it is done. `leads` and `clients` say per item who takes it over.

    `policies`: those in force with these clients; `elsewhere`: the leaver's with clients of somebody else already.
    """

    order: Order
    name: str
    at: datetime
    receipts: tuple[Receipt, ...]
    leads: Mapping[str, str]
    clients: Mapping[str, str]
    territories: tuple[Entry, ...]
    roles: tuple[tuple[str, str], ...]
    policies: Share
    elsewhere: Share
    warnings: tuple[str, ...] = field(default=())


def plan(book: Book, order: Order, now: datetime) -> Plan:
    """What would go to whom. UserError for codes there are not, or where nobody takes over."""
    leaver = _person(book, order.leaver)
    at = max(now.replace(microsecond=0), datetime.combine(order.last_day + timedelta(days=1), time()))
    held = _spelled_alike(book, holdings.holding(book, leaver.id, now))
    receivers = _receivers(book, order, needed=bool(held.leads or held.clients))
    owner_of = _owner_of(book, order, at.date())
    leads = handover.deal(held.leads, receivers, order.leads, owner_of)
    clients = handover.deal(held.clients, receivers, order.book, owner_of)
    rows = tuple(one for one in entries.read(book, "territories") if _names(one, leaver.code, _until(at)))
    made = Plan(
        order=order,
        name=leaver.name,
        at=at,
        receipts=(),
        leads=leads,
        clients=clients,
        territories=rows,
        roles=tuple(_roles(book, leaver.code)),
        policies=held.policies,
        elsewhere=held.elsewhere,
        warnings=tuple(_warnings(book, leaver.code, leaver.name)),
    )
    return _with_receipts(book, made, held.leads, held.clients)


def apply(book: Book, made: Plan, author: Author) -> Changes:
    """Do what the plan says, in one transaction, as one undoable action."""
    order = made.order
    label = f"Hand over from {made.name}"
    with book.transaction():
        leaver = _person(book, order.leaver)
        action, names = journal.open_action(book, author, "person.leave", label), Aliases(book)
        for lead, code in made.leads.items():
            cells: dict[str, Cell] = {"lead_id": lead, "at": made.at.isoformat(), "producer": code}
            entries.write(book, action, names, "owners", None, cells, author.at)
        _move_clients(book, action, made, names, author)
        _move_territories(book, action, made, leaver.code, author)
        _move_roles(book, action, made, leaver.id, author)
        leaving: dict[str, Cell] = {"left_on": order.last_day.isoformat()}
        if order.last_day < made.at.date() and order.last_day.isoformat() < author.at[:10]:
            leaving["status"] = "inactive"
        edits.edit_row(book, action, "producer", leaver.code.casefold(), leaving, author.at)
        refresh(book, journal.changes_of(book, action))
    return Changes(label)


# --- who and what -----------------------------------------------------------------------------------------------------


def _person(book: Book, code: str) -> Person:
    for one in facts_people.people(book):
        if one.code.casefold() == code.strip().casefold():
            return one
    raise UserError(f"There is nobody with the code {code}.", "Choose somebody from the list.")


def _receivers(book: Book, order: Order, *, needed: bool) -> list[Receiver]:
    known = {one.code: one for one in people.members(book)}
    leaver = order.leaver.casefold()
    named = [*order.weights, *(code for code in (order.territories_to, order.roles_to) if code is not None)]
    for code in named:
        if code not in known:
            raise UserError(f"There is nobody with the code {code}.", "Choose somebody from the list.")
        if code.casefold() == leaver:
            raise UserError("Who leaves cannot take over.", "Choose somebody else.")
    if needed and not order.weights:
        raise UserError("Nobody takes over.", "Choose at least one person who takes the open leads and clients.")
    spelled = configuration.load(book).line_named
    return [
        Receiver(code, weight, frozenset(spelled(one) or one for one in _parts(known[code].facts["lines"])))
        for code, weight in order.weights.items()
    ]


def _parts(text: Cell) -> list[str]:
    return [part.strip() for part in str(text or "").split(";") if part.strip()]


def _spelled_alike(book: Book, held: Holding) -> Holding:
    """Lines as the agency spells them, so that HO3 goes to who writes Homeowners."""
    named = configuration.load(book).line_named

    def alike(item: Item) -> Item:
        return item if item.line is None else replace(item, line=named(item.line) or item.line)

    return replace(held, leads=tuple(map(alike, held.leads)), clients=tuple(map(alike, held.clients)))


def _owner_of(book: Book, order: Order, on: date) -> Callable[[str], str | None]:
    """The producer of a ZIP by the map without the leaver: the backup, or who takes the territories, in their place."""
    rules = []
    for number, one in enumerate(entries.read(book, "territories"), 1):
        producer = one.cells["producer"]
        if str(producer or "").casefold() == order.leaver.casefold():
            producer = order.territories_to or one.cells["backup"]
        rules.append(
            territories.Rule(
                id=number,
                territory=str(one.cells["territory"]),
                zip_from=str(one.cells["zip_from"]),
                zip_to=_text(one.cells["zip_to"]),
                producer=_text(producer),
                priority=int(one.cells["priority"] or 0),
                valid_from=_day(one.cells["valid_from"]),
                valid_to=_day(one.cells["valid_to"]),
            )
        )
    compiled = territories.compile(rules, on)

    def owner_of(zip_code: str) -> str | None:
        rule = compiled.lookup(zip_code)
        return None if rule is None else rule.producer

    return owner_of


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def _day(cell: Cell) -> date | None:
    return None if cell is None else date.fromisoformat(str(cell))


def _until(at: datetime) -> date:
    """The last day on which territories stay as they were when they change hands at a moment."""
    return at.date() - timedelta(days=1)


def _names(row: Entry, code: str, last: date) -> bool:
    """Whether a territory row names the leaver and holds beyond the day `last`."""
    until = _day(row.cells["valid_to"])
    named = {str(row.cells[column] or "").casefold() for column in ("producer", "backup")}
    named |= {part.casefold() for part in _parts(row.cells["pool"])}
    return code.casefold() in named and (until is None or until > last)


def _roles(book: Book, code: str) -> Iterable[tuple[str, str]]:
    """(kind, whose): backup and manager of people, service of clients, overflow of routing."""
    for one in people.members(book):
        for kind in ("backup", "manager"):
            if str(one.facts[kind] or "").casefold() == code.casefold():
                yield kind, one.code
    for key in holdings.client_roles(book, _person(book, code).id):
        yield "csr", key
    if (configuration.load(book).overflow or "").casefold() == code.casefold():
        yield "overflow", "routing.overflow"


def _warnings(book: Book, code: str, name: str) -> Iterable[str]:
    naming = [
        str(one.cells["name"]) for one in entries.read(book, "rules") if f'"{code}"' in str(one.cells["then"] or "")
    ]
    if naming:
        yield f"Routing rules name {name}, who gets nothing by them from then on: {', '.join(naming)}."


def _with_receipts(book: Book, made: Plan, leads: Iterable[Item], clients: Iterable[Item]) -> Plan:
    by_lead, by_client = handover.shares(leads, made.leads), handover.shares(clients, made.clients)
    none = Share(0, 0)
    order = made.order
    codes = dict.fromkeys(
        [*order.weights, *(code for code in (order.territories_to, order.roles_to) if code is not None)]
    )
    receipts = tuple(
        Receipt(
            code=code,
            name=_person(book, code).name,
            leads=by_lead.get(code, none),
            clients=by_client.get(code, none),
            territories=len(made.territories) if code == order.territories_to else 0,
            roles=len(made.roles) if code == order.roles_to else 0,
        )
        for code in codes
    )
    return replace(made, receipts=receipts)


# --- doing it ---------------------------------------------------------------------------------------------------------


def _move_clients(book: Book, action: int, made: Plan, names: Aliases, author: Author) -> None:
    """A client goes with those that were merged into it."""
    with_it = holdings.merged_into(book, made.clients)
    for key, code in made.clients.items():
        for one in (key, *with_it.get(key, ())):
            edits.edit_row(book, action, "client", one, {"producer": names.id_of(code)}, author.at)


def _move_territories(book: Book, action: int, made: Plan, leaver: str, author: Author) -> None:
    """Rows that hold by then end and go on under the receiver from the next day; rows of later days change hands."""
    receiver, last, names = made.order.territories_to, _until(made.at), Aliases(book)
    if receiver is None:
        return
    for row in made.territories:
        after = dict(row.cells)
        for column in ("producer", "backup"):
            if str(after[column] or "").casefold() == leaver.casefold():
                after[column] = receiver
        if after["backup"] == after["producer"]:
            after["backup"] = None
        after["pool"] = _pool(after["pool"], leaver, receiver)
        starts = _day(after["valid_from"])
        if starts is not None and starts > last:
            entries.write(book, action, names, "territories", row.key, after, author.at)
            continue
        entries.write(
            book, action, names, "territories", row.key, {**row.cells, "valid_to": last.isoformat()}, author.at
        )
        after["valid_from"] = (last + timedelta(days=1)).isoformat()
        entries.write(book, action, names, "territories", None, after, author.at)


def _pool(pool: Cell, leaver: str, receiver: str) -> Cell:
    kept = dict.fromkeys(receiver if code.casefold() == leaver.casefold() else code for code in _parts(pool))
    return ";".join(kept) or None


def _move_roles(book: Book, action: int, made: Plan, leaver: int, author: Author) -> None:
    code = made.order.roles_to
    if code is None:
        return
    alias = Aliases(book).id_of(code)
    for kind, whose in made.roles:
        if kind in {"backup", "manager"}:
            own = whose.casefold() == code.casefold()
            edits.edit_row(book, action, "producer", whose.casefold(), {kind: None if own else alias}, author.at)
        elif kind == "csr":
            edits.edit_row(book, action, "client", whose, {"csr": alias}, author.at)
        else:
            configuration.write_value(book, action, whose, code, author.at)
