"""What others have done to signed PDFs: content shadowed, replaced or added by later revisions, signatures emptied,
wrapped around other bytes, or made anew by a stranger. None of it passes for the original."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pypdf
import pytest
from pypdf.annotations import FreeText
from pypdf.generic import ArrayObject, NameObject, NumberObject, StreamObject, TextStringObject

from desktop.core.autograph import Autograph, Role
from desktop.reports import certificates, scorecard, signing, verifying
from tests.reports import pages
from tests.reports.test_signing import AT, refused

MANAGER = Autograph("Max Boss", Role.MANAGER, AT, typed="Max")


@cache
def _identity(name: str = "Hollis & Reyes") -> certificates.SealIdentity:
    return certificates.make_identity(name, AT)


@cache
def _fields() -> bytes:
    page = pages.ordinary()
    return signing.add_fields(scorecard.render([page]), scorecard.signature_boxes(page))


@cache
def _one() -> bytes:
    return signing.seal(_fields(), Autograph("Dana", Role.PRODUCER, AT, typed="Dana"), _identity())


def _content(writer: pypdf.PdfWriter) -> None:
    stream = StreamObject()
    stream.set_data(b"BT /F1 12 Tf 72 700 Td (99) Tj ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


def _annotation(writer: pypdf.PdfWriter) -> None:
    writer.add_annotation(0, FreeText(text="Paid in full", rect=(50, 550, 200, 650)))


def _page(writer: pypdf.PdfWriter) -> None:
    writer.add_blank_page(612, 792)


def _hidden(writer: pypdf.PdfWriter) -> None:
    """The signature field is moved over something else."""
    field = writer.pages[0]["/Annots"][0].get_object()  # type: ignore[index]
    field[NameObject("/Rect")] = ArrayObject([NumberObject(one) for one in (0, 0, 1, 1)])


def _title(writer: pypdf.PdfWriter) -> None:
    writer.add_metadata({"/Title": "Another week"})


def _script(writer: pypdf.PdfWriter) -> None:
    writer.root_object[NameObject("/OpenAction")] = TextStringObject("app.alert(1)")


ATTACKS = (_content, _annotation, _page, _hidden, _title, _script)


def _revised(document: bytes, change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    writer = pypdf.PdfWriter(BytesIO(document), incremental=True)
    change(writer)
    other = BytesIO()
    writer.write(other)
    assert other.getvalue().startswith(document) and len(other.getvalue()) > len(document)
    return other.getvalue()


@pytest.mark.parametrize("change", ATTACKS)
def test_a_later_revision_is_refused(change: Callable[[pypdf.PdfWriter], None]) -> None:
    assert refused(_revised(_one(), change))


@pytest.mark.parametrize("change", [_content, _annotation, _page, _hidden, _script])
def test_a_revision_between_the_signatures_is_refused(change: Callable[[pypdf.PdfWriter], None]) -> None:
    assert refused(signing.seal(_revised(_one(), change), MANAGER, _identity()))


def _range(document: bytes, new: bytes) -> bytes:
    found = re.search(rb"/ByteRange ?\[[^\]]*\]", document)
    assert found is not None
    return document[: found.start()] + new.ljust(found.end() - found.start()) + document[found.end() :]


@pytest.mark.parametrize(
    "new",
    [
        b"/ByteRange [0 0 0 0]", b"/ByteRange [0 1]", b"/ByteRange null", b"", b"/ByteRange [0 -1 9 9]",
        b"/ByteRange [0 99999999 9 9]", b"/ByteRange [100 200 300 400]", b"/ByteRange [(a) (b) (c) (d)]",
    ],
)  # fmt: skip
def test_a_range_that_covers_something_else_is_refused(new: bytes) -> None:
    assert refused(_range(_one(), new))


def test_an_emptied_signature_is_refused() -> None:
    document = _one()
    start = document.index(b"/Contents <") + len(b"/Contents <")
    end = document.index(b">", start)
    assert refused(document[:start] + b"0" * (end - start) + document[end:])
    assert refused(document[: start - 1] + b"null".ljust(end + 2 - start) + document[end + 1 :])


def test_bytes_wrapped_into_the_gap_are_refused() -> None:
    document = _one()
    end = document.index(b">", document.index(b"/Contents <"))
    assert refused(document[:end] + b">/X (new words)" + document[end + 15 :])


def test_a_signature_made_anew_is_intact_and_a_strangers() -> None:
    forged = signing.seal(_fields(), Autograph("Dana", Role.PRODUCER, AT, typed="Dana"), _identity("Hollis & Reyes "))
    (seal,) = verifying.examine(forged).seals
    assert seal.intact and seal.owner == "Hollis & Reyes"
    assert certificates.fingerprint(seal.certificate) != _identity().fingerprint
