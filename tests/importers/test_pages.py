"""The empty templates: written with an example that the program itself can read."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.templates import FILE_TEMPLATES, TEMPLATES
from desktop.errors import UserError
from desktop.importers import Reading, report_hints, write_templates
from tests.importers.conftest import named

Load = Callable[..., list[Reading]]


def test_every_template_is_written_and_its_example_reads_cleanly(tmp_path: Path, load: Load) -> None:
    files = write_templates(tmp_path / "new" / "folder")
    assert [file.name for file in files] == [f"{name}.csv" for name in FILE_TEMPLATES]
    readings = load(tmp_path / "new")
    assert [reading.table for reading in readings] == list(FILE_TEMPLATES)
    for reading in readings:
        assert (reading.rows, reading.rejects, reading.problem) == (1, (), None), reading.file
        assert len(named(reading)[0]) >= 2


def test_headings_are_the_shown_columns_in_order(tmp_path: Path) -> None:
    for file in write_templates(tmp_path):
        with file.open(newline="", encoding="utf-8") as page:
            head = next(csv.reader(page))
        assert head == [column.name for column in TEMPLATES[file.stem].columns if column.shown]


def test_a_folder_that_cannot_be_made_is_the_users_world(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError):
        write_templates(tmp_path / "file")


def test_hints_say_what_to_run_and_what_it_cannot_give() -> None:
    hints = report_hints()
    assert {"EZLynx", "Phone system", "Applied Epic", "AMS360", "HawkSoft"} <= {hint.system for hint in hints}
    assert all(hint.report and hint.gives and hint.lacks for hint in hints)
