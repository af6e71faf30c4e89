"""Seals a finished PDF: fields for both signatures, then one PAdES signature after the other, each in place.

Knows neither book nor keyring nor what the page says. Imports pyHanko, which takes more than a second: import it late.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from asn1crypto import keys, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers, timestamps
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from desktop.core.autograph import Autograph, Role
from desktop.errors import UserError
from desktop.reports.autographs import draw_autograph
from desktop.reports.certificates import SealIdentity

Box = tuple[float, float, float, float]
_RESERVED, _RESERVED_WITH_TIME = 8_192, 32_768

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


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


def seal(document: bytes, autograph: Autograph, identity: SealIdentity, authority: str = "") -> bytes:
    """The document with the field of the autograph's role signed, appended to what is there.

    `authority`: address of a time-stamp authority, asked when given. UserError when it does not answer, or when the
    field is signed already.
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
        timestamper=timestamps.HTTPTimeStamper(authority) if authority else None,
        stamp_style=_stamp(autograph, box),
    )
    target = BytesIO()
    try:
        signer.sign_pdf(
            writer,
            existing_fields_only=True,
            bytes_reserved=_RESERVED_WITH_TIME if authority else _RESERVED,
            output=target,
        )
    except (TimestampRequestError, OSError) as error:
        raise UserError(
            f"The time-stamp authority {authority} did not answer ({type(error).__name__}).",
            "Check its address and the connection, or sign without it.",
        ) from None
    except (SigningError, PdfError) as error:
        raise UserError(f"The file cannot be signed ({error}).", "Write the scorecard anew and sign that.") from None
    return target.getvalue()


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
