"""Scorecards to be drawn: an ordinary one, a blank form, and the worst that names and numbers can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

from PIL import Image

from desktop.core.scorecard import (
    ACTIVITY_METRICS,
    OPEN_STAGES,
    RESULT_METRICS,
    Figure,
    Figures,
    Letterhead,
    MonthToDate,
    Paper,
    Person,
    ScorecardContent,
    ScorecardTexts,
    Week,
    build,
)

WEEK = Week("2026-W10", date(2026, 3, 2), date(2026, 3, 8))
PRINTED = datetime(2026, 3, 9, 8, 5)
AGENCY = Letterhead("Lakeview Insurance Partners")
MARIA = Person("P01", "Maria O’Brien-Núñez", "Tom Ashworth")
TEXTS = ScorecardTexts(
    ("Bound the Harbor Bakery package", "Two referrals from the realtor lunch"),
    ("Price objections on home renewals", ""),
    ("Call back the five open quotes", "Prepare Alder Dental", "COI lunch on Thursday"),
    "Practise the price conversation on Wednesday.",
)
LONG = "Quoted the combined auto and home bundle to the family on Maple Street, who compared three carriers. "


def figures() -> Figures:
    """A week with hits, misses, gaps in the trend and cents."""
    values = {
        "calls_made": Figure(42, 30, 50, True, (20, 31, None, 35, 42)),
        "emails_sent": Figure(17, 20, 30, False, (20, 21, 17)),
        "meetings_set": Figure(9, 5, 8, True),
        "meetings_held": Figure(4, 4, 6, True),
        "referrals_asked": Figure(3, 8, 12, False),
        "coi_contacts": Figure(0, 2, 3, False),
        "quotes": Figure(5, 2, 5, True),
        "policies_written": Figure(2, 1, 2, True),
        "new_premium": Figure(412_550, 461_538, 1_153_846, False),
    }
    month = MonthToDate(3, 5, 785_000, 2_000_000, 3 / 7, True)
    stages = {key: (number, number * 100_050) for number, key in enumerate(OPEN_STAGES, 1)}
    return Figures(values, month, stages, 0.7234, [("calls", date(2026, 3, 8)), ("policies", date(2026, 3, 5))])


def logo() -> bytes:
    """A small picture with a transparent ground."""
    data = BytesIO()
    Image.new("RGBA", (90, 30), (0, 90, 110, 128)).save(data, "PNG")
    return data.getvalue()


def ordinary() -> ScorecardContent:
    return build(AGENCY, MARIA, WEEK, figures(), TEXTS, PRINTED)


def blank() -> ScorecardContent:
    return build(replace(AGENCY, logo=logo()), MARIA, WEEK, figures(), TEXTS, PRINTED, blank=True)


def nothing() -> ScorecardContent:
    return build(AGENCY, Person("", "Unassigned"), WEEK, Figures({}, MonthToDate(), {}), ScorecardTexts(), PRINTED)


def longest() -> ScorecardContent:
    """Names of 200 characters and texts that no page holds, on A4."""
    person = Person("P-" + "9" * 60, "Wolfeschlegelsteinhausenbergerdorff " * 6, "Ångström & Đorđević <i> " * 9)
    texts = ScorecardTexts((LONG * 5, LONG), (LONG * 9, "x" * 900), (LONG, "short", LONG * 4), LONG * 14)
    letterhead = Letterhead("D'Angelo & Sons <b>Insurance</b> of Greater Minneapolis " * 4, Paper.A4, logo())
    return build(letterhead, person, WEEK, figures(), texts, PRINTED)


def scripts() -> ScorecardContent:
    """Right-to-left names, emoji, other scripts, controls, a lone surrogate, something like a formula."""
    person = Person("P7", "محمد عبد الله \U0001f600\U0001f680", "אברהם כהן")
    texts = ScorecardTexts(
        ("\U0001f44d\U0001f3fd great", "ราคา 保険"),
        ("=1+1", "مرحبا 2026 ABC"),
        ("e\u0301", "a\tb\x00c\ud800d", ""),
        "One\nTwo",
    )
    return build(Letterhead("שלום (Agency) 24"), person, WEEK, figures(), texts, PRINTED)


def giant() -> ScorecardContent:
    """Numbers that nobody writes in a week."""
    values = {key: Figure(10**11, 10**8, 10**9, True, (1, 10**12)) for key in (*ACTIVITY_METRICS, *RESULT_METRICS)}
    month = MonthToDate(10**7, 10**6, 10**15, 10**14, 12.3456, False)
    return build(
        AGENCY, MARIA, WEEK, Figures(values, month, dict.fromkeys(OPEN_STAGES, (10**10, 10**18))), TEXTS, PRINTED
    )


ALL = {
    "ordinary": ordinary,
    "blank": blank,
    "nothing": nothing,
    "longest": longest,
    "scripts": scripts,
    "giant": giant,
}
