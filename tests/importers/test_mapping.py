"""Headings in any spelling, and layouts told apart."""

from __future__ import annotations

import pytest

from desktop.core.templates import TEMPLATES
from desktop.importers.mapping import best_match, heading_key, lay_over, weaker_keys
from desktop.importers.profiles import BY_NAME, PROFILES


@pytest.mark.parametrize(
    "heading",
    [
        "Policy Number",
        "PolicyNumber",
        "policy_number",
        "POLICY #",
        "Policy No.",
        "policy_no",
        "PolicyNo",
        " policy-number ",
    ],
)
def test_spellings_of_a_heading(heading: str) -> None:
    assert heading_key(heading) == "policynumber"


def test_units_marks_and_suffixes_are_weaker() -> None:
    assert "duration" in weaker_keys("Duration (h:mm:ss)")
    assert "effectivedate" in weaker_keys("Effective_Date2")
    assert "leadid" in weaker_keys("lead_id*")


def test_each_templates_own_headings_are_recognised_as_it() -> None:
    for profile in PROFILES:
        if profile.name.startswith("template_"):
            headings = [field.name for field in profile.fields]
            found = best_match(PROFILES, headings)
            assert found is not None and found.profile is profile
            required = [field.name for field in profile.fields if field.required]
            found = best_match(PROFILES, required)
            known = found is not None and found.profile is profile
            # the program's own records are only known whole
            assert known == (TEMPLATES[profile.table].shown or required == headings), required


def test_a_better_synonym_is_taken_first_and_a_column_serves_once() -> None:
    match = lay_over(BY_NAME["phone_totals"], ["Name", "User", "Date", "Outbound", "Inbound"])
    taken = dict(zip((field.name for field in match.profile.fields), match.columns, strict=True))
    assert taken["user"] == 1
    assert len([at for at in match.columns if at is not None]) == len({at for at in match.columns if at is not None})


def test_two_layouts_that_fit_alike_are_refused_unless_the_name_decides() -> None:
    headings = ["producer_code", "name", "effective_from", "salary", "benefits"]
    pay, producers = lay_over(BY_NAME["template_pay"], headings), lay_over(BY_NAME["template_producers"], headings)
    assert pay.found == producers.found
    assert best_match(PROFILES, headings) is None
    named = best_match(PROFILES, headings, "pay 2026")
    assert named is not None and named.profile.name == "template_pay"


def test_a_chance_column_is_no_layout() -> None:
    headings = ["Source", "Amount", "Colour", "Size"]
    assert best_match(PROFILES, headings) is None
    named = best_match(PROFILES, headings, "sources")
    assert named is not None and named.profile.name == "template_sources"
