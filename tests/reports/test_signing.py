"""Signed scorecards: both fields, one signature over the other, and every way of tampering found out."""

from __future__ import annotations

import random
import shutil
import subprocess
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from desktop.core.autograph import Autograph, Role
from desktop.errors import UserError
from desktop.reports import certificates, scorecard, signing, verifying
from tests.reports import pages

AT = datetime(2026, 3, 10, 9, 15)
STROKE = tuple((at / 10, 0.2 + (at % 3) / 5) for at in range(30))


@cache
def _identity() -> certificates.SealIdentity:
    return certificates.make_identity("Hollis & Reyes", AT)


@cache
def _files() -> dict[str, bytes]:
    page = pages.ordinary()
    plain = scorecard.render([page])
    fields = signing.add_fields(plain, scorecard.signature_boxes(page))
    one = signing.seal(fields, Autograph("Dana <b> Márquez", Role.PRODUCER, AT, (STROKE,)), _identity())
    both = signing.seal(one, Autograph("Max Boss", Role.MANAGER, AT, typed="Max Boss"), _identity())
    return {"plain": plain, "fields": fields, "one": one, "both": both}


def refused(document: bytes) -> bool:
    try:
        found = verifying.examine(document)
    except verifying.UnreadableError:
        return True
    return not (found.signed and found.intact and found.covers_whole_file and found.unchanged)


def test_both_fields_are_there_before_the_first_signature_and_on_their_lines() -> None:
    form = pypdf.PdfReader(BytesIO(_files()["fields"])).get_fields()
    assert form is not None and set(form) == {"producer", "manager"}
    assert {field["/FT"] for field in form.values()} == {"/Sig"}
    left, bottom, right, top = scorecard.signature_boxes(pages.ordinary())[Role.PRODUCER]
    assert right - left >= 2.5 * 72 and top - bottom >= 36


def test_an_untouched_file_says_who_signed() -> None:
    found = verifying.examine(_files()["both"])
    assert (found.signed, found.intact, found.covers_whole_file, found.unchanged) == (True, True, True, True)
    assert [(one.name, one.role) for one in found.seals] == [("Dana <b> Márquez", "producer"), ("Max Boss", "manager")]
    assert {certificates.fingerprint(one.certificate) for one in found.seals} == {_identity().fingerprint}
    assert _files()["both"].startswith(_files()["one"])
    assert not refused(_files()["one"])


@pytest.mark.parametrize("name", ["plain", "fields"])
def test_an_unsigned_file_is_called_unsigned(name: str) -> None:
    assert not verifying.examine(_files()[name]).signed


def test_a_second_pdf_program_agrees(tmp_path: Path) -> None:
    program = shutil.which("pdfsig")
    if program is None:
        pytest.skip("poppler-utils is not installed")
    file = tmp_path / "both.pdf"
    file.write_bytes(_files()["both"])
    said = subprocess.run([program, "-nocert", str(file)], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid") == 2
    assert said.count("Total document signed") == 1


def test_flipped_bits_over_the_whole_file_are_refused() -> None:
    document, chance = _files()["one"], random.Random(7)
    start = document.index(b"/Contents <")
    places = [*range(start, start + 1_700, 23), *(chance.randrange(len(document)) for _ in range(60))]
    for place in places:
        spoilt = bytearray(document)
        spoilt[place] ^= 1 << chance.randrange(8)
        assert refused(bytes(spoilt)), place


def test_every_bit_of_the_container_counts() -> None:
    document = _files()["one"]
    start = document.index(b"/Contents <") + len(b"/Contents <")
    name = document.index(b"Hollis".hex().upper().encode(), start)
    for place in range(name, name + 28):
        for bit in (0, 1, 5):
            spoilt = bytearray(document)
            spoilt[place] ^= 1 << bit
            assert refused(bytes(spoilt)), (place, bit)
    end = document.index(b">", start)
    for place, byte in ((end - 1, b"1"), (start + 5, document[start + 5 : start + 6].swapcase())):
        if byte != document[place : place + 1]:
            assert refused(document[:place] + byte + document[place + 1 :])


@pytest.mark.parametrize("tail", [b"\n", b" ", b"%%EOF\n", b"\0" * 100])
@pytest.mark.parametrize("name", ["one", "both"])
def test_bytes_appended_are_refused(name: str, tail: bytes) -> None:
    found = verifying.examine(_files()[name] + tail)
    assert found.signed and not found.covers_whole_file


@pytest.mark.parametrize("name", ["one", "both"])
def test_a_revision_that_replaces_content_is_refused(name: str) -> None:
    writer = pypdf.PdfWriter(BytesIO(_files()[name]), incremental=True)
    writer.pages[0].rotate(90)
    other = BytesIO()
    writer.write(other)
    assert other.getvalue().startswith(_files()[name])
    assert refused(other.getvalue())


def test_a_revision_slipped_in_before_the_second_signature_is_refused() -> None:
    writer = pypdf.PdfWriter(BytesIO(_files()["one"]), incremental=True)
    writer.pages[0].rotate(90)
    other = BytesIO()
    writer.write(other)
    both = signing.seal(other.getvalue(), Autograph("Max Boss", Role.MANAGER, AT, typed="Max"), _identity())
    assert refused(both)


def test_a_signature_cut_out_and_put_on_another_file_is_refused() -> None:
    page = pages.longest()
    other = signing.add_fields(scorecard.render([page]), scorecard.signature_boxes(page))
    other = signing.seal(other, Autograph("Dana", Role.PRODUCER, AT, (STROKE,)), _identity())
    mine = _files()["one"]
    spans = []
    for document in (mine, other):
        start = document.index(b"/Contents <") + len(b"/Contents <")
        spans.append((start, document.index(b">", start)))
    (first, last), (start, end) = spans
    assert end - start == last - first
    assert refused(other[:start] + mine[first:last] + other[end:])


def test_a_field_is_signed_once() -> None:
    with pytest.raises(UserError, match="signed this scorecard already"):
        signing.seal(_files()["one"], Autograph("Dana", Role.PRODUCER, AT, typed="D"), _identity())


@pytest.mark.parametrize("document", [b"", b"not a pdf", b"PK\x03\x04" * 100])
def test_what_is_no_pdf_is_said_to_be_none(document: bytes) -> None:
    with pytest.raises(verifying.UnreadableError):
        verifying.examine(document)


@pytest.mark.parametrize(
    "document", [b"%PDF-1.7\n", b"%PDF-1.7\nstartxref\n99999999999\n%%EOF", b"%PDF-1.7 /ByteRange"]
)
def test_a_broken_pdf_is_never_found_untouched(document: bytes) -> None:
    assert refused(document)
