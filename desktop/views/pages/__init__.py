"""The pages of the window, one module each; they never import one another.

The list says what rail and menus show; a page is imported and made when it is first opened.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.views.widgets.context import PageContext
from desktop.views.widgets.page import Page, PageEntry
from desktop.views.widgets.rail import Group

_PAGES: tuple[tuple[str, str, Group, str, object], ...] = (
    # key, module and class, group, icon, title
    ("monday", "monday.MondayPage", Group.TODAY, "today", QT_TRANSLATE_NOOP("MondayPage", "Monday")),
    ("kpis", "kpis.KpisPage", Group.TODAY, "gauge-bars", QT_TRANSLATE_NOOP("KpisPage", "KPIs")),
    ("typing", "typing.TypingPage", Group.TODAY, "edit", QT_TRANSLATE_NOOP("TypingPage", "Weekly Counts")),
    ("producers", "producers.ProducersPage", Group.PEOPLE, "people", QT_TRANSLATE_NOOP("ProducersPage", "Producers")),
    (
        "scorecards",
        "scorecards.ScorecardsPage",
        Group.PEOPLE,
        "scorecard",
        QT_TRANSLATE_NOOP("ScorecardsPage", "Scorecards"),
    ),
    ("signed", "signed.SignedPage", Group.PEOPLE, "check-circle", QT_TRANSLATE_NOOP("SignedPage", "Signed Files")),
    ("people", "people.PeoplePage", Group.PEOPLE, "person", QT_TRANSLATE_NOOP("PeoplePage", "People")),
    ("live", "live.LivePage", Group.LEADS, "clock", QT_TRANSLATE_NOOP("LivePage", "Live Board")),
    ("leads", "leads.LeadsPage", Group.LEADS, "leads", QT_TRANSLATE_NOOP("LeadsPage", "Leads")),
    ("board", "board.BoardPage", Group.LEADS, "columns", QT_TRANSLATE_NOOP("BoardPage", "Stage Board")),
    ("clients", "clients.ClientsPage", Group.LEADS, "person", QT_TRANSLATE_NOOP("ClientsPage", "Clients")),
    ("renewals", "renewals.RenewalsPage", Group.LEADS, "retention", QT_TRANSLATE_NOOP("RenewalsPage", "Renewals")),
    ("routing", "routing.RoutingPage", Group.LEADS, "routing", QT_TRANSLATE_NOOP("RoutingPage", "Routing")),
    ("lostdeals", "money.LostDealsPage", Group.MONEY, "lost", QT_TRANSLATE_NOOP("LostDealsPage", "Lost Deals")),
    (
        "closerates",
        "money.CloseRatesPage",
        Group.MONEY,
        "check-circle",
        QT_TRANSLATE_NOOP("CloseRatesPage", "Close Rates"),
    ),
    (
        "revenue",
        "money.RevenuePage",
        Group.MONEY,
        "money",
        QT_TRANSLATE_NOOP("RevenuePage", "Revenue per Producer"),
    ),
    ("retention", "money.RetentionPage", Group.MONEY, "retention", QT_TRANSLATE_NOOP("RetentionPage", "Retention")),
    ("ept", "plans.EffortPage", Group.PLANS, "gauge-bars", QT_TRANSLATE_NOOP("EffortPage", "Production Time")),
    (
        "validation",
        "plans.ValidationPage",
        Group.PLANS,
        "check-circle",
        QT_TRANSLATE_NOOP("ValidationPage", "Validation"),
    ),
    ("tracking", "plans.TrackingPage", Group.PLANS, "history", QT_TRANSLATE_NOOP("TrackingPage", "Management Reports")),
    ("pace", "plans.PacePage", Group.PLANS, "target", QT_TRANSLATE_NOOP("PacePage", "Pace")),
    ("meetings", "plans.MeetingsPage", Group.PLANS, "clock", QT_TRANSLATE_NOOP("MeetingsPage", "1:1 Meetings")),
    ("reports", "reports.ReportsPage", Group.DATA, "print", QT_TRANSLATE_NOOP("ReportsPage", "Reports")),
    ("import", "importing.ImportPage", Group.DATA, "import", QT_TRANSLATE_NOOP("ImportPage", "Import")),
    ("coverage", "coverage.CoveragePage", Group.DATA, "calendar", QT_TRANSLATE_NOOP("CoveragePage", "Coverage")),
    ("records", "records.RecordsPage", Group.DATA, "table", QT_TRANSLATE_NOOP("RecordsPage", "Records")),
    (
        "duplicates",
        "duplicates.DuplicatesPage",
        Group.DATA,
        "copy",
        QT_TRANSLATE_NOOP("DuplicatesPage", "Duplicate Clients"),
    ),
    ("settings", "settings.SettingsPage", Group.DATA, "settings", QT_TRANSLATE_NOOP("SettingsPage", "Settings")),
)


def list_pages(context: PageContext) -> list[PageEntry]:
    """The pages in the order of the rail."""
    return [_entry(context, *page) for page in _PAGES]


def _entry(context: PageContext, key: str, place: str, group: Group, icon: str, title: object) -> PageEntry:
    module, name = place.split(".")
    words = QCoreApplication.translate(name, str(title))
    return PageEntry(key, words, group, icon, partial(_make, module, name, context))


def _make(module: str, name: str, context: PageContext) -> Page:
    made: Callable[[PageContext], Page] = getattr(import_module(f"{__name__}.{module}"), name)
    return made(context)
