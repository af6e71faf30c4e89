"""EZLynx, quotes (rating activity): one row per carrier's quote for an applicant.

An applicant quoted at several carriers on a day is one quote, so quotes name the applicant as their lead. What was
bound is not in it (that is policy activity).
"""

from __future__ import annotations

from desktop.core.templates import Cell, Kind
from desktop.importers.profiles.people import Roster
from desktop.importers.profiles.profile import Field, Form, Out, Profile, Record, Shaper, build
from desktop.importers.records import Options
from desktop.importers.values import folded

_NO_QUOTE = frozenset(
    {
        "declined", "decline", "error", "failed", "noquote", "notquoted", "incomplete", "rejected", "knockout",
        "unabletoquote", "ineligible", "norate", "timeout", "pending", "inprogress",
    }
)  # fmt: skip


class _Quotes(Shaper):
    """A quote needs its number once; several rows of one number are told apart by line and carrier."""

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._roster = Roster("EZLynx")
        self._rows: list[tuple[int, Record, str | None]] = []
        self._numbers: dict[Cell, int] = {}

    def take(self, line: int, record: Record, extra: str | None) -> None:
        for name in ("rating", "status"):
            if folded(str(record[name] or "")) in _NO_QUOTE:
                self.out.reject(line, name, str(record[name]), "says that no quote came of it")
                return
        for name, other in (("applicant", "client"), ("delivered_on", "day")):
            if record[name] is None and record[other] is None and (name != "applicant" or record["client_id"] is None):
                self.out.reject(line, name, "", "is empty, but required")
                return
        self._numbers[record["quote_id"]] = self._numbers.get(record["quote_id"], 0) + 1
        self._rows.append((line, record, extra))

    def finish(self) -> None:
        seen: dict[str, tuple[int, Record]] = {}
        for line, record, extra in self._rows:
            quote_id = self._id(record)
            first, before = (line, record) if quote_id is None else seen.setdefault(quote_id, (line, record))
            if first != line and before == record:
                self.out.merge(line, first)
                continue
            if first != line:
                reason = f"is the quote of line {first} again, with other cells"
                self.out.reject(line, "quote_id", str(record["quote_id"]), reason)
                continue
            client, premium = record["applicant"] or record["client"], record["quoted_premium"]
            cells: dict[str, Cell] = {
                "producer": self._roster.person(record["assigned"] or record["producer"]),
                "delivered_on": record["delivered_on"] or record["day"],
                "client": client,
                "line": record["line"],
                "premium": record["premium"] if premium is None else premium,
                "quote_id": quote_id,
                "lead_id": record["client_id"] or client,
                "carrier": record["master"] or record["carrier"],
            }
            self.out.row("quotes", line, build("quotes", cells), extra)
        if self._roster.note is not None:
            self.out.note(self._roster.note)

    def _id(self, record: Record) -> str | None:
        """The quote's number, with line and carrier where the number stands on several rows."""
        number = record["quote_id"]
        if number is None or self._numbers[number] == 1:
            return None if number is None else str(number)
        parts = (number, record["line"], record["master"] or record["carrier"])
        return "/".join(str(part) for part in parts if part is not None)


PROFILE = Profile(
    name="ezlynx_quotes",
    title="EZLynx: quotes (rating activity)",
    table="quotes",
    fields=(
        Field("quote_id", Form.ID, ("Quote ID", "Quote Number", "Quote #", "Rating ID"), "quotes.quote_id"),
        Field(
            "delivered_on", Kind.DATE,
            (
                "Quote Date", "Quoted Date", "Date Quoted", "Rated Date", "Rating Date", "Date Rated",
                "Quote Created Date",
            ),
            "quotes.delivered_on",
        ),
        Field("day", Kind.DATE, ("Activity Date", "Created Date", "Date"), "quotes.delivered_on"),
        Field("applicant", Kind.TEXT, ("Applicant Name", "Applicant"), "quotes.client"),
        Field("client", Kind.TEXT, ("Account Name", "Account"), "quotes.client"),
        Field("client_id", Form.ID, ("Applicant ID", "Account ID"), "quotes.lead_id"),
        Field("assigned", Kind.PRODUCER, ("Assigned Producer",), "quotes.producer"),
        Field(
            "producer", Kind.PRODUCER, ("Producer", "Agent", "User", "Quoted By", "Rated By", "Created By"),
            "quotes.producer",
        ),
        Field("line", Kind.TEXT, ("Line Of Business", "LOB", "Line", "Quote Type", "Policy Type"), "quotes.line"),
        Field("carrier", Kind.TEXT, ("Carrier", "Company", "Carrier Name", "Quoted Carrier"), "quotes.carrier"),
        Field("master", Kind.TEXT, ("Master Company",), "quotes.carrier"),
        Field("quoted_premium", Kind.MONEY, ("Quoted Premium", "Quote Premium"), "quotes.premium"),
        Field(
            "premium", Kind.MONEY, ("Premium", "Total Premium", "Premium - Annualized", "Annual Premium"),
            "quotes.premium",
        ),
        Field("rating", Kind.TEXT, ("Quote Status", "Rating Status", "Quote Result", "Rating Result"), ""),
        Field("status", Kind.TEXT, ("Status", "Result"), ""),
        Field("source", Kind.TEXT, ("Lead Source",), ""),
        Field("csr", Kind.TEXT, ("CSR",), ""),
        Field("branch", Kind.TEXT, ("Branch",), ""),
        Field("term", Kind.TEXT, ("Term", "Policy Term"), ""),
    ),
    fingerprint=(
        ("delivered_on", "day"),
        ("applicant", "client", "client_id"),
        ("assigned", "producer"),
        ("line",),
        ("carrier", "master"),
        ("quoted_premium", "premium"),
        ("delivered_on", "quote_id", "quoted_premium", "rating"),
        ("applicant", "client_id", "assigned", "master"),
    ),
    total=("quoted_premium", "premium"),
    shaper=_Quotes,
)  # fmt: skip
