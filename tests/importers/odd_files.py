"""Files as CRMs and offices export them, whose headings no profile knows, and what each column really is.

Names made up. `truth`: heading -> our column, or empty where it is none of ours and taking it would be wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

PEOPLE = ("Mara Quist", "Devon Ashby", "Ines Calder", "Tobin Leary")
CLIENTS = ("Harlow Bakery LLC", "Nettie Prior", "Orrin Sable", "Kestrel Roofing", "Wyn Dacosta", "Bluff Street Dental")
STATES = ("NY", "NJ", "CT", "PA", "MA")
LINES = ("Auto", "Home", "BOP", "Umbrella", "Workers Comp")
CARRIERS = ("Lakeland Mutual", "Stonebridge", "Old Harbor", "Pilot Casualty")

Maker = Callable[[random.Random, int], str]


def of(*choices: str) -> Maker:
    return lambda chance, _row: chance.choice(choices)


def day(form: str = "%m/%d/%Y") -> Maker:
    return lambda chance, _row: (date(2025, 1, 1) + timedelta(days=chance.randrange(400))).strftime(form)


def moment(chance: random.Random, row: int) -> str:
    return f"{day('%Y-%m-%d')(chance, row)} {chance.randrange(8, 18):02}:{chance.randrange(60):02}"


def money(chance: random.Random, _row: int) -> str:
    return f"${chance.randrange(200, 9000):,}.00"


def number(first: int = 1, last: int = 90) -> Maker:
    return lambda chance, _row: str(chance.randrange(first, last))


def ident(prefix: str = "") -> Maker:
    return lambda chance, row: f"{prefix}{100_000 + row * 7}"


def email(chance: random.Random, row: int) -> str:
    return f"person{row}@example.com"


def staff_email(chance: random.Random, _row: int) -> str:
    return chance.choice(("mara@example.org", "devon@example.org"))


def phone(chance: random.Random, _row: int) -> str:
    return f"(212) 555-0{chance.randrange(100, 199)}"


def zip_code(chance: random.Random, _row: int) -> str:
    return f"1{chance.randrange(1000, 9999)}"


def words(chance: random.Random, _row: int) -> str:
    return chance.choice(("called twice", "wants a review", "asked for cheaper", "spouse decides"))


@dataclass(frozen=True, slots=True)
class OddFile:
    """`columns`: (heading, how values are made, our column or empty)."""

    name: str
    table: str
    columns: tuple[tuple[str, Maker, str], ...]

    @property
    def headings(self) -> list[str]:
        return [heading for heading, _make, _ours in self.columns]

    @property
    def truth(self) -> dict[str, str]:
        return {heading: ours for heading, _make, ours in self.columns}

    def rows(self, many: int, chance: random.Random, order: Sequence[int] | None = None) -> list[list[str]]:
        places = order if order is not None else range(len(self.columns))
        return [[self.columns[at][1](chance, row) for at in places] for row in range(many)]


ODD_FILES = (
    OddFile(
        "opportunity_report", "leads",
        (
            ("Opportunity ID", ident("006"), "lead_id"), ("Opportunity Name", of(*CLIENTS), ""),
            ("Account Name", of(*CLIENTS), "business_name"), ("Stage", of("Prospecting", "Closed Won"), "stage"),
            ("Amount", money, "estimated_premium"), ("Probability (%)", number(), ""), ("Age", number(), ""),
            ("Close Date", day(), ""), ("Created Date", day(), "received_at"), ("Next Step", words, ""),
            ("Lead Source", of("Web", "Referral"), "source"), ("Opportunity Owner", of(*PEOPLE), "producer"),
            ("Owner Role", of("Sales East", "Sales West"), ""), ("Last Modified Date", day(), ""),
            ("Last Modified By", of(*PEOPLE), ""), ("Fiscal Period", of("Q1-2025", "Q2-2025"), ""),
        ),
    ),
    OddFile(
        "hubspot-crm-exports-all-deals", "leads",
        (
            ("Record ID", ident(), "lead_id"), ("Deal Name", of(*CLIENTS), ""),
            ("Deal Stage", of("Appointment Scheduled", "Closed Lost"), "stage"), ("Close Date", moment, ""),
            ("Deal owner", of(*PEOPLE), "producer"), ("Amount", number(200, 9000), "estimated_premium"),
            ("Pipeline", of("Sales Pipeline"), ""), ("Create Date", moment, "received_at"),
            ("Associated Contact", of(*CLIENTS), ""), ("Associated Company", of(*CLIENTS), "business_name"),
            ("Last Activity Date", moment, ""), ("Number of Sales Activities", number(), ""),
            ("Days to Close", number(), ""), ("Original Source", of("Offline", "Direct"), "source"),
            ("Deal Description", words, ""), ("Owner Email", staff_email, ""), ("HubSpot Team", of("East"), ""),
        ),
    ),
    OddFile(
        "webform leads", "leads",
        (
            ("Submission Date", moment, "received_at"), ("Lead ID", ident("L-"), "lead_id"),
            ("FirstName", of("Nettie", "Orrin"), "first_name"), ("Surname", of("Prior", "Sable"), "last_name"),
            ("E-mail", email, "email"), ("Cell", phone, "phone"), ("Agent Email", staff_email, ""),
            ("St", of(*STATES), "state"), ("Postal Code", zip_code, "zip"), ("Assigned Agent", of(*PEOPLE), "producer"),
            ("Lead Score", number(), ""), ("Preferred Contact Time", of("AM", "PM"), ""),
            ("X-Date", day(), "policy_expires_on"), ("Date of Birth", day(), ""), ("Household Size", number(1, 6), ""),
            ("Current Carrier", of(*CARRIERS), "carrier"), ("Opt-In", of("Yes", "No"), "consent"),
            ("Loss Reason", of("Price", "Timing"), "lost_reason"), ("Last Contacted", day(), ""),
        ),
    ),
    OddFile(
        "book export", "policies",
        (
            ("Pol Number", ident("HP"), "policy_number"), ("Named Insured", of(*CLIENTS), "client"),
            ("Account Executive", of(*PEOPLE), "producer"), ("LOB", of(*LINES), "line"),
            ("New/Renewal", of("New", "Renewal"), "transaction"), ("Date Written", day(), "bound_on"),
            ("Eff. Date", day(), "effective_on"), ("Exp. Date", day(), "expires_on"), ("Written Premium", money, ""),
            ("Annualized Premium", money, "annual_premium"), ("Prior Premium", money, ""), ("Agency Fee", money, ""),
            ("Issuing Company", of(*CARRIERS), "carrier"), ("Commission %", number(5, 15), "commission_rate"),
            ("Account Manager", of("Pia Roth", "Gus Lund"), ""), ("Bill Type", of("Direct", "Agency"), ""),
            ("Garaging Zip", zip_code, ""), ("Policy Status", of("Active", "Cancelled"), ""),
            ("Customer Number", ident(), "client_id"), ("Term", of("12", "6"), ""), ("Deductible", money, ""),
        ),
    ),
    OddFile(
        "dialer history", "activities",
        (
            ("Call ID", ident("c"), "activity_id"), ("Call Start Time", moment, "occurred_at"),
            ("Call End Time", moment, ""), ("User Name", of(*PEOPLE), "producer"),
            ("Call Direction", of("Outbound", "Inbound"), "direction"),
            ("Disposition", of("Connected", "No Answer", "Left Voicemail"), "outcome"),
            ("Duration (sec)", number(5, 900), ""), ("Queue", of("Sales", "Service"), ""),
            ("Dialed Number", phone, "phone"), ("Caller ID", phone, ""), ("Campaign", of("Spring", "X-dates"), ""),
            ("Wrap-up Notes", words, ""), ("Cost", money, ""),
        ),
    ),
    OddFile(
        "proposals sent", "quotes",
        (
            ("Quote #", ident("Q"), "quote_id"), ("Quote Date", day(), "delivered_on"),
            ("Quoted By", of(*PEOPLE), "producer"), ("Insured Name", of(*CLIENTS), "client"),
            ("Line of Business", of(*LINES), "line"), ("Insurance Company", of(*CARRIERS), "carrier"),
            ("Quoted Premium", money, "premium"), ("Current Premium", money, ""), ("Quote Expires", day(), ""),
            ("Follow-up Date", day(), ""), ("Underwriter", of("Al Fern", "Jo Birch"), ""), ("Win %", number(), ""),
        ),
    ),
    OddFile(
        "customer list", "clients",
        (
            ("Client Code", ident("C"), "client_id"), ("Insured", of(*CLIENTS), "name"),
            ("Email Address", email, "email"), ("Primary Phone", phone, "phone"), ("Work Phone", phone, ""),
            ("Billing Zip", zip_code, "zip"), ("Producer", of(*PEOPLE), "producer"),
            ("Service Rep", of("Pia Roth", "Gus Lund"), "csr"), ("Client Since", day(), "since"),
            ("Spouse Email", email, ""), ("Preferred Language", of("English", "Spanish"), ""),
            ("Total Premium", money, ""),
        ),
    ),
)  # fmt: skip
