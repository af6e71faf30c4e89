"""AgencyZoom, leads: one row per lead with its stage and the days on which it was contacted, quoted and sold.

A milestone's day becomes a stage entry; a quote's carrier and premium are not in it, so no quote comes of it. A stage
that an agency named itself and that stands for none of ours is asked about, not guessed.
"""

from __future__ import annotations

from desktop.core.pipeline import SALES, folded, rank_of
from desktop.core.templates import Cell, Kind
from desktop.importers.profiles.derived import extended, made_id
from desktop.importers.profiles.people import Roster, first_and_last
from desktop.importers.profiles.profile import Field, Form, Out, Profile, Record, Shaper, build
from desktop.importers.profiles.stages import is_open_status, outcome_of, reason_of, stage_of
from desktop.importers.records import Options

_MILESTONES = (("contacted_at", "contacted"), ("quoted_at", "quoted"), ("sold_at", "won"))
_NURTURING = "nurturing"
_OUTCOMES = ("won", "lost")
_SAME = (
    "business_name", "email", "zip", "state", "line", "source", "policy_expires_on", "estimated_premium", "carrier",
    "note",
)  # fmt: skip


class _Leads(Shaper):
    """A lead per row, with an entry for each stage whose day is known."""

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._roster = Roster("AgencyZoom")
        self._seen: dict[str, tuple[int, int]] = {}
        self._made = self._undated = self._waiting = 0

    def take(self, line: int, record: Record, extra: str | None) -> None:
        stage = self._stage(line, record)
        if stage is None or not self._has_name(line, record):
            return
        lead_id = self._id(record)
        if not self._is_first(line, lead_id, record):
            return
        entries, undated = self._entries(record, stage)
        lead = self._lead(record) | {"lead_id": lead_id, "stage": undated}
        self.out.row("leads", line, build("leads", lead), _extra(record, extra))
        for key, at in entries:
            pipeline = "nurture" if key == _NURTURING else SALES
            cells: dict[str, Cell] = {"pipeline": pipeline, "stage": key, "entered_at": at, "lead_id": lead_id}
            self.out.row("stages", line, build("stages", cells))

    def _has_name(self, line: int, record: Record) -> bool:
        if any(record[name] is not None for name in ("first_name", "last_name", "name", "business_name")):
            return True
        self.out.reject(line, "name" if record["name"] else "last_name", "", "is empty, and so is every other name")
        return False

    def _is_first(self, line: int, lead_id: str, record: Record) -> bool:
        """A lead's second line is merged when it says the same, else refused: nothing says which of the two holds."""
        mark = hash(tuple(record.items()))
        before, same = self._seen.setdefault(lead_id, (line, mark))
        if before == line:
            return True
        if same == mark:
            self.out.merge(line, before)
        else:
            named = "lead_id" if record["lead_id"] is not None else "last_name"
            reason = f"is the lead of line {before} again, with other values"
            self.out.reject(line, named, str(record[named] or record["name"] or ""), reason)
        return False

    # --- stages -----------------------------------------------------------------------------------------------------

    def _stage(self, line: int, record: Record) -> str | None:
        """Our key of the present stage, empty for a lead without one; None when the row had to be rejected.

        The status decides an outcome, and stands in for a stage that the agency named itself.
        """
        stage, status = str(record["stage"] or ""), str(record["status"] or "")
        outcome = outcome_of(status)
        found = outcome or _key_of(stage) or _key_of(status)
        if found is not None:
            return found
        if stage or (status and not is_open_status(status)):
            name, text = ("stage", stage) if stage else ("status", status)
            self.out.reject(line, name, text, "is no stage that is known")
            return None
        return ""

    def _entries(self, record: Record, stage: str) -> tuple[list[tuple[str, str]], str | None]:
        """The stages whose days are known, in order of time; and the present stage where it has no day."""
        dated = {key: str(record[name]) for name, key in _MILESTONES if record[name] is not None}
        day = (record["lost_at"] if stage == "lost" else None) or dated.get(stage) or record["entered_at"]
        if not stage:
            return _in_order(dated), None
        if day is not None:
            return _in_order(dated | {stage: str(day)}), None
        if stage == _NURTURING:
            self._waiting += 1
            return _in_order(dated), None
        furthest = max((rank_of(key) or 0 for key in dated), default=0)
        if stage in _OUTCOMES or (rank_of(stage) or 0) > max(furthest, 1):
            self._undated += 1
            return [], stage
        return _in_order(dated), None

    def _lead(self, record: Record) -> dict[str, Cell]:
        first, last = record["first_name"], record["last_name"]
        if first is None and last is None:
            first, last = first_and_last(record["name"])
        named = self._roster.person(record["producer"])
        cells: dict[str, Cell] = {name: record[name] for name in _SAME}
        return cells | {
            "received_at": record["received_at"],
            "first_name": first,
            "last_name": last,
            "phone": record["mobile"] or record["phone"] or record["work_phone"],
            "producer": named or self._roster.joined(record["assigned_first"], record["assigned_last"]),
            "lost_reason": reason_of(record["lost_reason"]),
        }

    def _id(self, record: Record) -> str:
        if record["lead_id"] is not None:
            return str(record["lead_id"])
        self._made += 1
        name = record["name"] or f"{record['first_name'] or ''} {record['last_name'] or ''}"
        reach = record["email"] or record["mobile"] or record["phone"]
        return made_id("AZ", name, record["business_name"], reach, str(record["received_at"])[:10])

    def finish(self) -> None:
        if self._roster.note is not None:
            self.out.note(self._roster.note)
        if self._made:
            self.out.note("The file has no lead ids; ids are made from name, e-mail or phone and the day of creation.")
        if self._undated:
            self.out.note(
                f"{self._undated:,} leads have a stage without its day, which is assumed to be that of their receipt."
            )
        if self._waiting:
            self.out.note(f"{self._waiting:,} X-dated or nurtured leads say not since when; they count as open.")


