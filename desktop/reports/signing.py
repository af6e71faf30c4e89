"""Seals a finished PDF: fields for both signatures, then one PAdES signature after the other, each in place.

Knows neither book nor keyring nor what the page says. Imports pyHanko, which takes more than a second: import it late.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, ClassVar

from asn1crypto import core, keys, tsp, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from desktop.core.autograph import Autograph, Role
from desktop.errors import UserError
from desktop.reports import verifying
from desktop.reports.autographs import draw_autograph
from desktop.reports.certificates import SealIdentity

Box = tuple[float, float, float, float]
Authority = Callable[[bytes], bytes]
"""Takes a time-stamp request to an authority and brings its reply, both DER (RFC 3161)."""
_RESERVED, _RESERVED_WITH_TIME = 8_192, 32_768
_WITHOUT = "Check its address, or seal without a time stamp."

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


class NotStampedError(UserError):
    """The time-stamp authority answered, but gave no time stamp for this file."""


def add_fields(document: bytes, boxes: Mapping[Role, Box]) -> bytes:
    """The document with an empty signature field per role on its first page, in points from the lower left."""
    writer = IncrementalPdfFileWriter(BytesIO(document))
    for role, box in boxes.items():
        corners = tuple(round(side) for side in box)
        spec = SigFieldSpec(role.value, box=corners, readable_field_name=role.value.capitalize())  # type: ignore[arg-type]
        append_signature_field(writer, spec)
    target = BytesIO()
    writer.write(target)  # type: ignore[no-untyped-call]
    return target.getvalue()


def signed_roles(document: bytes) -> tuple[Role, ...]:
    """The roles whose field is filled."""
    filled = {name for name, value, _ref in enumerate_sig_fields(PdfFileReader(BytesIO(document))) if value is not None}
    return tuple(role for role in Role if role.value in filled)


def seal(document: bytes, autograph: Autograph, identity: SealIdentity, authority: Authority | None = None) -> bytes:
    """The document with the field of the autograph's role signed, appended to what is there.

    `authority` is asked for a time stamp when given; what it raises comes through. NotStampedError when it gives none,
    UserError when the field is signed already.
    """
    if autograph.role in signed_roles(document):
        raise UserError(
            f"The {autograph.role} has signed this scorecard already.", "Publish the week again to sign anew."
        )
    writer = IncrementalPdfFileWriter(BytesIO(document))
    box = _box_of(writer, autograph.role)
    metadata = signers.PdfSignatureMetadata(
        field_name=autograph.role.value,
        md_algorithm="sha256",
        name=autograph.name,
        reason="Signed on screen" if autograph.given else "Sealed for the agency",
        subfilter=SigSeedSubFilter.PADES,
    )
    signer = signers.PdfSigner(
        metadata,
        _signer(identity),
        timestamper=_Stamper(authority) if authority is not None else None,
        stamp_style=_stamp(autograph, box),
    )
    target = BytesIO()
    try:
        signer.sign_pdf(
            writer,
            existing_fields_only=True,
            bytes_reserved=_RESERVED if authority is None else _RESERVED_WITH_TIME,
            output=target,
        )
    except (SigningError, PdfError) as error:
        raise UserError(f"The file cannot be signed ({error}).", "Write the scorecard anew and sign that.") from None
    document = target.getvalue()
    if authority is not None and not verifying.examine(document).intact:
        raise NotStampedError("The time stamp of the authority cannot be checked.", _WITHOUT)
    return document


def _box_of(writer: IncrementalPdfFileWriter, role: Role) -> tuple[float, float]:
    for name, _value, ref in enumerate_sig_fields(writer):
        if name == role.value:
            x1, y1, x2, y2 = (float(side) for side in ref.get_object()["/Rect"])
            return abs(x2 - x1), abs(y2 - y1)
    raise UserError(f"The file has no place for the {role} to sign.", "Write the scorecard anew and sign that.")


def _signer(identity: SealIdentity) -> signers.SimpleSigner:
    chain = [x509.Certificate.load(one) for one in identity.chain]
    return signers.SimpleSigner(
        signing_cert=chain[0],
        signing_key=keys.PrivateKeyInfo.load(identity.key),
        cert_registry=SimpleCertificateStore.from_certs(chain[1:]),  # type: ignore[no-untyped-call]
    )


class _Stamper(TimeStamper):
    """Asks through the caller's own channel, and looks at the reply before it is believed."""

    def __init__(self, ask: Authority) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._ask = ask

    async def async_request_tsa_response(self, req: Any) -> Any:
        """The reply to one request. NotStampedError for a refusal and for a stamp of something else."""
        reply = self._ask(req.dump())
        try:
            _granted(_Answer.load(reply)["status"])
            response = tsp.TimeStampResp.load(reply, strict=True)
            stamp = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
            same = stamp["message_imprint"].dump() == req["message_imprint"].dump()
            same = same and stamp["nonce"].native == req["nonce"].native
        except (ValueError, TypeError, LookupError, AttributeError):
            raise NotStampedError("The reply of the time-stamp authority cannot be read.", _WITHOUT) from None
        if not same:
            raise NotStampedError("The time-stamp authority stamped something else.", _WITHOUT)
        return response


class _Answer(core.Sequence):  # type: ignore[misc]
    """A reply with or without a stamp; asn1crypto knows only those with one."""

    _fields: ClassVar[list[Any]] = [("status", tsp.PKIStatusInfo), ("stamp", core.Any, {"optional": True})]


def _granted(info: Any) -> None:
    status = info["status"].native
    if status not in ("granted", "granted_with_mods"):
        said = "; ".join(info["status_string"].native or ())
        why = " ".join(f"{status}: {said}".split())[:200].rstrip(": ")
        raise NotStampedError(f"The time-stamp authority refused ({why}).", _WITHOUT)


class _DrawnPage(ImportedPdfPage):
    """A drawing held in memory, where pyHanko would read a file."""

    def __init__(self, drawing: bytes) -> None:
        super().__init__("")  # type: ignore[no-untyped-call]
        self._drawing = drawing

    def render(self) -> bytes:
        """The drawing as content of the signature's box."""
        writer: Any = self.writer
        page = writer.import_page_as_xobject(PdfFileReader(BytesIO(self._drawing)))
        self.resources.xobject["/Drawn"] = page
        x1, y1, x2, y2 = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(x1 - x2), height=abs(y1 - y2))
        return b"/Drawn Do"


def _stamp(autograph: Autograph, size: tuple[float, float]) -> StaticStampStyle:
    return StaticStampStyle(
        background=_DrawnPage(draw_autograph(autograph, size)),
        background_layout=SimpleBoxLayoutRule(
            AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0)
        ),
        border_width=0,
    )
