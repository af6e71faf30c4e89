"""What kind of contact an agency system's log means: from the words of a category, an action or a short description.

What is not clearly a contact is a note, and notes count nowhere. `COI` in such a log is a certificate of insurance, not
a center of influence. Knows words alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NOTE = "note"
_SHORT = 3
"""Words of a text that names a contact rather than tells of one."""

_MEETING = re.compile(r"\b(meeting|met with|appointment|appt|in[- ]person|face[- ]to[- ]face|visit(ed)?|lunch|mtg)\b")
_ARRANGED = re.compile(r"\b(set|schedul\w*|book(ed)?|arrang\w*|made|request\w*|confirm\w*|invit\w*)\b")
_CANCELLED = re.compile(r"\b(cancel\w*|no[- ]?show|resched\w*|missed meeting|declined meeting)\b")
_KINDS = (
    ("coi_contact", re.compile(r"\bcent(er|re)s? of influence\b|\bcoi (contact|meeting|call|lunch)\b")),
    ("referral_ask", re.compile(r"\b(ask\w*|request\w*)\b.*\breferrals?\b|\breferrals? (ask\w*|request\w*)\b")),
    ("text", re.compile(r"\b(text(s|ed|ing)?|texts? (message|msg)s?|sms|mms)\b")),
    ("email", re.compile(r"\be-?mail(s|ed)?\b|\bemai\b")),
    ("call", re.compile(r"\b(phone(d|call)?|phon|tele(phone)?|call(s|ed)?|dial(ed)?|voice ?mail|vm)\b")),
)
_OPENING = re.compile(
    r"(?:(?:out(?:going|bound)?|in(?:coming|bound)?|sent|received|left|made|spoke|texted|phone|telephone|asked)\b.*"
    r"|call(?:ed|s)?\b(?! (?:back|sheet|list|report|cent)).*|e-?mail(?:ed)?\b.*|text(?:ed|s)?\b.*|sms\b.*"
    r"|met with\b.*|meeting\b.*|appointment\b.*|appt\b.*|cent(?:er|re)s? of influence\b.*|referral ask\w*\b.*"
    r"|voice ?mail\b.*)"
)
_OURS = r"(the )?(insured|client|customer|prospect|applicant|lead)"
_INBOUND = re.compile(rf"\b(in(bound|coming)|received|rec'?d|from {_OURS})\b")
_OUTBOUND = re.compile(rf"\b(out(bound|going)?|sent|to {_OURS})\b")
_OTHERS = re.compile(
    r"\b(to|from|with) (the |a )?(carrier|company|underwriter|vendor|staff|agency|mortgage\w*|lien\w*|adjuster|claims?"
    r"|third party|other)\b"
)
_BULK = re.compile(r"\b(mass|bulk|blast|campaign|newsletter|drip|e-?blast|mail merge)\b")
_VOICEMAIL = re.compile(r"\b(voice ?mail|left (a )?(message|msg|vm)|lvm|vm)\b")
_NO_ANSWER = re.compile(r"\b(no answer|not reached|unable to reach|busy|no response|missed call|unanswered)\b")
_CONNECTED = re.compile(r"\b(spoke|talked|connected|reached|answered|conversation)\b")


@dataclass(frozen=True, slots=True)
class Contact:
    """A kind of `activities`, with what the words say of direction, outcome and bulk sending."""

    kind: str
    direction: str | None = None
    outcome: str | None = None
    bulk: bool | None = None


def contact_of(category: str, *more: str) -> Contact:
    """The contact that a category names, else a text of `more` that opens with one; a note where none does.

    `more` are free texts: a short one counts like a category, of a longer one only the opening words do.
    """
    texts = [_plain(one) for one in more]
    for text in (_plain(category), *(one for one in texts if one.count(" ") < _SHORT or _OPENING.match(one))):
        found = _contact(text)
        if found is not None:
            return found
    return Contact(NOTE)


def _contact(text: str) -> Contact | None:
    if _OTHERS.search(text) or _CANCELLED.search(text):
        return Contact(NOTE)
    special = next((kind for kind, words in _KINDS[:2] if words.search(text)), None)
    if special is not None:
        return Contact(special)
    if _MEETING.search(text):
        return Contact("meeting_set" if _ARRANGED.search(text) else "meeting_held")
    kind = next((kind for kind, words in _KINDS if words.search(text)), None)
    if kind is None:
        return None
    inbound = _INBOUND.search(text) is not None and _OUTBOUND.search(text) is None
    direction = "inbound" if inbound else "outbound"
    if kind == "call":
        return Contact(kind, direction, _outcome(text))
    return Contact(kind, direction, bulk=True if _BULK.search(text) else None)


def _outcome(text: str) -> str | None:
    for outcome, words in (("voicemail", _VOICEMAIL), ("no_answer", _NO_ANSWER), ("connected", _CONNECTED)):
        if words.search(text):
            return outcome
    return None


def _plain(text: str) -> str:
    """Lower case, CamelCase apart, signs as spaces."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(re.sub(r"[^\w'-]+|_", " ", spaced.lower()).split())


_DONE = re.compile(r"\b(closed?|completed?|done|finished|success\w*)\b", re.IGNORECASE)
_NOT = re.compile(r"\bnot \w+", re.IGNORECASE)
_TO_DO = re.compile(
    r"\b(open|not \w+|new|in progress|pending|waiting|deferred|overdue|assigned|incomplete|active|to do|on hold"
    r"|scheduled|upcoming)\b",
    re.IGNORECASE,
)


def is_to_do(status: str | None) -> bool:
    """Whether a status says that something is still to be done, so that no contact was made yet."""
    if status is None or not _TO_DO.search(status):
        return False
    return _NOT.search(status) is not None or _DONE.search(status) is None
