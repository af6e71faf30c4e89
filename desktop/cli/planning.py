"""The commands that plan: `ept` and `validation`. Both work without a book unless a producer's data is asked for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.cli.asking import opened
from desktop.cli.printing import Answer, tell

if TYPE_CHECKING:
    from desktop.services.plans import SponsoredPlan, Track, ValidationPlan


def _ept(options: Namespace) -> Answer:
    from desktop.cli import answers_plans
    from desktop.services import plans

    found = plans.effective_time(options.hours, options.duties, options.closing, options.goal, options.accounts)
    return Answer(answers_plans.time_plan(found))


def _validation(options: Namespace) -> Answer:
    from desktop.cli import answers_plans
    from desktop.core.validation import PlanKind
    from desktop.services import plans

    track = None if options.producer is None else _track(options)
    if options.plan == "newproducer":
        sponsored = plans.validate_newproducer(options.inputs, track)
        _tell_prefilled(track, sponsored)
        return Answer(answers_plans.sponsorship(sponsored.sponsorship))
    found = plans.validate(PlanKind(options.plan), options.inputs, track)
    _tell_prefilled(track, found)
    return Answer(answers_plans.validation_plan(found))


def _track(options: Namespace) -> Track:
    from desktop.services import clock, plans

    with opened(options) as book:
        return plans.track(book, options.producer, options.as_of or clock.now(book))


def _tell_prefilled(track: Track | None, found: ValidationPlan | SponsoredPlan) -> None:
    """Says on standard error what the producer's data gave."""
    from desktop.cli import answers_plans
    from desktop.core import validation, validation_newproducer
    from desktop.core.quantities import Unit

    if track is None or not found.prefilled:
        return
    quantities = (*validation.INPUTS.values(), *validation_newproducer.INPUTS.values())
    money = frozenset(one.key for one in quantities if one.unit is Unit.MONEY)
    tell(f"From {track.producer_name}'s data: {answers_plans.inputs(found.values, found.prefilled, money)}.")


COMMANDS: Mapping[str, Callable[[Namespace], Answer]] = MappingProxyType({"ept": _ept, "validation": _validation})
