"""The script that makes resources/places, on packages of a few lines."""

from __future__ import annotations

import io
import tarfile
from datetime import date
from pathlib import Path

import pytest

from installer import places


def test_a_zip_becomes_a_line_with_its_county_s_whole_code() -> None:
    text = (
        "US\t10001\tNew York\tNew York\tNY\tNew York\t061\t\t\t40.7484\t-73.9967\t4\n"
        "US\t09007\tAPO AE\t\t\t\t\t\t\t49.4077\t8.6908\t\n"
        "US\t10001\tTwice\tNew York\tNY\tNew York\t061\t\t\t1\t1\t4"
    )
    assert list(places.zip_lines(text, {"New York": "36"})) == [
        "09007\tAE\t\t\tAPO AE\t49.4077\t8.6908",
        "10001\tNY\t36061\tNew York\tNew York\t40.7484\t-73.9967",
    ]


def test_only_the_arcs_of_the_layer_are_kept() -> None:
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [["unused"], ["shared"], ["own"]],
        "objects": {
            "states": {
                "geometries": [
                    {"type": "MultiPolygon", "id": "02", "properties": {"name": "B"}, "arcs": [[[~1]], [[2]]]},
                    {"type": "Polygon", "id": "01", "properties": {"name": "A"}, "arcs": [[1]]},
                ]
            },
        },
    }
    slim = places.slim(topology, "states")
    assert slim["arcs"] == [["shared"], ["own"]]
    assert slim["shapes"] == [["01", "A", [[[0]]]], ["02", "B", [[[~0]], [[1]]]]]


def test_the_day_is_read_from_the_readme() -> None:
    assert places.day_of("## **Data Last Checked/Updated:** _11th March 2026_") == date(2026, 3, 11)
    with pytest.raises(ValueError, match="day"):
        places.day_of("nothing")


def test_a_member_is_read_from_the_package(tmp_path: Path) -> None:
    package = tmp_path / "one.tgz"
    with tarfile.open(package, "w:gz") as archive:
        info = tarfile.TarInfo("package/README.md")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"abc"))
    assert places.read_member(package, "README.md") == "abc"
