"""KPIs of leads, closing and activity: what the program answers is what an independent reading of the records gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from random import Random

import pytest

from desktop.cli import answers_kpis
from desktop.core.kpis.definition import Basis
from desktop.core.periods import Period, end_of
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import books, imports, kpis
from desktop.services.found_records import UNASSIGNED
from tests.agency import service, truth
from tests.oracle.facts import Agency
from tests.oracle.kpis_comparing import differences
from tests.oracle.kpis_leads import figures
from tests.oracle.kpis_question import Question
from tests.services.test_dashboard_against_oracle import agency_of, as_rows, some_period

PERIODS = (
    (date(2026, 3, 2), date(2026, 3, 8), None),
    (date(2026, 5, 1), date(2026, 5, 31), None),
    (date(2026, 4, 1), date(2026, 6, 30), None),
    (date(2026, 1, 1), date(2026, 6, 30), None),
    (date(2026, 2, 3), date(2026, 3, 19), None),
    (date(2026, 3, 4), date(2026, 3, 4), None),
    (date(2026, 6, 1), date(2026, 6, 30), datetime(2026, 6, 17, 13, 30)),
    (date(2025, 9, 6), date(2025, 9, 7), datetime(2026, 1, 15, 23, 59, 59)),
    (date(2025, 2, 1), date(2025, 2, 28), datetime(2026, 6, 30, 23, 59, 59)),
)
WHOSE = (None, "P01", "P02", "P04", "S01", UNASSIGNED)


@pytest.fixture(scope="module", params=[(truth, 7), (service, 31)])
def stored(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, Agency]]:
    maker, seed = request.param
    tables = maker.make(seed)
    book = books.open_throwaway(tmp_path_factory.mktemp("kpis") / "agency.pdesk")
    try:
        imports.store_rows(book, "truth", as_rows(tables), Author("tester", "2026-07-01T08:00:00"))
        yield book, agency_of(tables)
    finally:
        book.close()


def _question(agency: Agency, start: date, end: date, as_of: datetime, code: str | None, flow: bool) -> Question:
    def whose(other: str | None) -> bool:
        return code is None or other == (None if code == UNASSIGNED else code)

    return Question(agency, (start, end), as_of, whose, flow)


def _compared(stored: tuple[Book, Agency], start: date, end: date, as_of: datetime, basis: Basis) -> list[str]:
    book, agency = stored
    found = []
    for code in WHOSE:
        page = kpis.kpis(book, Period(start, end), as_of, code, basis)
        right = figures(_question(agency, start, end, as_of, code, basis is Basis.FLOW))
        wrong = differences(answers_kpis.kpis(page), right)
        found += [f"{start}..{end} as of {as_of} {code!r} {basis}: {each}" for each in wrong]
    return found


@pytest.mark.parametrize(("start", "end", "as_of"), PERIODS)
@pytest.mark.parametrize("basis", list(Basis))
def test_every_figure(
    stored: tuple[Book, Agency], start: date, end: date, as_of: datetime | None, basis: Basis
) -> None:
    found = _compared(stored, start, end, as_of or end_of(end), basis)
    assert not found, "\n".join(found[:40])


def test_any_period(stored: tuple[Book, Agency]) -> None:
    rng = Random(5)
    found = []
    for _ in range(12):
        start, end, as_of = some_period(rng)
        found += _compared(stored, start, end, as_of, rng.choice(list(Basis)))
    assert not found, "\n".join(found[:40])
