"""Each system's layouts are taken for that system's and for no other, also when an agency shows fewer columns."""

from __future__ import annotations

import importlib
import random

import pytest

from desktop.importers.mapping import best_match
from desktop.importers.profiles import PROFILES
from tests.importers.profiles.exports import Layout

MODULES = (
    "agencyzoom_leads", "ams360_activity", "ams360_new_business", "carrier_statement", "crm_conversations",
    "crm_opportunities", "epic_activities", "epic_new_business", "epic_opportunities", "ezlynx_policy_activity",
    "ezlynx_quotes", "hawksoft_activity", "hawksoft_opportunities", "hawksoft_policies", "hawksoft_tasks",
)  # fmt: skip


def _layouts() -> list[tuple[str, Layout]]:
    found: list[tuple[str, Layout]] = []
    for name in MODULES:
        module = importlib.import_module(f"tests.importers.profiles.test_{name}")
        found.extend((name, layout) for layout in module.LAYOUTS)
    listings = importlib.import_module("tests.importers.profiles.test_ezlynx_listings")
    return [*found, *listings.LAYOUTS]


LAYOUTS = _layouts()
NAMES = [f"{name}-{layout.name}" for name, layout in LAYOUTS]


@pytest.mark.parametrize(("name", "layout"), LAYOUTS, ids=NAMES)
def test_each_layout_is_its_own_systems(name: str, layout: Layout) -> None:
    match = best_match(PROFILES, [heading for heading, _key in layout.columns])
    assert match is not None
    assert match.profile.name == name


@pytest.mark.parametrize(("name", "layout"), LAYOUTS, ids=NAMES)
def test_fewer_columns_are_asked_about_rather_than_taken_for_another_system(name: str, layout: Layout) -> None:
    chance = random.Random(name)
    headings = [heading for heading, _key in layout.columns]
    for _try in range(60):
        some = chance.sample(headings, chance.randrange(3, len(headings) + 1))
        match = best_match(PROFILES, some)
        assert match is None or match.profile.name.split("_")[0] == name.split("_")[0], (match.profile.name, some)


@pytest.mark.parametrize(
    "headings",
    [
        "Policy Number,Insured,Producer,Line of Business,Carrier,Effective Date,Expiration Date,Premium",
        "Policy No,Client,Agent,LOB,Company,Eff Date,Exp Date,Annual Premium,Status,Transaction Type",
        "Date,Client,Type,Agent,Notes",
        "Date,User,Calls,Emails,Meetings",
        "Deal Name,Stage,Owner,Amount,Close Date,Created Date",
        "Named Insured,Policy #,Company,LOB,Renewal Date,Current Premium,Renewal Premium,Agent",
        "Date,Applicant,Producer,Line,Carrier,Premium",
        "Task,Owner,Due,Status,Priority,Project",
        "Invoice,Customer,Date,Amount,Status,Description",
        "Customer,Order #,Date,Item,Quantity,Amount",
    ],
)
def test_what_is_nobodys_export_is_asked_about(headings: str) -> None:
    assert best_match(PROFILES, headings.split(",")) is None
