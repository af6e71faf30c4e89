"""Retention, closing ratios and averages per client: reads the book on two days, answers with frozen records.

No formula of its own, no SQL. Figures are defined in metrics.md 5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import retention
from desktop.core.closing import ClosingRatio
from desktop.core.money import half_up
from desktop.core.periods import Period
from desktop.core.retention import Averages, Retention
from desktop.models import facts, facts_closing, facts_retention
from desktop.models.facts import Window
from desktop.models.facts_records import Scope
from desktop.models.facts_retention import BookOn, History
from desktop.services import configuration, money_facts
from desktop.services.scopes import scope
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.models.book import Book

REWRITTEN = "Rewritten, so the policy is lost and the client kept"
"""How the note begins that lists them."""
_SNAPSHOT = (
    "No retention: the book holds only lists of active policies, in which nothing has ended or expired. Import the"
    " cancelled and expired policies too."
)


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """Clients or policies at the beginning, those lost, and the share kept."""

    begin: int
    lost: int
    ratio: float | None


@dataclass(frozen=True, slots=True)
class CarriedFigure:
    """Cents at the beginning, cents of the same policies at the end, and end / begin."""

    begin: int
    end: int
    ratio: float | None


@dataclass(frozen=True, slots=True)
class ClosingFigure:
    """Policies bound, the leads or quotes they are measured by, and their ratio."""

    bound: int
    measure: int
    ratio: float | None


@dataclass(frozen=True, slots=True)
class AverageFigures:
    """At the end: cents of premium and of commission per client, policies per client."""

    premium_per_client: int | None
    commission_per_client: int | None
    policies_per_client: float | None


@dataclass(frozen=True, slots=True)
class LostPolicy:
    """A policy in force at the beginning and not at the end, with the premium and commission it had, in cents.

    `lapsed`: it was not renewed. `rewritten_as`: the policy that took its place, None for none. `client_lost`: nothing
    of the client's is in force at the end.
    """

    policy: str
    client: str
    line: str
    over_on: date
    lapsed: bool
    reason: str | None
    premium: int
    commission: int
    rewritten_as: str | None
    client_lost: bool


@dataclass(frozen=True, slots=True)
class Ratios:
    """All of metrics.md 5 over a period; `first` and `last` are the days on which the book was read."""

    period: Period
    as_of: datetime
    first: date
    last: date
    clients: KeptFigure
    policies: KeptFigure
    premium: CarriedFigure
    commission: CarriedFigure
    true_closing: ClosingFigure
    flattering_closing: ClosingFigure
    averages: AverageFigures
    lost: tuple[LostPolicy, ...]
    notes: tuple[str, ...]


def ratios(book: Book, period: Period, as_of: datetime, producer: str | None = None) -> Ratios:
    """Retention, closing ratios and averages of a period as known at `as_of` (metrics.md 5), all or one producer's.

    UserError for a code that nobody has.
    """
    whose, settings = scope(book, producer), configuration.load(book)
    seen = as_of.date()
    first, last = min(period.start, seen), min(period.end, seen)
    begin = money_facts.in_force(book, first, seen)
    end = money_facts.in_force(book, last, seen)
    found = retention.retention(begin.policies, end.policies, whose.producer)
    clients = {begin.policies[number].client for number in found.lost}
    history = facts_retention.histories(book, clients, last, seen, _line_name(settings))
    lost = _lost(found, begin, history)
    only_active = money_facts.lists_only_active(book, seen)
    true, flattering = _closing(book, period, as_of, whose)
    return Ratios(
        period=period,
        as_of=as_of,
        first=first,
        last=last,
        clients=KeptFigure(found.clients.begin, found.clients.lost, _shown(found.clients.ratio, only_active)),
        policies=KeptFigure(found.policies.begin, found.policies.lost, _shown(found.policies.ratio, only_active)),
        premium=CarriedFigure(found.premium.begin, found.premium.end, _shown(found.premium.ratio, only_active)),
        commission=CarriedFigure(
            found.commission.begin, found.commission.end, _shown(found.commission.ratio, only_active)
        ),
        true_closing=true,
        flattering_closing=flattering,
        averages=_averages(retention.averages(end.policies, whose.producer)),
        lost=lost,
        notes=_notes(period, last, found, lost, only_active, end),
    )


def _line_name(settings: Settings) -> Callable[[str], str]:
    """One name for all spellings of a line, so that a rewrite is recognised."""
    return lambda line: settings.line_named(line) or line.casefold()


def _shown(ratio: Fraction | None, only_active: bool) -> float | None:
    return None if ratio is None or only_active else float(ratio)


def _closing(book: Book, period: Period, as_of: datetime, whose: Scope) -> tuple[ClosingFigure, ClosingFigure]:
    """The true and the flattering closing ratio over the same policies bound."""
    (tallies,) = facts.tallies(book, [Window(period, as_of)])
    tally = tallies.agency() if whose.producer is None else tallies.of(whose.producer)
    leads = facts_closing.qualified_leads(book, period, as_of, whose)
    true, flattering = (ClosingRatio(tally.policies_written, measure) for measure in (leads, tally.quotes))
    return _closing_figure(true), _closing_figure(flattering)


def _closing_figure(found: ClosingRatio) -> ClosingFigure:
    return ClosingFigure(found.bound, found.measure, None if found.ratio is None else float(found.ratio))


def _averages(found: Averages) -> AverageFigures:
    policies = found.policies_per_client
    return AverageFigures(
        premium_per_client=_cents(found.premium_per_client),
        commission_per_client=_cents(found.commission_per_client),
        policies_per_client=None if policies is None else float(policies),
    )


def _cents(amount: Fraction | None) -> int | None:
    return None if amount is None else half_up(amount)


def _lost(found: Retention, begin: BookOn, history: History) -> tuple[LostPolicy, ...]:
    rewritten = retention.rewrites(found.lost, history.courses)
    return tuple(
        LostPolicy(
            policy=number,
            client=history.names[policy.client],
            line=policy.line,
            over_on=history.endings[number].on,
            lapsed=history.endings[number].lapsed,
            reason=history.endings[number].reason,
            premium=policy.premium,
            commission=policy.commission,
            rewritten_as=rewritten.get(number),
            client_lost=policy.client in found.lost_clients,
        )
        for number, policy in ((number, begin.policies[number]) for number in found.lost)
    )


def _notes(
    period: Period, last: date, found: Retention, lost: tuple[LostPolicy, ...], only_active: bool, end: BookOn
) -> tuple[str, ...]:
    notes = []
    if only_active:
        notes.append(_SNAPSHOT)
    if last < period.end:
        notes.append(f"The end is {last.isoformat()}, the last day that is known.")
    if any(carried.end > carried.begin for carried in (found.premium, found.commission)):
        notes.append("Premium and commission can pass 100 %: they rise with the rates of the policies that stay.")
    rewritten = [one for one in lost if one.rewritten_as is not None and not one.client_lost]
    if rewritten:
        named = ", ".join(f"{one.policy} as {one.rewritten_as}" for one in rewritten)
        notes.append(f"{REWRITTEN}: {named}.")
    if end.without_rate:
        count = len(end.without_rate)
        named = "1 policy in force states" if count == 1 else f"{count:,} policies in force state"
        notes.append(f"{named} neither commission nor rate and {'counts' if count == 1 else 'count'} 0.")
    return tuple(notes)
