"""Which report to run in each system, and what that report cannot give, in the words of the empty pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportHint:
    """One report of one system: what to run, what it brings, and what it leaves out."""

    system: str
    report: str
    gives: str
    lacks: str


def report_hints() -> list[ReportHint]:
    """The reports that are recognised today, the most useful first."""
    return [
        ReportHint(
            "EZLynx",
            "Book of Business Detail, with every policy status, saved as CSV or Excel",
            "Policies with premium, carrier, dates and producer, new business apart from renewals, and the clients.",
            "Quotes, calls and leads are not in it. A book of active policies only cannot show retention.",
        ),
        ReportHint(
            "Phone system",
            "Call log: one row per call with direction, numbers, user, date, time, duration and result",
            "Calls made and received by user, talk time, and contact with leads, matched by phone number.",
            "E-mails, texts and meetings are not in it, nor what a call was about.",
        ),
        ReportHint(
            "Phone system",
            "Calls per user and day (or week): user, date, outbound calls, inbound calls, talk time",
            "How many calls each producer made and received.",
            "Single calls are not in it, so it cannot tell how fast a lead was called.",
        ),
        ReportHint(
            "Any other system or spreadsheet",
            "The program's own templates, filled from what the system exports",
            "Everything that the program counts: people, leads, stages, activities, quotes, policies, targets.",
            "Only what is filled in.",
        ),
    ]
