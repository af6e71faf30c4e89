"""A lead as routing sees it, and what it lacks (routing.md 3.1).

Knows nothing of where leads come from or of how they are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.core import zips


@dataclass(frozen=True, slots=True)
class Lead:
    """One lead. `zip` is five digits or a Canadian prefix as `zips.parse` gives them; money in cents; times local.

    `owner` and `is_open` matter only where the lead is one of those that are already there.
    """

    lead_id: str
    first_name: str | None = None
    last_name: str | None = None
    business_name: str | None = None
    email: str | None = None
    phone: str | None = None
    zip: str | None = None
    state: str | None = None
    lines: tuple[str, ...] = ()
    source: str | None = None
    estimated_premium: int | None = None
    expires_on: date | None = None
    received_at: datetime | None = None
    owner: str | None = None
    is_open: bool = True

    @property
    def name(self) -> str:
        """The business's name, else the person's."""
        return self.business_name or " ".join(part for part in (self.first_name, self.last_name) if part)


def missing(lead: Lead) -> tuple[str, ...]:
    """The required fields that the lead lacks, in the order of routing.md 3.1; a ZIP that routes nowhere is lacking."""
    code = lead.zip or ""
    routes = (len(code) == 5 and code.isdecimal() and code.isascii()) or zips.is_canadian(code)
    if (
        routes
        and lead.email
        and lead.phone
        and lead.lines
        and (lead.business_name or (lead.first_name and lead.last_name))
    ):
        return ()
    lacking = []
    if not lead.business_name:
        lacking += [name for name in ("first_name", "last_name") if not getattr(lead, name)]
    lacking += [name for name in ("email", "phone") if not getattr(lead, name)]
    if not routes:
        lacking.append("zip")
    if not lead.lines:
        lacking.append("line")
    return tuple(lacking)
