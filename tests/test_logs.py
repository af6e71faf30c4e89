"""The log: rotating, and without anybody's data."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import logs


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    yield
    logs.stop()


def test_what_is_said_stands_in_the_file_without_the_data_of_an_error(tmp_path: Path) -> None:
    path = logs.start(tmp_path / "logs")
    logs.log().info("started")
    try:
        raise ValueError("Quillfeather Marmalade Works")
    except ValueError:
        logs.log().exception("an import failed")
    text = path.read_text()
    assert "INFO desktop: started" in text
    assert "ValueError" in text
    assert "test_logs.py" in text
    assert "Quillfeather" not in text


def test_sql_with_its_values_is_never_logged(tmp_path: Path) -> None:
    logs.start(tmp_path, level=logging.DEBUG)
    assert not logging.getLogger("peewee").isEnabledFor(logging.DEBUG)


def test_starting_again_moves_the_log(tmp_path: Path) -> None:
    logs.start(tmp_path / "a")
    logs.start(tmp_path / "b")
    logs.log().warning("here")
    assert not (tmp_path / "a" / logs.FILE_NAME).exists()
    assert "here" in (tmp_path / "b" / logs.FILE_NAME).read_text()


def test_standard_error_is_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs.start(tmp_path)
    logs.log().warning("quiet")
    logs.start(tmp_path, to_stderr=True)
    logs.log().warning("loud")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "loud" in captured.err
    assert "quiet" not in captured.err
