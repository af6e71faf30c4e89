"""What EZLynx's policy listings have besides its book of business: premiums of the term, statuses."""

from __future__ import annotations

from desktop.importers.profiles.ezlynx_book import Book
from desktop.importers.profiles.profile import Record
from desktop.importers.profiles.transactions import CANCEL, by_the_year, step_of, whole_months
from desktop.importers.values import folded

_NO_POLICY = frozenset({"quote", "quoted", "prospect", "declined", "nottaken", "withdrawn", "submitted"})


class Listing(Book):
    """One row per line of business; policies only, and none that ended on a day that is not stated."""

    def take(self, line: int, record: Record, extra: str | None) -> None:
        status = str(record["status"] or "")
        if folded(status) in _NO_POLICY:
            self.out.reject(line, "status", status, "is the status of a quote or prospect, not of a policy")
        elif step_of(status) == CANCEL and record["ended_on"] is None:
            self.out.reject(line, "status", status, "has no day; add the Cancellation Date to the report")
        else:
            self._take_priced(line, record, extra)

    def _take_priced(self, line: int, record: Record, extra: str | None) -> None:
        """With the premium by the year, which is the term's where no other is stated."""
        annual, term = record["annual_premium"], record["term_premium"]
        if annual is None and isinstance(term, int):
            last = record["expires_on"]
            months = None if last is None else whole_months(str(record["effective_on"]), str(last))
            if months not in {None, 12}:
                self.out.note("Premiums of terms that are not of twelve months are taken by the year.")
            annual = by_the_year(term, months)
        if annual is None:
            self.out.reject(line, "annual_premium", "", "is empty, but required")
            return
        super().take(line, {**record, "annual_premium": annual}, extra)
