"""Whether a signed PDF is untouched: every signature intact, the last over the whole file, nothing after it.

Stricter than pyHanko's own verdict, which is true of bytes appended after signing: whatever lies between two
signatures may be nothing but the filling of the other's field, and the container of a signature, which no signature
covers, must be written in the one way in which it can be. Asks no network and trusts nobody: whose certificate it is,
the caller judges.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from asn1crypto import cms, core, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import ValidationInfoReadingError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from desktop.reports.seals import SealFound, SealReport, UnreadableError

_MARK = b"/ByteRange"
_ALLOWED = (ModificationLevel.NONE, ModificationLevel.FORM_FILLING)
# What a parser raises on a file that somebody damaged: pyHanko's own, and those of reading anything at all.
_UNREADABLE = (
    PdfError, SigningError, ValidationInfoReadingError, ValidationError, PathError, ValueError, LookupError, TypeError,
    AttributeError, ArithmeticError, RecursionError, NotImplementedError, EOFError, OSError, AssertionError,
)  # fmt: skip

for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)


def examine(document: bytes) -> SealReport:
    """What the signatures of a PDF say. UnreadableError for bytes that are no PDF and bear no signature."""
    if b"%PDF-" not in document[:1024]:
        raise UnreadableError("it is not a PDF")
    try:
        reader = PdfFileReader(BytesIO(document), strict=True)
        found = list(reader.embedded_signatures)
        if not found:
            return SealReport((), _MARK in document, False, False, _MARK not in document)
        return _report(document, found)
    except _UNREADABLE as error:
        if _MARK in document:
            return SealReport((), True, False, False, False)
        raise UnreadableError(type(error).__name__) from None


def _report(document: bytes, found: list[Any]) -> SealReport:
    last = found[-1]
    fields = {one.field_name for one in found}
    seals, unchanged = [], len(fields) == len(found)
    for one in found:
        others = fields - {one.field_name}
        seal, kept = _examine(document, one, last=one is last, others=others)
        seals.append(seal)
        unchanged = unchanged and kept
    intact = all(seal.intact for seal in seals)
    return SealReport(tuple(seals), True, intact, _spans(document, last), unchanged)


def _examine(document: bytes, one: Any, *, last: bool, others: set[str]) -> tuple[SealFound, bool]:
    """One signature, and whether the file after it is as it may be."""
    try:
        leaf = one.signer_cert
        status = validate_pdf_signature(one, _context(leaf), ValidationContext(trust_roots=[], allow_fetching=False))
        intact = status.intact and status.valid and _canonical(document, one)
        stamp = status.timestamp_validity
        intact = intact and (stamp is None or (stamp.intact and stamp.valid))
        kept = _kept(status, last=last, others=others) and intact
        at = stamp.timestamp if stamp is not None else status.signer_reported_dt
        by = "" if stamp is None else _owner(stamp.signing_cert)
        return SealFound(_name(one), one.field_name, at, leaf.dump(), intact, _owner(leaf), by), kept
    except _UNREADABLE:
        return SealFound(_text(one.field_name), _text(one.field_name), None, b"", False), False


def _kept(status: Any, *, last: bool, others: set[str]) -> bool:
    if last:
        return bool(status.coverage == SignatureCoverageLevel.ENTIRE_FILE)
    if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION or status.modification_level not in _ALLOWED:
        return False
    return status.diff_result is not None and set(status.diff_result.changed_form_fields) <= others


def _context(leaf: x509.Certificate) -> ValidationContext:
    return ValidationContext(trust_roots=[leaf], allow_fetching=False)


def _name(one: Any) -> str:
    given = one.sig_object.get("/Name")
    return _text(given) if given else _owner(one.signer_cert)


def _owner(certificate: x509.Certificate) -> str:
    return _text(certificate.subject.native.get("common_name") or certificate.subject.human_friendly)


def _text(value: object) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in str(value))[:200]


def _spans(document: bytes, one: Any) -> bool:
    """Whether a signature's byte range is the whole file but for the signature itself."""
    try:
        start, before, after, rest = (int(part) for part in one.byte_range)
    except _UNREADABLE:
        return False
    return (
        start == 0 and 0 < before < after and rest > 0 and after + rest == len(document) and _gap(document, one) != b""
    )


