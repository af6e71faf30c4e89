"""Whether somebody is already here: as an open lead or as a client (routing.md 3.2 and 3.3).

Must not know what is done about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from desktop.core.intake import Lead

_NOT_DIGITS = re.compile(r"[^0-9]")
Keys = tuple[str | None, str | None]

_EXTENSION = re.compile(r"\s*(?:x|ext\.?|extension|#)\s*[0-9]+\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Client:
    """A client and who looks after it: `producer`, else the service representative `csr`."""

    client_id: str
    name: str
    email: str | None = None
    phone: str | None = None
    zip: str | None = None
    producer: str | None = None
    csr: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Who it is: an open lead or a client, never both; `by` is what they share: email, phone or name_zip."""

    by: str
    lead: Lead | None = None
    client: Client | None = None

    @property
    def kind(self) -> str:
        """`lead` or `client`."""
        return "client" if self.lead is None else "lead"

    @property
    def key(self) -> str:
        """The lead's or the client's id."""
        if self.lead is not None:
            return self.lead.lead_id
        return self.client.client_id if self.client is not None else ""


@dataclass(slots=True)
class Directory:
    """Open leads and clients by what identifies them; grows while a run routes."""

    leads: dict[str, Lead] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    named: dict[tuple[str, str], Client] = field(default_factory=dict)

    def add_lead(self, lead: Lead, keys: Keys | None = None) -> None:
        """Takes an open lead in; of several with one address the first added stands. `keys`: its, if at hand."""
        email, phone = keys or keys_of(lead)
        if email:
            self.leads.setdefault(email, lead)
        if phone:
            self.leads.setdefault(phone, lead)

    def add_client(self, client: Client) -> None:
        """Takes a client in; of several with one address or name the first added stands."""
        if client.email:
            self.clients.setdefault(email_key(client.email), client)
        if client.phone:
            self.clients.setdefault(phone_key(client.phone), client)
        if client.zip:
            self.named.setdefault((name_key(client.name), client.zip), client)

    def find_lead(self, lead: Lead, keys: Keys | None = None) -> Match | None:
        """The open lead with the same e-mail, else the same phone; `keys`: the lead's, if at hand. routing.md 3.2."""
        email, phone = keys or keys_of(lead)
        if email not in self.leads and phone not in self.leads:
            return None
        for by, key in _addresses(lead):
            found = self.leads.get(key)
            if found is not None and found.lead_id != lead.lead_id:
                return Match(by, lead=found)
        return None

    def find_client(self, lead: Lead) -> Match | None:
        """The client with the same e-mail, else phone, else exact name and ZIP. routing.md 3.3."""
        if not self.clients and not self.named:
            return None
        for by, key in _addresses(lead):
            if key in self.clients:
                return Match(by, client=self.clients[key])
        if lead.zip and self.named:
            for name in _names(lead):
                found = self.named.get((name, lead.zip))
                if found is not None:
                    return Match("name_zip", client=found)
        return None

    def copy(self) -> Directory:
        """A directory that may grow without this one growing."""
        return Directory(dict(self.leads), dict(self.clients), dict(self.named))


def directory(leads: Iterable[Lead], clients: Iterable[Client]) -> Directory:
    """The open ones of `leads` (earliest received first, then by id; without a time last), and the clients by id."""
    book = Directory()
    opened = [lead for lead in leads if lead.is_open]
    opened.sort(key=lambda one: (one.received_at or datetime.max, one.lead_id))
    for lead in opened:
        book.add_lead(lead)
    for client in sorted(clients, key=lambda one: one.client_id):
        book.add_client(client)
    return book


def find(lead: Lead, leads: Iterable[Lead], clients: Iterable[Client]) -> Match | None:
    """The open lead, else the client, that this lead is; None for a stranger. routing.md 3.2 and 3.3.

    A lead never matches its own id.
    """
    book = directory((one for one in leads if one.lead_id != lead.lead_id), clients)
    return book.find_lead(lead) or book.find_client(lead)


def keys_of(lead: Lead) -> Keys:
    """The lead's e-mail and phone as compared."""
    # As email_key and phone_key, without the calls: every lead of a run comes by here.
    email, phone = lead.email, lead.phone
    if phone and not (phone[0] == "+" and phone[1:].isdecimal()):
        phone = phone_key(phone)
    return email.strip().casefold() if email else None, phone or None


def email_key(email: str) -> str:
    """An e-mail address as compared: without outer spaces and case."""
    return email.strip().casefold()


def phone_key(phone: str) -> str:
    """A phone number in E.164 as compared: `+` and digits; a number without country is North American."""
    if phone[:1] == "+" and phone[1:].isdecimal():
        return phone
    bare = _EXTENSION.sub("", phone.strip())
    digits = _NOT_DIGITS.sub("", bare)
    if bare.startswith("+"):
        return f"+{digits}"
    return f"+1{digits}" if len(digits) == 10 else f"+{digits}"


def name_key(name: str) -> str:
    """A name as compared: case and spacing do not count, everything else does."""
    return " ".join(name.split()).casefold()


def _addresses(lead: Lead) -> list[tuple[str, str]]:
    found = [("email", email_key(lead.email))] if lead.email else []
    if lead.phone:
        found.append(("phone", phone_key(lead.phone)))
    return found


def _names(lead: Lead) -> list[str]:
    """The business's name, else both ways in which a person's is written."""
    if lead.business_name:
        return [name_key(lead.business_name)]
    if lead.first_name and lead.last_name:
        return [name_key(f"{lead.first_name} {lead.last_name}"), name_key(f"{lead.last_name}, {lead.first_name}")]
    return []
