"""What the page of retention shows beside the ratios: renewals' change of premium, and accounts to be rounded.

No formula of its own, no SQL. Figures are defined in metrics.md 5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import periods, rounding
from desktop.core.money import exact, ratio
from desktop.core.periods import Period
from desktop.core.rounding import ClientAccount, Definition, Meaning
from desktop.core.templates import TEMPLATES, Cell
from desktop.errors import UserError
from desktop.models import edits, entries, facts_accounts, journal
from desktop.models.facts_accounts import ClientName, Renewed
from desktop.models.journal import Author
from desktop.models.people import Aliases
from desktop.models.storage import STORAGES
from desktop.services import money_facts, retention
from desktop.services.edits import Changes
from desktop.services.grids import read_cell
from desktop.services.retention import LostPolicy, Ratios
from desktop.services.scopes import scope

if TYPE_CHECKING:
    from desktop.models.book import Book

_DEFINITION, _SPENDS = "account_rounding", "client_spends"


@dataclass(frozen=True, slots=True)
class RenewalChange:
    """The renewals of a period beside the terms before them: premium in cents, and the change as a fraction."""

    renewals: tuple[Renewed, ...]
    before: int
    after: int
    change: float | None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A client whose account is not round: name, policies and lines, premium with us and all spending (cents)."""

    key: str
    client: str
    policies: int
    lines: tuple[str, ...]
    premium: int
    spend: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class RoundingFigure:
    """Accounts by the agency's own definition at the end of the period."""

    definition: Definition
    round: int
    share_round: float | None
    to_round: tuple[AccountRow, ...]
    unknown: tuple[AccountRow, ...]


@dataclass(frozen=True, slots=True)
class ReasonLeft:
    """Why clients and policies left: counts, and premium and commission as they were, in cents."""

    reason: str
    clients: int
    policies: int
    premium: int
    commission: int


@dataclass(frozen=True, slots=True)
class KeptReview:
    """Retention with what explains it; `left` groups the policies lost by reason, the most premium first."""

    found: Ratios
    left: tuple[ReasonLeft, ...]
    renewed: RenewalChange

    @property
    def empty(self) -> bool:
        """Whether nothing was in force on either day."""
        return self.found.policies.begin == 0 and self.found.averages.policies_per_client is None


def review(book: Book, period: Period, now: datetime, producer: str | None = None) -> KeptReview:
    """Retention of a period as known now (or at its end), all or one producer's. UserError for an unknown code."""
    as_of, whose = periods.default_as_of(period, now), scope(book, producer)
    found = retention.ratios(book, period, as_of, producer)
    within = Period(period.start, max(period.start, found.last))
    renewed = facts_accounts.renewals(book, within, as_of.date().isoformat(), whose.producer)
    return KeptReview(found, _left(found.lost), _change(renewed))


def reason_of(one: LostPolicy) -> str:
    """Why a policy was lost, as these are grouped: a rewrite is one, whatever reason the cancellation was given."""
    if one.rewritten_as is not None:
        return "rewritten"
    return (one.reason or ("not renewed" if one.lapsed else "no reason given")).replace("_", " ")


def _left(lost: Sequence[LostPolicy]) -> tuple[ReasonLeft, ...]:
    reasons: dict[str, list[LostPolicy]] = {}
    for one in lost:
        reasons.setdefault(reason_of(one), []).append(one)
    # a client who lost several policies counts once, under the reason of most of them
    of_client: dict[str, Counter[str]] = {}
    for reason, ones in reasons.items():
        for one in ones:
            if one.client_lost:
                of_client.setdefault(one.client, Counter())[reason] += 1
    clients = Counter(counts.most_common(1)[0][0] for counts in of_client.values())
    rows = [
        ReasonLeft(
            reason,
            clients.get(reason, 0),
            len(ones),
            sum(one.premium for one in ones),
            sum(one.commission for one in ones),
        )
        for reason, ones in reasons.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.premium, row.reason)))


def _change(found: Sequence[Renewed]) -> RenewalChange:
    before, after = sum(one.before for one in found), sum(one.after for one in found)
    share = ratio(after - before, before)
    return RenewalChange(tuple(found), before, after, None if share is None else float(share))


# --- rounding ---------------------------------------------------------------------------------------------------------