def _in_order(dated: dict[str, str]) -> list[tuple[str, str]]:
    """Stage entries by time; on one day in the order of the pipeline."""
    return sorted(dated.items(), key=lambda one: (one[1][:10], _STEPS.get(one[0], len(_STEPS)), one[1]))


_STEPS = {"contacted": 1, "needs_analysis": 2, "quoted": 3, "proposed": 4, "closing": 5, "won": 6, "prospect": 0}


def _key_of(text: str) -> str | None:
    """Our key for a stage or status; X-dated leads wait in the nurture pipeline."""
    found = stage_of(SALES, text)
    if found is not None:
        return folded(found)
    return _NURTURING if stage_of("nurture", text) == _NURTURING else None


def _extra(record: Record, extra: str | None) -> str | None:
    """Numbers beyond the one kept, and a reason for losing that is none of ours."""
    numbers = [("Phone", record["phone"]), ("Work phone", record["work_phone"])]
    used = record["mobile"] or record["phone"] or record["work_phone"]
    more: dict[str, Cell] = {name: number for name, number in numbers if number != used}
    reason = record["lost_reason"]
    more["Lost reason"] = None if reason_of(reason) else reason
    return extended(extra, more)


PROFILE = Profile(
    name="agencyzoom_leads",
    title="AgencyZoom: leads",
    table="leads",
    fields=(
        Field("lead_id", Form.ID, ("Lead ID", "Lead Number", "ID"), "leads.lead_id"),
        Field(
            "received_at", Kind.MOMENT,
            (
                "Create Date", "Created Date", "Date Created", "Created", "Created On", "Lead Date", "Date Added",
                "Added On",
            ),
            "leads.received_at", True,
        ),
        Field("first_name", Kind.TEXT, ("First Name", "First"), "leads.first_name"),
        Field("last_name", Kind.TEXT, ("Last Name", "Last"), "leads.last_name"),
        Field("name", Kind.TEXT, ("Name", "Lead Name", "Full Name", "Customer Name"), "leads.last_name"),
        Field("business_name", Kind.TEXT, ("Business Name", "Company Name", "Company"), "leads.business_name"),
        Field("mobile", Kind.PHONE, ("Mobile", "Mobile Phone", "Cell", "Cell Phone"), "leads.phone"),
        Field("phone", Kind.PHONE, ("Phone", "Phone Number", "Home Phone", "Primary Phone"), "leads.phone"),
        Field("work_phone", Kind.PHONE, ("Work Phone", "Secondary Phone", "Business Phone"), "leads.phone"),
        Field("email", Kind.EMAIL, ("Email", "Email Address", "E-mail"), "leads.email"),
        Field("zip", Kind.ZIP, ("Zip", "Zip Code", "Zipcode", "Postal Code"), "leads.zip"),
        Field("state", Kind.STATE, ("State", "Province"), "leads.state"),
        Field("line", Kind.TEXT, ("Line of Business", "Product Line", "Product", "Policy Type", "LOB"), "leads.line"),
        Field("source", Kind.TEXT, ("Lead Source", "Lead Source Name", "Source"), "leads.source"),
        Field(
            "producer", Kind.PRODUCER,
            (
                "Assigned To", "Assign To", "Assigned Producer", "Producer", "Assigned Agent", "Agent", "Lead Owner",
                "Owner", "Assigned",
            ),
            "leads.producer",
        ),
        Field("assigned_first", Kind.TEXT, ("Assign To Firstname", "Assigned To First Name"), "leads.producer"),
        Field("assigned_last", Kind.TEXT, ("Assign To Lastname", "Assigned To Last Name"), "leads.producer"),
        Field(
            "stage", Kind.TEXT, ("Workflow Stage Name", "Workflow Stage", "Pipeline Stage", "Stage", "Lead Stage"),
            "leads.stage",
        ),
        Field("status", Kind.TEXT, ("Lead Status", "Status"), "leads.stage"),
        Field(
            "entered_at", Kind.MOMENT,
            ("Enter Stage Date", "Stage Date", "Stage Entered", "Stage Enter Date", "Entered Stage"),
            "leads.stage_entered_at",
        ),
        Field(
            "contacted_at", Kind.MOMENT, ("Contact Date", "Contacted Date", "Date Contacted", "First Contact Date"),
            "stages.entered_at",
        ),
        Field("quoted_at", Kind.MOMENT, ("Quote Date", "Quoted Date", "Date Quoted"), "stages.entered_at"),
        Field("sold_at", Kind.MOMENT, ("Sold Date", "Sale Date", "Date Sold", "Won Date"), "stages.entered_at"),
        Field("lost_at", Kind.MOMENT, ("Lost Date", "Date Lost"), "stages.entered_at"),
        Field(
            "policy_expires_on", Kind.DATE, ("X Date", "X-Date", "Expiration Date", "Renewal Date"),
            "leads.policy_expires_on",
        ),
        Field(
            "estimated_premium", Kind.MONEY, ("Premium", "Quoted Premium", "Estimated Premium", "Potential Premium"),
            "leads.estimated_premium",
        ),
        Field("carrier", Kind.TEXT, ("Current Carrier", "Current Insurer"), "leads.carrier"),
        Field("lost_reason", Kind.TEXT, ("Loss Reason", "Lost Reason", "Reason Lost"), "leads.lost_reason"),
        Field("note", Kind.TEXT, ("Notes", "Note", "Comments"), "leads.note"),
    ),
    fingerprint=(
        ("received_at",),
        ("last_name", "name", "business_name"),
        ("stage", "status", "contacted_at", "quoted_at", "sold_at"),
        ("source",),
        ("producer", "assigned_last"),
        ("phone", "mobile", "email", "entered_at", "contacted_at", "quoted_at"),
    ),
    total="estimated_premium",
    shaper=_Leads,
)  # fmt: skip
