"""Folders and resources."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import paths


def test_one_variable_moves_every_folder(home: Path) -> None:
    found = paths.folders()
    assert {found.data, found.cache, found.logs, found.backups} == {
        home / name for name in ("data", "cache", "logs", "backups")
    }
    assert paths.default_book_path().parent == found.data
    assert not found.data.exists()


def test_without_it_the_platforms_own_folders_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRODUCER_DESK_HOME")
    found = paths.folders()
    assert len({found.data, found.cache, found.logs, found.backups}) == 4
    assert all(path.is_absolute() and "Producer Desk" in str(path) for path in (found.data, found.cache, found.logs))


def test_resources_are_there() -> None:
    assert (paths.resources() / "tokens.json").is_file()


def test_a_frozen_program_finds_its_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bundle" / "resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "elsewhere" / "desktop" / "paths.py"))
    with pytest.raises(FileNotFoundError):
        paths.resources()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path / "bundle"), raising=False)
    assert paths.resources() == tmp_path / "bundle" / "resources"


def test_folders_are_made_for_this_user_alone(tmp_path: Path) -> None:
    made = paths.make_private(tmp_path / "a")
    assert made.stat().st_mode & 0o077 == 0
    assert paths.make_private(made) == made
