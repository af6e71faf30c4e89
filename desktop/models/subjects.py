"""What a record is about, as SQL over a row called `x`: a lead by its name where it has one, and by its id where not.

Must not know which list shows it.
"""

from __future__ import annotations

_PERSON = "nullif(trim(coalesce({0}.first_name,'') || ' ' || coalesce({0}.last_name,'')), '')"

LEAD_NAME = f"coalesce(x.business_name, {_PERSON.format('x')}, x.lead_id)"
"""The name of a lead."""

OF_LEAD = (
    f"(SELECT coalesce(l.business_name, {_PERSON.format('l')}) FROM lead l WHERE l.lead_id = x.lead_id), x.lead_id"
)
"""Name and id of the lead that a record has to do with, as arguments of `coalesce`; both NULL without one."""
