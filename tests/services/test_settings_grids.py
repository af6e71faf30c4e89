"""Settings as grids: what is shown comes back the same, a typed change is kept, a wrong cell is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import configuration, edits, settings_grids, trail
from desktop.services.grids import Line
from desktop.settings import DEFAULTS, Json
from tests.services.small_agency import Agency, open_book

TODAY = date(2026, 3, 11)
AUTHOR = Author("lee", "2026-03-11T09:30:00")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        agency = Agency().add("sources", source="Web", cost_per_lead=12_50)
        agency.lead("L1", "2026-02-01T09:00:00", None, source="web").lead(
            "L2", "2026-02-01T09:00:00", None, source="Walk-in"
        )
        agency.store(opened)
        carriers: list[Json] = [{"carrier": "Acme Mutual", "line": "BOP", "rate": 0.125}]
        configuration.set_values(opened, {"carriers": carriers}, AUTHOR)
        yield opened


def typed(book: Book, name: str, key: str | None, /, **texts: str) -> list[Line]:
    """The grid with some texts of one line typed over; a new line without a key."""
    lines = settings_grids.read(book, name)
    if key is None:
        return [*lines, Line(None, texts)]
    return [replace(line, texts={**line.texts, **texts}) if line.key == key else line for line in lines]


@pytest.mark.parametrize("name", settings_grids.names())
def test_a_grid_that_is_kept_as_shown_changes_nothing(book: Book, name: str) -> None:
    before = configuration.get(book)
    lines = settings_grids.read(book, name)
    assert lines and all(line.texts.keys() <= set(settings_grids.columns(name)) or name == "sources" for line in lines)
    done = settings_grids.save(book, name, lines, AUTHOR, TODAY)
    assert not done.wrong
    assert configuration.get(book) == before


@pytest.mark.parametrize(
    ("name", "key", "texts", "setting", "value"),
    [
        ("carriers", None, {"carrier": "Bay", "line": "WC", "rate": "9"}, "carriers",
         [{"carrier": "Acme Mutual", "line": "BOP", "rate": 0.125}, {"carrier": "Bay", "line": "WC", "rate": 0.09}]),
        ("bands", "bands.speed_to_lead", {"green": "3", "red": "10"}, "bands.speed_to_lead", [3, 10]),
        ("bands", "bands.contact_rate", {"green": "50%", "red": "35%"}, "bands.contact_rate", [0.5, 0.35]),
        ("bands", "bands.attempts_to_contact", {"green": "4 to 6", "red": "3-8"}, "bands.attempts_to_contact",
         [[4, 6], [3, 8]]),
        ("bands", "bands.contact_rate", {"green": "50", "red": "35"}, "bands.contact_rate", [0.5, 0.35]),
        ("bands", "bands.speed_to_lead", {"green": "0.5", "red": "10"}, "bands.speed_to_lead", [0.5, 10]),
        ("bands", "bands.contact_rate", {"green": "", "red": ""}, "bands.contact_rate", None),
        ("expected_days", "expected_days.sales.quoted", {"days": "10"}, "expected_days.sales.quoted", 10),
        ("ladder.minutes", "Warn", {"minutes": "20"}, "ladder.minutes", [5, 20, 30, 60]),
        ("activity.weights", "meeting_held", {"weight": "8"}, "activity.weights",
         {"call": 1, "text": 1, "email": 1, "lead_worked": 2, "meeting_held": 8}),
    ],
)  # fmt: skip
def test_what_is_typed_is_kept_and_taken_back(
    book: Book, name: str, key: str | None, texts: dict[str, str], setting: str, value: object
) -> None:
    before = configuration.get(book, setting)[setting]
    done = settings_grids.save(book, name, typed(book, name, key, **texts), AUTHOR, TODAY)
    assert not done.wrong and done.changes.changed
    assert configuration.get(book, setting)[setting] == value
    edits.undo(book, AUTHOR)
    assert configuration.get(book, setting)[setting] == before


def test_one_cell_typed_over_is_one_change_in_the_trail(book: Book) -> None:
    before = len(trail.lines(book))
    lines = typed(book, "expected_days", "expected_days.sales.needs_analysis", days="9")
    done = settings_grids.save(book, "expected_days", lines, AUTHOR, TODAY)
    assert done.changes.label == "Change stage times of sales, needs analysis"
    (line,) = trail.lines(book)[: len(trail.lines(book)) - before]
    assert (line.label, line.key) == (done.changes.label, "expected_days.sales.needs_analysis")


def test_weights_that_no_longer_add_up_are_refused_and_two_changes_kept(book: Book) -> None:
    lines = typed(book, "routing.weights", "capacity", weight="40%")
    wrong = settings_grids.save(book, "routing.weights", lines, AUTHOR, TODAY)
    assert next(iter(wrong.wrong.values())) == "The weights add up to 110% instead of 100%."
    lines = [replace(one, texts={**one.texts, "weight": "25%"}) if one.key == "match" else one for one in lines]
    assert not settings_grids.save(book, "routing.weights", lines, AUTHOR, TODAY).wrong
    assert configuration.load(book).routing_weights["capacity"] == 0.4


@pytest.mark.parametrize(
    ("name", "key", "texts", "column"),
    [
        ("lines", None, {"name": "", "synonyms": "Boat"}, "name"),
        ("lines", None, {"name": "Boat", "group": "sea"}, "group"),
        ("lines", None, {"name": "Businessowners"}, "name"),
        ("lines", None, {"name": "BOP", "synonyms": "Boat"}, "name"),
        ("carriers", None, {"carrier": "Bay", "line": "WC", "rate": "much"}, "rate"),
        ("carriers", None, {"carrier": "Bay", "line": "WC", "rate": "150%"}, "rate"),
        ("carriers", None, {"carrier": "", "line": "WC", "rate": "9%"}, "carrier"),
        ("carriers", None, {"carrier": "acme mutual", "line": "bop", "rate": "9%"}, "carrier"),
        ("bands", "bands.speed_to_lead", {"green": "3", "red": ""}, "red"),
        ("bands", "bands.speed_to_lead", {"green": "15", "red": "5"}, "red"),
        ("bands", "bands.contact_rate", {"green": "30%", "red": "45%"}, "red"),
        ("bands", "bands.attempts_to_contact", {"green": "3", "red": "2"}, "red"),
        ("expected_days", "expected_days.sales.quoted", {"days": "0"}, "days"),
        ("ladder.minutes", "Warn", {"minutes": "x"}, "minutes"),
        ("ladder.minutes", "Warn", {"minutes": "3"}, "minutes"),
        ("routing.weights", "match", {"weight": "150%"}, "weight"),
        ("activity.weights", "call", {"weight": "-1"}, "weight"),
        ("sources", None, {"source": "Fair", "cost_per_lead": "-1"}, "cost_per_lead"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_kept(
    book: Book, name: str, key: str | None, texts: dict[str, str], column: str
) -> None:
    before = configuration.get(book)
    lines = typed(book, name, key, **texts)
    done = settings_grids.save(book, name, lines, AUTHOR, TODAY)
    (at, where), _why = next(iter(done.wrong.items()))
    assert where == column
    assert key is not None or at == len(lines) - 1
    assert configuration.get(book) == before


def test_sources_of_leads_are_listed_once_and_get_their_cost(book: Book) -> None:
    lines = settings_grids.read(book, "sources")
    assert [line.texts["source"] for line in lines] == ["Web", "Walk-in"]
    lines[1] = Line(None, {"source": "Walk-in", "monthly_cost": "1,200"})
    assert settings_grids.save(book, "sources", lines, AUTHOR, TODAY).changes.changed
    after = settings_grids.read(book, "sources")
    assert [(one.texts["source"], one.texts["monthly_cost"]) for one in after] == [("Walk-in", "1,200"), ("Web", "")]


def test_every_key_of_the_settings_can_be_read_and_set(book: Book) -> None:
    listed = {
        *("agency.name", "agency.address", "agency.time_zone", "hours", "holidays", "lines", "carriers", "paper"),
        *("routing.overflow", "routing.cap_active", "routing.cap_day", "routing.weights", "ladder.minutes"),
        *("ladder.business", "activity.weights", "vesting_months", "dated_bands"),
    }
    assert {key for key in DEFAULTS if not key.startswith(("bands.", "expected_days."))} == listed
    values = configuration.get(book)
    assert values.keys() == DEFAULTS.keys()
    for key, value in values.items():
        configuration.set_values(book, {key: value}, AUTHOR)
    assert configuration.get(book) == values


def test_bands_the_wrong_way_round_are_refused_and_half_a_minute_is_no_percentage(book: Book) -> None:
    with pytest.raises(UserError, match=r"bands\.contact_rate: The edges are the wrong way round"):
        configuration.set_values(book, {"bands.contact_rate": [0.3, 0.45]}, AUTHOR)
    configuration.set_values(book, {"bands.speed_to_lead": [0.5, 5]}, AUTHOR)
    shown = {str(line.key): line.texts for line in settings_grids.read(book, "bands")}
    assert shown["bands.speed_to_lead"] == {"kpi": "Speed to lead, minutes", "green": "0.5", "red": "5"}
    assert shown["bands.contact_rate"]["green"] == "45%"
