"""The same person again."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.core import duplicates
from desktop.core.duplicates import Client
from desktop.core.intake import Lead, missing

NEW = Lead("N", "Ann", "Example", email="Ann@Example.com ", phone="(617) 555-0100", zip="02134", lines=("BOP",))


@pytest.mark.parametrize(
    ("old", "by"),
    [
        (Lead("L", email="ann@example.com"), "email"),
        (Lead("L", phone="+16175550100"), "phone"),
        (Lead("L", phone="1-617-555-0100 x12"), "phone"),
        (Lead("L", email="other@example.com"), None),
        (Lead("L", phone="+446175550100"), None),
        (Lead("L", email="ann@example.com", is_open=False), None),
        (Lead("N", email="ann@example.com"), None),
        (Lead("L", "Ann", "Example", zip="02134"), None),
    ],
)
def test_open_leads(old: Lead, by: str | None) -> None:
    found = duplicates.find(NEW, [old], [])
    assert (found and (found.kind, found.key, found.by)) == (by and ("lead", "L", by))


@pytest.mark.parametrize(
    ("client", "by"),
    [
        (Client("C", "X", email="ANN@example.com"), "email"),
        (Client("C", "X", phone="617.555.0100"), "phone"),
        (Client("C", "ann  example", zip="02134"), "name_zip"),
        (Client("C", "Example, Ann", zip="02134"), "name_zip"),
        (Client("C", "Ann Example", zip="02135"), None),
        (Client("C", "Anne Example", zip="02134"), None),
        (Client("C", "Ann Example"), None),
    ],
)
def test_clients(client: Client, by: str | None) -> None:
    found = duplicates.find(NEW, [], [client])
    assert (found and (found.kind, found.key, found.by)) == (by and ("client", "C", by))


def test_a_business_is_known_by_its_name() -> None:
    lead = Lead("N", "Ann", "Example", "Example Bakery", zip="02134")
    clients = [Client("A", "Ann Example", zip="02134"), Client("B", "EXAMPLE BAKERY", zip="02134")]
    found = duplicates.find(lead, [], clients)
    assert found and found.key == "B"


def test_an_open_lead_comes_before_a_client_and_the_earliest_first() -> None:
    early = Lead("Z", email="ann@example.com", received_at=datetime(2026, 3, 1))
    late = Lead("A", email="ann@example.com", received_at=datetime(2026, 3, 2))
    found = duplicates.find(
        NEW, [Lead("0", email="ann@example.com"), late, early], [Client("C", "X", email="ann@example.com")]
    )
    assert found and found.key == "Z"


@pytest.mark.parametrize(
    ("lead", "lacking"),
    [
        (NEW, ()),
        (Lead("N", business_name="B", email="e", phone="p", zip="K1A", lines=("Life",)), ()),
        (Lead("N", first_name="A", email="e", phone="p", zip="02134", lines=("Life",)), ("last_name",)),
        (Lead("N", business_name="B"), ("email", "phone", "zip", "line")),
        (Lead("N", business_name="B", email="e", phone="p", zip="2134", lines=("Life",)), ("zip",)),
        (Lead("N", business_name="B", email="e", phone="p", zip="D1A", lines=("Life",)), ("zip",)),
    ],
)
def test_required_fields(lead: Lead, lacking: tuple[str, ...]) -> None:
    assert missing(lead) == lacking
