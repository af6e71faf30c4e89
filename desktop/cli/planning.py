"""The commands that plan: `ept` and `validation`. Both work without a book unless a producer's data is asked for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.cli.asking import opened
from desktop.cli.printing import Answer, tell

if TYPE_CHECKING:
    from desktop.services.plans import Track, ValidationPlan


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
        return Answer(answers_plans.sponsorship(plans.validate_newproducer(options.inputs)))
    found = plans.validate(PlanKind(options.plan), options.inputs, track)
    if track is not None and found.prefilled:
        tell(f"From {track.producer_name}'s data: {_prefilled(found)}.")
    return Answer(answers_plans.validation_plan(found))


def _track(options: Namespace) -> Track:
    from desktop.services import clock, plans

    with opened(options) as book:
        return plans.track(book, options.producer, options.as_of or clock.now(book))


def _prefilled(found: ValidationPlan) -> str:
    from desktop.cli import answers_plans
    from desktop.core.quantities import Unit
    from desktop.core.validation import INPUTS

    money = frozenset(key for key, quantity in INPUTS.items() if quantity.unit is Unit.MONEY)
    return answers_plans.inputs(found.values, found.prefilled, money)


COMMANDS: Mapping[str, Callable[[Namespace], Answer]] = MappingProxyType({"ept": _ept, "validation": _validation})
