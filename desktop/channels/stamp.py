"""Time stamps by HTTP (RFC 3161): one request posted to an authority, its reply as bytes.

An unencrypted address is fine here: what is sent is a digest, what comes back is signed. Must not know what is stamped
or how a reply is built.
"""

from __future__ import annotations

import http.client
import ssl
from urllib.parse import urlsplit

from desktop.channels.errors import NotSentError
from desktop.errors import UserError

ANSWER_WITHIN_S = 10.0
_MOST_REPLY = 200_000
_WITHOUT = "Check its address and the connection, or seal without a time stamp."
_HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


def ask_stamp(address: str, request: bytes, within_s: float = ANSWER_WITHIN_S) -> bytes:
    """The authority's reply to a request, both DER. UserError for an address that cannot work; NotSentError when no
    such reply comes."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.scheme not in {"http", "https"} or not (address.isascii() and address.isprintable()):
        raise UserError(f"{address} is not the address of a time-stamp authority.", "Enter it again in Settings.")
    connection = _connection(parts.scheme, host, port, within_s)
    try:
        connection.request("POST", _target(parts.path, parts.query), request, _HEADERS)
        answer = connection.getresponse()
        kind = answer.headers.get_content_type()
        reply = answer.read(_MOST_REPLY + 1)
    except TimeoutError:
        raise NotSentError(f"The time-stamp authority {host} does not answer.", _WITHOUT, again=True) from None
    except (http.client.HTTPException, ssl.SSLError, OSError, UnicodeError) as error:
        raise NotSentError(
            f"The time-stamp authority {host} cannot be reached ({_why(error)}).", _WITHOUT, again=True
        ) from None
    finally:
        connection.close()
    if answer.status != 200:
        said = f"{answer.status} {answer.reason}".strip()
        raise NotSentError(f"The time-stamp authority {host} refuses: {said}.", _WITHOUT, again=answer.status >= 500)
    if kind != "application/timestamp-reply" or len(reply) > _MOST_REPLY:
        raise NotSentError(f"What answers at {host} is no time-stamp authority.", _WITHOUT, again=False)
    return reply


def _connection(scheme: str, host: str, port: int | None, within_s: float) -> http.client.HTTPConnection:
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=within_s)
    return http.client.HTTPSConnection(host, port, timeout=within_s, context=ssl.create_default_context())


def _target(path: str, query: str) -> str:
    return f"{path or '/'}?{query}" if query else path or "/"


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return getattr(error, "verify_message", "") or "no secure connection"
    return getattr(error, "strerror", None) or type(error).__name__
