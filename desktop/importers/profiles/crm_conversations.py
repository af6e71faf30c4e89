"""A CRM's conversations: one row per message or call, or per conversation with its last message.

Rows become activities, linked to leads by the opportunity's id or the contact's number. Automated messages are bulk. A
row that only says REPLY NEEDED is an inbound message at its time, because that is what the tag answers to.
"""

from __future__ import annotations

from desktop.core.templates import Cell, Kind
from desktop.importers.profiles.derived import extended
from desktop.importers.profiles.people import Roster
from desktop.importers.profiles.profile import Field, Form, Out, Profile, Record, Shaper, build
from desktop.importers.profiles.synonyms import DIRECTION
from desktop.importers.records import Options
from desktop.importers.values import folded

_TAGGED = "tag"
_KINDS = {
    "call": "call", "calls": "call", "phone": "call", "phonecall": "call", "typecall": "call", "typephone": "call",
    "voicecall": "call", "voice": "call", "outboundcall": "call", "inboundcall": "call", "voicemail": "call",
    "typevoicemail": "call", "dialercall": "call", "powerdialer": "call",
    "sms": "text", "text": "text", "textmessage": "text", "typesms": "text", "mms": "text", "message": "text",
    "texts": "text", "smsmessage": "text", "typecustomsms": "text", "whatsapp": "text", "typewhatsapp": "text",
    "email": "email", "emails": "email", "typeemail": "email", "emailmessage": "email", "typecustomemail": "email",
    "mail": "email",
    "note": "note", "notes": "note", "internalcomment": "note", "comment": "note",
    "tag": _TAGGED, "tagadded": _TAGGED, "contacttag": _TAGGED, "typetag": _TAGGED,
}  # fmt: skip
_OUTCOMES = {
    "completed": "connected", "connected": "connected", "answered": "connected", "callconnected": "connected",
    "callcompleted": "connected", "success": "connected", "spoke": "connected",
    "voicemail": "voicemail", "leftvoicemail": "voicemail", "voicemailleft": "voicemail", "machine": "voicemail",
    "noanswer": "no_answer", "busy": "no_answer", "failed": "no_answer", "canceled": "no_answer",
    "cancelled": "no_answer", "missed": "no_answer", "missedcall": "no_answer", "unanswered": "no_answer",
    "rejected": "no_answer", "declined": "no_answer",
}  # fmt: skip
_NOT_OUT = frozenset({"failed", "undelivered", "bounced", "scheduled", "draft", "queued", "pending", "canceled",
                      "cancelled", "rejected"})  # fmt: skip
_AUTOMATED = ("workflow", "campaign", "bulk", "broadcast", "automat", "drip", "blast", "sequence", "trigger")
_DIRECTIONS = {"outbound": "outbound", "inbound": "inbound"} | dict(DIRECTION)
_REPLY = "replyneeded"


class _Messages(Shaper):
    """Each row is one activity."""

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._roster = Roster("the CRM")
        self._bulk = self._waiting = self._unlinked = self._undelivered = 0

    def take(self, line: int, record: Record, extra: str | None) -> None:
        kind = _KINDS.get(folded(str(record["kind"])))
        if kind is None:
            self.out.reject(line, "kind", str(record["kind"]), "is no call, text, e-mail, note or tag")
            return
        tag = folded(f"{record['tags'] or ''} {record['note'] or ''}" if kind == _TAGGED else str(record["tags"] or ""))
        waiting = _REPLY in tag
        direction = self._direction(line, record, kind, waiting)
        if direction is None:
            return
        cells = self._cells(record, kind, direction, waiting)
        self._waiting += waiting
        self._bulk += cells["bulk"] is True
        self._unlinked += cells["lead_id"] is None and cells["phone"] is None
        addresses: dict[str, Cell] = {"From": record["from"], "To": record["to"]}
        mailed = {name: address for name, address in addresses.items() if _number(address) is None}
        self.out.row("activities", line, build("activities", cells), extended(extra, mailed))

    def _direction(self, line: int, record: Record, kind: str, waiting: bool) -> str | None:
        """Who started it; None when the row had to be rejected."""
        stated = _DIRECTIONS.get(folded(str(record["direction"] or "")))
        words = folded(str(record["kind"]))
        if stated is None and record["direction"] is None:
            if (kind == _TAGGED and waiting) or words.startswith("inbound"):
                stated = "inbound"
            elif kind in {_TAGGED, "note"} or words.startswith("outbound"):
                stated = "outbound"
        if stated is None:
            value = str(record["direction"] or "")
            reason = "is neither inbound nor outbound" if value else "is empty, but says who wrote or called"
            self.out.reject(line, "direction", value, reason)
        return stated

    def _cells(self, record: Record, kind: str, direction: str, waiting: bool) -> dict[str, Cell]:
        if kind == _TAGGED:
            kind = "text" if waiting else "note"
        outward = direction == "outbound"
        status = folded(str(record["status"] or ""))
        called = kind == "call"
        minutes = record["duration"] if record["duration"] is not None else record["seconds"]
        failed = not called and kind != "note" and outward and status in _NOT_OUT
        self._undelivered += failed
        return {
            "occurred_at": record["at"],
            "producer": self._roster.person(record["producer"]),
            # A message that never left reached nobody: it is kept, as a note.
            "kind": "note" if failed else kind,
            "activity_id": record["message_id"],
            "direction": direction,
            "outcome": _outcome(record, status) if called else None,
            "minutes": minutes if called else None,
            "bulk": True if self._is_automated(record) and outward else None,
            "lead_id": record["lead_id"],
            "client": record["contact"],
            "note": record["note"] or record["subject"],
            "phone": record["phone"] or _number(record["to"] if outward else record["from"]),
        }

    def _is_automated(self, record: Record) -> bool:
        if record["bulk"] is not None:
            return bool(record["bulk"])
        return any(word in folded(str(record["origin"] or "")) for word in _AUTOMATED)

    def finish(self) -> None:
        counted = (
            (self._bulk, "{0:,} messages were sent by a workflow or campaign and count as bulk."),
            (self._waiting, "{0:,} rows carry REPLY NEEDED: the time until the next reply is the response time."),
            (self._undelivered, "{0:,} messages were not delivered or not sent yet; they are kept as notes."),
            (self._unlinked, "{0:,} rows name neither a lead nor a number and stand for no lead."),
        )
        if self._roster.note is not None:
            self.out.note(self._roster.note)
        for count, text in counted:
            if count:
                self.out.note(text.format(count))


