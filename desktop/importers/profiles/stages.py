"""Pipelines and stages as CRMs and agencies call them, to ours (metrics.md 1). What is not known is not guessed.

Knows words alone. Stages keep the P&C or life key that their word stands for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from desktop.core.pipeline import SALES, SERVICE_PIPELINES, stages_of
from desktop.core.templates import LOST_REASONS, Cell
from desktop.importers.profiles.synonyms import LOST
from desktop.importers.values import folded

RETENTION = "retention"
"""A CRM's pipeline of policies by age; here that is derived from the policies, so its cards say nothing new."""

_LED = re.compile(r"^\s*(?:(?:stage|step|pipeline|p)\s*)?\d{1,2}\s*[.):|–—-]*\s*(?=\S)", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*pipeline\s*#?\s*([1-7])\s*$", re.IGNORECASE)
_BY_NUMBER = (SALES, "underwriting", "placement", "exceptions", "declined", RETENTION, "nurture")
_MESSAGE = re.compile(r"(?:sms|text|message|msg|e-?mail|touch|step|reply|replied)\D{0,12}([1-6])\b", re.IGNORECASE)

_SALES_WORDS: Mapping[str, tuple[str, ...]] = {
    "prospect": (
        "prospects", "prospecting", "new", "newprospect", "newleads", "unassigned", "unworked", "uncontacted",
        "notcontacted", "notyetcontacted", "attempting", "attempted", "attemptingcontact", "attemptedcontact",
        "contactattempted", "nocontact", "newopportunity", "incoming", "inbox",
    ),
    "contacted": ("contactmade", "madecontact", "firstcontactmade", "reached", "spokewith", "inconversation"),
    "needs_analysis": (
        "needs", "discovery", "factfinding", "factfind", "gatheringinfo", "gatheringinformation", "infogathering",
        "informationgathering", "inforequested", "quoting", "readytoquote", "quoterequested", "workingquote",
        "workingonquote", "preparingquote", "quoteinprogress", "inquoting", "needsassessment",
    ),
    "engaged_interest": ("engaged", "interested"),
    "quoted": ("quotesent", "quotedelivered", "quoteprovided", "quoteemailed", "quotedfollowup", "quotefollowup"),
    "qualified_interest": (),
    "proposed": (
        "proposal", "proposalsent", "proposalmade", "proposalpresented", "presented", "presentation", "quotepresented",
    ),
    "closing": (
        "readytobind", "bindrequested", "bindrequest", "binding", "pendingbind", "pendingsignature",
        "pendingsignatures", "awaitingsignature", "signaturespending", "verbalyes", "committed",
    ),
    "application": ("applicationsent", "applicationstarted", "app", "inapplication"),
    "won": (
        "sold", "bound", "issued", "policybound", "policyissued", "sale", "soldwon", "wonsold", "boundwon", "win",
        "closedsold", "boundsold",
    ),
    "lost": (
        "notsold", "dead", "deadlead", "nosale", "lostsale", "lostlead", "notinterested", "closednotsold", "loss",
    ),
}  # fmt: skip

_SERVICE_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "underwriting": {
        "submitted": ("applicationsubmitted", "appsubmitted", "submittedtocarrier", "inunderwriting"),
        "requirement_opened": (
            "requirementsopened", "requirementopen", "requirementsopen", "requirementneeded", "requirementsneeded",
            "requirementsoutstanding", "outstandingrequirements", "pendingrequirements", "requirementspending",
        ),
        "requirement_resolved": (
            "requirementsresolved", "requirementmet", "requirementsmet", "requirementsreceived", "requirementscleared",
        ),
        "approved": ("approval",),
        "declined": ("decline",),
    },
    "placement": {
        "approved": ("approval", "approvednotplaced"),
        "delivered": ("policydelivered", "delivery"),
        "first_payment": ("firstpaymentreceived", "firstdraft", "initialpayment", "awaitingfirstpayment"),
        "in_force": ("active", "placed", "policyinforce", "nowinforce"),
        "not_taken": ("nottakenup", "ntu"),
    },
    "exceptions": {
        "new_exception": ("new", "exception", "exceptionopened", "newexceptions"),
        "working": ("inprogress", "workingexception", "beingworked"),
        "resolved": ("saved", "reinstated", "exceptionresolved"),
        "terminated": ("lost", "cancelled", "canceled", "lapsed", "policyterminated"),
    },
    "declined": {"declined": ("decline", "declinedbycarrier"), "recycle": ("recycled", "recycling", "torecycle")},
    "nurture": {
        "nurturing": ("nurture", "innurture", "new", "activenurture", "longtermnurture", "xdate", "xdated"),
        "sent": ("messagesent", "smssent"),
        "replied": ("reply", "responded", "positivereply", "response"),
        "recycled": ("recycle", "backtosales", "reactivated"),
    },
}  # fmt: skip

