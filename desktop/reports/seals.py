"""What examining a signed PDF finds, as plain records that cross from one process to another. Imports no library."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime


class UnreadableError(Exception):
    """The bytes are no PDF that can be read."""


@dataclass(frozen=True, slots=True)
class SealFound:
    """One signature: whose name it bears, its field, when it says it was given, the signer's certificate (DER).

    `owner`: to whom the certificate was given. `stamped_by`: the authority that confirmed the time, if one did.
    """

    name: str
    role: str
    at: datetime | None
    certificate: bytes
    intact: bool
    owner: str = ""
    stamped_by: str = ""


@dataclass(frozen=True, slots=True)
class SealReport:
    """What a file's signatures say of it. `unchanged`: nothing but the second signature came after the first."""

    seals: tuple[SealFound, ...]
    signed: bool
    intact: bool
    covers_whole_file: bool
    unchanged: bool


def to_json(report: SealReport) -> str:
    """The report as one line of text."""
    seals = [
        [one.name, one.role, None if one.at is None else one.at.isoformat(), b64encode(one.certificate).decode("ascii"),
         one.intact, one.owner, one.stamped_by]
        for one in report.seals
    ]  # fmt: skip
    return json.dumps([seals, report.signed, report.intact, report.covers_whole_file, report.unchanged])


def from_json(text: str) -> SealReport:
    """The report again. ValueError, TypeError or LookupError for any other text."""
    seals, signed, intact, whole, unchanged = json.loads(text)
    found = [
        SealFound(name, role, None if at is None else datetime.fromisoformat(at), b64decode(certificate), ok, owner, by)
        for name, role, at, certificate, ok, owner, by in seals
    ]
    return SealReport(tuple(found), signed is True, intact is True, whole is True, unchanged is True)
