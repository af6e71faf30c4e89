"""A handover in sentences: what changes hands and when, and what stays. Knows the plan; decides nothing."""

from __future__ import annotations

from datetime import date

from desktop.core.findings import counted
from desktop.services.offboarding import Plan
from desktop.views.pages.people.words import say
from desktop.views.tables import formats

_Counts = tuple[tuple[int, str, str], ...]


def moves(plan: Plan, today: date, *, still: bool) -> list[str]:
    """What changes hands on which day; `still`: more comes to the leaver until then."""
    dated, undated = _dated(plan), _undated(plan)
    on, now = say("on {}").format(formats.day(plan.at.date())), say("at once")
    groups = ((on, dated), (now, undated)) if plan.at.date() > today else ((now, (*dated, *undated)),)
    said = say("Changes hands {when}: {what}.")
    found = [said.format(when=when, what=what) for when, counts in groups if (what := _listed(counts))]
    if plan.policies.count:
        rest = say("What was bound stays with {}; what is bound from then on counts for whoever it names.")
        found.append(rest.format(plan.name))
    if still:
        found.append(say("Leads that come to {} until then are handed over here afterwards.").format(plan.name))
    return found or [say("Nothing changes hands.")]


def open_ends(plan: Plan) -> list[str]:
    """What stays as it is."""
    found = []
    if plan.elsewhere.count:
        more = counted(plan.elsewhere.count, say("policy"), say("policies"))
        stay = say("{} ({} a year) with clients who stand under others stay.")
        found.append(stay.format(more, formats.money(plan.elsewhere.premium)))
    if plan.territories and plan.order.territories_to is None:
        found.append(say("The territories stay as they are."))
    if plan.roles and plan.order.roles_to is None:
        found.append(say("The roles stay as they are."))
    return found


def _dated(plan: Plan) -> _Counts:
    rules = 0 if plan.order.territories_to is None else len(plan.territories)
    return (
        (len(plan.leads), say("open lead"), say("open leads")),
        (rules, say("territory rule"), say("territory rules")),
    )


def _undated(plan: Plan) -> _Counts:
    roles = 0 if plan.order.roles_to is None else len(plan.roles)
    premium = formats.money(plan.policies.premium)
    one = say("policy in force ({} a year)").format(premium)
    many = say("policies in force ({} a year)").format(premium)
    return (
        (len(plan.clients), say("client"), say("clients")),
        (plan.policies.count, one, many),
        (roles, say("role"), say("roles")),
    )


def _listed(counts: _Counts) -> str:
    """Numbers with their nouns, without those of which there are none."""
    return ", ".join(counted(number, one, many) for number, one, many in counts if number)
