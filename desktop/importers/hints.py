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
            "EZLynx",
            "Policy Activity, with transaction type and date, policy number, premium and assigned producer",
            "Policies bound, renewed, changed and cancelled, with the day of each transaction.",
            "Quotes, calls and leads are not in it.",
        ),
        ReportHint(
            "EZLynx",
            "Quotes Detail or Rating Activity, with date, applicant id, producer, line, carrier and premium",
            "Quotes by producer; several carriers for one applicant on a day count as one.",
            "What was bound is not in it, nor calls or meetings.",
        ),
        ReportHint(
            "EZLynx",
            "Policy Master, or a scheduled report of policies, with every policy status and the cancellation date",
            "Policies with premium, carrier, dates and producer, and the clients.",
            "Without the origination date all count as renewals. Quotes, calls and leads are not in it.",
        ),
        ReportHint(
            "Applied Epic",
            "Activities, filtered by producer, with activity id, code, description, status and dates",
            "Calls, e-mails, texts and meetings that people logged and closed.",
            "What nobody logged is not in it. Open activities are tasks and count nowhere.",
        ),
        ReportHint(
            "Applied Epic",
            "New business: policies with lookup code, transaction type, producer and split percent",
            "Policies with premium, carrier, dates and producers by their shares, and the clients.",
            "Quotes, calls and leads are not in it. Without the split percent a policy counts for its first producer.",
        ),
        ReportHint(
            "Applied Epic",
            "Opportunities with id, stage, stage date, owner, estimated premium and closed status",
            "Leads with their stages, won and lost.",
            "Calls, quotes and policies are not in it. Without the stage date the day of receipt is assumed.",
        ),
        ReportHint(
            "AMS360",
            "New Business Summary by producer and dates, with transaction type, term, exec and rep",
            "Policies with premium, carrier, dates and producer, and the clients with their service person.",
            "Quotes, calls and leads are not in it. Policy numbers that a spreadsheet cut short cannot be read.",
        ),
        ReportHint(
            "AMS360",
            "Producer Activity (Management Reports), one row per activity with customer, action and date",
            "Calls, e-mails, texts and meetings that people logged.",
            "What nobody logged is not in it. The pipeline of opportunities is not in AMS360.",
        ),
        ReportHint(
            "HawkSoft",
            "Policies by producer, with inception, effective and sold date, status and status date",
            "Policies with premium, carrier, dates and producer, new business apart from renewals, and the clients.",
            "Quotes, calls and leads are not in it. A list of active policies only cannot show retention.",
        ),
        ReportHint(
            "HawkSoft",
            "Activity log with date, client, action and user; and the list of tasks",
            "Calls, e-mails, texts and meetings that people logged, and the tasks they completed.",
            "What nobody logged is not in it. Tasks that are still to be done count nowhere.",
        ),
        ReportHint(
            "HawkSoft",
            "Opportunities with client id, stage, stage date, assignee and estimated premium",
            "Leads with their stages, won and lost.",
            "Calls, quotes and policies are not in it. Without the stage date the day of receipt is assumed.",
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
            "AgencyZoom",
            "Leads, with lead id, names, phone, e-mail, source, producer, stage and the dates of contact, quote, sale",
            "Leads with their owner, source and stage, and the days on which they were contacted, quoted and won.",
            "Quotes with carrier and premium, calls and policies are not in it.",
        ),
        ReportHint(
            "AgencyZoom",
            "Sales report by producer, or by lead source (say which period it covers: the file does not)",
            "The totals that AgencyZoom states, to be set beside ours.",
            "It holds no quotes, so no close rate comes from it, and its totals enter no metric.",
        ),
        ReportHint(
            "InsuredMine",
            "Deals, with policy mode, both premiums, start and end dates, account, producer and company",
            "Policies with their premium by the year, carrier, dates and producer, and the clients.",
            "It says neither when a policy was bound nor which ones were lost; most leave out what was new.",
        ),
        ReportHint(
            "CRM",
            "Opportunities of all pipelines: id, contact, pipeline, stage and the day it was entered, status, tags",
            "Leads, their stages, and underwriting, placement, exception, decline and nurture cases on them.",
            "Tags carry no dates, and a card shows its present stage only: export often, or a row for each stage.",
        ),
        ReportHint(
            "CRM",
            "Conversations: one row per message or call with date, type, direction, status, user and contact",
            "Calls, texts and e-mails both ways, and how long an inbound message waited for its reply.",
            "Stages and policies are not in it.",
        ),
        ReportHint(
            "Carrier",
            "Commission statement: policy number, insured, effective date, transaction, line, premium, commission",
            "The commission paid on each term, and new terms where the statement tells them whole.",
            "It says neither when a policy was bound nor what was quoted; instalments cannot be told from repetitions.",
        ),
        ReportHint(
            "Any other system or spreadsheet",
            "The program's own templates, filled from what the system exports",
            "Everything that the program counts: people, leads, stages, activities, quotes, policies, targets.",
            "Only what is filled in.",
        ),
    ]
