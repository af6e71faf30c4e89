"""Layouts that a user described: their text, the rows made of them, and recognition the next time."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.importers import Options, Reading
from desktop.importers.custom import profile_of
from desktop.importers.guessing import confident, suggest
from desktop.importers.layouts import (
    FORMAT,
    LEAVE_EMPTY,
    MAPPABLE,
    PERIOD,
    Layout,
    Part,
    fields_of,
    from_json,
    needs_period,
    open_questions,
    rename,
    same_for_all,
    to_json,
)
from desktop.importers.sampling import take_sample, try_layout, words_of
from tests.importers.conftest import accounted, csv_bytes, named
from tests.importers.odd_files import ODD_FILES

Load = Callable[..., list[Reading]]

DEALS = ["Deal", "Rep", "Won On", "Status", "Value", "Comment"]
LEADS = Part(
    "leads",
    (("lead_id", "Deal"), ("producer", "Rep"), ("received_at", "Won On"), ("stage", "Status")),
    (("source", "Web"),),
    (("stage", (("Signed", "won"), ("Parked", LEAVE_EMPTY))),),
)
LAYOUT = Layout("Deals", tuple(DEALS), (LEADS,))
ROWS = [
    ["D1", "Mara Quist", "3/2/2026", "Signed", "$100", "fine"],
    ["D2", "Devon Ashby", "3/3/2026", "Parked", "", ""],
    ["D3", "Devon Ashby", "3/4/2026", "Floating", "", ""],
]


def using(options: Options, *layouts: Layout) -> Options:
    return replace(options, profiles=tuple(profile_of(layout) for layout in layouts))


def write(folder: Path, rows: Sequence[Sequence[str]], headings: Sequence[str] = DEALS, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_bytes(csv_bytes([headings, *rows]))
    return path


def test_rows_are_made_as_it_was_said(load: Load, options: Options, tmp_path: Path) -> None:
    (reading,) = load(write(tmp_path, ROWS), using=using(options, LAYOUT))
    assert (reading.profile, reading.table, reading.rows) == ("Deals", "leads", 3)
    first, second = named(reading)
    assert first == {
        "lead_id": "D1", "producer": "Mara Quist", "received_at": "2026-03-02", "stage": "won", "source": "Web",
    }  # fmt: skip
    assert "stage" not in second
    (reject,) = reading.rejects
    assert (reject.line, reject.column, reject.value) == (4, "Status", "Floating")
    assert accounted(reading) == [2, 3, 4]
    extras = [extra for batch in reading.batches() for extra in batch.extras]
    assert json.loads(str(extras[0])) == {"Value": "$100", "Comment": "fine"}


def test_the_next_file_of_the_kind_is_recognised_in_another_order(load: Load, options: Options, tmp_path: Path) -> None:
    mixed = [5, 3, 0, 2, 1, 4]
    rows = [["Report of March", "", "", "", "", ""], [DEALS[at] for at in mixed]]
    rows += [[row[at] for at in mixed] for row in ROWS[:1]]
    path = tmp_path / "later.csv"
    path.write_bytes(csv_bytes(rows))
    (reading,) = load(path, using=using(options, LAYOUT))
    assert reading.profile == "Deals" and reading.header_line == 2
    assert named(reading)[0]["lead_id"] == "D1"
    assert reading.revision == profile_of(LAYOUT).revision != profile_of(replace(LAYOUT, name="Other")).revision


@pytest.mark.parametrize(
    "headings",
    [
        ["Deal", "Rep", "Won On", "Closed", "Amount", "Branch"],
        [*DEALS, *(f"More {at}" for at in range(6))],
        ["Rep", "Won On", "Status", "Value", "Comment"],
    ],
)
def test_another_layout_is_not_claimed(load: Load, options: Options, tmp_path: Path, headings: list[str]) -> None:
    (reading,) = load(write(tmp_path, [["x"] * len(headings)], headings), using=using(options, LAYOUT))
    assert reading.profile is None and reading.problem is not None


def test_the_users_profile_comes_before_a_shipped_one(load: Load, options: Options, tmp_path: Path) -> None:
    headings = ["lead_id", "received_at", "producer"]
    own = Layout("Mine", tuple(headings), (Part("leads", (("lead_id", "lead_id"), ("received_at", "received_at"))),))
    path = write(tmp_path, [["L1", "3/2/2026", "Mara Quist"]], headings, "leads.csv")
    assert load(path)[0].profile == "template_leads"
    assert load(path, using=using(options, own))[0].profile == "Mine"
    named_one = replace(using(options, own), profile="template_leads")
    assert load(path, using=named_one)[0].profile == "template_leads"


def test_one_column_serves_several_and_one_row_several_tables(load: Load, options: Options, tmp_path: Path) -> None:
    headings = ["Policy #", "Insured", "Cust", "Mail", "Begins", "Annual"]
    policies = Part(
        "policies",
        (
            ("policy_number", "Policy #"), ("client", "Insured"), ("client_id", "Cust"), ("bound_on", "Begins"),
            ("effective_on", "Begins"), ("annual_premium", "Annual"),
        ),
        (("producer", "P01"), ("line", "Auto"), ("transaction", "new")),
    )  # fmt: skip
    clients = Part("clients", (("client_id", "Cust"), ("name", "Insured"), ("email", "Mail")))
    layout = Layout("Book", tuple(headings), (policies, clients))
    rows = [
        ["A1", "Nettie Prior", "C1", "n@example.com", "3/2/2026", "$1,000.00"],
        ["A2", "Nettie Prior", "C1", "n@example.com", "3/3/2026", "$500.00"],
        ["A3", "Orrin Sable", "", "", "3/4/2026", "$700.00"],
        ["Total", "", "", "", "", "$2,200.00"],
    ]
    (reading,) = load(write(tmp_path, rows, headings), using=using(options, layout))
    assert [row["policy_number"] for row in named(reading)] == ["A1", "A2", "A3"]
    assert {row["bound_on"] == row["effective_on"] for row in named(reading)} == {True}
    assert [row["client_id"] for row in named(reading, "clients")] == ["C1"]
    assert (reading.file_total, reading.our_total) == (2200.0, 2200.0)
    assert any("1 row says too little for clients" in note for note in reading.notes)
    assert reading.mapping[4] == ("Begins", "policies.bound_on")


def test_a_date_that_the_file_lacks_is_asked_as_a_period(load: Load, options: Options, tmp_path: Path) -> None:
    part = Part(
        "activities",
        (("producer", "Who"), ("count", "Calls")),
        (("occurred_at", PERIOD), ("kind", "call")),
    )
    layout = Layout("Calls", ("Who", "Calls"), (part,))
    assert needs_period(layout) and open_questions(part) == ()
    path = write(tmp_path, [["Mara Quist", "12"]], ["Who", "Calls"])
    (asked,) = load(path, using=using(options, layout))
    assert asked.needs_period and asked.problem is not None and asked.profile == "Calls"
    week = (date(2026, 3, 2), date(2026, 3, 8))
    (reading,) = load(path, using=replace(using(options, layout), period=week))
    assert named(reading) == [{"occurred_at": "2026-03-08", "producer": "Mara Quist", "kind": "call", "count": 12}]


def test_checks_of_whole_rows_reject_before_anything_is_made(load: Load, options: Options, tmp_path: Path) -> None:
    part = Part("stages", (("stage", "To"), ("entered_at", "On"), ("lead_id", "Lead")), (("pipeline", "sales"),))
    layout = Layout("Moves", ("To", "On", "Lead"), (part,))
    rows = [["quoted", "3/2/2026", "L1"], ["delivered", "3/3/2026", "L2"], ["won", "3/4/2026", ""]]
    (reading,) = load(write(tmp_path, rows, ["To", "On", "Lead"]), using=using(options, layout))
    assert [row["lead_id"] for row in named(reading)] == ["L1"]
    assert [(one.line, one.column) for one in reading.rejects] == [(3, "To"), (4, "Lead")]
    assert reading.rejected_rows == 2


def test_repeated_and_blank_headings_are_told_apart(load: Load, options: Options, tmp_path: Path) -> None:
    headings = ["Deal", "Date", "", "Date"]
    said = ("Deal", "Date", "Column 3", "Date (2)")
    part = Part("leads", (("lead_id", "Deal"), ("received_at", "Date (2)"), ("line", "Column 3")))
    path = write(tmp_path, [["D1", "1/1/2020", "Auto", "3/2/2026"]], headings)
    (reading,) = load(path, using=using(options, Layout("Twice", said, (part,))))
    assert named(reading) == [{"lead_id": "D1", "received_at": "2026-03-02", "line": "Auto"}]


# --- text -----------------------------------------------------------------------------------------------------------


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    headings = draw(st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=8, unique=True))
    parts = []
    for table in draw(st.lists(st.sampled_from(MAPPABLE), min_size=1, max_size=3, unique=True)):
        names = [field.name for field in fields_of(table)]
        chosen = draw(st.lists(st.sampled_from(names), unique=True))
        parts.append(Part(table, tuple((name, draw(st.sampled_from(headings))) for name in chosen)))
    return Layout(
        draw(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)), tuple(headings), tuple(parts)
    )


@given(layout=layouts())
def test_text_gives_the_same_layout_back_and_makes_a_profile(layout: Layout) -> None:
    assert from_json(to_json(layout)) == layout
    assert profile_of(layout).name == layout.name


@given(text=st.text(max_size=60))
def test_other_text_is_refused_in_words(text: str) -> None:
    with pytest.raises(UserError):
        from_json(text)


GOOD = json.loads(to_json(LAYOUT))


@pytest.mark.parametrize(
    "change",
    [
        {FORMAT: 2},
        {"name": " "},
        {"parts": []},
        {"headings": ["Deal", "Deal"]},
        {"headings": ["Deal"]},
        {"parts": [{"table": "settings", "columns": {}}]},
        {"parts": [{"table": "leads", "columns": {"no_such": "Deal"}}]},
        {"parts": [{"table": "leads", "columns": {"lead_id": 7}}]},
        {"parts": [{"table": "activities", "columns": {}, "constants": {"kind": "dance"}}]},
        {"parts": [{"table": "activities", "columns": {}, "constants": {"note": PERIOD}}]},
        {"parts": [{"table": "leads", "columns": {}, "words": {"stage": {"Signed": "dance"}}}]},
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(UserError):
        from_json(json.dumps({**GOOD, **change}))


def test_names_are_tidied_and_bounded() -> None:
    assert rename(LAYOUT, "  Hub   deals ").name == "Hub deals"
    for name in ("", "  ", "x" * 81):
        with pytest.raises(UserError):
            rename(LAYOUT, name)


def test_only_choices_people_and_needed_days_may_be_the_same_for_all() -> None:
    from desktop.core.templates import TEMPLATES

    columns = {f"{name}.{one.name}": same_for_all(one) for name, t in TEMPLATES.items() for one in t.columns}
    assert columns["activities.kind"] and columns["policies.producer"] and columns["activities.occurred_at"]
    assert not columns["leads.lead_id"] and not columns["policies.annual_premium"] and not columns["leads.assigned_at"]


# --- the first rows -------------------------------------------------------------------------------------------------


def test_a_trial_says_what_reading_the_whole_file_says(load: Load, options: Options, tmp_path: Path) -> None:
    path = write(tmp_path, ROWS)
    sample = take_sample([path], "x.csv", None, 1)
    trial = try_layout(sample, LAYOUT, options)
    (reading,) = load(path, using=using(options, LAYOUT))
    assert (trial.rows, trial.rejected, trial.readable) == (reading.rows, reading.rejected_rows, 2)
    assert trial.made == (("leads", 2),) and not trial.more and trial.questions == ()
    assert [(one.column, one.rows, one.line, one.value) for one in trial.reasons] == [("Status", 1, 4, "Floating")]


def test_open_questions_are_named_while_the_rest_is_counted(options: Options, tmp_path: Path) -> None:
    sample = take_sample([write(tmp_path, ROWS)], "x.csv", None, 1)
    trial = try_layout(sample, Layout("Deals", tuple(DEALS), (Part("leads", (("lead_id", "Deal"),)),)), options)
    assert trial.questions == ((0, "received_at"),)
    assert (trial.rows, trial.readable, trial.made) == (3, 3, ())


def test_nothing_said_at_all_is_a_trial_too(options: Options, tmp_path: Path) -> None:
    sample = take_sample([write(tmp_path, ROWS)], "x.csv", None, 1)
    trial = try_layout(sample, Layout("Deals", tuple(DEALS), (Part("leads"),)), options)
    assert (trial.rows, trial.rejected) == (3, 0)
    assert trial.questions == ((0, "lead_id"), (0, "received_at"))


def test_words_that_are_not_known_are_asked_and_stages_of_other_systems_proposed(tmp_path: Path) -> None:
    rows = [["D", "R", "3/2/2026", status, "", ""] for status in ("Won", "Quote Sent", "Floating", "Floating")]
    sample = take_sample([write(tmp_path, rows)], "x.csv", None, 1)
    found = {
        word.text: (word.meaning, word.known, word.rows) for word in words_of(sample, "leads", "stage", "Status", ())
    }
    assert found == {"Won": ("won", True, 1), "Quote Sent": ("quoted", False, 1), "Floating": ("", False, 2)}
    said = words_of(sample, "leads", "stage", "Status", (("Floating", "lost"),))
    assert {word.text: word.meaning for word in said}["Floating"] == "lost"
    assert words_of(sample, "leads", "producer", "Rep", ()) == ()


def test_a_sheet_of_a_workbook_is_sampled_by_name(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["nothing", "here"])
    sheet = book.create_sheet("Deals")
    for row in (["Run 3/9/2026"], DEALS, *ROWS):
        sheet.append(row)
    book.save(tmp_path / "deals.xlsx")
    sample = take_sample([tmp_path / "deals.xlsx"], "deals.xlsx", "Deals", 2)
    assert sample.headings == tuple(DEALS) and [record[0] for record in sample.records] == ["D1", "D2", "D3"]
    with pytest.raises(UserError):
        take_sample([tmp_path / "gone.csv"], "gone.csv", None, 1)


@given(data=st.data())
def test_a_described_file_is_read_whole_whatever_its_layout(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What is sure is taken over, the rest of what is needed said; then every line is a record or rejected."""
    file = data.draw(st.sampled_from([one for one in ODD_FILES if one.table != "producers"]))
    folder = tmp_path_factory.mktemp("layout")
    options = Options(today=date(2026, 3, 9), workspace=folder / "w")
    order = data.draw(st.permutations(range(len(file.columns))))
    headings = [file.headings[at] for at in order]
    rows = file.rows(20, random.Random(data.draw(st.integers(0, 99))), order)
    path = write(folder, rows, headings)
    sample = take_sample([path], "x.csv", None, 1)
    sure = confident(suggest(file.table, sample.columns))
    truth = {ours: heading for heading, ours in file.truth.items() if ours}
    part = Part(file.table, tuple({**{n: headings[at] for n, at in sure.items()}, **truth}.items()))
    fill = {"kind": "call", "direction": "outbound"}
    part = replace(part, constants=tuple((name, fill[name]) for name in open_questions(part) if name in fill))
    layout = Layout("Mine", sample.headings, (part,))
    assert open_questions(part) == ()
    trial = try_layout(sample, layout, options)
    assert trial.rows == 20 and trial.rejected + dict(trial.made).get(file.table, 0) == 20
