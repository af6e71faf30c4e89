"""Set-up of all tests: no display, no hurry, the program's folders in a throwaway place."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from desktop.tasks.collecting import due

# A slow machine is no defect: examples may take as long as they need.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# What a closed window leaves behind may only be taken apart by the main thread, and servers under test have their own.
gc.disable()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stands for all the program's folders during one test."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("PRODUCER_DESK_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """After each test the main thread collects what is due; nobody else does."""
    yield
    generation = due()
    if generation is not None:
        gc.collect(generation)
