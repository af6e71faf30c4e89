"""Texts by an HTTPS hook: one JSON document posted to an address that the agency's text service gives.

Never to an unencrypted address but this computer's. Must not know what is written or to whom it matters.
"""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from desktop.channels.errors import NotSentError, UnsureError
from desktop.errors import UserError

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LATER = "It is tried again later."


@dataclass(frozen=True, slots=True)
class HookSetup:
    """A hook: the names of the fields for number and text, fixed `extra` fields, and the header for the secret."""

    url: str
    to_field: str = "to"
    text_field: str = "text"
    header: str = "Authorization"
    prefix: str = "Bearer "
    extra: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float = 20.0
    ca_file: str | None = None

    def check(self) -> None:
        """UserError for an address that cannot work or would send in the clear."""
        parts = urlsplit(self.url)
        if parts.scheme not in {"https", "http"} or not parts.hostname:
            raise UserError("The text service is not set up.", "Enter its address, such as https://texts.example/send.")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise UserError("Texts are sent over HTTPS only.", "Enter an address that starts with https://.")


def post(setup: HookSetup, secret: str | None, key: str, to: str, text: str) -> None:
    """Post one text; `key` is the same for every attempt.

    NotSentError when it surely was not taken, UnsureError when no answer came after it was posted, UserError for a
    wrong set-up.
    """
    setup.check()
    parts = urlsplit(setup.url)
    host = parts.hostname or ""
    body = json.dumps({**setup.extra, setup.to_field: to, setup.text_field: text}).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    if secret:
        headers[setup.header] = f"{setup.prefix}{secret}"
    connection = _connection(setup, parts.scheme, host, parts.port)
    try:
        _connect(connection, host)
        status, reason = _exchange(connection, parts.path or "/", parts.query, body, headers, host)
    finally:
        connection.close()
    _judge(status, reason, host)


def _connection(setup: HookSetup, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=setup.timeout_s)
    context = ssl.create_default_context(cafile=setup.ca_file)
    return http.client.HTTPSConnection(host, port, timeout=setup.timeout_s, context=context)


def _connect(connection: http.client.HTTPConnection, host: str) -> None:
    try:
        connection.connect()
    except ssl.SSLError as error:
        why = getattr(error, "verify_message", "") or error.reason or "no secure connection"
        raise NotSentError(
            f"The text service {host} cannot be trusted: {why}.", "Check its address.", again=True
        ) from None
    except TimeoutError:
        raise NotSentError(f"The text service {host} does not answer.", _LATER, again=True) from None
    except OSError:
        raise NotSentError(f"The text service {host} cannot be reached.", _LATER, again=True) from None


def _exchange(
    connection: http.client.HTTPConnection, path: str, query: str, body: bytes, headers: Mapping[str, str], host: str
) -> tuple[int, str]:
    try:
        connection.request("POST", f"{path}?{query}" if query else path, body, dict(headers))
        answer = connection.getresponse()
        answer.read(10_000)
        return answer.status, answer.reason
    except (http.client.HTTPException, OSError):
        raise UnsureError(
            f"The text service {host} took the text and did not answer.",
            "It may have arrived; look in the service's log before writing again.",
        ) from None


def _judge(status: int, reason: str, host: str) -> None:
    if 200 <= status < 300:
        return
    if status in {401, 403}:
        raise NotSentError(f"The text service {host} refuses the secret.", "Enter it again in Settings.", again=True)
    again = status in {408, 425, 429} or status >= 500
    raise NotSentError(
        f"The text service {host} refuses: {status} {reason}.", _LATER if again else "Check its set-up.", again=again
    )
