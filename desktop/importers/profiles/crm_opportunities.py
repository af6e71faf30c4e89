"""A CRM's opportunities: one card per row with its pipeline, stage and tags; or a row for each stage it was in.

Cards of the sales pipeline are leads; cards of the service pipelines are entries on the lead of the same contact. Tags
carry no time, so they are kept as notes: what is overdue or came back is computed from entries and activities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.core.pipeline import SALES, folded, rank_of
from desktop.core.templates import Cell, Kind
from desktop.importers import values
from desktop.importers.profiles.derived import extended, made_id
from desktop.importers.profiles.people import Roster, first_and_last
from desktop.importers.profiles.profile import Field, Form, Out, Profile, Record, Shaper, build
from desktop.importers.profiles.stages import (
    RETENTION,
    exception_kind,
    first_stage,
    message_of,
    outcome_of,
    pipeline_of,
    reason_of,
    stage_of,
)
from desktop.importers.records import Options

_CONTACT = ("contact_id", "email", "phone", "contact", "name")
_TAG = re.compile(r"^\s*tag\s*\|\s*", re.IGNORECASE)
_WATCHED = (
    ("replyneeded", "{0:,} cards carry REPLY NEEDED; when the message came stands in the conversations export."),
    ("zombie", "{0:,} cards carry ZOMBIE; who came back by themselves is told from activities, the tag has no date."),
    ("overdue", "{0:,} cards carry an Overdue tag; what is overdue here is computed from the days of the stages."),
)


@dataclass(frozen=True, slots=True)
class _Card:
    """One readable row, its pipeline and stage in our keys."""

    line: int
    record: Record
    extra: str | None
    pipeline: str
    stage: str

    @property
    def created(self) -> str:
        return str(self.record["created"])


class _Cards(Shaper):
    """Gathers all cards, because a service card belongs to a sales card that may stand anywhere in the file."""

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._roster = Roster("the CRM")
        self._cards: list[_Card] = []
        self._tags: dict[str, int] = {}
        self._made = self._alone = self._undated = self._updated = 0

    def take(self, line: int, record: Record, extra: str | None) -> None:
        pipeline = pipeline_of(str(record["pipeline"]))
        if pipeline is None or pipeline == RETENTION:
            reason = "is derived from the policies here" if pipeline else "is no pipeline that is known"
            self.out.reject(line, "pipeline", str(record["pipeline"]), reason)
            return
        stage = stage_of(pipeline, str(record["stage"]))
        if stage is None:
            self.out.reject(
                line, "stage", str(record["stage"]), f"is no stage that is known of the pipeline {pipeline}"
            )
            return
        if all(record[name] is None for name in (*_CONTACT, "first_name", "last_name")):
            self.out.reject(line, "contact", "", "is empty, and so is everything else that says who it is")
            return
        self._note_tags(record)
        self._cards.append(_Card(line, record, extra, pipeline, stage))

    def _note_tags(self, record: Record) -> None:
        tags = {values.folded(_TAG.sub("", tag)) for tag in re.split(r"[,;\n]", str(record["tags"] or ""))}
        for word, _note in _WATCHED:
            self._tags[word] = self._tags.get(word, 0) + any(tag.startswith(word) for tag in tags)

    # --- whose card -------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        leads = self._leads()
        for lead_id, cards in leads.items():
            self._write(lead_id, cards)
        self._say()

    def _leads(self) -> dict[str, list[_Card]]:
        """Cards by lead: sales cards first, each its own; service cards with the sales card of their contact."""
        ids = {card.line: self._id(card) for card in self._cards}
        sales: dict[str, list[_Card]] = {}
        leads: dict[str, list[_Card]] = {}
        for card in self._cards:
            if card.pipeline == SALES:
                leads.setdefault(ids[card.line], []).append(card)
                sales.setdefault(_contact(card.record), []).append(card)
        for card in self._cards:
            if card.pipeline != SALES:
                lead_id = ids[card.line]
                if lead_id not in leads:
                    owner = _nearest(card, sales.get(_contact(card.record), []))
                    lead_id = lead_id if owner is None else ids[owner.line]
                    self._alone += owner is None
                leads.setdefault(lead_id, []).append(card)
        return leads

    def _id(self, card: _Card) -> str:
        record = card.record
        if record["opportunity_id"] is not None:
            return str(record["opportunity_id"])
        self._made += 1
        return made_id("CRM", card.pipeline, _contact(record), record["name"], card.created[:10])

    # --- one lead ---------------------------------------------------------------------------------------------------

    def _write(self, lead_id: str, cards: list[_Card]) -> None:
        entries: dict[tuple[str, str, str], tuple[_Card, dict[str, Cell]]] = {}
        undated: str | None = None
        for card in cards:
            found, missing = self._entries(card)
            undated = missing or undated
            for one in found:
                entries.setdefault((card.pipeline, str(one["stage"]), str(one["entered_at"])), (card, one))
        if undated is not None:
            self._undated += 1
            entries = {key: one for key, one in entries.items() if key[0] != SALES}
        leader = cards[0]
        lead = self._lead(cards) | {"lead_id": lead_id, "stage": undated}
        self.out.row("leads", leader.line, build("leads", lead), _extra(leader))
        for card, cells in entries.values():
            self.out.row("stages", card.line, build("stages", cells | {"lead_id": lead_id}))
        starts = {leader.line, *(card.line for card, _cells in entries.values())}
        for card in cards:
            if card.line not in starts:
                self.out.merge(card.line, leader.line)

    def _lead(self, cards: list[_Card]) -> dict[str, Cell]:
        """The lead's own columns, each from the first card that states it; received when its first card was made."""
        record = {
            name: next((card.record[name] for card in cards if card.record[name] is not None), None)
            for name in PROFILE.positions
        }
        first, last = record["first_name"], record["last_name"]
        if first is None and last is None:
            first, last = first_and_last(record["contact"] or record["name"])
        same = ("email", "phone", "zip", "state", "line", "source", "estimated_premium", "note")
        return {name: record[name] for name in same} | {
            "received_at": min(card.created for card in cards),
            "first_name": first,
            "last_name": last,
            "producer": self._roster.person(record["producer"]),
            "lost_reason": reason_of(record["lost_reason"]),
        }

    # --- stage entries ----------------------------------------------------------------------------------------------

    def _entries(self, card: _Card) -> tuple[list[dict[str, Cell]], str | None]:
        """A card's stage entries; and the sales stage whose day is not known."""
        if card.pipeline == SALES:
            return self._sales(card)
        day = self._service_day(card)
        cells: dict[str, Cell] = {"pipeline": card.pipeline, "stage": card.stage, "entered_at": day}
        cells |= {name: card.record[name] for name in ("policy_number", "carrier")} | {"detail": _detail(card)}
        return [cells], None

    def _sales(self, card: _Card) -> tuple[list[dict[str, Cell]], str | None]:
        record = card.record
        own = folded(card.stage) if folded(card.stage) in {"won", "lost"} else None
        outcome = outcome_of(str(record["status"] or "")) or own
        steps: list[tuple[str, Cell]] = []
        if outcome != own:
            since = str(record["entered"] or record["created"])
            later = [day for day in (record["status_at"], record["updated"]) if day is not None and str(day) >= since]
            if not later:
                return [], outcome
            self._updated += record["status_at"] not in later
            steps = [(card.stage, record["entered"]), (str(outcome), later[0])]
        else:
            day = record["entered"] or (record["status_at"] if own else None)
            if day is None and rank_of(card.stage) != 1:
                return [], card.stage
            steps = [(card.stage, day)]
        return [{"pipeline": SALES, "stage": key, "entered_at": day} for key, day in steps if day is not None], None

    def _service_day(self, card: _Card) -> Cell:
        """When the card entered its stage: as stated, else when it was made or last touched."""
        record = card.record
        if record["entered"] is not None:
            return record["entered"]
        if card.stage == first_stage(card.pipeline):
            return record["created"]
        self._updated += 1
        return record["status_at"] or record["updated"] or record["created"]

    def _say(self) -> None:
        notes = [self._roster.note]
        counted = (
            (self._made, "{0:,} cards have no id; ids are made from contact, name and the day they were made."),
            (self._alone, "{0:,} cards of other pipelines have no sales card in this file and are leads of their own; "
                          "export all pipelines together."),
            (self._undated, "{0:,} leads have a stage without its day, which is assumed to be that of their receipt."),
            (self._updated, "{0:,} stages have no day of their own and stand on the day of the card's last change."),
            *((self._tags.get(word, 0), note) for word, note in _WATCHED),
        )  # fmt: skip
        for note in (*notes, *(text.format(count) for count, text in counted if count)):
            if note is not None:
                self.out.note(note)