def _gap(document: bytes, one: Any) -> bytes:
    """The bytes that a signature leaves out, without brackets: empty unless they are hexadecimal digits alone."""
    _start, before, after, _rest = (int(part) for part in one.byte_range)
    gap = document[before:after]
    if gap[:1] != b"<" or gap[-1:] != b">":
        return b""
    digits = gap[1:-1]
    return digits if digits and not digits.strip(b"0123456789abcdefABCDEF") else b""


def _canonical(document: bytes, one: Any) -> bool:
    """Whether the container says what it says in the one way it can: no bit of it may differ unnoticed."""
    digits = _gap(document, one)
    if not digits or len(digits) % 2 or (digits != digits.upper() and digits != digits.lower()):
        return False
    raw = bytes.fromhex(digits.decode("ascii"))
    info = cms.ContentInfo.load(raw)
    plain = bytes(info.dump(force=False))
    if raw[: len(plain)] != plain or raw[len(plain) :].strip(b"\0"):
        return False
    again = cms.ContentInfo.load(plain)
    again.native  # noqa: B018 - parses everything, so that the dump below is written anew
    written = again.dump(force=True)
    # authorities list the certificates of a time stamp in any order, which a new writing sorts
    same = written == plain or (_stamped(again) and sorted(written) == sorted(plain))
    return same and _expected(again["content"], "v1", "data")


def _stamped(container: Any) -> bool:
    (signer,) = container["content"]["signer_infos"]
    return bool(signer["unsigned_attrs"])


def _expected(signed: Any, version: str, content: str) -> bool:
    """The few fields that nothing signs: versions, the lists of algorithms, certificates and revocations.

    A time stamp is a container of its own, held to the same.
    """
    (signer,) = signed["signer_infos"]
    digest = signer["digest_algorithm"]
    certificates = [one.chosen for one in signed["certificates"]]
    unsigned = {one["type"].native: one["values"] for one in signer["unsigned_attrs"] or ()}
    stamps = unsigned.pop("signature_time_stamp_token", None) if content == "data" else None
    return (
        not unsigned
        and signed["version"].native == version
        and [one.dump() for one in signed["digest_algorithms"]] == [digest.dump()]
        and digest["algorithm"].native in ("sha256", "sha384", "sha512")
        and isinstance(digest["parameters"], (core.Null, core.Void))
        and signed["encap_content_info"]["content_type"].native == content
        and signer["version"].native == "v1"
        and isinstance(signed["crls"], core.Void)
        and _names_signer(signer, certificates)
        and (stamps is None or _expected_stamp(stamps))
        and _chained(certificates)
    )


def _expected_stamp(stamps: Any) -> bool:
    """One time stamp, and in it nothing that could be another: what authorities write differently is not judged."""
    (token,) = stamps
    return bool(token["content_type"].native == "signed_data") and _expected(token["content"], "v3", "tst_info")


def _names_signer(signer: Any, certificates: list[x509.Certificate]) -> bool:
    sid = signer["sid"].chosen
    return any(
        one.issuer.dump() == sid["issuer"].dump() and one.serial_number == sid["serial_number"].native
        for one in certificates
    )


def _chained(certificates: Iterable[x509.Certificate]) -> bool:
    """Whether each certificate beside the signer's is an issuer of another one, signed as it should be."""
    from cryptography import x509 as checked
    from cryptography.exceptions import InvalidSignature

    listed = [checked.load_der_x509_certificate(one.dump()) for one in certificates]
    for one in listed:
        issuers = [other for other in listed if other.subject == one.issuer]
        if not issuers:
            continue
        try:
            one.verify_directly_issued_by(issuers[0])
        except (InvalidSignature, ValueError, TypeError):
            return False
    return True
