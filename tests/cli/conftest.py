"""The installed program on a book of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A fresh installation with nothing in it."""
    return Program(tmp_path / "fresh")
