"""The tour: every page's picture in both schemes and sizes, and the week's scorecards."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QImage

from tests.cli.program import Program


@pytest.mark.parametrize("filled", [True, False])
def test_every_page_is_pictured(tmp_path: Path, filled: bool) -> None:
    # hundreds of pictures: half a minute of work, several on a machine with much else to do
    program = Program(tmp_path / "home", patience_s=600)
    if filled:
        program.ask("demo", "--producers", 3, "--years", 1, "--as-of", "2026-03-20")
    files = program.ask("tour", "--out", tmp_path / "tour", "--as-of", "2026-03-20")["files"]
    for page in ("producers", "scorecards", "import"):
        for scheme in ("light", "dark"):
            for width, height in ((1366, 768), (1920, 1080)):
                name = f"{page}-{scheme}-{width}.png"
                assert name in files
                image = QImage(str(tmp_path / "tour" / name))
                assert (image.width(), image.height()) == (width, height)
    scorecards = [name for name in files if name.endswith(".pdf")]
    assert len(scorecards) == (3 if filled else 0)
    for name in scorecards:
        assert len(pypdfium2.PdfDocument(tmp_path / "tour" / name)) == 1
