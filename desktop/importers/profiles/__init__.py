"""All layouts that are recognised. A new system is one new module and one line here."""

from __future__ import annotations

from desktop.importers.profiles import (
    agencyzoom_leads,
    agencyzoom_totals,
    ams360_activity,
    ams360_new_business,
    carrier_statement,
    crm_conversations,
    crm_opportunities,
    epic_activities,
    epic_new_business,
    epic_opportunities,
    ezlynx_book,
    ezlynx_policy_activity,
    ezlynx_policy_master,
    ezlynx_quotes,
    ezlynx_scheduled,
    hawksoft_activity,
    hawksoft_opportunities,
    hawksoft_policies,
    hawksoft_tasks,
    insuredmine_deals,
    phone_calls,
    phone_totals,
    self_report,
    templates,
)
from desktop.importers.profiles.profile import Profile

PROFILES: tuple[Profile, ...] = (
    *templates.PROFILES,
    self_report.PROFILE,
    ezlynx_book.PROFILE,
    phone_calls.PROFILE,
    phone_totals.PROFILE,
    agencyzoom_totals.SALES,
    agencyzoom_totals.SOURCES,
    agencyzoom_leads.PROFILE,
    insuredmine_deals.PROFILE,
    epic_new_business.PROFILE,
    ams360_new_business.PROFILE,
    hawksoft_policies.PROFILE,
    ezlynx_policy_activity.PROFILE,
    epic_activities.PROFILE,
    ams360_activity.PROFILE,
    hawksoft_activity.PROFILE,
    hawksoft_tasks.PROFILE,
    epic_opportunities.PROFILE,
    hawksoft_opportunities.PROFILE,
    ezlynx_policy_master.PROFILE,
    ezlynx_scheduled.PROFILE,
    ezlynx_quotes.PROFILE,
    crm_opportunities.PROFILE,
    crm_conversations.PROFILE,
    carrier_statement.PROFILE,
)

BY_NAME = {profile.name: profile for profile in PROFILES}


def amended_by(name: str) -> frozenset[str]:
    """The columns that files of a layout may change in records already in the book; empty where they may change all."""
    return frozenset(BY_NAME[name].amends) if name in BY_NAME else frozenset()
