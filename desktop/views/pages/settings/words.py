"""The settings in words: sections, labels, help, and the grids' columns. Knows texts alone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.settings import DEFAULTS
from desktop.views.dialogs.gridding import GridColumn


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Settings", text)


ZONES = (
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Puerto Rico"),
)


def weekdays() -> tuple[str, ...]:
    """Monday to Sunday."""
    return (
        say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday"), say("Friday"), say("Saturday"), say("Sunday"),
    )  # fmt: skip


def grid_columns(name: str) -> tuple[GridColumn, ...]:
    """The columns of a grid of settings."""
    lines = tuple(str(line["name"]) for line in _lines())
    found = {
        "lines": (
            GridColumn("name", say("Line"), width=180),
            GridColumn("group", say("Group"), ("personal", "commercial", "life"), width=110),
            GridColumn("synonyms", say("Other spellings, with ; between")),
        ),
        "carriers": (
            GridColumn("carrier", say("Carrier"), width=220),
            GridColumn("line", say("Line"), lines, width=200),
            GridColumn("rate", say("Commission")),
        ),
        "sources": (
            GridColumn("source", say("Source"), width=240),
            GridColumn("cost_per_lead", say("Cost per lead ($)"), width=150),
            GridColumn("monthly_cost", say("Cost per month ($)")),
        ),
        "activity.weights": (
            GridColumn("what", say("For each"), fixed=True, width=200),
            GridColumn("weight", say("Points")),
        ),
        "routing.weights": (
            GridColumn("what", say("Part of the score"), fixed=True, width=200),
            GridColumn("weight", say("Weight")),
        ),
        "bands": (
            GridColumn("kpi", say("KPI"), fixed=True, width=230),
            GridColumn("green", say("Green up to, or from"), width=190),
            GridColumn("red", say("Red beyond")),
        ),
        "expected_days": (
            GridColumn("pipeline", say("Pipeline"), fixed=True, width=150),
            GridColumn("stage", say("Stage"), fixed=True, width=200),
            GridColumn("days", say("Days")),
        ),
        "ladder.minutes": (
            GridColumn("step", say("Step"), fixed=True, width=200),
            GridColumn("minutes", say("Minutes after assignment")),
        ),
    }
    return found[name]


def _lines() -> list[dict[str, object]]:
    listed = DEFAULTS["lines"]
    return [line for line in listed if isinstance(line, dict)] if isinstance(listed, list) else []  # type: ignore[misc]


def grid_help(name: str) -> str:
    """What a grid is for, in a sentence or two."""
    return {
        "lines": say("Files spell a line in many ways; each spelling listed here means that line."),
        "carriers": say("Used where a file states neither commission nor rate. 12.5% or 0.125."),
        "sources": say("What leads cost. Sources that leads name are listed by themselves."),
        "activity.weights": say("The activity score adds these points."),
        "routing.weights": say("How a lead's best producer is found; the four add up to 100 %."),
        "bands": say(
            "Green inside the first figure, red beyond the second, yellow between; two ranges like 3 to 5 and 2 to 7 "
            "also do. Leave both empty for a KPI without bands. From a day on, or for one producer: Target… on a KPI."
        ),
        "expected_days": say("How long a case may stay in a stage before it counts as overdue."),
        "ladder.minutes": say("What happens when nobody answers a new lead; each later than the one before."),
    }[name]
