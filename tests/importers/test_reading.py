"""Whole files: any layout of a template reads the same, no line vanishes, and what is no data is named."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.templates import FILE_TEMPLATES, TEMPLATES
from desktop.errors import Cancelled, UserError
from desktop.importers import Options, Reading, profile_names, read, spool
from tests.importers.conftest import accounted, csv_bytes, named, rows_of

Load = Callable[..., list[Reading]]
POLICIES = ["policy_number", "client", "producer", "line", "transaction", "bound_on", "effective_on", "annual_premium"]
ONE = ["A1", "Lena Marsh", "P01", "home", "new", "2026-03-02", "2026-03-05", "1,200.50"]
TWO = ["A2", "Ivo Stone", "P02", "auto", "Renewal", "3/2/2026", "03/05/26", "(90.25)"]
EXPECTED = [
    ("A1", "Lena Marsh", "P01", "home", "new", "2026-03-02", "2026-03-05", 120050),
    ("A2", "Ivo Stone", "P02", "auto", "renewal", "2026-03-02", "2026-03-05", -9025),
]

SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    lambda name: name.replace("_", " ").title(),
    lambda name: name.title().replace("_", ""),
    lambda name: f" {name.replace('_', '-')} ",
    lambda name: f"{name}*",
    lambda name: f"{name}2",
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(range(8)),
    spelling=st.lists(st.sampled_from(SPELLINGS), min_size=8, max_size=8),
    titles=st.lists(st.sampled_from(["Policies written", "Filter: line = all", "Run Date: 3/9/2026"]), max_size=6),
    blanks=st.integers(min_value=0, max_value=2),
    total=st.sampled_from(["", "Total", "GRAND TOTAL", "Totals:", "Grand Total"]),
    again=st.booleans(),
    delimiter=st.sampled_from([",", "\t", ";", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_every_layout_reads_the_same(
    tmp_path: Path,
    options: Options,
    order: list[int],
    spelling: list[Callable[[str], str]],
    titles: list[str],
    blanks: int,
    total: str,
    again: bool,
    delimiter: str,
    encoding: str,
) -> None:
    header = [spelling[at](POLICIES[at]) for at in order]
    rows: list[list[str]] = [[title] for title in titles] + [[] for _ in range(blanks)]
    rows += [header, [ONE[at] for at in order]]
    rows += [header] * again + [[TWO[at] for at in order]]
    if total:
        last = ["1,110.25" if at == 7 else "" for at in order]
        rows.append([total, *last])
        header.insert(0, "Group")
        for row in rows[len(titles) + blanks : -1]:
            if row is not header:
                row.insert(0, "")
    path = tmp_path / "export.csv"
    path.write_bytes(csv_bytes(rows, delimiter, encoding))
    (reading,) = read([path], options)
    assert reading.problem is None
    assert reading.profile == "template_policies"
    assert [row[:8] for row in rows_of(reading)] == EXPECTED
    assert reading.rows == 2
    assert [skip.why for skip in reading.skipped].count("title") == len(titles)
    assert [skip.why for skip in reading.skipped].count("repeated header") == again
    assert reading.our_total == 1110.25
    assert reading.file_total == (1110.25 if total else None)
    reading.close()


JUNK = st.sampled_from(
    ["", "Total", "Section A", "2026-03-02", "x", "1,200.50", "13/40/2026", "A9", "new", "P01", "  ", "é"]
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(JUNK, min_size=0, max_size=10) | st.just(ONE) | st.just(TWO), max_size=25))
def test_no_line_vanishes(tmp_path: Path, options: Options, rows: list[list[str]]) -> None:
    path = tmp_path / "policies.csv"
    path.write_bytes(csv_bytes([POLICIES, *rows]))
    (reading,) = read([path], options)
    filled = [line for line, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]
    assert sorted([*accounted(reading), *(skip.line for skip in reading.skipped)]) == filled
    assert reading.rows == len(accounted(reading))
    assert reading.rejected_rows == len({issue.line for issue in reading.rejects})
    reading.close()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (["Grand Total", "", "", "", "", "", "", "1,200.50"], "grand total"),
        (["Total for P01", "", "", "", "", "", "", "1,200.50"], "subtotal"),
        (["Subtotal:", "", "", "", "", "", "", "9"], "subtotal"),
        (["", "", "Total", "", "", "", "", "9"], "total"),
        (["Sub-Total", "Lena", "P01", "home", "new", "2026-03-02", "2026-03-05", "9"], "subtotal"),
        (["Personal lines"], "section"),
        (["Producer: Lena Marsh"], "section"),
        (["Page 1 of 3"], "footer"),
        (["Run Date:", "3/9/2026"], "footer"),
        (POLICIES, "repeated header"),
    ],
)
def test_what_is_no_data_is_named(tmp_path: Path, load: Load, line: list[str], why: str) -> None:
    path = tmp_path / "policies.csv"
    path.write_bytes(csv_bytes([POLICIES, ONE, line]))
    (reading,) = load(path)
    assert [(skip.line, skip.why) for skip in reading.skipped] == [(3, why)]
    assert (reading.rows, reading.rejects) == (1, ())


@pytest.mark.parametrize(
    "line",
    [
        ["A7"],
        ["", "Lena"],
        ["A7", "Total Comfort Air", "P01", "home", "new", "soon", "2026-03-05", "1"],
        ["Total Wine 7", "Lena", "P01", "home", "new", "soon", "2026-03-05", "1"],
        ["A7", "Lena", "", "home", "new", "2026-03-02", "2026-03-05", "1"],
        [*ONE, "surplus"],
    ],
)
def test_what_might_be_data_is_rejected_not_passed_over(tmp_path: Path, load: Load, line: list[str]) -> None:
    path = tmp_path / "policies.csv"
    path.write_bytes(csv_bytes([POLICIES, line, ONE]))
    (reading,) = load(path)
    assert (reading.rows, reading.rejected_rows, reading.skipped) == (2, 1, ())
    assert {issue.line for issue in reading.rejects} == {2}


def test_each_bad_cell_is_named_with_the_files_own_heading(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "p.csv"
    head = [name.replace("_", " ").title() for name in POLICIES]
    path.write_bytes(csv_bytes([head, ["A1", "", "P01", "home", "new", "13/7/2026", "2026-03-05", "1_000"]]))
    (reading,) = load(path)
    found = [(issue.line, issue.column, issue.value) for issue in reading.rejects]
    assert found == [(2, "Client", ""), (2, "Bound On", "13/7/2026"), (2, "Annual Premium", "1_000")]
    assert reading.rejected_rows == 1


def test_a_total_that_differs_is_said(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(csv_bytes([POLICIES, ONE, ["Total", "", "", "", "", "", "", "$5,000"]]))
    (reading,) = load(path)
    assert (reading.file_total, reading.our_total) == (5000.0, 1200.5)
    assert any("5,000.00" in note and "1,200.50" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("cells", "rates"),
    [
        (["12.5", "0.5", "100%"], [0.125, 0.005, 1.0]),
        (["0.125", "1", "12.5%"], [0.125, 1.0, 0.125]),
    ],
)
def test_bare_rates_are_settled_by_the_whole_column(
    tmp_path: Path, load: Load, cells: list[str], rates: list[float]
) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(csv_bytes([[*POLICIES, "commission_rate"], *([*ONE, cell] for cell in cells)]))
    (reading,) = load(path)
    assert [row["commission_rate"] for row in named(reading)] == rates
    assert any("commission_rate" in note for note in reading.notes)


def test_unknown_columns_are_kept_as_notes(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "p.csv"
    head = [*POLICIES, "Mood", "", "Mood"]
    path.write_bytes(csv_bytes([head, [*ONE, "good", "x", "better"], [*TWO, "", " ", ""]]))
    (reading,) = load(path)
    extras = [extra for batch in reading.batches() for extra in batch.extras]
    assert extras == ['{"Mood":"good","Column 10":"x","Mood (2)":"better"}', None]
    assert ("Mood", None) in reading.mapping and ("annual_premium", "policies.annual_premium") in reading.mapping


def test_an_extension_is_kept_beside_its_number(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes(
        csv_bytes([["client_id", "name", "phone"], ["C1", "Lena", "614-555-2301 x7"], ["C2", "Ivo", "6145552302"]])
    )
    (reading,) = load(path)
    assert [row["phone"] for row in named(reading)] == ["+16145552301", "+16145552302"]
    assert [extra for batch in reading.batches() for extra in batch.extras] == [
        '{"phone (as written)":"614-555-2301 x7"}',
        None,
    ]


def test_what_an_export_made_harmless_reads_as_it_was(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes(csv_bytes([["client_id", "name"], ["C1", "'=Sum & Co"], ["C2", "'Tis Inc"]]))
    (reading,) = load(path)
    assert [row["name"] for row in named(reading)] == ["=Sum & Co", "'Tis Inc"]


def test_nobody_is_said_and_not_left_blank(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(csv_bytes([POLICIES, [*ONE[:2], "(Unassigned)", *ONE[3:]], [*TWO[:2], "", *TWO[3:]]]))
    (reading,) = load(path)
    assert [row.get("producer") for row in named(reading)] == [None]
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(3, "producer")]


def test_files_come_in_the_order_in_which_they_refer_to_each_other(tmp_path: Path, load: Load) -> None:
    for name in FILE_TEMPLATES:
        required = [column.name for column in TEMPLATES[name].columns if column.required]
        (tmp_path / f"{name}.csv").write_bytes(csv_bytes([required]))
    paths = [tmp_path / f"{name}.csv" for name in FILE_TEMPLATES]
    random.Random(4).shuffle(paths)
    (tmp_path / "odd.txt").write_text("nothing\n")
    readings = load(tmp_path / "odd.txt", *paths)
    assert [reading.table for reading in readings] == [*FILE_TEMPLATES, ""]
    assert all(reading.rows == 0 and reading.problem is None for reading in readings[:-1])


def test_a_named_profile_is_used_where_it_fits_and_refused_when_there_is_none(
    tmp_path: Path, load: Load, options: Options
) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(csv_bytes([[*POLICIES, *(f"own {at}" for at in range(20))], [*ONE, *[""] * 20]]))
    (reading,) = load(path, using=replace(options, profile="template_policies"))
    assert (reading.profile, reading.rows) == ("template_policies", 1)
    with pytest.raises(UserError, match="no profile"):
        read([path], replace(options, profile="nonsense"))


def test_an_unknown_layout_shows_what_is_missing(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(csv_bytes([["My policies"], POLICIES[:-1], ONE[:-1]]))
    (reading,) = load(path)
    assert reading.profile is None
    assert reading.problem is not None
    assert "template_policies" in reading.problem.what_to_do
    assert "annual_premium" in reading.problem.what_to_do
    assert reading.headings == tuple(POLICIES[:-1])
    assert reading.samples == ((3, tuple(ONE[:-1])),)


def test_wrong_options_are_refused(tmp_path: Path, options: Options) -> None:
    with pytest.raises(UserError, match="period"):
        read([tmp_path], replace(options, period=(date(2026, 3, 9), date(2026, 3, 2))))
    with pytest.raises(UserError, match="time zone"):
        read([tmp_path], replace(options, time_zone="Mars/Olympus"))


def test_zones_are_the_agencys(tmp_path: Path, load: Load, options: Options) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(
        csv_bytes([["lead_id", "received_at"], ["L1", "2026-03-09T02:00:00Z"], ["L2", "2026-03-09T02:00:00"]])
    )
    (reading,) = load(path, using=replace(options, time_zone="America/Chicago"))
    assert [row["received_at"] for row in named(reading)] == ["2026-03-08T21:00:00", "2026-03-09T02:00:00"]


class Impatient:
    """Cancels at the n-th report."""

    def __init__(self, patience: int) -> None:
        self.patience = patience

    def report(self, done: int, total: int, what: str = "") -> None:
        assert 0 <= done <= max(total, done)
        self.patience -= 1
        if self.patience < 0:
            raise Cancelled


def test_cancel_leaves_nothing_behind(tmp_path: Path, options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "MEMORY_ROWS", 10)
    path = tmp_path / "leads.csv"
    path.write_bytes(csv_bytes([["lead_id", "received_at"], *([f"L{at}", "2026-03-09"] for at in range(20_000))]))
    with pytest.raises(Cancelled):
        read([path], options, Impatient(2))
    assert not options.workspace.exists() or not list(options.workspace.iterdir())


def test_many_rows_go_through_the_encrypted_spool(
    tmp_path: Path, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool.Budget, "__init__", lambda self: setattr(self, "rows", 6_000))
    path = tmp_path / "leads.csv"
    path.write_bytes(csv_bytes([["lead_id", "received_at"], *([f"L{at}", "2026-03-09"] for at in range(12_000))]))
    (reading,) = read([path], options)
    for _again in range(2):
        assert [row[0] for row in rows_of(reading)] == [f"L{at}" for at in range(12_000)]
        assert [line for batch in reading.batches() for line in batch.lines] == list(range(2, 12_002))
    reading.close()
    assert list(reading.batches()) == []


def test_profile_names_are_those_that_can_be_named() -> None:
    names = profile_names()
    assert len(names) == len(set(names))
    assert {"template_settings", "template_leads", "ezlynx_book", "phone_calls", "phone_totals"} <= set(names)
