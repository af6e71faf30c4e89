"""The KPIs of leads, closing and activity, read from their definitions one record after another."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from tests.oracle.facts import Agency, Row, day_of, days, first_named, moment_of
from tests.oracle.kpis_premiums import premium
from tests.oracle.kpis_question import Figure, Question, first_reach, is_contact, mean, middle, outbound, rate
from tests.oracle.pipeline import LeadState
from tests.oracle.windows import Window

EXPECTED = {"prospect": 7, "contacted": 14, "needs_analysis": 7, "quoted": 14, "proposed": 7, "closing": 7}
WEIGHTS = {"call": 1, "text": 1, "email": 1, "worked": 2, "meeting_held": 5}


def figures(question: Question) -> dict[str, Figure]:
    """By KPI: value, numerator, denominator, and the details that can be told beforehand."""
    return {
        **speed(question),
        **engagement(question),
        **premium(question),
        **activity(question),
    }


# --- section 1 --------------------------------------------------------------------------------------------------------


def speed(q: Question) -> dict[str, Figure]:
    waits, never = [], 0
    for state in q.cohort:
        received = moment_of(state.lead["received_at"])
        touches = [row["occurred_at"] for row in q.activities(state.lead) if is_contact(row)]
        after = [at for at in touches if (moment_of(at) >= received if len(at) > 10 else day_of(at) >= received.date())]
        timed = [moment_of(at) for at in after if len(at) > 10]
        never += not after
        if timed:
            waits.append(minutes(received, min(timed)))
    quick = Fraction(sum(wait <= 5 for wait in waits), len(q.cohort)) if q.cohort else None
    stays = [(state, state.entries[-1]) for state in q.states if state.is_open]
    late = sum(q.as_of - entry.at > timedelta(days=EXPECTED[state.stage]) for state, entry in stays)
    return {
        "speed_to_lead": mean(waits, median=middle(waits), share_within_5=quick, never_contacted=never),
        "response_time": response(q),
        "overdue_rate": rate(late, len(stays)),
    }


def minutes(start: datetime, end: datetime) -> Fraction:
    return Fraction(int((end - start).total_seconds()), 60)


def response(q: Question) -> Figure:
    waits, unanswered = [], 0
    for state in q.states:
        asked: str | None = None
        events = sorted(q.activities(state.lead), key=lambda row: (row["occurred_at"], not is_inbound(row)))
        for row in events:
            if is_inbound(row) and asked is None:
                asked = row["occurred_at"]
            elif is_contact(row) and asked is not None:
                if q.within(asked) and len(asked) > 10 and len(row["occurred_at"]) > 10:
                    waits.append(business_minutes(q.agency, moment_of(asked), moment_of(row["occurred_at"])))
                asked = None
        unanswered += asked is not None and q.within(asked)
    return mean(waits, unanswered=unanswered)


def is_inbound(row: Row) -> bool:
    if outbound(row):
        return False
    return row["kind"] in ("email", "text") or (row["kind"] == "call" and row.get("outcome") != "connected")


def business_minutes(agency: Agency, start: datetime, end: datetime) -> Fraction:
    total = 0
    for day in days(start.date(), end.date()):
        if agency.is_working_day(day):
            opening, closing = datetime.combine(day, time(8)), datetime.combine(day, time(18))
            total += max(0, int((min(closing, end) - max(opening, start)).total_seconds()))
    return Fraction(total, 60)


# --- sections 2 and 3 -------------------------------------------------------------------------------------------------


def reached(q: Question, rank: int) -> list[LeadState]:
    if q.flow:
        firsts = [(one, first_reach(one, rank)) for one in q.states]
        return [one for one, at in firsts if at is not None and q.inside(at)]
    return [one for one in q.cohort if first_reach(one, rank) is not None]


def talked(q: Question, state: LeadState) -> list[str]:
    return [
        row["occurred_at"]
        for row in q.activities(state.lead)
        if row["kind"] == "meeting_held" or (row["kind"] == "call" and row.get("outcome") == "connected")
    ]


def contacted(q: Question) -> list[LeadState]:
    if not q.flow:
        return [one for one in q.cohort if talked(q, one) or first_reach(one, 3) is not None]
    found = []
    for one in q.states:
        talks, third = talked(q, one), first_reach(one, 3)
        if (talks and q.within(min(talks))) or (third is not None and q.inside(third)):
            found.append(one)
    return found


def attempts(q: Question, state: LeadState) -> int | None:
    total = 0
    for row in q.activities(state.lead):
        if row["kind"] in ("call", "text") and outbound(row):
            total += row.get("count") or 1
            if row.get("outcome") == "connected":
                return total
    return None


def engagement(q: Question) -> dict[str, Figure]:
    tries = [many for one in q.cohort if (many := attempts(q, one)) is not None]
    buckets = {str(many): tries.count(many) for many in range(1, 8)} | {"8+": sum(many >= 8 for many in tries)}
    third, fourth, sixth, seventh = (reached(q, rank) for rank in (3, 4, 6, 7))
    sources = sorted({one.lead["source"] for one in (*q.cohort, *third)})
    by_source = {
        name: (sum(one.lead["source"] == name for one in third), sum(one.lead["source"] == name for one in q.cohort))
        for name in sources
    }
    wins = []
    for state in q.states:
        won = min((one.at for one in state.entries if one.rank == 7), default=None)
        if won is not None and q.inside(won):
            wins.append(Fraction(int((won - moment_of(state.lead["received_at"])).total_seconds()), 86_400))
    return {
        "contact_rate": rate(len(contacted(q)), len(q.cohort)),
        "attempts_to_contact": mean(tries, buckets=buckets),
        "engagement_rate": rate(len(third), len(q.cohort), by_source=by_source),
        "qualification_rate": rate(len(fourth), len(third)),
        "lead_close_rate": rate(len(seventh), len(q.cohort)),
        "app_to_close_rate": rate(len(seventh), len(sixth)),
        "pipeline_velocity": mean(wins, median=middle(wins)),
    }


# --- section 7 --------------------------------------------------------------------------------------------------------


def activity(q: Question) -> dict[str, Figure]:
    acts = [row for row in q.agency.rows("activities") if q.whose(row["producer"])]
    mine = [row for row in acts if q.within(row["occurred_at"])]
    calls = sum(row.get("count") or 1 for row in mine if row["kind"] == "call" and outbound(row))
    talks = [row for row in mine if row["kind"] == "call" and row.get("outcome") == "connected"]
    talk = sum((Fraction(str(row["minutes"])) for row in talks if row.get("minutes")), Fraction(0))
    spans = (q.last - q.window[0]).days + 1
    today = (q.as_of.date(), q.as_of.date())
    week = (q.as_of.date() - timedelta(days=6), q.as_of.date())
    working = [day for day in days(*q.window) if day <= q.last and q.agency.is_working_day(day)]
    worked = sum(len(leads_on(mine, day, bulk=True)) for day in working)
    opened = sum(state.is_open for state in q.states)
    day_after = datetime.combine(q.window[1] + timedelta(days=1), time())
    hours = business_minutes(q.agency, datetime.combine(q.window[0], time()), min(day_after, q.as_of))
    return {
        "activity_score": rate(
            points(mine),
            q.workdays,
            today=points(during(q, acts, today)),
            mean_7_days=points(during(q, acts, week)) / 7,
        ),
        "calls_per_day": rate(
            calls, q.workdays, total=calls, weekly_average=Fraction(calls * 7, spans) if spans > 0 else None
        ),
        "talk_minutes_per_day": rate(
            talk,
            q.workdays,
            mean_call_minutes=talk / sum(row.get("count") or 1 for row in talks) if talks else None,
            talk_share=talk / hours if hours else None,
            calls_without_minutes=sum(row.get("count") or 1 for row in talks if row.get("minutes") is None),
        ),
        "leads_worked": rate(worked, q.workdays, open_leads=opened),
        "manager_alerts": alerts(q),
    }


def during(q: Question, acts: list[Row], window: Window) -> list[Row]:
    return [row for row in acts if window[0] <= day_of(row["occurred_at"]) <= window[1] and q.seen(row["occurred_at"])]


def points(acts: list[Row]) -> Fraction:
    total = Fraction(0)
    for row in acts:
        many = row.get("count") or 1
        if row["kind"] == "meeting_held":
            total += WEIGHTS["meeting_held"] * many
        elif outbound(row) and (row["kind"] == "call" or (row["kind"] in ("text", "email") and not row.get("bulk"))):
            total += WEIGHTS[row["kind"]] * many
    return total + WEIGHTS["worked"] * sum(
        len(leads_on(acts, day)) for day in {day_of(row["occurred_at"]) for row in acts}
    )


def leads_on(acts: list[Row], day: date, *, bulk: bool = False) -> set[tuple[str | None, str]]:
    return {
        (row["producer"], row["lead_id"])
        for row in acts
        if day_of(row["occurred_at"]) == day
        and row.get("lead_id")
        and outbound(row)
        and (bulk or row["kind"] == "call" or not row.get("bulk"))
    }


def alerts(q: Question) -> Figure:
    idle = []
    for state in q.states:
        if state.is_open:
            touches = [moment_of(row["occurred_at"]) for row in q.activities(state.lead)]
            idle.append(q.as_of - max([*touches, state.entries[-1].at]))
    idle += idle_exceptions(q)
    many = sum(one > timedelta(hours=72) for one in idle)
    old = sum(one > timedelta(days=14) for one in idle)
    return {
        "value": Fraction(many),
        "numerator": Fraction(many),
        "denominator": None,
        "detail": {"over_72_hours": many, "over_14_days": old},
    }


def idle_exceptions(q: Question) -> list[timedelta]:
    """How long nothing has happened to each open exception of those asked for."""
    latest: dict[str, Row] = {}
    entries = [row for row in q.agency.rows("stages") if row["pipeline"] == "exceptions" and q.seen(row["entered_at"])]
    for row in sorted(entries, key=lambda row: row["entered_at"]):
        latest[row.get("policy_number") or row["lead_id"]] = row
    leads = {one["lead_id"]: one for one in q.agency.rows("leads")}
    found = []
    for row in latest.values():
        if row["stage"] not in ("new_exception", "working"):
            continue
        lead, client, owner = row.get("lead_id"), None, None
        if row.get("policy_number"):
            term = term_of(q.agency, row)
            lead, client, owner = term.get("lead_id"), term["client"], first_named(term)
        elif lead:
            owner = q.agency.owner(leads[lead], q.as_of)
        if q.whose(owner):
            found.append(q.as_of - max(moment_of(row["entered_at"]), *done_for(q, lead, client)))
    return found


def term_of(agency: Agency, entry: Row) -> Row:
    """The policy's term on the day of the entry, else its first one."""
    terms = [row for row in agency.rows("policies") if row["policy_number"] == entry["policy_number"]]
    terms.sort(key=lambda row: row["effective_on"])
    begun = [row for row in terms if day_of(row["effective_on"]) <= day_of(entry["entered_at"])]
    return begun[-1] if begun else terms[0]


def done_for(q: Question, lead: str | None, client: str | None) -> list[datetime]:
    """What was done for the lead or for the client by name, whatever its spelling."""
    found = [datetime.min]
    for row in q.agency.rows("activities"):
        mine = lead is not None and row.get("lead_id") == lead
        theirs = client is not None and row.get("client") and plain(row["client"]) == plain(client)
        if (mine or theirs) and q.seen(row["occurred_at"]):
            found.append(moment_of(row["occurred_at"]))
    return found


def plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
