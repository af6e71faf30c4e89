"""The agency's settings as the user reads and changes them; kept in the book, journalled, undoable."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from desktop.errors import UserError
from desktop.logs import log
from desktop.models import edits, journal, rollups, settings_rows
from desktop.models.journal import Author
from desktop.models.touched import Touched
from desktop.settings import Json, Settings, canonical
from desktop.settings.keys import DEFAULT_ZONE

if TYPE_CHECKING:
    from desktop.models.book import Book

_ZONE = "agency.time_zone"
_FOR_PRODUCTION = frozenset({"carriers", "lines"})
# What Windows calls the zones of the United States.
_WINDOWS_ZONES = {
    "Eastern": "America/New_York",
    "Central": "America/Chicago",
    "Mountain": "America/Denver",
    "US Mountain": "America/Phoenix",
    "Pacific": "America/Los_Angeles",
    "Alaskan": "America/Anchorage",
    "Hawaiian": "Pacific/Honolulu",
}
_US_ZONES = frozenset(_WINDOWS_ZONES.values()) | {"America/Detroit", "America/Boise", "America/Puerto_Rico"}
_US_FAMILIES = ("America/Indiana/", "America/Kentucky/", "America/North_Dakota/")


def load(book: Book) -> Settings:
    """The book's settings over the defaults; a stored value that does not fit is logged and its default stands."""
    stored = settings_rows.read(book)
    stored.setdefault(_ZONE, machine_zone())
    found, wrong = Settings.understood(stored)
    for error in wrong:
        log().warning("a stored setting does not fit: %s", error.what.split(":")[0])
    return found


def get(book: Book, key: str | None = None) -> dict[str, Json]:
    """Every setting, or the one named, or those under a name like `routing`, as JSON; UserError for an unknown key."""
    values = load(book).values()
    if key is None:
        return values
    family = {name: value for name, value in values.items() if name.startswith(f"{key}.")}
    return family or {key: load(book).get(key)}


def set_values(book: Book, values: Mapping[str, Json], author: Author, label: str | None = None) -> dict[str, Json]:
    """Change settings, all or none, as one undoable action; returns those that changed. UserError for a wrong one.

    `label` says what is done where the keys' names would not.
    """
    wanted = {key: canonical(key, value) for key, value in values.items()}
    for key, value in wanted.items():
        if key.startswith("bands.") and isinstance(value, list):
            _check_band(key, value)
    if not wanted:
        raise UserError("No setting is named.", "Give KEY=VALUE.")
    current = settings_rows.read(book)
    changed = {key: value for key, value in wanted.items() if key not in current or current[key] != value}
    if not changed:
        return {}
    with book.transaction():
        action = journal.open_action(book, author, "setting.change", label or _label(changed))
        for key, value in changed.items():
            write_value(book, action, key, value, author.at)
        if changed.keys() & _FOR_PRODUCTION:
            rollups.refresh(book, Touched(settings=True), load(book).default_rate)
    return changed


def _check_band(key: str, value: list[Json]) -> None:
    # here and not where the keys are: which way a KPI is better is no business of the settings
    from desktop.core.kpis import kpi
    from desktop.core.kpis.edges import check_way

    try:
        check_way(kpi(key.removeprefix("bands.")), cast("list[float | list[float]]", value))
    except UserError as error:
        raise UserError(f"{key}: {error.what}", error.what_to_do) from None


def write_value(book: Book, action: int, key: str, value: Json, at: str) -> None:
    """Set one setting as part of a larger action; within the caller's transaction."""
    edits.edit_row(book, action, "setting", key, {"name": key, "value": _packed(canonical(key, value))}, at)


def rates(book: Book) -> Callable[[str | None, str], float | None]:
    """(carrier, line) -> the carrier's usual commission rate as a fraction, or None."""
    return load(book).default_rate


_SPOKEN: Mapping[str, str] = MappingProxyType(
    {
        "agency.name": "the agency's name",
        "agency.address": "the agency's address",
        "agency.time_zone": "the time zone",
        "hours": "business hours",
        "carriers": "carriers' usual commission",
        "routing.overflow": "who takes overflow leads",
        "routing.cap_active": "the most active leads",
        "routing.cap_day": "the most new leads a day",
        "routing.weights": "weights of the score",
        "ladder.minutes": "minutes of the ladder",
        "ladder.business": "hours of the ladder",
        "activity.weights": "points of the activity score",
        "bands": "KPI bands",
        "dated_bands": "dated KPI bands",
        "expected_days": "stage times",
    }
)


def machine_zone() -> str:
    """This computer's time zone where it is one of the United States, else that of New York."""
    for name in (os.environ.get("TZ", ""), _linked_zone(), _WINDOWS_ZONES.get(_windows_name(), "")):
        if name in _US_ZONES or name.startswith(_US_FAMILIES):
            return name
    return DEFAULT_ZONE


def _linked_zone() -> str:
    path = Path("/etc/localtime")
    return str(path.resolve()).partition("zoneinfo/")[2] if path.is_symlink() else ""


def _windows_name() -> str:
    return time.tzname[0].removesuffix(" Standard Time")


def _packed(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _label(changed: Mapping[str, Json]) -> str:
    return f"Change {spoken(next(iter(changed)))}" if len(changed) == 1 else f"Change {len(changed)} settings"


def spoken(name: str) -> str:
    """A setting, or a table of them, as people read it in the label of its change."""
    family, _dot, rest = name.partition(".")
    if name not in _SPOKEN and rest and family in _SPOKEN:
        return f"{_SPOKEN[family]} of {rest.replace('.', ', ').replace('_', ' ')}"
    return _SPOKEN.get(name, name.replace("_", " "))
