"""A made-up agency of eighteen months, as it truly was: plain rows before any file spoils them.

Producers are given as codes (None = nobody of ours), money as cents, moments to the minute. It holds what real books
hold and tidy ones do not: shares with half cents, leads that return, changes of owner, totals beside single records.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]

START, END = date(2025, 1, 6), date(2026, 6, 30)
STRANGER = "Quentin Stranger"
CARRIERS = (("Alder Mutual", "Homeowners", 0.145), ("Ironquay Commercial", "BOP", 0.1333))
LINES = (
    ("Personal Auto", 90_000, 280_000, ("Alder Mutual", "Copperline Casualty")),
    ("Homeowners", 110_000, 350_000, ("Alder Mutual", "Harrow & Vale")),
    ("Auto + Home Bundle", 240_000, 560_000, ("Alder Mutual",)),
    ("BOP", 150_000, 520_000, ("Ironquay Commercial", "Copperline Casualty")),
    ("Commercial Package", 480_000, 1_600_000, ("Ironquay Commercial",)),
    ("Life", 60_000, 260_000, ("Brightwater Life",)),
)
_PC = ("contacted", "needs_analysis", "quoted", "proposed", "closing")
_LIFE = ("contact", "engaged_interest", "qualified_interest", "application")
_FIRST = ("Ada", "Ben", "Chloé", "Derek", "Esmé", "Frank", "Gwen", "Hank", "Inés", "Jörg", "Kara", "Liam", "Mónica")
_LAST = ("Abbott", "Beaulieu", "Castaño", "D'Amico", "Easton", "Fürst", "Greer", "Hale-Voss", "Ibáñez", "Jansen")


def make(seed: int = 7) -> Tables:
    """All tables of the agency, by template name."""
    maker = _Maker(Random(f"agency:{seed}"))
    maker.run()
    return maker.tables


def people() -> list[Row]:
    """A star, somebody new, somebody part-time, somebody who left, somebody with targets of their own, and staff."""
    empty = dict.fromkeys(("aliases", "level", "left_on", "target_new_premium", "hired_on", "role", "status"))
    rows: list[Row] = [
        {"producer_code": "P01", "name": "Ana Brandt", "aliases": "Annie Brandt;A. Brandt", "level": "veteran",
         "hired_on": "2019-04-01"},
        {"producer_code": "P02", "name": "José Núñez", "level": "new", "hired_on": "2026-01-12", "status": "active"},
        {"producer_code": "P03", "name": "Wes O'Hara-Lind", "level": "veteran", "hired_on": "2022-09-19"},
        {"producer_code": "P04", "name": "Tom Vail", "level": "veteran", "hired_on": "2021-03-01",
         "left_on": "2026-02-13", "status": "inactive"},
        {"producer_code": "P05", "name": "Lena Fürst", "aliases": "LFX", "hired_on": "2020-06-15",
         "target_new_premium": 2_450_050},
        {"producer_code": "S01", "name": "Paula Greer", "role": "csr", "hired_on": "2018-01-02"},
        {"producer_code": "M01", "name": "Helen Bradshaw", "role": "manager", "hired_on": "2017-01-02"},
    ]  # fmt: skip
    return [{**empty, **row} for row in rows]


class _Maker:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.tables: Tables = {}
        self.names = {row["producer_code"]: row for row in people()}
        self.quotes = self.policies = self.activity_ids = 0

    def run(self) -> None:
        self.tables = {
            name: []
            for name in ("producers", "sources", "clients", "targets", "leads", "owners", "stages", "policies",
                         "premiums", "quotes", "activities", "availability")
        }  # fmt: skip
        self.tables["producers"] = people()
        self.tables["sources"] = [
            {"source": "Website", "cost_per_lead": 1_250, "monthly_cost": 45_000},
            {"source": "Référence", "cost_per_lead": 0, "monthly_cost": None},
        ]
        self.tables["targets"] = targets()
        self.tables["availability"] = availability()
        for code in ("P01", "P02", "P03", "P04", "P05"):
            self.producer_days(code)
        for code in (None, "S01"):
            self.strangers(code)
        for number in range(620):
            self.lead(number)
        self.renewals()
        self.endorsements()

    # --- days -------------------------------------------------------------------------------------------------------

    def is_there(self, code: str, day: date) -> bool:
        row = self.names[code]
        away = any(
            leave["producer"] == code and leave["kind"] == "leave" and leave["from"] <= day.isoformat() <= leave["to"]
            for leave in self.tables["availability"]
        )
        gone = row["left_on"] is not None and day.isoformat() > row["left_on"]
        return day.isoformat() >= row["hired_on"] and not gone and not away

    def producer_days(self, code: str) -> None:
        """A producer's activities and lead-less quotes, day by day; weekends and holidays now and then too."""
        rng = self.rng
        pace = {"P01": 1.2, "P02": 1.7, "P03": 0.7, "P04": 0.8, "P05": 1.0}[code]
        day = START
        while day <= END:
            usual = day.weekday() < 5 or rng.random() < 0.05
            late = _lately(code, day)
            silent = code == "P03" and date(2026, 6, 1) <= day <= date(2026, 6, 14)
            if usual and self.is_there(code, day) and not silent:
                self.activities(code, day, pace * late)
            if usual and self.is_there(code, day) and rng.random() < 0.13 * pace:
                self.quote(code, day, None, rng.choice(LINES))
            if usual and self.is_there(code, day) and rng.random() < 0.07 * pace:
                self.policy(code, day, rng.choice(LINES), None)
            day += timedelta(days=1)

    def activities(self, code: str, day: date, pace: float) -> None:
        rng = self.rng
        for _ in range(int(rng.random() * 7 * pace)):
            self.activity(code, day, "call", outcome=rng.choice(("connected", "no_answer", "voicemail", None)))
        if rng.random() < 0.12:
            self.activity(code, day, "call", count=1 + int(rng.random() * 12), timed=False)
        for _ in range(int(rng.random() * 4 * pace)):
            self.activity(code, day, "email", bulk=True if rng.random() < 0.1 else None)
        if rng.random() < 0.5 * pace:
            self.activity(code, day, "email", count=2 + int(rng.random() * 6), timed=False)
        for kind, often in (("meeting_set", 0.9), ("meeting_held", 0.75), ("coi_contact", 0.45), ("text", 0.8)):
            if rng.random() < often * pace:
                self.activity(code, day, kind)
        if rng.random() < 0.6 * pace:
            asked = True if rng.random() < 0.8 else None
            self.activity(code, day, "referral_ask", count=1 + int(rng.random() * 4), timed=False, reported=asked)
        if rng.random() < 0.3:
            self.activity(code, day, rng.choice(("call", "email", "text")), direction="inbound")
        if rng.random() < 0.05:
            self.activity(code, day, "note", note="Asked for:\nloss runs, and a copy of the lease")

    def strangers(self, code: str | None) -> None:
        """Records of a service person, and of a name that nobody in the agency has."""
        for _ in range(90):
            day = START + timedelta(days=int(self.rng.random() * ((END - START).days + 1)))
            self.activity(code, day, self.rng.choice(("call", "email", "meeting_held")))
            if self.rng.random() < 0.25:
                self.quote(code, day, None, self.rng.choice(LINES))
            if self.rng.random() < 0.12:
                self.policy(code, day, self.rng.choice(LINES), None)

    def moment(self, day: date, low: int = 7 * 60, high: int = 19 * 60) -> str:
        minute = low + int(self.rng.random() * (high - low))
        return f"{day.isoformat()}T{minute // 60:02d}:{minute % 60:02d}:00"

    def activity(
        self,
        code: str | None,
        day: date,
        kind: str,
        *,
        direction: str | None = None,
        outcome: str | None = None,
        count: int | None = None,
        timed: bool = True,
        bulk: bool | None = None,
        reported: bool | None = None,
        note: str | None = None,
    ) -> None:
        self.activity_ids += 1
        connected = outcome == "connected" or kind == "meeting_held"
        self.tables["activities"].append(
            {
                "occurred_at": self.moment(day) if timed else day.isoformat(),
                "producer": code,
                "kind": kind,
                "activity_id": f"ACT-{self.activity_ids}" if self.rng.random() < 0.6 else None,
                "direction": direction or ("outbound" if self.rng.random() < 0.5 else None),
                "outcome": outcome,
                "minutes": round(self.rng.random() * 30, 1) if connected and timed else None,
                "count": count,
                "bulk": bulk,
                "self_reported": reported,
                "lead_id": f"L{int(self.rng.random() * 620):04d}" if self.rng.random() < 0.3 else None,
                "client": None,
                "note": note,
            }
        )

    # --- leads ------------------------------------------------------------------------------------------------------

    def lead(self, number: int) -> None:
        rng = self.rng
        received = START + timedelta(days=int(rng.random() * ((END - START).days + 1)))
        at = datetime.fromisoformat(self.moment(received, 1, 1430))
        line = rng.choice(LINES)
        code = self.owner_on(received)
        lead: Row = {
            "lead_id": f"L{number:04d}",
            "received_at": at.isoformat(),
            "first_name": rng.choice(_FIRST),
            "last_name": rng.choice(_LAST),
            "email": f"lead{number}@example.com",
            "phone": f"+1614555{100 + number % 100:04d}",
            "zip": rng.choice(("02134", "43215", "01060", "06830", "90210")),
            "state": rng.choice(("MA", "OH", "CT", "CA")),
            "line": line[0],
            "source": rng.choice(("Website", "Référence")),
            "producer": code,
            "estimated_premium": int(line[1] + rng.random() * (line[2] - line[1])) if rng.random() < 0.9 else None,
            "stage": None,
            "stage_entered_at": None,
            "lost_reason": None,
        }
        self.tables["leads"].append(lead)
        if rng.random() < 0.08:
            stage = rng.choice(("contacted", "quoted", "qualified_interest", "lost", "proposed"))
            lead["stage"], lead["stage_entered_at"] = stage, (at + timedelta(days=2, minutes=7)).isoformat()
        elif rng.random() < 0.94:
            self.journey(lead, at, line, code)
        if rng.random() < 0.1:
            other = rng.choice(("P01", "P03", "P05", None))
            when = at + timedelta(days=1 + int(rng.random() * 40), minutes=13)
            self.tables["owners"].append({"lead_id": lead["lead_id"], "at": when.isoformat(), "producer": other})
            if rng.random() < 0.4:
                later = (when + timedelta(days=20, minutes=1)).isoformat()
                self.tables["owners"].append({"lead_id": lead["lead_id"], "at": later, "producer": "P02"})

    def owner_on(self, day: date) -> str | None:
        there = [code for code in ("P01", "P02", "P03", "P04", "P05") if self.is_there(code, day)]
        return self.rng.choice([*there, None]) if there else None

    def journey(self, lead: Row, at: datetime, line: tuple[Any, ...], code: str | None) -> None:
        """Through the stages, sometimes skipping one, to won, lost, still open, or back again."""
        rng = self.rng
        life = line[0] == "Life"
        stages = [stage for stage in (_LIFE if life else _PC) if rng.random() < 0.85]
        keep = 1 + int(rng.random() * len(stages)) if stages else 0
        if rng.random() < 0.1:
            at += timedelta(minutes=1)
            self.stage(lead, "new_lead" if life else "prospect", at)
        for stage in stages[:keep]:
            at += timedelta(minutes=1 + int(rng.random() ** 2 * 24 * 60 * 16))
            self.stage(lead, stage, at)
            if stage in ("quoted", "qualified_interest"):
                self.quote(code, at.date(), lead["lead_id"], line)
                if rng.random() < 0.06:
                    self.quote("P01", at.date(), lead["lead_id"], line)
        at += timedelta(minutes=1 + int(rng.random() * 24 * 60 * 12))
        if rng.random() < 0.38:
            self.win(lead, at, line, code, life)
        elif rng.random() < 0.72:
            self.lose(lead, at, life)
            if rng.random() < 0.15:
                back = at + timedelta(days=10 + int(rng.random() * 60), minutes=3)
                self.stage(lead, "prospect", back)
                if rng.random() < 0.5:
                    self.win(lead, back + timedelta(days=4, minutes=9), line, code, life)

    def stage(self, lead: Row, stage: str, at: datetime) -> None:
        if at.date() <= END:
            self.tables["stages"].append(
                {"pipeline": "sales", "stage": stage, "entered_at": at.isoformat(), "lead_id": lead["lead_id"],
                 "policy_number": None, "carrier": None, "detail": None}
            )  # fmt: skip

    def win(self, lead: Row, at: datetime, line: tuple[Any, ...], code: str | None, life: bool) -> None:
        self.stage(lead, "closed_won" if life else "won", at)
        if at.date() <= END:
            self.policy(code, at.date(), line, lead["lead_id"])
            if line[0] == "Auto + Home Bundle":
                self.policy(code, at.date(), LINES[0], lead["lead_id"])

    def lose(self, lead: Row, at: datetime, life: bool) -> None:
        self.stage(lead, "closed_lost" if life else "lost", at)
        lead["lost_reason"] = self.rng.choice(("price", "no_response", "timing", "competitor", None))

    # --- quotes and policies ----------------------------------------------------------------------------------------

    def quote(self, code: str | None, day: date, lead_id: str | None, line: tuple[Any, ...]) -> None:
        if day > END:
            return
        rng = self.rng
        for _ in range(1 if lead_id is None else 1 + int(rng.random() * 3)):
            self.quotes += 1
            self.tables["quotes"].append(
                {
                    "producer": code,
                    "delivered_on": day.isoformat(),
                    "quote_id": f"Q{self.quotes}" if rng.random() < 0.7 else None,
                    "lead_id": lead_id,
                    "client": None if lead_id else rng.choice(_LAST) + " household",
                    "line": line[0],
                    "carrier": rng.choice(line[3]),
                    "premium": int(line[1] + rng.random() * (line[2] - line[1])),
                }
            )

    def policy(self, code: str | None, day: date, line: tuple[Any, ...], lead_id: str | None) -> Row:
        rng = self.rng
        self.policies += 1
        effective = day + timedelta(days=int(rng.random() * 30))
        draw = rng.random()
        premium = int(line[1] + rng.random() * (line[2] - line[1]))
        row: Row = {
            "policy_number": f"PN-{self.policies:05d}",
            "client": f"{rng.choice(_FIRST)} {rng.choice(_LAST)} {self.policies}",
            "producer": code,
            "line": line[0],
            "transaction": "new",
            "bound_on": day.isoformat(),
            "effective_on": effective.isoformat(),
            "annual_premium": premium,
            "carrier": rng.choice(line[3]),
            "expires_on": (effective + timedelta(days=365)).isoformat() if rng.random() < 0.5 else None,
            "commission_rate": rng.choice((0.1, 0.125, 0.1475, 0.15)) if draw < 0.6 else None,
            "commission": int(premium * 0.118) if draw > 0.5 and draw < 0.8 else None,
            "shares": self.shares(code),
            "lead_id": lead_id,
            "source": None,
            "state": rng.choice(("MA", "OH")),
            "zip": rng.choice(("02134", "43215")),
            "ended_on": (effective + timedelta(days=100)).isoformat() if rng.random() < 0.05 else None,
        }
        if effective + timedelta(days=100) > END:
            row["ended_on"] = None
        self.tables["policies"].append(row)
        return row

    def shares(self, code: str | None) -> str | None:
        if code not in ("P01", "P03", "P05") or self.rng.random() > 0.18:
            return None
        return self.rng.choice(("P01:0.6;P05:0.4", "P05:0.34;P01:0.33;P03:0.33", "P03:0.5;P01:0.5"))

    def renewals(self) -> None:
        """Each policy a year later: renewed, rewritten or gone."""
        for row in list(self.tables["policies"]):
            start = date.fromisoformat(row["effective_on"]) + timedelta(days=365)
            if row["ended_on"] or start > END or self.rng.random() < 0.12:
                continue
            new = dict(row)
            new["transaction"] = "rewrite" if self.rng.random() < 0.05 else "renewal"
            new["policy_number"] = row["policy_number"] + ("-R" if new["transaction"] == "rewrite" else "")
            new["bound_on"] = (start - timedelta(days=10)).isoformat()
            new["effective_on"] = start.isoformat()
            new["annual_premium"] = int(row["annual_premium"] * 1.07)
            new["expires_on"] = new["commission"] = None
            self.tables["policies"].append(new)

    def endorsements(self) -> None:
        """Changes of premium within a term; what was written when it was bound stays what it was."""
        for row in self.tables["policies"][::23]:
            day = date.fromisoformat(row["effective_on"]) + timedelta(days=33)
            self.tables["premiums"].append(
                {
                    "policy_number": row["policy_number"],
                    "effective_on": row["effective_on"],
                    "from": day.isoformat(),
                    "annual_premium": row["annual_premium"] + 12_345,
                }
            )