def definition(book: Book) -> Definition:
    """What the agency calls a round account; another policy until it says otherwise."""
    for one in entries.read(book, _DEFINITION):
        share = one.cells["share"]
        default = Definition().share
        return Definition(Meaning(str(one.cells["meaning"])), default if share is None else exact(float(share)))
    return Definition()


def set_definition(book: Book, wanted: Definition, author: Author) -> Changes:
    """Keep the agency's definition, as one undoable action. UserError for a share that is none."""
    if not 0 < wanted.share <= 1:
        raise UserError("A share of the spend lies between 0 and 100 %.", "Give one such as 75 %.")
    old = next((one.key for one in entries.read(book, _DEFINITION)), None)
    cells: dict[str, Cell] = {"name": "definition", "meaning": wanted.meaning.value, "share": float(wanted.share)}
    label = "Change what a round account is"
    with book.transaction():
        action = journal.open_action(book, author, "rounding.change", label)
        changed = entries.write(book, action, Aliases(book), _DEFINITION, old, cells, author.at)
    return Changes(label, changed)


def read_spend(text: str, today: date) -> int | None:
    """Typed dollars as cents, None for nothing typed. UserError for what cannot be read or is less than nothing."""
    template = TEMPLATES[_SPENDS]
    cell = read_cell(replace(template.columns[template.index("spend")], required=False), text, today)
    spend = None if cell is None else int(cell)
    _check_spend(spend)
    return spend


def _check_spend(spend: int | None) -> None:
    if spend is not None and spend < 0:
        raise UserError("A client cannot spend less than nothing.", "Give the annual premium of all policies.")


def set_spend(book: Book, client_key: str, spend: int | None, author: Author) -> Changes:
    """Keep what a client spends on insurance in all, in cents (None: not known), as one undoable action.

    UserError for a client who is gone, or an amount of less than nothing.
    """
    _check_spend(spend)
    row = edits.read_row(book, STORAGES["clients"].table, client_key)
    if row is None:
        raise UserError("The client is no longer in the book.", "Refresh the list.")
    cells: dict[str, Cell] = {
        "client_id": row["client_id"],
        "client": row["name"],
        "zip": row["zip"],
        "spend": spend,
    }
    label = f"Insurance spend of {row['name']}"
    names = Aliases(book)
    key = entries.key_of(names, _SPENDS, cells)
    with book.transaction():
        action = journal.open_action(book, author, "client.spend", label)
        changed = entries.write(book, action, names, _SPENDS, key, cells, author.at)
    return Changes(label, changed)


def rounding_through(book: Book, period: Period, now: datetime, producer: str | None = None) -> RoundingFigure:
    """The accounts in force at the end of the period, or now."""
    return account_rounding(book, min(periods.default_as_of(period, now), periods.end_of(period.end)), producer)


def account_rounding(book: Book, as_of: datetime, producer: str | None = None) -> RoundingFigure:
    """The accounts in force at `as_of` by the agency's definition, of everybody or of one producer's clients."""
    day, whose, wanted = as_of.date(), scope(book, producer), definition(book)
    in_force = money_facts.in_force(book, day, day).policies
    names = facts_accounts.clients(book, {policy.client for policy in in_force.values()})
    spends = facts_accounts.spends(book)
    known = {row: spend for row, name in names.items() if (spend := _spend_of(name, spends)) is not None}
    mine = {policy.client for policy in in_force.values() if policy.counts_for(whose.producer)}
    accounts = [one for one in rounding.accounts(in_force, known) if one.client in mine]
    found = rounding.rounding(accounts, wanted)
    return RoundingFigure(
        definition=wanted,
        round=found.round,
        share_round=_float(found.share_round),
        to_round=tuple(_row(one, names) for one in found.to_round),
        unknown=tuple(_row(one, names) for one in found.unknown),
    )


def _spend_of(name: ClientName, spends: dict[tuple[str | None, str, str | None], int]) -> int | None:
    if name.client_id is not None and (spend := spends.get((name.client_id, "", None))) is not None:
        return spend
    return spends.get((None, name.name.casefold(), name.zip))


def _row(one: ClientAccount, names: dict[object, ClientName]) -> AccountRow:
    name = names.get(one.client)
    return AccountRow(
        key="" if name is None else name.key,
        client=one.policies[0] if name is None else name.name,
        policies=len(one.policies),
        lines=one.lines,
        premium=one.premium,
        spend=one.spend,
        share=_float(one.share),
    )


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
