"""Tables of any make on paper: columns side by side, within the page, figures whole as long as they fit at all."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pdfplumber
import pypdf
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.documents import Cell, Column, Kind, Marked, Row, Status, Table, Trend
from desktop.reports.document import render
from tests.reports import documents_made as made

WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=60)
CELLS: dict[Kind, st.SearchStrategy[Cell]] = {
    Kind.TEXT: WORDS,
    Kind.COUNT: st.none() | st.integers(-(10**6), 10**6),
    Kind.MONEY: st.none() | st.integers(-(10**9), 10**9),
    Kind.PERCENT: st.none() | st.floats(-2, 12),
    Kind.DATE: st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    Kind.DRAWING: st.builds(Trend, st.tuples(st.none() | st.integers(0, 99), st.integers(0, 99))),
}


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(
        st.lists(st.builds(Column, WORDS, st.sampled_from(list(CELLS)), st.booleans()), min_size=1, max_size=9)
    )
    rows = draw(st.lists(st.tuples(*(CELLS[column.kind] for column in columns)), min_size=1, max_size=5))
    return Table(tuple(columns), tuple(Row(cells) for cells in rows), (draw(st.booleans()) and (Row(rows[0]),)) or ())


@given(tables())
@settings(max_examples=60, deadline=None)
def test_columns_stand_beside_each_other_within_the_page(table: Table) -> None:
    with pdfplumber.open(BytesIO(render(made.document(table)).data)) as document:
        for page in document.pages:
            edge = page.width - 0.6 * 72 + 2
            assert max(char["x1"] for char in page.chars) <= edge
            assert all(line["x1"] <= edge for line in page.lines)
            words = page.extract_words(x_tolerance=1, keep_blank_chars=False)
            body = [word for word in words if 110 < word["top"] < page.height - 80]
            for number, one in enumerate(body):
                for other in body[number + 1 :]:
                    across = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
                    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
                    assert across < 1.5 or down < 3.5, (one["text"], other["text"])


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=11))
@settings(max_examples=40, deadline=None)
def test_amounts_are_printed_whole(amounts: list[int]) -> None:
    columns = tuple(Column(f"Amount {at}", Kind.MONEY_EXACT) for at in range(len(amounts)))
    row = Row(tuple(Marked(amount, Status.GOOD) if at % 2 else amount for at, amount in enumerate(amounts)))
    text = pypdf.PdfReader(BytesIO(render(made.document(Table(columns, (row,)))).data)).pages[0].extract_text()
    for amount in amounts:
        assert f"{'-' if amount < 0 else ''}${abs(amount) // 100:,}.{abs(amount) % 100:02}" in text
