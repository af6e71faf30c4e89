"""What happens after the sale and after the no: service entries, early ends, nurture and returns, added to the truth.

Made for the KPIs of sections 4, 5, 6 and 8: policies that end on month ends, second thoughts, parallel carriers,
messages without an answer, leads that call by themselves. Like `truth`, plain rows in which nothing is derived.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from tests.agency import truth
from tests.agency.truth import END, Row, Tables

KINDS = ("payment", "lapse", "cancel_request", None)
REQUIREMENTS = ("loss runs", "photos", "medical exam", None)


def add(tables: Tables, seed: int = 7) -> Tables:
    """The tables with service rows added; the given ones are changed too."""
    _Service(tables, Random(f"service:{seed}")).run()
    return tables


class _Service:
    def __init__(self, tables: Tables, rng: Random) -> None:
        self.tables, self.rng, self.activities = tables, rng, 0
        self.taken: set[tuple[object, ...]] = set()
        self.outcomes: dict[str, list[Row]] = {}
        for row in tables["stages"]:
            self.outcomes.setdefault(row["lead_id"], []).append(row)

    def run(self) -> None:
        self.tables["sources"].append({"source": "Direct mail", "cost_per_lead": None, "monthly_cost": 81_335})
        seen: set[str] = set()
        for policy in self.tables["policies"]:
            first = policy["policy_number"] not in seen
            seen.add(policy["policy_number"])
            self.policy(policy, first)
        for lead in self.tables["leads"]:
            self.lead(lead)

    # --- policies -----------------------------------------------------------------------------------------------------

    def policy(self, policy: Row, first: bool) -> None:
        rng = self.rng
        effective = date.fromisoformat(policy["effective_on"])
        if first and rng.random() < 0.2:
            moved = effective + timedelta(days=rng.choice((-3, 1, 4)))
            policy["in_force_on"] = moved.isoformat()
        if first and policy["lead_id"] is None and rng.random() < 0.6:
            policy["source"] = rng.choice(("website", "Website", "Direct mail", "Walk-in"))
        if policy["ended_on"] is None and rng.random() < 0.12:
            ended = effective + timedelta(days=int(rng.random() * 364))
            if ended <= END:
                policy["ended_on"] = ended.isoformat()
        if first and rng.random() < 0.5:
            self.placement(policy, effective)
        for _ in range(2 if rng.random() < 0.25 else 0):
            self.exception(policy, effective + timedelta(days=int(rng.random() * 330)))

    def placement(self, policy: Row, day: date) -> None:
        rng = self.rng
        self.entry("placement", "approved", day, policy=policy)
        if rng.random() < 0.8:
            self.entry("placement", "delivered", day + timedelta(days=2), policy=policy)
            outcome = "in_force" if rng.random() < 0.85 else "not_taken"
            self.entry("placement", outcome, day + timedelta(days=3 + int(rng.random() * 20)), policy=policy)

    def exception(self, policy: Row, day: date) -> None:
        rng = self.rng
        self.entry("exceptions", "new_exception", day, policy=policy, detail=rng.choice(KINDS))
        if rng.random() < 0.85:
            closing = "resolved" if rng.random() < 0.6 else "terminated"
            self.entry("exceptions", closing, day + timedelta(days=int(rng.random() * 20)), policy=policy)

    # --- leads --------------------------------------------------------------------------------------------------------

    def lead(self, lead: Row) -> None:
        rng = self.rng
        at = datetime.fromisoformat(lead["received_at"]).date() + timedelta(days=3)
        if rng.random() < 0.5:
            self.underwriting(lead, at)
        lost = [row for row in self.outcomes.get(lead["lead_id"], []) if row["stage"] in truth_lost()]
        if lost and rng.random() < 0.6:
            self.nurture(lead, date.fromisoformat(lost[-1]["entered_at"][:10]) + timedelta(days=1))

    def underwriting(self, lead: Row, day: date) -> None:
        rng = self.rng
        carrier = rng.choice(("Alder Mutual", "Brightwater Life", None))
        self.entry("underwriting", "submitted", day, lead=lead, carrier=carrier)
        for number in range(int(rng.random() * 4)):
            opened = day + timedelta(days=1 + number)
            self.entry("underwriting", "requirement_opened", opened, lead=lead, detail=rng.choice(REQUIREMENTS))
            if rng.random() < 0.6:
                resolved = opened + timedelta(days=int(rng.random() * 9))
                self.entry("underwriting", "requirement_resolved", resolved, lead=lead)
        if rng.random() < 0.9:
            decision = "approved" if rng.random() < 0.7 else "declined"
            decided = day + timedelta(days=5 + int(rng.random() * 25))
            self.entry("underwriting", decision, decided, lead=lead, carrier=carrier)
            if decision == "declined":
                self.entry("declined", "declined", decided, lead=lead, detail=rng.choice(("roof", "claims", None)))
                if rng.random() < 0.3:
                    self.sales(lead, "contacted", decided + timedelta(days=2 + int(rng.random() * 90)))

    def nurture(self, lead: Row, day: date) -> None:
        rng = self.rng
        self.entry("nurture", "nurturing", day, lead=lead, detail=rng.choice(("price", "timing", None)))
        for message in range(1, 7):
            day += timedelta(days=14)
            self.entry("nurture", "sent", day, lead=lead, detail=str(message))
            if rng.random() < 0.1:
                self.activity(lead, day - timedelta(days=2), "outbound")
            if rng.random() < 0.15:
                self.comes_back(lead, day + timedelta(days=1), message)
                return

    def comes_back(self, lead: Row, day: date, message: int) -> None:
        rng = self.rng
        way = rng.random()
        if way < 0.4:
            self.entry("nurture", "replied", day, lead=lead, detail=str(message))
        elif way < 0.7:
            self.activity(lead, day, "inbound")
        if rng.random() < 0.7:
            back = day + timedelta(days=1 + int(rng.random() * 5))
            self.entry("nurture", "recycled", back, lead=lead)
            self.sales(lead, "prospect", back + timedelta(days=1))
            if rng.random() < 0.5:
                self.win(lead, back + timedelta(days=9))

    def win(self, lead: Row, day: date) -> None:
        self.sales(lead, "won", day)
        known = next((row for row in self.tables["policies"] if row["lead_id"] is None), None)
        if known is not None and day <= END:
            number = f"WB-{lead['lead_id']}"
            self.tables["policies"].append(
                {**known, "policy_number": number, "client": f"Returned {number}", "lead_id": lead["lead_id"],
                 "transaction": "new", "bound_on": day.isoformat(), "effective_on": day.isoformat(),
                 "in_force_on": None, "expires_on": None, "ended_on": None, "shares": None, "source": None,
                 "annual_premium": 91_250 + int(self.rng.random() * 100_000)}
            )  # fmt: skip

    # --- rows ---------------------------------------------------------------------------------------------------------

    def sales(self, lead: Row, stage: str, day: date) -> None:
        self.entry("sales", stage, day, lead=lead)

    def entry(
        self,
        pipeline: str,
        stage: str,
        day: date,
        *,
        lead: Row | None = None,
        policy: Row | None = None,
        carrier: str | None = None,
        detail: str | None = None,
    ) -> None:
        if day > END:
            return
        minute = 8 * 60 + int(self.rng.random() * 600)
        at = f"{day.isoformat()}T{minute // 60:02d}:{minute % 60:02d}:00"
        row: Row = {
            "pipeline": pipeline,
            "stage": stage,
            "entered_at": at,
            "lead_id": None if lead is None else lead["lead_id"],
            "policy_number": None if policy is None else policy["policy_number"],
            "carrier": carrier,
            "detail": detail,
        }
        key = (pipeline, stage, at, row["lead_id"], row["policy_number"])
        if key not in self.taken:
            self.taken.add(key)
            self.tables["stages"].append(row)

    def activity(self, lead: Row, day: date, direction: str) -> None:
        if day > END:
            return
        self.activities += 1
        self.tables["activities"].append(
            {"occurred_at": f"{day.isoformat()}T07:{self.activities % 60:02d}:00", "producer": lead["producer"],
             "kind": self.rng.choice(("email", "text", "call")), "activity_id": f"SRV-{self.activities}",
             "direction": direction, "outcome": None, "minutes": None, "count": None,
             "bulk": True if self.rng.random() < 0.2 else None, "self_reported": None, "lead_id": lead["lead_id"],
             "client": None, "note": None}
        )  # fmt: skip


def truth_lost() -> tuple[str, str]:
    """The lost stages of both columns."""
    return "lost", "closed_lost"


def make(seed: int = 7) -> Tables:
    """The agency with its service side."""
    return add(truth.make(seed), seed)
