"""Routing against its marks: leads per CPU-second, a replay with its comparison, an edit in a large table.

Run by hand: python -m tests.bench.bench_routing [LEADS] [RUNS]. The floor of the same run is a bare loop over the leads
that looks the ZIP up in a list and counts it for an owner.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import date, datetime, timedelta

from desktop.core import routing, territories
from desktop.core.crew import Producer
from desktop.core.intake import Lead
from desktop.core.snapshot import Settings, Snapshot

START = datetime(2026, 1, 5, 8)
LINES = ("Personal Auto", "Homeowners", "BOP", "Workers Comp", "Commercial Auto", "Life")
Arrivals = list[tuple[Lead, datetime]]


def rows(count: int, seed: int) -> list[territories.Rule]:
    """A table of ranges of up to 200 ZIPs, some with a priority."""
    rng = random.Random(seed)
    found = []
    for number in range(1, count + 1):
        first = rng.randrange(99_700)
        last = first + rng.randrange(200)
        owner, backup = f"P{rng.randrange(50):02d}", f"P{rng.randrange(50):02d}"
        name, priority = f"T{rng.randrange(count)}", int(rng.random() < 0.05)
        found.append(
            territories.Rule(
                number, name, f"{first:05d}", f"{last:05d}", producer=owner, backup=backup, priority=priority
            )
        )
    return found


def snapshot(seed: int = 1) -> Snapshot:
    """Fifty producers without effective caps, so that every lead is scored, and a thousand rules."""
    rng = random.Random(seed)
    producers = tuple(
        Producer(
            f"P{number:02d}",
            lines=tuple(rng.sample(LINES, 3)),
            active_leads=rng.randrange(20),
            bound=rng.randrange(20),
            decided=20 + rng.randrange(30),
            response_minutes=rng.choice((None, 3, 12, 25, 50, 90)),
        )
        for number in range(50)
    )
    settings = Settings(overflow="P00", cap_active=10**9, cap_day=10**9)
    return Snapshot(producers, territories.compile(rows(1_000, seed), date(2026, 1, 5)), settings=settings)


def arrivals(count: int) -> Arrivals:
    """Leads a minute apart, each of its own person."""
    rng = random.Random(2)
    found = []
    for number in range(count):
        at = START + timedelta(minutes=number)
        lead = Lead(
            f"L{number:06d}",
            "Ann",
            "Example",
            email=f"a{number}@example.com",
            phone=f"+1555{number:07d}",
            zip=f"{rng.randrange(100_000):05d}",
            state="MA",
            lines=(rng.choice(LINES),),
            received_at=at,
        )
        found.append((lead, at))
    return found


def floor(leads: Arrivals) -> float:
    """CPU seconds of the bare loop."""
    cells, counts = [at % 50 for at in range(100_000)], [0] * 50
    began = time.process_time()
    for lead, _at in leads:
        counts[cells[int(lead.zip or 0)]] += 1
    return time.process_time() - began


def route(leads: Arrivals, model: str) -> float:
    """CPU seconds of routing them all."""
    before = routing.with_model(snapshot(), model)
    began = time.process_time()
    placed = routing.place_all(before, leads)
    spent = time.process_time() - began
    if any(one.producer is None for one in placed):
        raise SystemExit("a lead without owner")
    return spent


def replay(leads: Arrivals) -> float:
    """Seconds of a replay under two models, with how many leads moved; CPU seconds, as others use the machine too."""
    before = snapshot()
    began = time.process_time()
    owners = [routing.place_all(routing.with_model(before, model), leads) for model in ("weighted", "territory")]
    moved = sum(one.producer != other.producer for one, other in zip(*owners, strict=True))
    spent = time.process_time() - began
    if not moved:
        raise SystemExit("two models that agree on everything")
    return spent


def edit() -> tuple[float, float]:
    """Seconds of an edit in a table of 10,000 rules with its conflicts, and with everything else that is checked."""
    table = rows(10_000, 3)
    before = territories.compile(table, date(2026, 1, 5))
    changed = territories.Rule(table[5_000].id, "New", "10001", "10199", producer="P01")
    began = time.perf_counter()
    after = before.edited(changed)
    after.conflicts()
    conflicts = time.perf_counter() - began
    after.lint()
    return conflicts, time.perf_counter() - began


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    leads = arrivals(count)
    floors, weighted, territory, replays, edits, lints = [], [], [], [], [], []
    for _ in range(runs):
        floors.append(floor(leads))
        weighted.append(route(leads, "weighted"))
        territory.append(route(leads, "territory"))
        replays.append(replay(leads))
        conflicts, lint = edit()
        edits.append(conflicts)
        lints.append(lint)
    bare = statistics.median(floors)
    print(f"floor {count / bare:,.0f} leads per CPU-second")
    for name, spent in (("weighted", weighted), ("territory", territory)):
        middle = statistics.median(spent)
        print(f"{name} {count / middle:,.0f} leads per CPU-second, {middle / bare:.1f} x floor (mark 150,000)")
    print(f"replay of two models with comparison {statistics.median(replays):.2f} CPU s (mark 2)")
    print(f"edit of 10,000 rules with conflicts {statistics.median(edits) * 1000:.0f} ms (mark 100)")
    print(f"the same with nested, dead and gaps {statistics.median(lints) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
