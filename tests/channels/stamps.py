"""A time-stamp authority on this computer (RFC 3161), with a certificate of its own, that answers as told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

NAME = "Tick Tock Time Authority"


@cache
def _identity() -> tuple[bytes, bytes]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=4_000))
        .not_valid_after(now + timedelta(days=4_000))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    packed = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return packed, made.public_bytes(serialization.Encoding.DER)


class TimeAuthority:
    """How the authority answers: `kind` granted, refused, garbage, other (a stamp of something else) or page."""

    def __init__(self, at: datetime) -> None:
        key, certificate = _identity()
        self.kind = "granted"
        self.status = 200
        self.wait_s = 0.0
        self.asked = 0
        self._stamper = DummyTimeStamper(  # type: ignore[no-untyped-call]
            asn1_x509.Certificate.load(certificate), keys.PrivateKeyInfo.load(key), SimpleCertificateStore(), at
        )

    def reply(self, request: bytes) -> bytes:
        """The reply to a request, both DER."""
        self.asked += 1
        if self.kind == "garbage":
            return b"0\x03hello"
        if self.kind == "refused":
            said = b"no more <stamps> today"
            inside = b"\x02\x01\x02" + b"\x30" + bytes([len(said) + 2]) + b"\x0c" + bytes([len(said)]) + said
            status = b"\x30" + bytes([len(inside)]) + inside
            return b"\x30" + bytes([len(status)]) + status
        wanted: Any = tsp.TimeStampReq.load(request)
        if self.kind == "other":
            wanted["message_imprint"]["hashed_message"] = b"\7" * 32
        reply: Any = self._stamper.request_tsa_response(wanted)  # type: ignore[no-untyped-call]
        return bytes(reply.dump())


@contextmanager
def stamp_server(authority: TimeAuthority) -> Iterator[str]:
    """Serves the authority; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(authority.wait_s)
            body = authority.reply(request)
            self.send_response(authority.status)
            self.send_header("Content-Type", "text/html" if authority.kind == "page" else "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            # who asked may have given up waiting
            with suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