_OTHER_WORK = (
    "renewal", "claim", "endorsement", "certificate", "billing", "onboarding", "service", "remarket", "hiring",
    "recruit", "crosssell", "winback",
)  # fmt: skip
_PIPELINE_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (RETENTION, ("retention", "persistency")),
    ("underwriting", ("underwriting",)),
    ("placement", ("placement", "issuedelivery", "policydelivery")),
    ("exceptions", ("exception", "conservation", "chargeback")),
    ("declined", ("declin", "recycl")),
    ("nurture", ("nurtur", "drip")),
)  # fmt: skip
_SALES_PIPELINE = (
    "sales", "newbusiness", "lead", "prospect", "opportunit", "quot", "personalline", "commercial", "homeowner", "auto",
    "life", "health", "medicare", "finalexpense",
)  # fmt: skip

_REASONS = {folded(reason): reason for reason in LOST_REASONS} | dict(LOST)

EXCEPTION_KINDS: Mapping[str, str] = MappingProxyType(
    {"payment": "payment", "nsf": "payment", "draft": "payment", "lapse": "lapse", "cancel": "cancel_request"}
)


def _known(words: Mapping[str, tuple[str, ...]], keys: tuple[str, ...]) -> dict[str, str]:
    return {folded(key): key for key in keys} | {word: key for key, listed in words.items() for word in listed}


_SALES = _known(_SALES_WORDS, stages_of(SALES))
_SERVICE = {name: _known(_SERVICE_WORDS[name], stages_of(name)) for name in SERVICE_PIPELINES}


def pipeline_of(text: str) -> str | None:
    """Our key of the pipeline that a CRM calls `text`, or RETENTION; None where that is not clear."""
    word = folded(text)
    exact = next((name for name in (SALES, *SERVICE_PIPELINES) if folded(name) == word), None)
    if exact is not None:
        return exact
    for name, words in _PIPELINE_WORDS:
        if any(one in word for one in words):
            return name
    if any(one in word for one in _OTHER_WORK):
        return None
    if any(one in word for one in _SALES_PIPELINE):
        return SALES
    numbered = _NUMBERED.match(text)
    return _BY_NUMBER[int(numbered[1]) - 1] if numbered is not None else None


def stage_of(pipeline: str, text: str) -> str | None:
    """Our key of a stage in one of our pipelines; None where the word is not known there."""
    known = _SALES if pipeline == SALES else _SERVICE[pipeline]
    for form in (text, _LED.sub("", text)):
        found = known.get(folded(form))
        if found is not None:
            return found
    if pipeline == "nurture" and message_of(text) is not None:
        return "replied" if "repl" in text.lower() else "sent"
    return None


def message_of(text: str) -> str | None:
    """The number of the nurture message that a stage's name speaks of, 1 to 6."""
    found = _MESSAGE.search(text)
    return None if found is None else found[1]


def exception_kind(*texts: str | None) -> str | None:
    """`payment`, `lapse` or `cancel_request`, where one of the texts says so."""
    for text in texts:
        for word, kind in EXCEPTION_KINDS.items():
            if text is not None and word in folded(text):
                return kind
    return None


def outcome_of(status: str) -> str | None:
    """`won` or `lost` for a status that says so, else None."""
    found = stage_of(SALES, status)
    if found is None:
        return "lost" if folded(status) == "abandoned" else None
    return {"won": "won", "closed_won": "won", "lost": "lost", "closed_lost": "lost"}.get(found)


def is_open_status(status: str) -> bool:
    """Whether a status says no more than that the opportunity is open."""
    return folded(status) in {"open", "active", "inprogress", "working", "pending"}


def first_stage(pipeline: str) -> str:
    """The stage in which a card enters a pipeline."""
    return stages_of(pipeline)[0]


def reason_of(cell: Cell) -> str | None:
    """Our reason for losing a deal; None for one that is not on the list."""
    return _REASONS.get(folded(str(cell or "")))
