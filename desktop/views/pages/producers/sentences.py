"""Flags, health rules and freshness in plain sentences, with the numbers filled in, singular and plural right.

Knows the figures' records; their meaning and action are the core's words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from desktop.core.production import METRIC
from desktop.services.figures import FlagFigure, Freshness, HealthFigure
from desktop.views.pages.producers.rows import say
from desktop.views.tables import formats
from desktop.views.tables.formats import counted

Evidence = Mapping[str, Any]


def quotes(number: int) -> str:
    """A number of quotes."""
    return counted(number, say("quote"), say("quotes"))


def policies(number: int) -> str:
    """A number of policies."""
    return counted(number, say("policy"), say("policies"))


def evidence(flag: FlagFigure) -> str:
    """The numbers that a flag was judged by."""
    return _EVIDENCE[flag.id](flag.evidence) if flag.evidence else ""


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else say("{} and {}").format(", ".join(words[:-1]), words[-1])


def _weeks(starts: Sequence[str]) -> str:
    days = [f"{day:%b} {day.day}" for day in map(date.fromisoformat, starts)]
    return (say("the week of {}") if len(days) == 1 else say("the weeks of {}")).format(_listed(days))


def _whole_percent(fraction: float | None) -> str:
    return formats.EM_DASH if fraction is None else f"{fraction * 100:.0f}%"


def _dollars(amount: float | None) -> str:
    return formats.EM_DASH if amount is None else f"${amount:,.0f}"


def _activity_drop(numbers: Evidence) -> str:
    daily = [formats.EM_DASH if value is None else f"{value:,.1f}" for value in numbers["per_day"]]
    if not daily:
        return ""
    words = say("Activities per working day went {}, in {}.")
    return words.format(say(", then ").join(daily), _weeks(numbers["weeks"]))


def _effort(numbers: Evidence) -> str:
    words = say("Activity at {reached} of target over four weeks; {policies} from {quotes} in 90 days: {rate} closed.")
    return words.format(
        reached=_whole_percent(numbers["attainment"]),
        policies=policies(numbers["policies_written"]),
        quotes=quotes(numbers["quotes"]),
        rate=formats.percent(numbers["close_rate"]),
    )


def _no_new_prospects(numbers: Evidence) -> str:
    words = say("{mine} came in within the last {days} days; {all} did in the whole agency.")
    mine = numbers["new_prospects"]
    return words.format(
        mine=counted(mine, say("new lead"), say("new leads")) if mine else say("No new lead"),
        days=numbers["days"],
        all=f"{numbers['new_prospects_in_agency']:,}",
    )


def _deal_size(numbers: Evidence) -> str:
    words = say("{now} per policy over {many} in the last 90 days, against {before} over {few} in the 90 days before.")
    return words.format(
        now=_dollars(numbers["avg_policy_size"]),
        many=policies(numbers["policies_written"]),
        before=_dollars(numbers["avg_policy_size_before"]),
        few=policies(numbers["policies_written_before"]),
    )


def _close_rate_drop(numbers: Evidence) -> str:
    words = say("{now} of {many} closed in the last 30 days, against {before} of {few} in the 90 days before.")
    return words.format(
        now=formats.percent(numbers["close_rate"]),
        many=quotes(numbers["quotes"]),
        before=formats.percent(numbers["close_rate_before"]),
        few=quotes(numbers["quotes_before"]),
    )


def _avoids_tracking(numbers: Evidence) -> str:
    if not numbers["weeks"]:
        return ""
    words = say("No activity on record in {weeks}, yet {quotes} and {policies}.")
    return words.format(
        weeks=_weeks(numbers["weeks"]),
        quotes=quotes(sum(numbers["quotes"])),
        policies=policies(sum(numbers["policies_written"])),
    )


_EVIDENCE: Mapping[str, Callable[[Evidence], str]] = {
    "activity_drop": _activity_drop,
    "high_activity_low_close": _effort,
    "low_activity_high_close": _effort,
    "no_new_prospects": _no_new_prospects,
    "deal_size_shrinking": _deal_size,
    "close_rate_drop": _close_rate_drop,
    "avoids_tracking": _avoids_tracking,
}


def health(rule: HealthFigure) -> str:
    """What a health rule compared, in a sentence; why not, where it is undefined."""
    if rule.value is None:
        undefined = {
            "low_close_rate": say("No quotes in the last 90 days."),
            "shrinking_deals": say("No policies to compare in the last 180 days."),
        }
        return undefined.get(rule.id, say("No open leads."))
    words = {
        "too_many_prospects": say("{value} of the open leads are prospects (at most {limit})."),
        "stuck_in_quoted": say("{value} of the open leads were quoted more than 14 days ago (at most {limit})."),
        "low_close_rate": say("{value} of the quotes of the last 90 days closed (at least {limit})."),
        "shrinking_deals": say("The average policy is {value} of what it was 90 days before (at least {limit})."),
    }
    return words[rule.id].format(value=_whole_percent(rule.value), limit=_whole_percent(rule.limit))


def sources() -> dict[str, str]:
    """The freshness sources in words."""
    return {
        "calls": say("calls"),
        "emails": say("e-mails"),
        "texts": say("texts"),
        "meetings": say("meetings"),
        "referrals": say("referrals"),
        "coi": say("COI contacts"),
        "quotes": say("quotes"),
        "policies": say("policies"),
        "leads": say("leads"),
        "stages": say("stages"),
    }


def freshness(found: Sequence[Freshness]) -> str:
    """Through which day each source has data: `Calls through March 3, quotes through March 2; no texts yet.`"""
    names = sources()
    by_day: dict[date, list[str]] = {}
    never = []
    for source in found:
        word = names.get(source.source, source.source)
        if source.through is None:
            never.append(word)
        else:
            by_day.setdefault(source.through, []).append(word)
    days = sorted(by_day.items(), reverse=True)
    said = [say("{} through {}").format(_listed(words), f"{day:%B} {day.day}") for day, words in days]
    sentence = ", ".join(said)
    if never:
        missing = say("no {} yet").format(_listed(never).replace(say(" and "), say(" or ")))
        sentence = f"{sentence}; {missing}" if sentence else missing
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def label(metric: str) -> str:
    """A metric's name."""
    return METRIC[metric].label
