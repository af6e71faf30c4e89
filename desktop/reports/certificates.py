"""Certificates to seal with: made for an agency, or read from a PKCS#12 file. Keys are bytes in memory, never files.

Knows no keyring and no book.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates
from cryptography.x509.oid import NameOID

from desktop.errors import UserError

LASTS_YEARS = 3
_MOST_NAME = 64


@dataclass(frozen=True, slots=True)
class SealIdentity:
    """A key with its certificate (DER), the signer's first; `fingerprint` is the certificate's SHA-256 in hex."""

    key: bytes = field(repr=False)
    chain: tuple[bytes, ...]

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.chain[0])


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a certificate in DER, in hex."""
    return x509.load_der_x509_certificate(certificate).fingerprint(hashes.SHA256()).hex()


def make_identity(agency: str, at: datetime) -> SealIdentity:
    """A new P-256 key and a certificate for it in the agency's name, good for three years from the day before `at`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _fitting(agency))])
    start = at.replace(tzinfo=UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * LASTS_YEARS + 1))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return SealIdentity(_packed(key), (certificate.public_bytes(Encoding.DER),))


def ends_at(certificate: bytes) -> datetime:
    """Until when a certificate (DER) is good, UTC without a zone."""
    return x509.load_der_x509_certificate(certificate).not_valid_after_utc.replace(tzinfo=None)


def name_of(certificate: bytes) -> str:
    """Whose certificate (DER) it is, in words."""
    subject = x509.load_der_x509_certificate(certificate).subject
    found = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else subject.rfc4514_string()


def is_made_here(certificate: bytes) -> bool:
    """Whether a certificate (DER) bears its own name as issuer, as those that this program makes do."""
    found = x509.load_der_x509_certificate(certificate)
    return found.subject == found.issuer


def fits(identity: SealIdentity) -> bool:
    """Whether the key is the one that the certificate is for."""
    key = load_der_private_key(identity.key, None)
    certificate = x509.load_der_x509_certificate(identity.chain[0])
    return key.public_key() == certificate.public_key()


def read_pkcs12(data: bytes, password: str) -> SealIdentity:
    """The identity in a PKCS#12 file. UserError when it cannot be opened or holds no key that can sign."""
    try:
        key, certificate, others = load_key_and_certificates(data, password.encode() or None)
    except ValueError:
        raise UserError(
            "The certificate file cannot be opened.", "Check the file (.p12 or .pfx) and its password."
        ) from None
    if certificate is None or not isinstance(key, (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey)):
        raise UserError("The certificate file holds no key that can sign.", "Export it again with its private key.")
    chain = tuple(one.public_bytes(Encoding.DER) for one in (certificate, *others))
    return SealIdentity(_packed(key), chain)


def read_certificate(data: bytes) -> bytes:
    """A certificate file (PEM or DER) as DER. UserError when it is none."""
    try:
        read = x509.load_pem_x509_certificate if b"-----BEGIN" in data else x509.load_der_x509_certificate
        return read(data).public_bytes(Encoding.DER)
    except ValueError:
        raise UserError("The file holds no certificate.", "Choose a file that ends with .pem, .cer or .crt.") from None


def to_pem(certificate: bytes) -> bytes:
    """A certificate (DER) as the text that others import."""
    return x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM)


def _packed(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _fitting(agency: str) -> str:
    text = " ".join("".join(one for one in agency if one.isprintable()).split()) or "Insurance agency"
    return text[:_MOST_NAME]
