"""Folders and zips: what is found in them, and what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.importers import Reading, gather

Load = Callable[..., list[Reading]]
LEADS = b"lead_id,received_at\nL1,2026-03-09\n"


def test_a_folder_is_walked_and_litter_left_lying(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    (folder / "deep").mkdir(parents=True)
    for name in ("b.csv", "A.xlsx", ".DS_Store", "~$A.xlsx", "Thumbs.db", "deep/c.tsv", "photo.png"):
        (folder / name).write_bytes(LEADS)
    (folder / "deep" / "round").symlink_to(folder, target_is_directory=True)
    found = gather([folder])
    assert [(one.name, one.problem is None) for one in found] == [
        ("A.xlsx", True),
        ("b.csv", True),
        ("photo.png", False),
        ("c.tsv", True),
    ]


def test_what_is_missing_or_no_file_says_so(tmp_path: Path) -> None:
    found = gather([tmp_path / "gone.csv", tmp_path])
    assert [one.problem is None for one in found] == [False]


def make_zip(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries.items():
            archive.writestr(name, body)
    return path


def test_a_zip_is_read_in_place(tmp_path: Path, load: Load) -> None:
    path = make_zip(tmp_path / "a.zip", {"x/leads.csv": LEADS, "__MACOSX/x": b"", "x/.hidden": b""})
    (reading,) = load(path)
    assert (reading.file, reading.rows, reading.path) == ("a.zip/x/leads.csv", 1, path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.zip", "home"]


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "x/../../evil.csv", "inner.zip", "picture.png", "C:/x.csv"]
)
def test_entries_that_are_refused(tmp_path: Path, load: Load, name: str) -> None:
    readings = load(make_zip(tmp_path / "a.zip", {name: LEADS, "leads.csv": LEADS}))
    assert [reading.problem is None for reading in readings] == [True, False]


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param({"a.csv": b"a,b\n" * 15_000_000}, id="a bomb"),
        pytest.param({f"{at}.csv": b"" for at in range(2_500)}, id="too many"),
        pytest.param({}, id="empty"),
    ],
)
def test_zips_that_are_refused_whole(tmp_path: Path, entries: dict[str, bytes]) -> None:
    (one,) = gather([make_zip(tmp_path / "a.zip", entries)])
    assert one.problem is not None


def test_a_broken_zip_is_a_problem(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 no zip")
    (reading,) = load(path)
    assert reading.problem is not None


def test_an_entry_whose_bytes_are_damaged_is_a_problem(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("leads.csv", LEADS)
    body = path.read_bytes()
    path.write_bytes(body.replace(b"L1,2026", b"L1,2027", 1))
    (reading,) = load(path)
    assert reading.problem is not None