def _lately(code: str, day: date) -> float:
    """The last weeks' share of the usual pace: one producer slows down week by week, another does little."""
    if code == "P03":
        return 1.0 if day < date(2026, 6, 1) else 0.5
    if code != "P05" or day < date(2026, 6, 8):
        return 1.0
    return 0.5 if day < date(2026, 6, 15) else 0.25


def targets() -> list[Row]:
    """Own, level and agency targets from different days on."""
    empty = dict.fromkeys(("producer_code", "level", "line", "stretch"))
    rows: list[Row] = [
        {"metric": "calls_made", "target": 44, "effective_from": "2025-07-01", "producer_code": "P05", "stretch": 61},
        {"metric": "calls_made", "target": 38, "effective_from": "2026-03-02", "producer_code": "P05"},
        {"metric": "policies_written", "target": 7, "effective_from": "2025-01-01", "level": "veteran", "stretch": 11},
        {"metric": "new_premium", "target": 26500.25, "effective_from": "2026-02-01", "producer_code": "P01",
         "stretch": 40000},
        {"metric": "close_rate", "target": 0.35, "effective_from": "2025-01-01", "stretch": 0.5},
        {"metric": "avg_policy_size", "target": 3150.5, "effective_from": "2025-09-01", "producer_code": "P01"},
        {"metric": "avg_policy_size", "target": 9000, "effective_from": "2025-09-01", "producer_code": "P01",
         "line": "Commercial Package"},
        {"metric": "close_rate", "target": 0.33, "effective_from": "2026-05-11", "producer_code": "P02",
         "stretch": 0.42},
    ]  # fmt: skip
    return [{**empty, **row} for row in rows]


def availability() -> list[Row]:
    """Two leaves, one across a holiday, and one producer's shorter week."""
    empty = dict.fromkeys(("from", "to", "weekday", "start", "end", "state", "line"))
    rows: list[Row] = [
        {"producer": "P05", "kind": "leave", "from": "2026-05-21", "to": "2026-05-29"},
        {"producer": "P01", "kind": "leave", "from": "2025-12-22", "to": "2026-01-02"},
        {"producer": "P01", "kind": "license", "to": "2027-12-31", "state": "OH"},
        *(
            {"producer": "P03", "kind": "hours", "weekday": weekday, "start": "09:00", "end": "15:00"}
            for weekday in range(1, 6)
        ),
    ]
    return [{**empty, **row} for row in rows]
