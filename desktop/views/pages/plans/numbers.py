"""The numbers that stand with each item of the 1:1, as sentences with a status. Knows words and no widget."""

from __future__ import annotations

from desktop.core.production import METRIC, METRICS, Group
from desktop.services.figures import MetricFigure, Number
from desktop.services.meetings import Sheet
from desktop.views.pages.plans.parts import say
from desktop.views.tables import formats

Lines = list[tuple[str, str]]
"""Status (`good`, `near`, `bad` or empty) and sentence."""


def lines_of(item: str, sheet: Sheet) -> Lines:
    """What an item of the agenda shows."""
    if item in ("activity", "results"):
        group = Group.ACTIVITY if item == "activity" else Group.RESULT
        return _metrics(sheet, group)
    return {"pipeline": _pipeline, "lost": _lost, "priorities": _priorities, "skill": _skill}[item](sheet)


def value_words(metric: str, value: Number | None) -> str:
    """A metric's value in its unit."""
    if value is None:
        return formats.EM_DASH
    if METRIC[metric].is_money:
        return formats.money(round(value))
    return formats.percent(value) if METRIC[metric].is_ratio else formats.count(round(value))


def _metrics(sheet: Sheet, group: Group) -> Lines:
    found = [_metric(sheet.panel.metrics[one.id]) for one in METRICS if one.group is group]
    if group is Group.ACTIVITY:
        found += _talks(sheet, ("activity_drop", "low_activity_high_close", "avoids_tracking"))
    else:
        found += _talks(sheet, ("high_activity_low_close", "close_rate_drop", "deal_size_shrinking"))
    return found


def _metric(one: MetricFigure) -> tuple[str, str]:
    words = say("{label}: {value}").format(label=say(METRIC[one.id].label), value=value_words(one.id, one.value))
    if one.target is not None:
        words += say(" of {}").format(value_words(one.id, one.target))
    if one.previous is not None:
        words += say(", {} the week before").format(value_words(one.id, one.previous))
    if one.hit is None or one.value is None or one.target is None:
        return "", words
    return ("good" if one.hit else "near" if one.value >= one.target * 0.9 else "bad"), words


def _talks(sheet: Sheet, ids: tuple[str, ...]) -> Lines:
    return [
        ("bad", say("{label}: {numbers} {meaning} Ask: “{question}”").format(
            label=say(talk.label), numbers=talk.numbers, meaning=say(talk.meaning), question=say(talk.question)
        ))
        for talk in sheet.talks
        if talk.id in ids
    ]  # fmt: skip


def _pipeline(sheet: Sheet) -> Lines:
    found: Lines = [("bad", say("{label}: {reading}").format(label=say(one.label), reading=say(one.reading)))
                    for one in sheet.panel.health if one.fired]  # fmt: skip
    found += _talks(sheet, ("no_new_prospects",))
    for one in sheet.stuck:
        why = say("{} over its time").format(one.late) if one.late else say("nobody tried it yet")
        words = say("{name}, {stage}: {days} days, {why}. {action}.").format(
            name=one.lead.name, stage=say(one.label), days=one.days, why=why, action=say(one.action).capitalize()
        )
        found.append(("near", words))
    more = sheet.stuck_in_all - len(sheet.stuck)
    if more > 0:
        found.append(("", say("And {} more on the page of leads.").format(formats.count(more))))
    return found or [("good", say("No deal is past its stage's time."))]


def _lost(sheet: Sheet) -> Lines:
    found: Lines = []
    for deal in sheet.lost:
        reason = say(deal.reason.replace("_", " ")) if deal.reason else say("no reason written down yet")
        words = [deal.name or deal.lead_id, reason]
        if deal.competing_agency or deal.competing_carrier:
            words.append(say("to {}").format(deal.competing_agency or deal.competing_carrier))
        if deal.premium:
            words.append(formats.money(deal.premium))
        if deal.would_change:
            words.append(deal.would_change)
        found.append(("near" if deal.reason else "bad", ", ".join(words)))
    return found or [("good", say("Nothing was lost this week."))]


def _priorities(sheet: Sheet) -> Lines:
    found: Lines = []
    wanted = [
        say("{value} {label}").format(
            value=value_words(one.id, figure.target), label=say(one.label).lower().replace("coi ", "COI ")
        )
        for one in METRICS
        if (figure := sheet.next_targets[one.id]).target is not None and not one.is_ratio
    ]
    found.append(("", say("Targets of next week: {}.").format(", ".join(wanted)) if wanted else say("No targets.")))
    return found


def _skill(sheet: Sheet) -> Lines:
    skills = dict.fromkeys(talk.skill for talk in sheet.talks)
    if not skills:
        return [("good", say("No red flag asks for one: let the producer choose the skill to work on."))]
    return [("near", say("{skill}, since “{flag}” fired: {action}").format(
        skill=say(talk.skill), flag=say(talk.label), action=say(talk.action)
    )) for talk in sheet.talks]  # fmt: skip
