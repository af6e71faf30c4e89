"""AgencyZoom's sales report: totals by producer or by lead source of a period that the file does not name.

They are kept as the system's word beside our own count and enter no metric. Quotes are not in the report, so no close
rate comes of it.
"""

from __future__ import annotations

from datetime import date

from desktop.core.templates import Cell, Kind
from desktop.importers.profiles.derived import date_in
from desktop.importers.profiles.people import Roster
from desktop.importers.profiles.profile import Field, Out, Profile, Record, Shaper, build
from desktop.importers.records import Options

SYSTEM = "agencyzoom"
_NO_SALES = {"bob": "BOB", "bookofbusiness": "BOB", "rewrite": "Rewrite", "rewrites": "Rewrite"}
_AMOUNTS = ("items", "premium", "life_health_premium", "policies", "sales", "points", "revenue")


class _Totals(Shaper):
    """One row of totals per line. `about` is the column that says whose they are."""

    about = "producer"

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self.roster = Roster("AgencyZoom")
        self._lines: dict[str, int] = {}

    def take(self, line: int, record: Record, extra: str | None) -> None:
        period = self._period(line, record)
        if "" in period:
            return
        whose = self.whose(record)
        key = "|".join((str(whose[self.about] or "").casefold(), *period))
        if key in self._lines:
            stated = str(record[self.about] or "")
            self.out.reject(line, self.about, stated, f"has its totals on line {self._lines[key]} already")
            return
        self._lines[key] = line
        cells: dict[str, Cell] = {"system": SYSTEM, "from": period[0], "to": period[1]}
        cells |= {name: record[name] for name in _AMOUNTS} | whose
        cells["pulled_on"] = date_in(self.options.file)
        self.out.row("stated_totals", line, build("stated_totals", cells), extra)

    def whose(self, record: Record) -> dict[str, Cell]:
        """The columns that say whose totals a row states; no producer for the system's word for nobody."""
        return {"producer": self.roster.person(record["producer"])}

    def _period(self, line: int, record: Record) -> tuple[str, str]:
        """First and last day, of the row or as given; empty texts where the row had to be rejected."""
        given = self.options.period
        first = record["from"] or (given[0].isoformat() if given else None)
        last = record["to"] or (given[1].isoformat() if given else None)
        if first is None or last is None:
            missing = "from" if first is None else "to"
            self.out.reject(line, missing, "", "is empty, and no period is given")
            return "", ""
        if str(last) < str(first):
            self.out.reject(line, "to", str(last), f"lies before the first day, {first}")
            return "", ""
        return str(first), str(last)

    def finish(self) -> None:
        if self.roster.note is not None:
            self.out.note(self.roster.note)
        if not self._lines:
            return
        self.out.note("Stated totals are shown beside ours and enter no metric; the report holds no quotes.")
        pulled = date_in(self.options.file)
        last = max(key.rsplit("|", 1)[1] for key in self._lines)
        if pulled is not None and date.fromisoformat(pulled) <= date.fromisoformat(last):
            self.out.note(f"The report was pulled on {pulled}, before the end of {last}: later sales are not in it.")


class _Sources(_Totals):
    """Totals by lead source; what came in with a book or was rewritten is marked as no sale."""

    about = "source"

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._no_sales: dict[str, int] = {}

    def whose(self, record: Record) -> dict[str, Cell]:
        source = str(record["source"])
        word = _NO_SALES.get("".join(source.casefold().split()))
        if word is None:
            return {"source": source}
        premium = record["premium"]
        self._no_sales[word] = self._no_sales.get(word, 0) + (premium if isinstance(premium, int) else 0)
        return {"source": source, "not_sales": True}

    def finish(self) -> None:
        for word, cents in sorted(self._no_sales.items()):
            self.out.note(f"Source {word} is no sale: its premium of {cents / 100:,.2f} is kept apart.")
        super().finish()


def _profile(name: str, title: str, about: Field, shaper: type[Shaper]) -> Profile:
    return Profile(
        name=name,
        title=title,
        table="stated_totals",
        fields=(
            about,
            Field("items", Kind.COUNT, ("Items", "Item Count", "Items Sold"), "stated_totals.items"),
            Field(
                "premium", Kind.MONEY,
                ("Premium", "Total Premium", "P&C Premium", "Written Premium", "Premium Sold", "Sold Premium"),
                "stated_totals.premium", True,
            ),
            Field(
                "life_health_premium", Kind.MONEY,
                ("L&H Premium", "LH Premium", "Life & Health Premium", "L & H Premium", "Life/Health Premium"),
                "stated_totals.life_health_premium",
            ),
            Field(
                "policies", Kind.COUNT, ("Policies", "Policy Count", "Policies Sold", "# Policies"),
                "stated_totals.policies",
            ),
            Field("sales", Kind.COUNT, ("Sales", "Sales Count", "Total Sales", "# Sales"), "stated_totals.sales"),
            Field("points", Kind.NUMBER, ("Points", "Total Points", "Sales Points"), "stated_totals.points"),
            Field(
                "revenue", Kind.MONEY, ("Revenue", "Total Revenue", "Agency Revenue", "Est. Revenue"),
                "stated_totals.revenue",
            ),
            Field("from", Kind.DATE, ("From", "Start Date", "Period Start", "Date From"), "stated_totals.from"),
            Field("to", Kind.DATE, ("To", "End Date", "Period End", "Date To"), "stated_totals.to"),
        ),
        fingerprint=((about.name,), ("premium",), ("sales", "items"), ("points", "revenue", "life_health_premium")),
        total="premium",
        shaper=shaper,
        undated=("to",),
        labels=(about.name,),
    )  # fmt: skip


SALES = _profile(
    "agencyzoom_sales",
    "AgencyZoom: sales report by producer",
    Field(
        "producer", Kind.PRODUCER, ("Producer", "Producer Name", "Agent", "Agent Name", "Team Member", "Employee"),
        "stated_totals.producer", True,
    ),
    _Totals,
)  # fmt: skip

SOURCES = _profile(
    "agencyzoom_sources",
    "AgencyZoom: sales report by lead source",
    Field("source", Kind.TEXT, ("Lead Source", "Source", "Lead Source Name"), "stated_totals.source", True),
    _Sources,
)
