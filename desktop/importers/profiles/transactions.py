"""What systems call a policy transaction, how long a term is, and what a premium is by the year.

Pure words and dates; knows no system's columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from desktop.core.templates import TRANSACTIONS, Cell
from desktop.importers.profiles.synonyms import TRANSACTION
from desktop.importers.values import folded

CHANGE, CANCEL, REINSTATE, NOTHING = "change", "cancel", "reinstate", "nothing"
YEAR = 12

_STEPS: Mapping[str, str] = MappingProxyType(
    dict(TRANSACTION)
    | {one: one for one in TRANSACTIONS}
    | {
        "nbus": "new", "newbus": "new", "ren": "renewal", "renewbusiness": "renewal", "rwl": "renewal",
        "rnw": "renewal", "rwr": "rewrite", "rew": "rewrite", "rwt": "rewrite",
        "policychange": CHANGE, "change": CHANGE, "changed": CHANGE, "endorsement": CHANGE, "endorse": CHANGE,
        "endorsed": CHANGE, "end": CHANGE, "pch": CHANGE, "chg": CHANGE, "amendment": CHANGE,
        "policychangerequest": CHANGE, "changerequest": CHANGE,
        "cancellation": CANCEL, "cancel": CANCEL, "canceled": CANCEL, "cancelled": CANCEL, "can": CANCEL,
        "cancellationrequest": CANCEL, "cancelrequest": CANCEL, "cancelpolicy": CANCEL, "xlc": CANCEL, "xln": CANCEL,
        "cancellationconfirmation": CANCEL, "flatcancel": CANCEL, "flatcancellation": CANCEL, "canc": CANCEL,
        "policycancellation": CANCEL, "policycancelled": CANCEL,
        "reinstatement": REINSTATE, "reinstate": REINSTATE, "reinstated": REINSTATE, "rei": REINSTATE,
        "rein": REINSTATE, "policyreinstatement": REINSTATE,
        "nonrenewal": NOTHING, "nonrenew": NOTHING, "nonrenewed": NOTHING, "audit": NOTHING, "premiumaudit": NOTHING,
        "inquiry": NOTHING, "memo": NOTHING, "billing": NOTHING,
    }
)  # fmt: skip
_TERM_WORDS: Mapping[str, int] = MappingProxyType(
    {
        "annual": 12, "yearly": 12, "year": 12, "semiannual": 6, "halfyear": 6, "sixmonth": 6, "sixmonths": 6,
        "quarterly": 3, "quarter": 3, "monthly": 1, "twelvemonths": 12, "twelvemonth": 12,
    }
)  # fmt: skip
_MONTHS = re.compile(r"([0-9]{1,2})(?:\.0+)?\s*-?\s*(?:m|mo|mos|mth|mths|months?)?\.?", re.ASCII | re.IGNORECASE)
_YEARS = re.compile(r"([1-5])\s*-?\s*(?:y|yr|yrs|years?)\.?", re.ASCII | re.IGNORECASE)


def step_of(cell: Cell) -> str | None:
    """One of `TRANSACTIONS`, or CHANGE, CANCEL, REINSTATE, NOTHING; None for a word that is none of them."""
    return None if cell is None else _STEPS.get(folded(str(cell)))


def months_of(text: str) -> int | None:
    """Months of a term written as `6`, `6 Months`, `Semi-Annual`, `1 year`; None where it says something else."""
    years = _YEARS.fullmatch(text.strip())
    if years is not None:
        return int(years[1]) * YEAR
    months = _MONTHS.fullmatch(text.strip())
    if months is not None:
        return int(months[1]) if 1 <= int(months[1]) <= 60 else None
    return _TERM_WORDS.get(folded(text))


def whole_months(first: str, last: str) -> int | None:
    """Whole months from one ISO day to another, as terms run; None where it is no whole number of them."""
    start, end = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    months = (end.year - start.year) * YEAR + end.month - start.month
    return months if months > 0 and end.day == start.day else None


def by_the_year(premium: int, months: int | None) -> int:
    """Cents a year from cents for a term of `months`, rounded half up; unchanged where the length is not known."""
    if months is None or months == YEAR:
        return premium
    return int((Decimal(premium) * YEAR / months).quantize(Decimal(1), rounding=ROUND_HALF_UP))
