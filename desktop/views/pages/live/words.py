"""What the live page says: steps, clocks and troubles in the field's words. Knows records, no widgets."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.services.live import LiveLead, Trouble
from desktop.views.tables import formats
from desktop.views.theme import Status


def say(text: str) -> str:
    """A text of this page in the user's language."""
    return QCoreApplication.translate("LivePage", text)


def step(name: str) -> str:
    """A step of the ladder or the sequence, as something that happens."""
    return {
        "notify_again": say("Told again"),
        "warn": say("Warning by text and e-mail"),
        "reassign": say("Goes to another"),
        "alert_manager": say("Manager is told"),
        "call_0": say("New lead: call now"),
        "text_5m": say("Text to the lead"),
        "email_5m": say("E-mail to the lead"),
        "call_1h": say("Call after an hour"),
        "call_4h": say("Call after four hours"),
        "text_4h": say("Text after four hours"),
        "call_24h": say("Call after a day"),
        "call_48h": say("Call after two days"),
        "email_48h": say("Last-try e-mail"),
        "email_7d": say("Final e-mail"),
        "nurture_30d": say("Monthly letter"),
    }.get(name, name)


def field(name: str) -> str:
    """A required field by its usual name."""
    return {
        "first_name": say("first name"),
        "last_name": say("last name"),
        "email": say("e-mail"),
        "phone": say("phone"),
        "zip": say("ZIP"),
        "line": say("line of insurance"),
    }.get(name, name)


def minutes(count: float) -> str:
    """12 min, 3 h 05, 2 days."""
    whole = int(count)
    if whole < 60:
        return say("{} min").format(whole)
    if whole < 48 * 60:
        return say("{} h {:02d}").format(whole // 60, whole % 60)
    return say("{} days").format(whole // 1440)


def business(count: float) -> str:
    """12 min, 3 h 05; no days, since a business day has no fixed length."""
    whole = int(count)
    if whole < 60:
        return say("{} min").format(whole)
    return say("{} h {:02d}").format(whole // 60, whole % 60)


def speed_status(one: LiveLead) -> Status:
    """Receipt to contact or now: five minutes are the target, fifteen an alert."""
    if one.speed_minutes <= 5:
        return Status.GOOD
    return Status.NEAR if one.speed_minutes < 15 else Status.BAD


def speed(one: LiveLead) -> str:
    """How long the lead waited, or waits."""
    if one.contacted_at is not None:
        return say("Reached in {}").format(minutes(one.speed_minutes))
    return say("Waiting {}").format(minutes(one.speed_minutes))


def when(at: datetime, now: datetime) -> str:
    """A moment today by its time, another day by its date."""
    return formats.clock(at) if at.date() == now.date() else f"{at:%m/%d} {formats.clock(at)}"


def next_step(one: LiveLead, now: datetime) -> str:
    """The ladder's next step with its moment."""
    if one.contacted_at is not None:
        return say("None: reached")
    if one.owner is None:
        return say("Give it to somebody")
    if one.next_step is None or one.next_at is None:
        return say("Call now")
    if one.next_at <= now:
        return say("{}, due now").format(step(one.next_step))
    return say("{} at {}").format(step(one.next_step), when(one.next_at, now))


def next_status(one: LiveLead, now: datetime) -> Status:
    """How pressing the next step is."""
    if one.contacted_at is not None:
        return Status.GOOD
    if one.owner is None or one.next_at is None or one.next_at <= now:
        return Status.BAD
    return Status.NEAR


def kind(name: str) -> str:
    """Why a lead stands in the queue, in a word."""
    return {
        "new": say("New"),
        "reply": say("Reply"),
        "follow_up": say("Follow-up"),
        "quote": say("Quote"),
        "x_date": say("X-date"),
    }.get(name, name)


def trouble(one: Trouble) -> str:
    """What is wrong, in a sentence."""
    if one.lacking:
        return say("Lacks {}; routing needs it.").format(", ".join(field(name) for name in one.lacking))
    return one.words


def trouble_kind(one: Trouble) -> str:
    """What is wrong, in a word or two."""
    return {
        "lacking": say("Something is missing"),
        "unrouted": say("Nobody has it"),
        "unknown_zip": say("Unknown ZIP"),
        "not_sent": say("Message not sent"),
        "unread_file": say("File not taken in"),
    }.get(one.kind, one.kind)
