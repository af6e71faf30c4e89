"""Validation plans with fields: begins with a producer's own data, works out what is typed over it.

No formula of its own (metrics.md 6), no SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import periods, quantities, validation, validation_history, validation_newproducer
from desktop.core.money import half_up
from desktop.core.quantities import Quantity, Unit
from desktop.core.validation import PlanKind, Reality, Schedules, Swing
from desktop.core.validation_newproducer import Sponsorship
from desktop.errors import UserError
from desktop.models import facts_people, facts_revenue
from desktop.services import planning, plans, retention
from desktop.services.plans import Track

if TYPE_CHECKING:
    from desktop.models.book import Book

NEWPRODUCER = "newproducer"
KINDS: tuple[str, ...] = (*(kind.value for kind in PlanKind), NEWPRODUCER)
_PAY = {"initial": "salary", "desired": "salary", "draw": "salary"}
_SPLITS = {
    "new_rate": "new_split",
    "renewal_rate": "renewal_split",
    "growth_rate": "new_split",
    "base_rate": "renewal_split",
}


@dataclass(frozen=True, slots=True)
class Begun:
    """Where a producer's plan begins: texts from data, where they come from, the past, and what was typed over it."""

    plan: str
    producer: str | None
    given: Mapping[str, str]
    sources: Mapping[str, str]
    typed: Mapping[str, str]
    track: Track | None


@dataclass(frozen=True, slots=True)
class Validated:
    """A plan worked out; `errors` by field, then nothing else is there."""

    values: Mapping[str, Fraction] = field(default_factory=dict)
    schedules: Schedules | None = None
    reality: Reality | None = None
    swings: tuple[Swing, ...] = ()
    sponsorship: Sponsorship | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def fields_of(plan: str) -> tuple[Quantity, ...]:
    """The inputs of a plan in the order of its form."""
    if plan == NEWPRODUCER:
        return tuple(validation_newproducer.INPUTS.values())
    return validation.inputs_of(PlanKind(plan))


def begin(book: Book, plan: str, producer: str | None, now: datetime) -> Begun:
    """What a producer's data gives a plan (metrics.md 6, *From data*), with pay and retention; defaults else."""
    given = {one.key: written(one, one.default) for one in fields_of(plan) if one.default is not None}
    sources = dict.fromkeys(given, "default")
    track = None
    if producer is not None:
        track = plans.track(book, producer, now)
        past = validation_history.inputs_from(track.history, validation.CALLS_PER_PROSPECT)
        found = {key: (value, _PAST.get(key, "last 365 days")) for key, value in past.items()}
        found |= _paid(book, producer, now) | _kept(book, producer, now)
        if plan == NEWPRODUCER and track.history.commission > 0:
            found["production"] = (Fraction(track.history.commission) / 50, "new commission of the last 365 days / 50")
        found |= _repeated(plan, {key: value for key, (value, _) in found.items()}, track.history.commission)
        for one in fields_of(plan):
            if one.key in found:
                given[one.key], sources[one.key] = written(one, found[one.key][0]), found[one.key][1]
    return Begun(plan, producer, given, sources, planning.inputs(book, plan, producer), track)


def _repeated(plan: str, found: Mapping[str, Fraction], new: int) -> dict[str, tuple[Fraction, str]]:
    """The desired compensation to begin with: what the last year's result pays at these rates, not below the initial.

    Whole hundreds of dollars, since it is a wish.
    """
    old_rate, new_rate = ("renewal_rate", "new_rate") if plan == PlanKind.NEWREN else ("base_rate", "growth_rate")
    if not all(key in found for key in ("prior", old_rate, new_rate, "initial")):
        return {}
    kept = found["prior"] * found.get("retention", validation.RETENTION)
    paid = kept * found[old_rate] + new * found[new_rate]
    return {"desired": (max(found["initial"], Fraction(half_up(paid / 10_000) * 10_000)), "a year like the last")}


_PAST = {"prior": "commissions of last year"}


def _paid(book: Book, producer: str, now: datetime) -> dict[str, tuple[Fraction, str]]:
    person = plans.find_person(facts_people.people(book), producer)
    pay: dict[str, Fraction] = {}
    for change in facts_revenue.pay_changes(book).get(person.id, []):
        if change.effective_from <= now.date():
            for name in ("salary", "new_split", "renewal_split"):
                amount = getattr(change, name)
                if amount is not None:
                    pay[name] = Fraction(amount)
    wanted = {**_PAY, **_SPLITS}
    return {key: (pay[name], "pay on record") for key, name in wanted.items() if pay.get(name)}


def _kept(book: Book, producer: str, now: datetime) -> dict[str, tuple[Fraction, str]]:
    kept = retention.ratios(book, periods.trailing(now, 365), now, producer).clients.ratio
    return {} if kept is None else {"retention": (Fraction(kept).limit_denominator(1000), "clients kept, 365 days")}


def written(quantity: Quantity, value: Fraction) -> str:
    """A value as somebody would type it; money in cents comes as dollars."""
    if quantity.unit is Unit.MONEY:
        return f"{float(value) / 100:,.2f}".removesuffix(".00")
    if quantity.unit is Unit.RATE:
        return f"{float(value) * 100:.1f}".removesuffix(".0") + "%"
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def evaluate(plan: str, typed: Mapping[str, str], track: Track | None = None) -> Validated:
    """A plan of texts by key; what cannot be is told by field."""
    values, errors = _values(plan, typed)
    if errors:
        return Validated(errors=errors)
    if plan == NEWPRODUCER:
        return Validated(values, sponsorship=validation_newproducer.sponsorship(values))
    kind = PlanKind(plan)
    found = validation.schedules(kind, values)
    needed = found.target.weekly.sales_calls
    reality = None if track is None else validation.reality(needed, track.weekly_calls, known=track.calls_known)
    return Validated(values, found, reality, validation.sensitivity(kind, values))


def _values(plan: str, typed: Mapping[str, str]) -> tuple[dict[str, Fraction], dict[str, str]]:
    values: dict[str, Fraction] = {}
    errors: dict[str, str] = {}
    for one in fields_of(plan):
        text = typed.get(one.key, "")
        try:
            if text.strip():
                values[one.key] = quantities.read(one, text)
            elif one.default is not None:
                values[one.key] = one.default
            else:
                errors[one.key] = "Nothing on record gives it: type it in."
        except UserError as error:
            errors[one.key] = quantities.at_field(one, error)
    desired, initial = values.get("desired"), values.get("initial")
    if desired is not None and initial is not None and desired < initial:
        errors["desired"] = "The desired compensation lies below the initial one."
    return values, errors


def plan_of(book: Book, producer: str, now: datetime) -> tuple[str, Validated] | None:
    """The producer's plan as it stands, typed over data: its kind and what it comes to, None where it is not complete.

    The plan that was typed, else the one for new and renewal.
    """
    typed = [kind.value for kind in PlanKind if planning.inputs(book, kind.value, producer)]
    for plan in typed or [PlanKind.NEWREN.value]:
        begun = begin(book, plan, producer, now)
        found = evaluate(plan, {**begun.given, **begun.typed}, begun.track)
        if found.schedules is not None:
            return plan, found
    return None
