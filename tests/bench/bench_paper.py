"""Fifty scorecards against a bare ReportLab canvas drawing the same strings, and what signing adds.

Run by hand: python -m tests.bench.bench_paper [RUNS]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from desktop.core.autograph import Autograph, Role
from desktop.core.scorecard import ScorecardContent
from desktop.reports import certificates, scorecard, signing
from tests.reports import pages

COUNT = 50
AT = datetime(2026, 3, 10, 9, 15)
Strings = list[tuple[str, float, float, float, str]]


def contents() -> list[ScorecardContent]:
    """Fifty ordinary pages, no two of the same name."""
    one = pages.ordinary()
    return [replace(one, person=replace(one.person, code=f"P{n:02}", name=f"Dana Marsh {n}")) for n in range(COUNT)]


def strings_of(page: ScorecardContent) -> Strings:
    """Every string that a page draws: font, size, place, text."""
    found: Strings = []
    plain: Callable[..., Any] = Canvas.drawString
    output: Callable[..., Any] = PDFTextObject.textOut

    def draw(self: Any, x: float, y: float, text: str, *more: Any, **named: Any) -> None:
        found.append((self._fontname, self._fontsize, x, y, text))
        plain(self, x, y, text, *more, **named)

    def out(self: Any, text: str) -> None:
        # drawString ends here as well
        if not found or found[-1][4] != text:
            found.append((self._fontname, self._fontsize, *self.getCursor(), text))
        output(self, text)

    Canvas.drawString, PDFTextObject.textOut = draw, out
    try:
        scorecard.render([page])
    finally:
        Canvas.drawString, PDFTextObject.textOut = plain, output
    return found


def bare(strings: list[Strings]) -> None:
    """The floor: nothing but the strings, a file each."""
    for page in strings:
        canvas = Canvas(BytesIO(), pagesize=(612, 792), pageCompression=1, invariant=1)
        for font, size, x, y, text in page:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
        canvas.save()


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    made = contents()
    strings = [strings_of(page) for page in made]
    identity = certificates.make_identity("Hollis & Reyes", AT)
    manager = Autograph("Hollis & Reyes", Role.MANAGER, AT)
    boxes = scorecard.signature_boxes(made[0])

    def seal(document: bytes) -> bytes:
        return signing.seal(signing.add_fields(document, boxes), manager, identity)

    files, whole = [scorecard.render([page]) for page in made], scorecard.render(made)
    seal(whole)
    works: dict[str, Callable[[], object]] = {
        "canvas": lambda: bare(strings),
        "scorecards": lambda: [scorecard.render([page]) for page in made],
        "one file": lambda: scorecard.render(made),
        "seal each": lambda: [seal(one) for one in files],
        "seal one file": lambda: seal(whole),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            times[name].append(seconds(work))
    middle = {name: sorted(found)[runs // 2] for name, found in times.items()}
    print({name: round(value, 3) for name, value in middle.items()}, f"{sum(map(len, strings))} strings")
    for name in list(works)[1:]:
        print(f"{name} / canvas = {middle[name] / middle['canvas']:.2f}")


if __name__ == "__main__":
    main()
