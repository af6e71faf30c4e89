"""The reports in words: what each is called and says. Those that need what is typed on their page are printed there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

FROM_THEIR_PAGES = frozenset({
    "account-types", "ept", "ept-scenarios", "management-report-1", "management-report-2", "meeting-agenda",
    "validation",
})  # fmt: skip


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Reports", text)


def titles() -> dict[str, tuple[str, str]]:
    """By name: title and a sentence, in the order in which a principal reads them."""
    return {
        "dashboard": (say("Dashboard"), say("The twelve metrics, pipeline, health and flags.")),
        "scorecard-cover": (
            say("Scorecard cover and sign-off"), say("The agency's week, the ranking, lines to sign off."),
        ),
        "kpi-scorecard": (say("KPIs: scorecard"), say("The twenty cards of the first view.")),
        "kpi-funnel": (say("KPIs: lead conversion"), say("How far leads come, and how fast.")),
        "kpi-revenue": (say("KPIs: revenue"), say("Premium, commission and what a deal is worth.")),
        "kpi-retention": (say("KPIs: retention"), say("Who stays, by month and by cohort.")),
        "kpi-activity": (say("KPIs: activity"), say("Who does how much, and when.")),
        "kpi-intelligence": (say("KPIs: intelligence"), say("Sources, hours, states and the forecast.")),
        "lost-deals": (say("Lost deals review"), say("Why deals were lost, and to whom.")),
        "close-rates": (say("Close rates"), say("Quotes, wins and losses by line.")),
        "revenue": (say("Revenue per producer"), say("What each brings in and costs.")),
        "retention": (say("Retention"), say("Clients, policies, premium and commission.")),
        "lead-distribution": (say("Lead distribution"), say("Who got which leads in the period, and why.")),
        "source-report": (say("Lead sources"), say("What each source brings and costs.")),
        "territories": (say("Territory table"), say("Who has which ZIP codes, with the map.")),
        "account-rounding": (say("Account rounding"), say("Clients with room for another line.")),
        "carrier-goals": (say("Carrier goals"), say("Premium by carrier against its goal.")),
        "industry-measures": (say("Industry measures"), say("The agency beside what others reach.")),
        "renewals": (say("Renewals and x-dates"), say("What runs out in the next 30 days, per producer.")),
        "leads": (say("Leads"), say("Every lead of the period, its stage and owner.")),
        "clients": (say("Clients"), say("Who has policies in force, and what they pay.")),
        "people": (say("People"), say("Producers and staff, their roles and days.")),
        "win-back": (say("Win-back"), say("Clients who left and may come back.")),
    }  # fmt: skip


def title_of(name: str) -> tuple[str, str]:
    """Title and sentence of a report; one that has none yet is called by its name."""
    return titles().get(name, (name.replace("-", " ").capitalize(), ""))
