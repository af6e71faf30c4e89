"""The common part of profiles whose rows are an agency system's opportunities: record in, lead and stage entries out.

A profile names its columns by the fields used here. Stages that an agency named itself and that stand for none of ours
are asked about, not guessed. Knows no headings.
"""

from __future__ import annotations

import re

from desktop.core.pipeline import SALES, folded, rank_of
from desktop.core.templates import Cell
from desktop.importers import values
from desktop.importers.profiles.derived import extended, made_id
from desktop.importers.profiles.people import Roster, first_and_last, several
from desktop.importers.profiles.profile import Out, Record, Shaper, build
from desktop.importers.profiles.stages import is_open_status, outcome_of, reason_of, stage_of
from desktop.importers.records import Options

_OUTCOMES = {
    "closedsuccessful": "won", "successful": "won", "closedunsuccessful": "lost", "unsuccessful": "lost",
    "closedwon": "won", "closedlost": "lost",
}  # fmt: skip
_CLOSED = frozenset({"closed", "complete", "completed", "inactive"})
_FIRM = re.compile(
    r"\b(inc|llc|llp|ltd|corp|co|company|corporation|group|services?|bakery|church|school|trust|associat\w*|partners"
    r"|holdings|enterprises?|construction|restaurant|farms?|shop|stores?|city of|county|dba)\b\.?|&",
    re.IGNORECASE,
)
_SAME = (
    "email", "phone", "zip", "state", "line", "source", "carrier", "policy_expires_on", "estimated_premium",
    "competing_carrier", "note",
)  # fmt: skip
_LOST, _WON = "lost", "won"


class Opportunities(Shaper):
    """One lead per row; a stage whose day is known becomes an entry."""

    system = ""
    prefix = ""

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self.roster = Roster(self.system)
        self._first: dict[str, tuple[int, str]] = {}
        self._made = self._undated = self._shared = 0

    def take(self, line: int, record: Record, extra: str | None) -> None:
        found = self._stage(line, record)
        lead_id = self._id(record)
        if found is None or not self._is_first(line, lead_id, record):
            return
        stage, outcome = found
        entries, undated = _entries(record, stage, outcome)
        self._undated += undated is not None
        self._made += record.get("opportunity_id") is None
        lead = self._lead(record) | {"lead_id": lead_id, "stage": undated}
        reason = record.get("lost_reason")
        more = extended(extra, {"Lost reason": None if reason_of(reason) else reason})
        self.out.row("leads", line, build("leads", lead), more)
        for key, day in entries:
            cells: dict[str, Cell] = {"pipeline": SALES, "stage": key, "entered_at": day, "lead_id": lead_id}
            self.out.row("stages", line, build("stages", cells))

    def finish(self) -> None:
        counted = (
            (self._made, "{0:,} opportunities have no id; ids are made from client, description and the day of entry."),
            (self._undated, "{0:,} leads have a stage without its day, which is assumed to be that of their receipt."),
            (self._shared, "{0:,} opportunities name several people: each counts for the one named first."),
        )
        for note in (self.roster.note, *(text.format(count) for count, text in counted if count)):
            if note is not None:
                self.out.note(note)

    # --- stages -----------------------------------------------------------------------------------------------------

    def _stage(self, line: int, record: Record) -> tuple[str | None, str | None] | None:
        """Our keys of the open stage and of the outcome, as far as stated; None when the row had to be rejected."""
        stage, status = _text(record.get("stage")), _text(record.get("status"))
        outcome = _outcome(status) or _outcome(stage)
        known = stage_of(SALES, stage) if stage else None
        if outcome is None and known is None and not stage and status and not is_open_status(status):
            stage, known = status, stage_of(SALES, status)
        if known is None and outcome is None and stage and not is_open_status(stage):
            name = "stage" if record.get("stage") is not None else "status"
            self.out.reject(line, name, stage, "is no stage that is known; map it, or rename it in the file")
            return None
        if outcome is None and values.folded(status) in _CLOSED:
            self.out.reject(line, "status", status, "does not say whether the opportunity was won or lost")
            return None
        return (None if known is None or folded(known) in {_WON, _LOST} else known), outcome

    # --- the lead ---------------------------------------------------------------------------------------------------

    def _id(self, record: Record) -> str:
        if record.get("opportunity_id") is not None:
            return str(record["opportunity_id"])
        whose = record.get("lookup") or record.get("client_id") or record.get("client")
        return made_id(self.prefix, whose, record.get("description"), str(record["received_at"])[:10])

    def _is_first(self, line: int, lead_id: str, record: Record) -> bool:
        """An opportunity that stands once per producer is one; with other cells nobody knows which row holds."""
        state = repr(sorted((name, str(cell)) for name, cell in record.items() if name != "producer"))
        first, before = self._first.setdefault(lead_id, (line, state))
        if first == line:
            return True
        if before == state:
            self.out.merge(line, first)
        else:
            name = "opportunity_id" if record.get("opportunity_id") is not None else "description"
            value, reason = _text(record.get(name)), f"is the opportunity of line {first} again, with other cells"
            self.out.reject(line, name, value, reason)
        return False

    def _lead(self, record: Record) -> dict[str, Cell]:
        client = _text(record.get("client"))
        is_firm = bool(_FIRM.search(client))
        first, last = (None, None) if is_firm else first_and_last(client)
        named = [self.roster.person(name) for name in several(self.roster.person(record.get("producer")))]
        people = [name for name in named if name is not None]
        self._shared += len(people) > 1
        return {name: record.get(name) for name in _SAME} | {
            "received_at": record["received_at"],
            "first_name": first,
            "last_name": last,
            "business_name": client if is_firm else None,
            "producer": people[0] if people else None,
            "lost_reason": reason_of(record.get("lost_reason")),
            "note": record.get("note") or record.get("description"),
        }


def _entries(record: Record, stage: str | None, outcome: str | None) -> tuple[list[tuple[str, Cell]], str | None]:
    """Stage entries whose day is known, and the present stage where its day is not."""
    entered, closed = record.get("stage_entered_at"), record.get("closed_at")
    if outcome is not None:
        day = closed or (entered if stage is None else None)
        if day is None:
            return [], outcome
        steps = [(stage, entered)] if stage is not None and entered is not None and str(entered) <= str(day) else []
        return [*((str(key), at) for key, at in steps), (outcome, day)], None
    if stage is None:
        return [], None
    if entered is not None:
        return [(stage, entered)], None
    return [], None if rank_of(stage) == 1 else stage


def _outcome(text: str) -> str | None:
    return _OUTCOMES.get(values.folded(text)) or (outcome_of(text) if text else None)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
