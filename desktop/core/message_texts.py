"""The texts of messages and tasks: defaults per step, merge fields, and the lines that commercial mail must carry.

Must not know whether or how a message is sent (routing.md 5).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

FIELDS = ("first_name", "name", "line", "producer", "producer_phone", "agency", "zip", "lead_id", "phone", "email")
_FIELD = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Text:
    """A message: `subject` is None for texts and tasks."""

    body: str
    subject: str | None = None


DEFAULTS: Mapping[str, Text] = MappingProxyType(
    {
        "text_5m": Text("Hi {first_name}, this is {producer} at {agency}. I have your request about {line} and would"
                        " like to help. When is a good time to talk? Reply STOP to end."),
        "email_5m": Text("Hi {first_name},\n\nthank you for asking us about {line}. I will look at it today and call"
                         " you. If another time suits you better, just reply.\n\n{producer}\n{agency}",
                         "Your question about {line}"),
        "text_4h": Text("Hi {first_name}, {producer} at {agency} again about {line}. Is this evening or tomorrow"
                        " better for a short call? Reply STOP to end."),
        "email_48h": Text("Hi {first_name},\n\nI have tried to reach you about {line} and have not managed yet. If you"
                          " still need it, reply with a time and I will call.\n\n{producer}\n{agency}",
                          "Still looking at {line}?"),
        "email_7d": Text("Hi {first_name},\n\nthis is my last note about {line} for now. Whenever you need us, reply to"
                         " this mail.\n\n{producer}\n{agency}", "Closing your request about {line}"),
        "call_0": Text("Call {name} now, {phone}."),
        "call_1h": Text("Call {name} again, {phone}."),
        "call_4h": Text("Call {name}, {phone}."),
        "call_24h": Text("Call {name} at another time of day, {phone}."),
        "call_48h": Text("Call {name} once more, {phone}."),
        "nurture_30d": Text("Put {name} on the monthly nurture list."),
        "notify_new": Text("New lead {name}, {line}, {zip}: {phone}.", "New lead: {name}"),
        "notify_again": Text("Nobody has reached {name} yet ({line}): {phone}.", "Still waiting: {name}"),
        "warn": Text("{name} has waited for 15 minutes and will go to a colleague soon: {phone}.", "Call now: {name}"),
        "reassign": Text("Lead {name} is now with {producer}.", "Lead {name} reassigned"),
        "alert_manager": Text("Nobody has reached lead {name} ({line}); it is with {producer}.", "Untouched: {name}"),
    }
)  # fmt: skip
"""The program's own words per step; the agency may put its own in their place."""


def merged(text: Text, values: Mapping[str, str]) -> Text:
    """The text with its merge fields filled in; a field without a value becomes nothing, an unknown one stays."""
    return Text(_fill(text.body, values), None if text.subject is None else _fill(text.subject, values))


def unknown_fields(text: Text) -> tuple[str, ...]:
    """Merge fields in the text that there are not, in order."""
    found = _FIELD.findall(f"{text.subject or ''} {text.body}")
    return tuple(dict.fromkeys(name for name in found if name not in FIELDS))


def footed(text: Text, agency: str, address: str) -> Text:
    """Commercial mail with the agency's name, its postal address and how to opt out."""
    way = "If you do not want e-mail from us, reply with STOP."
    return Text(f"{text.body}\n\n--\n{agency}\n{address}\n{way}", text.subject)


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: values.get(found[1], "") if found[1] in FIELDS else found[0], text)
