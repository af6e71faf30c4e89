"""A real encrypted book for every test, its key in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.book import Book
from desktop.services import books


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """An empty book."""
    opened = books.open_throwaway(tmp_path / "agency.pdesk")
    yield opened
    opened.close()
