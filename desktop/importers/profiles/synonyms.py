"""Other words for our choices, by column: folded spelling (letters and digits, lower case) -> choice."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DIRECTION: Mapping[str, str] = MappingProxyType(
    {
        "outgoing": "outbound", "out": "outbound", "outboundcall": "outbound", "outgoingcall": "outbound",
        "dialed": "outbound", "sent": "outbound",
        "incoming": "inbound", "in": "inbound", "inboundcall": "inbound", "incomingcall": "inbound",
        "received": "inbound",
    }
)  # fmt: skip

OUTCOME: Mapping[str, str] = MappingProxyType(
    {
        "callconnected": "connected", "answered": "connected", "accepted": "connected", "completed": "connected",
        "success": "connected", "spoke": "connected", "reached": "connected", "callaccepted": "connected",
        "callanswered": "connected", "talked": "connected",
        "voicemailleft": "voicemail", "leftvoicemail": "voicemail", "leftmessage": "voicemail", "lm": "voicemail",
        "lvm": "voicemail", "vm": "voicemail", "leftvm": "voicemail", "message": "voicemail",
        "missed": "no_answer", "missedcall": "no_answer", "notanswered": "no_answer", "unanswered": "no_answer",
        "busy": "no_answer", "hangup": "no_answer", "hungup": "no_answer", "abandoned": "no_answer",
        "declined": "no_answer", "rejected": "no_answer", "callfailed": "no_answer", "failed": "no_answer",
        "canceled": "no_answer", "cancelled": "no_answer", "noreply": "no_answer", "notconnected": "no_answer",
        "na": "no_answer", "linebusy": "no_answer", "wrongnumber": "no_answer", "notreached": "no_answer",
        "disconnected": "no_answer", "stopped": "no_answer", "ringnoanswer": "no_answer",
    }
)  # fmt: skip

KIND: Mapping[str, str] = MappingProxyType(
    {
        "phone": "call", "phonecall": "call", "calls": "call", "outboundcall": "call", "emails": "email",
        "mail": "email", "emailsent": "email", "sms": "text", "textmessage": "text", "texts": "text",
        "meetingscheduled": "meeting_set", "appointmentset": "meeting_set", "appointmentscheduled": "meeting_set",
        "meetingcompleted": "meeting_held", "appointmentheld": "meeting_held", "appointmentkept": "meeting_held",
        "referralasked": "referral_ask", "referralrequest": "referral_ask", "askedforreferral": "referral_ask",
        "referrals": "referral_ask", "centerofinfluence": "coi_contact", "coi": "coi_contact", "notes": "note",
    }
)  # fmt: skip

TRANSACTION: Mapping[str, str] = MappingProxyType(
    {
        "newbusiness": "new", "nb": "new", "nbs": "new", "newpolicy": "new", "newbusinesspolicy": "new",
        "renew": "renewal", "renewed": "renewal", "renewpolicy": "renewal", "renewals": "renewal", "rnl": "renewal",
        "rewritten": "rewrite", "rewritepolicy": "rewrite",
    }
)  # fmt: skip

ROLE: Mapping[str, str] = MappingProxyType(
    {
        "agent": "producer", "salesperson": "producer", "accountexecutive": "producer",
        "customerservicerepresentative": "csr", "accountmanager": "csr", "servicerep": "csr",
        "salesmanager": "manager", "principal": "manager",
    }
)  # fmt: skip

LEVEL: Mapping[str, str] = MappingProxyType(
    {"newproducer": "new", "junior": "new", "experienced": "veteran", "senior": "veteran"}
)

STATUS: Mapping[str, str] = MappingProxyType(
    {"yes": "active", "no": "inactive", "terminated": "inactive", "left": "inactive"}
)

WINNABLE: Mapping[str, str] = MappingProxyType(
    {
        "y": "yes",
        "true": "yes",
        "1": "yes",
        "n": "no",
        "false": "no",
        "0": "no",
        "perhaps": "maybe",
        "possibly": "maybe",
    }
)

LOST: Mapping[str, str] = MappingProxyType(
    {
        "nocontact": "no_response", "ghosted": "no_response", "stayed": "stayed_with_current", "tooexpensive": "price",
        "premium": "price", "losttocompetitor": "competitor", "badtiming": "timing", "nottherighttime": "timing",
    }
)  # fmt: skip

BY_COLUMN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "direction": DIRECTION, "outcome": OUTCOME, "kind": KIND, "transaction": TRANSACTION, "role": ROLE,
        "level": LEVEL, "status": STATUS, "winnable": WINNABLE, "lost_reason": LOST,
    }
)  # fmt: skip
