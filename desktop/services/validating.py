"""Validation plans with fields: begins with a producer's own data, works out what is typed over it.

No formula of its own (metrics.md 6), no SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import quantities, validation, validation_newproducer
from desktop.core.quantities import Quantity, Unit
from desktop.core.validation import PlanKind, Reality, Schedules, Swing
from desktop.core.validation_newproducer import Sponsorship
from desktop.errors import UserError
from desktop.services import planning, plans, validation_given
from desktop.services.plans import Track
from desktop.services.validation_given import NEWPRODUCER

if TYPE_CHECKING:
    from desktop.models.book import Book

KINDS: tuple[str, ...] = (*(kind.value for kind in PlanKind), NEWPRODUCER)


@dataclass(frozen=True, slots=True)
class Begun:
    """Where a producer's plan begins: texts from data, where they come from, the past, and what was typed over it.

    `exact`: the values behind the texts, which are rounded.
    """

    plan: str
    producer: str | None
    given: Mapping[str, str]
    exact: Mapping[str, Fraction]
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
    quantities_of = fields_of(plan)
    exact = {one.key: one.default for one in quantities_of if one.default is not None}
    sources = dict.fromkeys(exact, "default")
    typed = planning.inputs(book, plan, producer)
    track = None
    if producer is not None:
        track = plans.track(book, producer, now)
        found = validation_given.given(plan, track, _calls(typed))
        for one in quantities_of:
            if one.key in found:
                exact[one.key], sources[one.key] = found[one.key].value, found[one.key].source
    given = {one.key: written(one, exact[one.key]) for one in quantities_of if one.key in exact}
    return Begun(plan, producer, given, exact, sources, typed, track)


def _calls(typed: Mapping[str, str]) -> Fraction:
    """Sales calls per prospect as typed; the default where that is none, since its field refuses it already."""
    quantity = validation.INPUTS["calls_per_prospect"]
    try:
        return quantities.read(quantity, typed[quantity.key])
    except (KeyError, UserError):
        return validation.CALLS_PER_PROSPECT


def written(quantity: Quantity, value: Fraction) -> str:
    """A value as somebody would type it; money in cents comes as dollars."""
    if quantity.unit is Unit.MONEY:
        return f"{float(value) / 100:,.2f}".removesuffix(".00")
    if quantity.unit is Unit.RATE:
        return f"{float(value) * 100:.1f}".removesuffix(".0") + "%"
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def evaluate(plan: str, typed: Mapping[str, str], begun: Begun | None = None) -> Validated:
    """A plan of texts by key; what cannot be is told by field. A text that `begun` gave stands for its exact value."""
    values, errors = _values(plan, typed, begun)
    track = None if begun is None else begun.track
    if errors:
        return Validated(errors=errors)
    if plan == NEWPRODUCER:
        return Validated(values, sponsorship=validation_newproducer.sponsorship(values))
    kind = PlanKind(plan)
    found = validation.schedules(kind, values)
    needed = found.target.weekly.sales_calls
    reality = None if track is None else validation.reality(needed, track.weekly_calls, known=track.calls_known)
    return Validated(values, found, reality, validation.sensitivity(kind, values))


def _values(plan: str, typed: Mapping[str, str], begun: Begun | None) -> tuple[dict[str, Fraction], dict[str, str]]:
    values: dict[str, Fraction] = {}
    errors: dict[str, str] = {}
    for one in fields_of(plan):
        text = typed.get(one.key, "")
        try:
            if begun is not None and text == begun.given.get(one.key):
                values[one.key] = quantities.checked(one, begun.exact[one.key])
            elif text.strip():
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
        found = evaluate(plan, {**begun.given, **begun.typed}, begun)
        if found.schedules is not None:
            return plan, found
    return None
