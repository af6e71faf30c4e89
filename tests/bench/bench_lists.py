"""Long lists, the search over everything and the first screen on the large book, against their floors.

Run by hand: python -m tests.bench.bench_lists [ACTIVITIES]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from desktop.models import rollups
from desktop.models.book import Book
from desktop.models.keys import HeldKeys
from desktop.services import leads, listings, monday, renewals, search
from desktop.services.listings import Asked

LEADS, POLICIES, PEOPLE = 60_000, 100_000, 50
NOW = datetime(2026, 3, 16, 9)
FIRST = ("Ada", "Ben", "Cy", "Di", "Eve", "Fay", "Gil", "Hal", "Ida", "Jo", "Kay", "Lu", "Mo", "Ned", "Ola", "Pia")
LAST = ("Moss", "Roy", "Tan", "Farrow", "Gibbs", "Hale", "Ingram", "Keane", "Lund", "Mendez", "Nash", "Olson", "Park")


def fill(book: Book, activities: int) -> None:
    """Rows by plain statements: what is measured is reading."""
    connection = book.connection
    with book.transaction():
        for number in range(1, PEOPLE + 1):
            code = f"P{number:02}"
            connection.execute(
                "INSERT INTO producer (id, key, producer_code, name, role, hired_on) VALUES (?,?,?,?,?,?)",
                (
                    number,
                    code.lower(),
                    code,
                    f"{FIRST[number % 16]} {LAST[number % 13]} {number}",
                    "producer",
                    "2016-01-04",
                ),
            )
            connection.execute(
                "INSERT INTO alias (id, text, folded, producer, ignored, answered) VALUES (?,?,?,?,0,0)",
                (number, code, code.lower(), number),
            )
        connection.executemany(
            "INSERT INTO lead (key, lead_id, received_at, first_name, last_name, email, phone, producer, stage,"
            " stage_entered_at) VALUES (?,?,?,?,?,?,?,?,?,?)",
            (_lead(number) for number in range(LEADS)),
        )
        connection.executemany(
            "INSERT INTO client (id, key, client_id, name, folded) VALUES (?,?,?,?,?)",
            ((n + 1, f"id:C{n}", f"C{n}", _name(n), _name(n).replace(" ", "").lower()) for n in range(POLICIES // 3)),
        )
        connection.executemany(
            'INSERT INTO policy (key, policy_number, client, producer, insurance_line, "transaction", bound_on,'
            " effective_on, annual_premium, client_ref) VALUES (?,?,?,?,?,?,?,?,?,?)",
            (_policy(number) for number in range(POLICIES)),
        )
        connection.executemany(
            "INSERT INTO activity (key, occurred_at, producer, kind, direction, count, lead_id) VALUES (?,?,?,?,?,1,?)",
            (_activity(number, activities) for number in range(activities)),
        )
        rollups.rebuild(book, lambda _carrier, _line: None)


def _name(number: int) -> str:
    return f"{FIRST[number % 16]} {LAST[number % 13]}"


def _day(share: float) -> datetime:
    return NOW - timedelta(days=3650 * (1 - share))


def _lead(number: int) -> tuple[object, ...]:
    at = _day(number / LEADS).isoformat(timespec="seconds")
    stage = "quoted" if number > LEADS * 0.98 else "lost" if number % 3 else "won"
    name = (FIRST[number % 16], LAST[number % 13])
    phone = f"+1614{5_000_000 + number:07}"
    return (
        f"L{number}",
        f"L{number}",
        at,
        *name,
        f"{name[0]}.{number}@example.com",
        phone,
        number % PEOPLE + 1,
        stage,
        at,
    )


def _policy(number: int) -> tuple[object, ...]:
    day = _day(number / POLICIES).date().isoformat()
    client = number % (POLICIES // 3)
    where = (number % PEOPLE + 1, "Homeowners", "new" if number % 3 == 0 else "renewal", day, day, 120_000)
    return (f"H-{number}|{day}", f"H-{number}", _name(client), *where, client + 1)


def _activity(number: int, all_of_them: int) -> tuple[object, ...]:
    at = _day(number / all_of_them).isoformat(timespec="seconds")
    lead = f"L{number % LEADS}" if number % 4 == 0 else None
    return (f"A{number}", at, number % PEOPLE + 1, "call" if number % 3 else "email", "outbound", lead)


def middle(call: Callable[[], object], runs: int = 5) -> float:
    """Milliseconds of the middle of five calls, the first left out."""
    call()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return sorted(times)[runs // 2] * 1000


def measure(book: Book) -> dict[str, float]:
    """What is asked, in milliseconds."""
    ids = listings.order(book, Asked("activities"))
    half = ids[len(ids) // 2 : len(ids) // 2 + 120]
    return {
        "search one letter": middle(lambda: search.search(book, "a")),
        "search a name": middle(lambda: search.search(book, "ada moss")),
        "search a phone": middle(lambda: search.search(book, "(614) 501-2345")),
        "search a policy": middle(lambda: search.search(book, "H-77777")),
        "activities, beginning": middle(lambda: listings.beginning(book, Asked("activities"))),
        "activities, whole order": middle(lambda: listings.order(book, Asked("activities"))),
        "activities, a page of the middle": middle(lambda: listings.page(book, "activities", half)),
        "leads, open": middle(lambda: listings.order(book, Asked("leads", choice="open"))),
        "leads that wait": middle(lambda: leads.waiting(book, NOW)),
        "renewals of 90 days": middle(lambda: renewals.due(book, NOW, 90)),
        "the first screen": middle(lambda: monday.monday(book, NOW)),
    }


def main() -> None:
    activities = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    with tempfile.TemporaryDirectory() as folder:
        book = Book.open(Path(folder) / "large.pdesk", HeldKeys())
        fill(book, activities)
        for name, value in measure(book).items():
            print(f"{name}: {value:.1f} ms")
        book.close()


if __name__ == "__main__":
    main()