def _contact(record: Record) -> str:
    """Who a card is about: the contact's id, else the best there is."""
    person = f"{record['first_name'] or ''} {record['last_name'] or ''}".strip() or None
    for name in _CONTACT:
        cell = person if name == "contact" and record["contact"] is None else record[name]
        if cell is not None:
            return f"{'contact' if name == 'name' else name}:{values.folded(str(cell))}"
    return ""


def _nearest(card: _Card, sales: list[_Card]) -> _Card | None:
    """The contact's latest sales card made by the time of a service card, else the first one."""
    before = [one for one in sales if one.created[:10] <= card.created[:10]]
    if before:
        return max(before, key=lambda one: one.created)
    return min(sales, key=lambda one: one.created, default=None)


def _detail(card: _Card) -> Cell:
    """What an entry is about: the exception's kind, the nurture message's number, a requirement, a reason."""
    record = card.record
    if card.pipeline == "exceptions":
        texts = [record[name] for name in ("detail", "stage", "tags", "name")]
        found = exception_kind(*(None if text is None else str(text) for text in texts))
        return found if card.stage == "new_exception" else None
    if card.stage in {"sent", "replied"}:
        return message_of(str(record["stage"])) or record["detail"]
    reasoned = card.stage in {"nurturing", "declined"}
    return record["detail"] or (record["lost_reason"] if reasoned else None)


