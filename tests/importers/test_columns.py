"""The fast ways through a column give what reading cell by cell gives."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.templates import Kind
from desktop.importers.columns import Bad, ColumnReader, MomentReader, TextReader, Value, plain, reader_for
from desktop.importers.profiles.profile import Field, Form

EAST = ZoneInfo("America/New_York")


def field(kind: Kind | Form, *, required: bool = False) -> Field:
    return Field("x", kind, ("x",), "leads.note", required)


def comparable(values: list[Value]) -> list[object]:
    return [("bad", value.reason) if isinstance(value, Bad) else value for value in values]


TEXTS = st.text(alphabet="ab'=-+@ \t\xa0\ufffdé1E\n", max_size=6)
ISO = st.datetimes().map(lambda moment: moment.replace(microsecond=0))
MOMENTS = st.one_of(
    ISO.map(lambda moment: moment.isoformat()),
    ISO.map(lambda moment: moment.isoformat(sep=" ")),
    ISO.map(lambda moment: f"{moment.isoformat()}Z"),
    st.sampled_from(
        ["", "2026-02-30T10:00:00", "2026-03-09T24:00:00", "2026-03-09 10:00:0x", "3/9/2026 2:05:09 PM", "3/9/2026"]
    ),
)


@given(st.lists(TEXTS, max_size=12), st.booleans(), st.sampled_from([Kind.TEXT, Form.ID]))
def test_texts(cells: list[str], required: bool, kind: Kind | Form) -> None:
    made = field(kind, required=required)
    reader, slow = reader_for(made, EAST), ColumnReader(made, EAST)
    assert isinstance(reader, TextReader)
    found = reader.column(cells)
    assert comparable(found) == comparable([slow.read(cell) for cell in cells])
    assert reader.bad(found) == [at for at, value in enumerate(found) if isinstance(value, Bad)]


@given(st.lists(MOMENTS, max_size=12))
def test_moments(cells: list[str]) -> None:
    made = field(Kind.MOMENT)
    reader, slow = reader_for(made, EAST), ColumnReader(made, EAST)
    assert isinstance(reader, MomentReader)
    expected = comparable([slow.read(cell) for cell in cells])
    for _again in range(2):
        found = reader.column(cells)
        assert comparable(found) == expected
        assert reader.bad(found) == [at for at, value in enumerate(found) if isinstance(value, Bad)]


def test_memory_is_bounded_and_stays_right() -> None:
    reader = reader_for(field(Kind.COUNT), EAST)
    for start in range(0, 100_000, 20_000):
        cells = [str(number) for number in range(start, start + 20_000)]
        assert reader.column(cells) == list(range(start, start + 20_000))
    assert len(reader._memory) <= 60_000


def test_what_an_export_made_harmless_becomes_itself_again() -> None:
    assert [plain(text) for text in ("'=1+1", "'-5", "'Tis", "'", " x ")] == ["=1+1", "-5", "'Tis", "'", "x"]
