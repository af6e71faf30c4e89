"""settings.json and rules.json, with the line of each entry."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.importers import Options, Reading, read
from tests.importers.conftest import named, rows_of

Load = Callable[..., list[Reading]]


@pytest.mark.parametrize("wrapped", [False, True])
def test_settings(tmp_path: Path, load: Load, wrapped: bool) -> None:
    inner = {"agency.name": "Marlow & Co", "hours": {"1": ["08:00", "18:00"]}, "vesting_months": 24}
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"settings": inner} if wrapped else inner, indent=1))
    (reading,) = load(path)
    first = 3 if wrapped else 2
    assert (reading.profile, reading.table, reading.rows) == ("template_settings", "settings", 3)
    assert rows_of(reading) == [
        ("agency.name", '"Marlow & Co"'),
        ("hours", '{"1":["08:00","18:00"]}'),
        ("vesting_months", "24"),
    ]
    assert next(reading.batches()).lines == [first, first + 1, first + 7]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.text(max_size=6), VALUES, max_size=5), max_size=4), st.sampled_from([None, 2]))
def test_any_rules_read_as_json_reads_them(
    tmp_path: Path, options: Options, bodies: list[dict[str, object]], indent: int | None
) -> None:
    path = tmp_path / "rules.json"
    rules = [{"id": at, "name": "n", "then": body, "when": body} for at, body in enumerate(bodies)]
    path.write_text(json.dumps({"rules": rules}, indent=indent), encoding="utf-8")
    (reading,) = read([path], options)
    assert [json.loads(str(row["then"])) for row in named(reading)] == bodies
    assert [json.loads(str(row["when"])) for row in named(reading)] == bodies
    reading.close()


def test_a_setting_that_does_not_fit_is_rejected_with_its_line(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{\n"agency.name": "A",\n"vesting_months": "soon"\n}')
    (reading,) = load(path)
    assert (reading.rows, reading.rejected_rows, len(rows_of(reading))) == (2, 1, 1)
    assert [issue.line for issue in reading.rejects] == [3]


def test_rules_keep_their_order_and_bad_ones_are_named(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "rules.json"
    path.write_text(
        '{"rules": [\n'
        ' {"id": "r1", "name": "Home", "when": {"all": []}, "then": {"producer": "P01"}},\n'
        ' {"id": "r2", "name": "Broken", "then": "P01"},\n'
        ' {"id": 3, "name": "Rest", "enabled": false, "then": {"model": "weighted"}}]}'
    )
    (reading,) = load(path)
    assert (reading.rows, reading.rejected_rows) == (3, 1)
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(3, "then")]
    assert named(reading) == [
        {
            "id": "r1",
            "position": 1,
            "name": "Home",
            "enabled": True,
            "when": '{"all":[]}',
            "then": '{"producer":"P01"}',
        },
        {"id": "3", "position": 3, "name": "Rest", "enabled": False, "then": '{"model":"weighted"}'},
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        "[1]",
        "{",
        '{"rules": [1,]}',
        "[" * 50_000,
        '{"agency.name": NaN}',
        '{"agency.name": "A"} x',
        "",
        "\ufeff",
    ],
)
def test_other_json_is_a_problem(tmp_path: Path, load: Load, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    (reading,) = load(path)
    assert reading.problem is not None
