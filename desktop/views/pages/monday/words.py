"""The first screen's sentences: flags, what is missing and what waits, each with the page that settles it.

Knows the service's record; nothing is counted here.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.views.tables import formats
from desktop.views.tables.formats import counted
from desktop.views.theme import Status
from desktop.views.widgets.items import Item

if TYPE_CHECKING:
    from desktop.services.monday import Missing, Monday, Talk, ThisWeek


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Monday", text)


def listed(words: tuple[str, ...], of: int) -> str:
    """Names, and how many more there are: `Ann, Bob and 4 more`."""
    if not words:
        return ""
    more = of - len(words)
    if more > 0:
        return say("{} and {} more").format(", ".join(words), more)
    return words[0] if len(words) == 1 else say("{} and {}").format(", ".join(words[:-1]), words[-1])


def short(day: date) -> str:
    """`Nov 9`."""
    return f"{day:%b} {day.day}"


# --- who needs a talk -------------------------------------------------------------------------------------------------


def talks(found: Monday) -> list[Item]:
    """One item to each producer with flags: which, since when, and what to do about the newest."""
    return [_talk(code, name, flags) for code, name, flags in found.people()]


def _talk(code: str, name: str, flags: tuple[Talk, ...]) -> Item:
    newest = flags[0]
    fresh = sum(one.weeks == 0 for one in flags)
    note = say("new") if fresh else _age(newest.weeks)
    lines = [f"• {one.flag.label}" for one in flags]
    status = Status.BAD if fresh else Status.NEAR
    return Item(name, (*lines, newest.flag.action), note, status, "flag", "producers", code)


def _age(weeks: int) -> str:
    if weeks >= 3:
        return say("3 weeks or longer")
    return say("since the week before") if weeks == 1 else say("for {} weeks").format(weeks)


# --- what is missing --------------------------------------------------------------------------------------------------


def missing(found: Monday) -> list[Item]:
    """What is missing, in order, each a sentence and the page that settles it."""
    return [_lack(one, found) for one in found.missing]


def _lack(one: Missing, found: Monday) -> Item:
    # by now the service is there; at the head of the module it would hold up the first painting
    from desktop.services.monday import Lack

    if one.kind in (Lack.SOURCE, Lack.TYPED):
        return _stale(one, found)
    if one.kind is Lack.NEVER:
        words = listed(tuple(sources()[source] for source in one.about), len(one.about))
        text = say("Nothing has ever come in. The page names the reports that bring them.")
        return Item(say("No {} yet").format(words), (text,), "", Status.NEAR, "calendar", "coverage")
    if one.kind is Lack.NAMES:
        title = counted(one.count, say("name that nobody knows"), say("names that nobody knows"))
        return Item(title, (listed(one.about, one.count),), "", Status.BAD, "person", "import")
    if one.kind is Lack.SCORECARDS:
        title = say("{count} of {all} scorecards to fill").format(count=one.count, all=one.of)
        return Item(title, (listed(one.about, one.count),), "", Status.NEAR, "scorecard", "scorecards", found.week)
    if one.kind is Lack.HAND_OUT:
        title = counted(one.count, say("scorecard to hand out"), say("scorecards to hand out"))
        return Item(title, (listed(one.about, one.count),), "", Status.NEAR, "print", "scorecards", found.week)
    if one.kind is Lack.REJECTED:
        title = counted(one.count, say("row rejected"), say("rows rejected"))
        files = say("In {}, within the last 30 days.").format(listed(one.about, one.of))
        return Item(title, (files,), "", Status.BAD, "file", "import")
    if one.kind is Lack.LEFT:
        title = counted(one.count, say("lead of people who left"), say("leads of people who left"))
        names = say("{}: hand them over, so that somebody works them.").format(listed(one.about, one.of))
        return Item(title, (names,), "", Status.BAD, "person", "people", one.whose)
    title = counted(one.count, say("lost deal without a reason"), say("lost deals without a reason"))
    text = say("Of {} lost in the last 90 days. A reason takes a few seconds each.").format(f"{one.of:,}")
    return Item(title, (text,), "", Status.NEAR, "lost", "leads", ("choice", "unexplained"))


def _stale(one: Missing, found: Monday) -> Item:
    from desktop.services.monday import Lack

    word = sources()[one.about[0]]
    last = say("never") if one.since is None else short(one.since)
    title = say("No {} for last week").format(word)
    if one.kind is Lack.TYPED:
        text = say("The last ones are of {}. Type them, or take in the returned forms.").format(last)
        return Item(title, (text,), "", Status.NEAR, "edit", "typing", found.week)
    text = say("The last ones are of {}. Import the report, or see which one brings them.").format(last)
    return Item(title, (text,), "", Status.BAD, "calendar", "coverage")


def sources() -> dict[str, str]:
    """The sources in words."""
    return {
        "calls": say("calls"),
        "emails": say("e-mails"),
        "texts": say("texts"),
        "meetings": say("meetings"),
        "referrals": say("referrals asked"),
        "coi": say("COI contacts"),
        "quotes": say("quotes"),
        "policies": say("policies"),
        "leads": say("leads"),
        "stages": say("stages"),
    }


# --- this week --------------------------------------------------------------------------------------------------------


def this_week(week: ThisWeek) -> list[Item]:
    """Leads that wait, by what they ask for, then renewals and x-dates."""
    found: list[Item] = []
    if week.untouched:
        title = counted(week.untouched, say("lead not contacted yet"), say("leads not contacted yet"))
        newest = say("Newest: {}").format(listed(week.first, week.untouched))
        found.append(
            Item(title, (newest,), say("first contact"), Status.BAD, "phone", "leads", ("choice", "untouched"))
        )
    if week.follow_ups:
        title = counted(week.follow_ups, say("follow-up due today"), say("follow-ups due today"))
        why = say("Leads and win-backs with a task due by tonight, or overdue; the work queue lists them.")
        found.append(Item(title, (why,), say("follow up"), Status.NEAR, "flag", "live", ("queue", "")))
    for queue in week.overdue:
        title = say("{count} {stage}, past their time").format(count=f"{queue.count:,}", stage=queue.label.lower())
        where = ("choice", f"late.{queue.stage}")
        found.append(Item(title, (queue.action,), "", Status.NEAR, "clock", "leads", where))
    due = week.due
    if due.renewals:
        title = counted(len(due.renewals), say("renewal in {} days"), say("renewals in {} days")).format(due.days)
        text = say("{} of annual premium runs out").format(formats.money(due.premium))
        found.append(Item(title, (text,), "", Status.NONE, "calendar", "renewals"))
    if due.x_dates:
        title = counted(len(due.x_dates), say("x-date in {} days"), say("x-dates in {} days")).format(due.days)
        text = say("Open leads whose present policy runs out; next: {}").format(short(due.x_dates[0].on))
        found.append(Item(title, (text,), "", Status.NONE, "target", "renewals", "x_dates"))
    return found


# --- since the last visit ---------------------------------------------------------------------------------------------


def news(found: Monday) -> list[Item]:
    """What was imported and typed since the last visit, newest first, at most three; the imports' page behind them."""
    entries = found.news.entries[:3]
    more = len(found.news.entries) - len(entries)
    items = [
        Item(
            one.label,
            (),
            moment(datetime.fromisoformat(one.at), found.today),
            Status.NONE,
            "file" if one.import_run is not None else "edit",
            "import" if one.import_run is not None else "settings",
            None if one.import_run is not None else "trail",
        )
        for one in entries
    ]
    if more > 0:
        items.append(
            Item(
                counted(more, say("more change"), say("more changes")),
                (),
                "",
                Status.NONE,
                "history",
                "settings",
                "trail",
            )
        )
    return items


def moment(at: datetime, today: date) -> str:
    """When, as short as it can be said: a time for today, else the day."""
    if at.date() == today:
        hour = at.hour % 12 or 12
        return f"{hour}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"
    return short(at.date())


def news_title(found: Monday) -> str:
    """Since when the news are."""
    since = found.news.since
    return say("What is new") if since is None else say("Since {}").format(moment(since, found.today))
