"""Words of a log: what is clearly a contact, and what is only a note."""

from __future__ import annotations

import pytest

from desktop.importers.profiles.kinds import Contact, contact_of, is_to_do


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("Phone To Insured", Contact("call", "outbound")),
        ("PhoneFromInsured", Contact("call", "inbound")),
        ("Incoming call", Contact("call", "inbound")),
        ("Call - left message", Contact("call", "outbound", "voicemail")),
        ("Phone call, no answer", Contact("call", "outbound", "no_answer")),
        ("Called, spoke with client", Contact("call", "outbound", "connected")),
        ("Mass email", Contact("email", "outbound", bulk=True)),
        ("E-mail received", Contact("email", "inbound")),
        ("SMS", Contact("text", "outbound")),
        ("Meeting Scheduled", Contact("meeting_set")),
        ("Appointment kept", Contact("meeting_held")),
        ("Center of Influence lunch", Contact("coi_contact")),
        ("Asked for referral", Contact("referral_ask")),
        ("Referral", Contact("note")),
        ("COI", Contact("note")),
        ("Certificate of Insurance (COI)", Contact("note")),
        ("Phone To Carrier", Contact("note")),
        ("Email from underwriter", Contact("note")),
        ("Meeting rescheduled", Contact("note")),
        ("Mail To Insured", Contact("note")),
        ("", Contact("note")),
    ],
)
def test_categories(text: str, contact: Contact) -> None:
    assert contact_of(text) == contact


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Called insured about the roof of her garage", "call"),
        ("Discussed the text of the policy with her", "note"),
        ("Sent the renewal documents by e-mail to her", "email"),
        ("Updated phone number on the account of Marlow", "note"),
        ("Phone call", "call"),
    ],
)
def test_free_text_counts_by_how_it_opens(text: str, kind: str) -> None:
    assert contact_of("Service", text).kind == kind


@pytest.mark.parametrize(
    ("status", "to_do"),
    [
        ("Open", True), ("Not Started", True), ("Not completed", True), ("In Progress", True), ("Overdue", True),
        ("Closed-successful", False), ("Closed-unsuccessful", False), ("Completed", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_what_is_still_to_be_done(status: str | None, to_do: bool) -> None:
    assert is_to_do(status) is to_do