def _extra(card: _Card) -> str | None:
    reason = card.record["lost_reason"]
    return extended(card.extra, {"Lost reason": None if reason_of(reason) else reason})


def _text(name: str, target: str, *headings: str, kind: Kind | Form = Kind.TEXT, required: bool = False) -> Field:
    return Field(name, kind, headings, target, required)


PROFILE = Profile(
    name="crm_opportunities",
    title="CRM: opportunities",
    table="leads",
    fields=(
        _text("opportunity_id", "leads.lead_id", "Opportunity ID", "Deal ID", "Card ID", "Lead ID", kind=Form.ID),
        _text("name", "", "Opportunity Name", "Opportunity", "Deal Name", "Deal", "Title"),
        _text(
            "contact", "leads.last_name", "Contact Name", "Contact", "Full Name", "Lead Name", "Client Name", "Client",
            "Name",
        ),
        _text("first_name", "leads.first_name", "First Name", "Contact First Name"),
        _text("last_name", "leads.last_name", "Last Name", "Contact Last Name"),
        _text("contact_id", "", "Contact ID", "Person ID", kind=Form.ID),
        _text("email", "leads.email", "Email", "Contact Email", "Email Address", kind=Kind.EMAIL),
        _text("phone", "leads.phone", "Phone", "Contact Phone", "Phone Number", "Mobile", kind=Kind.PHONE),
        _text("zip", "leads.zip", "Zip", "Zip Code", "Postal Code", kind=Kind.ZIP),
        _text("state", "leads.state", "State", kind=Kind.STATE),
        _text("line", "leads.line", "Line of Business", "Line", "Product", "Policy Type", "LOB"),
        _text("pipeline", "stages.pipeline", "Pipeline", "Pipeline Name", required=True),
        _text("stage", "stages.stage", "Stage", "Pipeline Stage", "Stage Name", "Current Stage", required=True),
        _text("status", "", "Status", "Opportunity Status", "Deal Status"),
        _text("tags", "", "Tags", "Tag", "Labels", "Contact Tags", "Opportunity Tags"),
        _text(
            "producer", "leads.producer", "Assigned To", "Assigned", "Assigned User", "Owner", "Opportunity Owner",
            "Agent", "Producer", "User", kind=Kind.PRODUCER,
        ),
        _text("source", "leads.source", "Source", "Lead Source", "Opportunity Source"),
        _text(
            "estimated_premium", "leads.estimated_premium", "Lead Value", "Opportunity Value", "Monetary Value",
            "Deal Value", "Value", "Estimated Premium", "Annual Premium", "Premium", "Amount", kind=Kind.MONEY,
        ),
        _text(
            "created", "leads.received_at", "Created On", "Created", "Created At", "Date Created", "Created Date",
            "Create Date", "Date Added", "Received At", kind=Kind.MOMENT, required=True,
        ),
        _text(
            "updated", "", "Updated On", "Updated", "Updated At", "Date Updated", "Last Updated", "Last Modified",
            kind=Kind.MOMENT,
        ),
        _text(
            "entered", "stages.entered_at", "Stage Entered", "Stage Entered At", "Stage Entered On", "Entered Stage",
            "Entered Stage On", "Entered Stage At", "Date Entered Stage", "Stage Date", "Last Stage Change",
            "Last Stage Change At", "Last Stage Change Date", "Last Stage Change On", "Stage Changed",
            "Stage Changed At", "Stage Changed On", "Moved To Stage On", kind=Kind.MOMENT,
        ),
        _text(
            "status_at", "stages.entered_at", "Last Status Change", "Last Status Change At",
            "Last Status Change Date", "Last Status Change On", "Status Changed", "Status Changed On",
            "Status Changed At", "Closed On", "Closed At", kind=Kind.MOMENT,
        ),
        _text("lost_reason", "leads.lost_reason", "Lost Reason", "Lost Reason Name", "Loss Reason"),
        _text("policy_number", "stages.policy_number", "Policy Number", "Policy #", kind=Form.ID),
        _text("carrier", "stages.carrier", "Carrier", "Insurer"),
        _text("detail", "stages.detail", "Exception Type", "Requirement Type", "Requirement", "Reason", "Detail"),
        _text("note", "leads.note", "Notes", "Note", "Comments"),
    ),
    fingerprint=(
        ("pipeline",),
        ("stage",),
        ("created",),
        ("opportunity_id", "name", "contact_id", "tags"),
        ("contact", "first_name", "email", "phone", "name"),
        ("status", "tags", "entered", "updated", "status_at"),
    ),
    total="estimated_premium",
    shaper=_Cards,
)  # fmt: skip