def _number(cell: Cell) -> Cell:
    """A phone number; None for the address of an e-mail."""
    return None if cell is None or "@" in str(cell) else cell


def _outcome(record: Record, status: str) -> str | None:
    """What came of a call, where its status or result says so; a voicemail is one however it ended."""
    if "voicemail" in folded(str(record["kind"])):
        return "voicemail"
    return _OUTCOMES.get(folded(str(record["result"] or ""))) or _OUTCOMES.get(status)


def _text(name: str, target: str, *headings: str, kind: Kind | Form = Kind.TEXT, required: bool = False) -> Field:
    return Field(name, kind, headings, target, required)


PROFILE = Profile(
    name="crm_conversations",
    title="CRM: conversations",
    table="activities",
    fields=(
        _text("message_id", "activities.activity_id", "Message ID", "Activity ID", "Event ID", kind=Form.ID),
        _text("conversation_id", "", "Conversation ID", "Thread ID", "Conversation", kind=Form.ID),
        _text(
            "at", "activities.occurred_at", "Date", "Date/Time", "Date Time", "Timestamp", "Sent At", "Created At",
            "Message Date", "Last Message Date", "Date Added", "Created On",
            kind=Kind.MOMENT, required=True,
        ),
        _text(
            "kind", "activities.kind", "Message Type", "Type", "Channel", "Last Message Type", "Conversation Type",
            "Activity Type", required=True,
        ),
        _text("direction", "activities.direction", "Direction", "Message Direction", "Last Message Direction"),
        _text("status", "", "Status", "Message Status", "Delivery Status"),
        _text("result", "", "Call Result", "Call Status", "Result", "Disposition", "Outcome"),
        _text(
            "producer", "activities.producer", "Assigned To", "User", "User Name", "Agent", "Sent By", "Owner",
            "Assigned User", "Assigned", "Team Member", kind=Kind.PRODUCER,
        ),
        _text(
            "contact", "activities.client", "Contact Name", "Contact", "Client Name", "Full Name", "Lead Name", "Name"
        ),
        _text("contact_id", "", "Contact ID", "Person ID", kind=Form.ID),
        _text("lead_id", "activities.lead_id", "Opportunity ID", "Lead ID", "Deal ID", kind=Form.ID),
        _text(
            "phone", "activities.phone", "Phone", "Contact Phone", "Phone Number", "Contact Number", kind=Kind.PHONE
        ),
        _text("from", "activities.phone", "From", "From Number", kind=Kind.PHONE),
        _text("to", "activities.phone", "To", "To Number", kind=Kind.PHONE),
        _text("email", "", "Email", "Contact Email"),
        _text("subject", "activities.note", "Subject", "Email Subject"),
        _text(
            "note", "activities.note", "Message", "Body", "Message Body", "Last Message", "Last Message Body",
            "Content", "Text",
        ),
        _text("tags", "", "Tags", "Tag", "Contact Tags", "Labels"),
        _text("origin", "", "Source", "Message Source", "Sent Via", "Origin"),
        _text("bulk", "activities.bulk", "Bulk", "Automated", "Is Bulk", "Is Automated", kind=Kind.FLAG),
        _text(
            "duration", "activities.minutes", "Call Duration", "Duration", "Talk Time", kind=Form.DURATION
        ),
        _text(
            "seconds", "activities.minutes", "Duration (seconds)", "Call Duration (seconds)", "Duration (s)",
            "Duration Seconds", "Call Duration Seconds", kind=Form.SECONDS,
        ),
        _text("unread", "", "Unread Count", "Unread"),
    ),
    fingerprint=(
        ("at",),
        ("kind",),
        ("direction", "tags"),
        ("contact", "contact_id", "lead_id"),
        ("note", "subject", "message_id", "conversation_id", "unread", "tags"),
    ),
    shaper=_Messages,
)  # fmt: skip
