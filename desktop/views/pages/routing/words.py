"""The words of the routing page: headings, problems, reasons and rules as people say them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.core.speed import Advice
from desktop.services import territory_grid
from desktop.services.territory_grid import Problem
from desktop.views.theme import Status

WIDTHS = (124, 84, 76, 84, 80, 88, 108, 78, 92, 92)


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Routing", text)


def headings() -> tuple[str, ...]:
    """Headings of the territory table, in order of its columns."""
    return (
        say("Territory"), say("ZIP from"), say("ZIP to"), say("Producer"), say("Backup"), say("Pool"), say("Lines"),
        say("Priority"), say("From day"), say("To day"),
    )  # fmt: skip


def kind(problem: Problem) -> str:
    """What kind of problem it is, in two words."""
    return {
        territory_grid.CONFLICT: say("Conflict"),
        territory_grid.DEAD: say("Never wins"),
        territory_grid.GAP: say("Gap"),
        territory_grid.NESTED: say("Inside another"),
        territory_grid.UNKNOWN: say("Unknown ZIP"),
        territory_grid.REPAIRED: say("Repaired ZIP"),
        territory_grid.UNREADABLE: say("Cannot be read"),
        territory_grid.BACKUP: say("No backup"),
    }[problem.kind]


def status(problem: Problem) -> Status:
    """How bad it is: what routes wrongly, what may, and what is only said."""
    if problem.kind in (territory_grid.CONFLICT, territory_grid.UNREADABLE):
        return Status.BAD
    if problem.kind in (territory_grid.NESTED, territory_grid.REPAIRED):
        return Status.NONE
    return Status.NEAR


def sentence(problem: Problem) -> str:
    """What the problem is, in one sentence."""
    lines = [f"{line + 1}" for line in problem.lines]
    where = lines[0] if len(lines) == 1 else say("{} and {}").format(", ".join(lines[:-1]), lines[-1]) if lines else ""
    if problem.kind == territory_grid.CONFLICT:
        return say("Lines {lines} both claim {zips}; the upper one wins.").format(lines=where, zips=problem.text)
    if problem.kind == territory_grid.DEAD:
        return say("Line {} is covered by others everywhere.").format(where)
    if problem.kind == territory_grid.GAP:
        return _gap(problem)
    if problem.kind == territory_grid.NESTED:
        return say("Line {} lies inside line {} and goes first.").format(*lines[:2])
    if problem.kind == territory_grid.UNKNOWN:
        text = say("{} is in no list of ZIPs").format(problem.text)
        return f"{text} ({say('line {}').format(where)})." if lines else f"{text} ({say('a lead or client')})."
    if problem.kind == territory_grid.REPAIRED:
        return say("Line {}: {}").format(where, problem.text)
    if problem.kind == territory_grid.BACKUP:
        return say("{} has no backup (line {}).").format(problem.text, where)
    return say("Line {}: {}").format(where, problem.text)


def _gap(problem: Problem) -> str:
    found = []
    if problem.leads:
        found.append(say("1 lead") if problem.leads == 1 else say("{} leads").format(f"{problem.leads:,}"))
    if problem.clients:
        found.append(say("1 client") if problem.clients == 1 else say("{} clients").format(f"{problem.clients:,}"))
    said = say("{} is nobody's").format(problem.text)
    return f"{said}: {', '.join(found)}." if found else f"{said}."


def reason(code: str | None) -> str:
    """Why somebody cannot take a lead; empty where nothing stands in the way."""
    return {
        None: "",
        "inactive": say("No longer active"),
        "unlicensed": say("No licence for this"),
        "away": say("Away"),
        "out_of_hours": say("Not at work now"),
        "at_cap": say("At the cap"),
        "line": say("Does not take this line"),
    }.get(code, str(code))


def change(field: str, before: str, after: str) -> str:
    """What would have had to differ, as one sentence."""
    names = {
        "active": say("being active"),
        "licenses": say("a licence in {after}"),
        "leave": say("not being away"),
        "hours": say("being at work at that hour"),
        "lines": say("taking {after}"),
        "active_leads": say("{after} active leads instead of {before}"),
        "leads_today": say("{after} leads today instead of {before}"),
        "response_minutes": say("a mean response of {after} minutes instead of {before}"),
        "bound": say("{after} wins in 90 days instead of {before}"),
        "last_assigned_at": say("having waited longer than the others for a lead"),
        "turn": say("having the next turn"),
        "territory_owner": say("owning the lead's territory"),
    }
    return names.get(field, field).format(before=_figure(before), after=_figure(after))


def _figure(text: str) -> str:
    """A figure as people write it: a fraction to one decimal, nothing as none."""
    if text in ("None", ""):
        return say("none")
    above, slash, below = text.partition("/")
    if slash and above.isdecimal() and below.isdecimal():
        return f"{int(above) / int(below):,.1f}"
    return text


def model(name: str | None) -> str:
    """A model of routing in words."""
    return {
        "rules": say("The rules"),
        "round_robin": say("Round robin"),
        "territory": say("Owner of the territory"),
        "weighted": say("Highest score"),
        "least_loaded": say("Fewest active leads"),
        None: "",
    }.get(name, str(name))


def advice(found: Advice) -> str:
    """Which model suits the agency, why, and what it is bad at."""
    text = say("{model} suits this agency: {why} Its weakness: {weakness}")
    return text.format(model=model(found.model), why=found.why, weakness=found.weakness)
