"""What systems call our columns, best word first: for suggestions about files that no profile knows.

A word stands with one column of a table only, or with none where it may mean two. Knows words, no values.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_PRODUCER = (
    "producer", "producer name", "assigned producer", "agent", "agent name", "sales agent", "salesperson",
    "sales person", "sales rep", "sales representative", "rep", "owner", "owner name", "record owner", "assigned to",
    "assigned agent", "assignee", "account executive", "lead owner", "deal owner", "opportunity owner", "contact owner",
    "writing agent", "exec", "assigned user", "user", "user name",
)  # fmt: skip
_LINE = (
    "line", "line of business", "lob", "policy type", "coverage type", "product", "product name", "product line",
    "product type", "insurance type", "type of insurance", "lines of business",
)  # fmt: skip
_CARRIER = ("carrier", "carrier name", "insurance carrier", "insurance company", "writing company", "insurer",
            "issuing company", "master company")  # fmt: skip
_SOURCE = ("source", "lead source", "original source", "lead origin", "referral source", "client source",
           "marketing source", "campaign source", "source name")  # fmt: skip
_STATE = ("state", "address state", "state code", "mailing state", "billing state", "state/region", "state/province",
          "province", "st")  # fmt: skip
_ZIP = ("zip", "zip code", "zipcode", "postal code", "postcode", "address zip", "mailing zip", "billing zip",
        "mailing zip code", "zip/postal code")  # fmt: skip
_EMAIL = ("email", "e-mail", "email address", "e-mail address", "contact email", "primary email", "client email",
          "customer email")  # fmt: skip
_PHONE = ("phone", "phone number", "telephone", "contact phone", "primary phone", "client phone", "customer phone",
          "phone 1")  # fmt: skip
_LEAD_ID = ("lead id", "opportunity id", "deal id", "lead number", "opportunity number", "lead reference")
_CLIENT_ID = ("client id", "customer id", "account id", "applicant id", "customer number", "client number",
              "account number", "client code", "customer code")  # fmt: skip
_CLIENT = ("client", "client name", "customer", "customer name", "insured", "insured name", "named insured",
           "name insured", "applicant", "applicant name", "account name", "account", "policyholder")  # fmt: skip
_POLICY = ("policy number", "policy", "policy id", "pol number", "contract number", "policy num")
# A premium that does not say of how long (written, full term, or just premium) is asked about.
_PREMIUM = ("annual premium", "annualized premium", "total annualized premium", "total annual premium", "annual prem")
_EFFECTIVE = ("effective on", "effective date", "eff date", "policy effective date", "effective", "policy start date",
              "inception date", "start date")  # fmt: skip
_NOTE = ("note", "notes", "comments", "comment", "description", "remarks", "details", "memo")

_LEADS: Mapping[str, tuple[str, ...]] = {
    "lead_id": (*_LEAD_ID, "record id"),
    "received_at": (
        "received at", "received", "date received", "received date", "lead date", "created date", "create date",
        "date created", "created", "created at", "created on", "creation date", "date added", "added on",
        "engage date", "inquiry date", "submitted at", "submission date", "lead created", "lead created date",
    ),
    "assigned_at": ("assigned at", "assigned on", "assigned date", "date assigned", "owner assigned date"),
    "first_name": ("first name", "first", "given name", "fname", "contact first name"),
    "last_name": ("last name", "last", "surname", "family name", "lname", "contact last name"),
    "business_name": ("business name", "business", "company", "company name", "organization", "account name", "account",
                      "associated company"),
    "consent": ("consent", "sms consent", "text consent", "tcpa consent", "opt in", "consent to text"),
    "email": _EMAIL,
    "phone": (*_PHONE, "mobile", "mobile phone", "cell", "cell phone", "mobile number"),
    "zip": _ZIP,
    "state": _STATE,
    "line": _LINE,
    "source": _SOURCE,
    "producer": _PRODUCER,
    "carrier": ("current carrier", "carrier", "incumbent carrier", "existing carrier", "prior carrier"),
    "policy_expires_on": ("policy expires on", "x date", "xdate", "expiration date", "current policy expiration",
                          "policy expiration date", "renewal date"),
    "estimated_premium": ("estimated premium", "est premium", "premium", "quoted premium", "expected premium",
                          "premium estimate", "potential premium", "amount", "deal amount", "deal value",
                          "opportunity amount", "close value", "opportunity value"),
    "stage": ("stage", "deal stage", "lead stage", "opportunity stage", "pipeline stage", "sales stage", "stage name",
              "lead status", "workflow stage name"),
    "stage_entered_at": ("stage entered at", "stage date", "enter stage date", "entered stage", "stage entered",
                         "date entered current stage", "last stage change date", "stage changed on"),
    "qualified": ("qualified", "is qualified", "marketing qualified", "sales qualified"),
    "lost_reason": ("lost reason", "closed lost reason", "loss reason", "reason lost", "reason for loss"),
    "competing_agency": ("competing agency", "lost to agency"),
    "competing_carrier": ("competing carrier", "lost to carrier", "competitor carrier"),
    "price_difference": ("price difference", "premium difference", "price gap"),
    "winnable": ("winnable",),
    "would_change": ("would change",),
    "note": _NOTE,
}  # fmt: skip

_POLICIES: Mapping[str, tuple[str, ...]] = {
    "policy_number": _POLICY,
    "client": _CLIENT,
    "producer": _PRODUCER,
    "line": _LINE,
    "transaction": ("transaction", "transaction type", "business type", "type of business", "new/renewal",
                    "new or renewal", "new renewal", "trans type"),
    "bound_on": ("bound on", "bound date", "date bound", "bind date", "sold date", "date sold", "written date",
                 "date written", "sale date"),
    "effective_on": _EFFECTIVE,
    "annual_premium": _PREMIUM,
    "client_id": _CLIENT_ID,
    "carrier": _CARRIER,
    "expires_on": ("expires on", "expiration date", "exp date", "policy expiration date", "expiry date", "expiration",
                   "policy end date", "expires"),
    "in_force_on": ("in force on", "in force date"),
    "commission_rate": ("commission rate", "commission percent", "comm rate", "comm percent", "commission %"),
    "commission": ("commission", "commission amount", "agency commission", "commission due"),
    "shares": ("shares",),
    "lead_id": _LEAD_ID,
    "source": _SOURCE,
    "state": (*_STATE, "risk state", "rating state"),
    "zip": _ZIP,
    "ended_on": ("ended on", "cancellation date", "cancel date", "cancelled on", "termination date", "date cancelled"),
    "end_reason": ("end reason", "cancellation reason", "cancel reason", "reason cancelled"),
    "snapshot": ("snapshot",),
}  # fmt: skip

_ACTIVITIES: Mapping[str, tuple[str, ...]] = {
    "occurred_at": ("occurred at", "activity date", "date", "activity date/time", "call date", "start time",
                    "timestamp", "date time", "date/time", "call time", "date and time", "call start time",
                    "completed date", "completed on"),
    "producer": (*_PRODUCER, "employee", "completed by", "called by"),
    "kind": ("kind", "activity type", "type of activity", "engagement type", "activity kind"),
    "activity_id": ("activity id", "call id", "engagement id", "task id", "event id"),
    "direction": ("direction", "call direction", "inbound/outbound"),
    "outcome": ("outcome", "call outcome", "call result", "result", "disposition", "call disposition", "call status"),
    "minutes": ("minutes", "duration minutes", "duration (minutes)", "call duration (minutes)", "talk minutes"),
    "count": ("count", "quantity", "number of calls"),
    "bulk": ("bulk", "mass email"),
    "self_reported": ("self reported",),
    "lead_id": _LEAD_ID,
    "client": _CLIENT,
    "note": (*_NOTE, "subject"),
    "phone": (*_PHONE, "dialed number", "number dialed"),
}  # fmt: skip

_QUOTES: Mapping[str, tuple[str, ...]] = {
    "producer": (*_PRODUCER, "quoted by"),
    "delivered_on": ("delivered on", "quote date", "quoted on", "date quoted", "quoted date", "delivered date",
                     "quote delivered", "date delivered", "proposal date", "presented on"),
    "quote_id": ("quote id", "quote number", "quote reference"),
    "lead_id": _LEAD_ID,
    "client": _CLIENT,
    "line": _LINE,
    "carrier": _CARRIER,
    "premium": ("premium", "quoted premium", "quote premium", "quote amount", "annual premium", "total premium",
                "premium quoted"),
}  # fmt: skip

_CLIENTS: Mapping[str, tuple[str, ...]] = {
    "client_id": _CLIENT_ID,
    "name": ("name", *_CLIENT, "full name"),
    "email": _EMAIL,
    "phone": _PHONE,
    "zip": _ZIP,
    "state": _STATE,
    "producer": _PRODUCER,
    "csr": ("csr", "account manager", "customer service rep", "csr name", "service rep", "servicer", "client manager"),
    "since": ("since", "client since", "customer since", "account opened"),
}

_PRODUCERS: Mapping[str, tuple[str, ...]] = {
    "producer_code": ("producer code", "producer id", "agent code", "agent id", "employee id", "employee code"),
    "name": ("name", "producer name", "agent name", "employee name", "full name", "employee"),
    "role": ("role", "job role", "position", "job title"),
    "email": ("email", "e-mail", "email address", "work email"),
    "phone": _PHONE,
    "hired_on": ("hired on", "hire date", "date hired", "start date"),
    "left_on": ("left on", "termination date", "end date", "date left"),
    "manager": ("manager", "supervisor", "reports to", "manager name"),
    "salary": ("salary", "annual salary", "base salary"),
    "status": ("status", "employment status"),
}

_STAGES: Mapping[str, tuple[str, ...]] = {
    "pipeline": ("pipeline", "pipeline name"),
    "stage": ("stage", "new stage", "stage name", "to stage", "deal stage"),
    "entered_at": ("entered at", "date entered", "entered on", "stage date", "stage change date", "changed at"),
    "lead_id": (*_LEAD_ID, "record id"),
    "policy_number": _POLICY,
}

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "leads": _LEADS, "policies": _POLICIES, "activities": _ACTIVITIES, "quotes": _QUOTES, "clients": _CLIENTS,
        "producers": _PRODUCERS, "stages": _STAGES,
        "owners": {"lead_id": _LEAD_ID, "at": ("at", "changed at", "changed on"), "producer": ("new owner",)},
        "sources": {"source": _SOURCE, "cost_per_lead": ("cost per lead", "cpl"), "monthly_cost": ("monthly cost",)},
    }
)  # fmt: skip
"""Table -> column -> what systems call it. Tables and columns that are missing go by their own name alone."""

TABLE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "leads": (
            "lead",
            "leads",
            "opportunity",
            "opportunities",
            "deal",
            "deals",
            "prospect",
            "prospects",
            "pipeline",
        ),
        "policies": ("policy", "policies", "book", "production"),
        "activities": ("activity", "activities", "call", "calls", "task", "tasks", "engagement", "engagements"),
        "quotes": ("quote", "quotes", "quoted", "proposal", "proposals"),
        "clients": ("client", "clients", "customer", "customers", "insureds"),
        "producers": ("producers", "employees", "staff", "team", "agents"),
    }
)
"""Words in a file's name or headings that speak for a table."""

OTHERS = frozenset(
    {"csr", "manager", "support", "previous", "prior", "old", "former", "backup", "referred", "referral", "second",
     "secondary", "created", "modified", "updated", "by", "spouse", "emergency", "company", "carrier", "agency",
     "branch", "office", "owner", "agent", "producer", "rep", "user", "employee", "assigned", "license", "billing",
     "alternate", "alt", "work", "fax", "other", "co"}
)  # fmt: skip
"""Words in a heading that make a column of e-mail addresses, states or names somebody else's."""
