"""New leads as records for the agency's management system: the minimum record as CSV in the columns of each system.

Names, phone, e-mail, source, type of insurance, owner, status, when received, notes. What an import there maps is its
user's choice, so headings are the ones these systems write themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.core import phones, pipeline
from desktop.core.periods import Period, end_of
from desktop.errors import UserError
from desktop.models import facts_ams, facts_routing
from desktop.models.facts_ams import AmsCells

if TYPE_CHECKING:
    from desktop.models.book import Book

EPIC, AMS360, HAWKSOFT = "epic", "ams360", "hawksoft"
NAMES: Mapping[str, str] = MappingProxyType({EPIC: "Applied Epic", AMS360: "AMS360", HAWKSOFT: "HawkSoft"})
NEW, CONTACTED, QUOTED, BOUND, LOST = "New", "Contacted", "Quoted", "Bound", "Lost"
_QUOTED_RANK = 4


@dataclass(frozen=True, slots=True)
class WrittenLeads:
    """The file that was written and how many leads are in it."""

    file: Path
    leads: int


Maker = Callable[[AmsCells], str]


def write(
    book: Book, system: str, period: Period, as_of: datetime, path: Path, producer: str | None = None
) -> WrittenLeads:
    """Write the leads received in the period (those of one producer, by code) as known at `as_of`; merged ones not.

    UserError for an unknown system, an empty period, or a file that cannot be written.
    """
    from desktop.reports import sheets

    if system not in _LAYOUTS:
        raise UserError(f"There is no layout {system}.", f"The layouts are {', '.join(_LAYOUTS)}.")
    found = facts_ams.leads(book, datetime.combine(period.start, time()), min(end_of(period.end), as_of), as_of)
    if producer is not None:
        found = [one for one in found if (one.cells.owner or "").casefold() == producer.strip().casefold()]
    if not found:
        raise UserError("No lead came in on these days.", "Choose other days.")
    layout = _LAYOUTS[system]
    try:
        sheets.write_csv(path, list(layout), ([_flat(make(one)) for make in layout.values()] for one in found))
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}).", "Name another place.") from None
    return WrittenLeads(path, len(found))


def status_of(one: AmsCells) -> str:
    """New, contacted, quoted, bound or lost, by the lead's stage and whether anybody reached out."""
    stage = pipeline.folded(one.stage or pipeline.OPEN_STAGES[0])
    if stage in pipeline.OUTCOMES:
        return BOUND if stage == pipeline.WON else LOST
    rank = pipeline.rank_of(stage) or 1
    if rank >= _QUOTED_RANK:
        return QUOTED
    return CONTACTED if rank > 1 or one.touched else NEW


def _flat(text: str) -> str:
    """One line: importers there take a line break for the end of the record."""
    return " ".join(text.split())


def _cell(name: str) -> Maker:
    return lambda one: str(getattr(one.cells, name) or "")


def _person(one: AmsCells) -> str:
    return " ".join(part for part in (one.cells.first_name, one.cells.last_name) if part)


def _name(one: AmsCells) -> str:
    return one.cells.business_name or _person(one)


def _last_first(one: AmsCells) -> str:
    """Firm name, else "Last, First"."""
    cells = one.cells
    return cells.business_name or ", ".join(part for part in (cells.last_name, cells.first_name) if part)


def _phone(one: AmsCells) -> str:
    return phones.written(one.cells.phone)


def _received(one: AmsCells) -> str:
    at = facts_routing.moment(one.cells.received_at)
    return f"{at:%m/%d/%Y}" if len(one.cells.received_at) == 10 else f"{at:%m/%d/%Y %I:%M %p}"


def _notes(one: AmsCells) -> str:
    """What the record has no column for, as sentences."""
    cells, said = one.cells, []
    if one.carrier:
        said.append(f"Insured with {one.carrier}.")
    if cells.expires_on:
        said.append(f"Policy expires {facts_routing.moment(cells.expires_on):%m/%d/%Y}.")
    if cells.premium:
        said.append(f"Estimated premium ${cells.premium / 100:,.0f}.")
    if one.note:
        said.append(one.note)
    return " ".join(said)


def _whose(one: AmsCells) -> str:
    return one.owner_name or ""


_LAYOUTS: Mapping[str, Mapping[str, Maker]] = MappingProxyType(
    {
        EPIC: {
            "Client Name": _name, "First Name": _cell("first_name"), "Last Name": _cell("last_name"),
            "Business Name": _cell("business_name"), "Phone": _phone, "Email": _cell("email"), "State": _cell("state"),
            "Zip": _cell("zip"), "Source": _cell("source"), "LineOfBusiness": _cell("line"),
            "ProducerCode": _cell("owner"), "Producer": _whose, "Status": status_of, "Date Received": _received,
            "External Id": _cell("lead_id"), "Notes": _notes,
        },
        AMS360: {
            "Customer Name": _last_first, "First Name": _cell("first_name"), "Last Name": _cell("last_name"),
            "Firm Name": _cell("business_name"), "Phone": _phone, "E-mail": _cell("email"), "State": _cell("state"),
            "Zip Code": _cell("zip"), "Source": _cell("source"), "Type of Business": _cell("line"),
            "Exec": _cell("owner"), "Exec Name": _whose, "Status": status_of, "Date Received": _received,
            "Reference": _cell("lead_id"), "Notes": _notes,
        },
        HAWKSOFT: {
            "Client": _name, "First Name": _cell("first_name"), "Last Name": _cell("last_name"),
            "Business Name": _cell("business_name"), "Phone": _phone, "Email": _cell("email"), "State": _cell("state"),
            "Zip": _cell("zip"), "Client Source": _cell("source"), "Line of Business": _cell("line"),
            "Producer": _whose, "Status": status_of, "Date Received": _received, "Lead Id": _cell("lead_id"),
            "Notes": _notes,
        },
    }
)  # fmt: skip
