"""Mail by SMTP, over TLS unless the server is this computer. Must not know what is written or to whom it matters."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

from desktop.channels.errors import NotSentError, UnsureError
from desktop.errors import UserError

SECURITY = ("starttls", "ssl", "none")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LATER = "It is tried again later."


@dataclass(frozen=True, slots=True)
class SmtpSetup:
    """A mail server: `security` is starttls, ssl, or none (only on this computer); `ca_file` trusts another issuer."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    timeout_s: float = 20.0
    ca_file: str | None = None

    def check(self) -> None:
        """UserError for what cannot work or would send a password in the clear."""
        if not self.host or not 0 < self.port < 65536 or "@" not in self.sender:
            raise UserError("The mail server is not set up.", "Enter its name, port and the sender's address.")
        if self.security not in SECURITY:
            raise UserError(f"There is no security {self.security}.", "Choose STARTTLS or SSL.")
        if self.security == "none" and self.host not in _LOOPBACK:
            raise UserError("Mail without encryption is sent to this computer only.", "Choose STARTTLS or SSL.")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: its name, its bytes, and its kind as mail programs call it."""

    name: str
    data: bytes
    kind: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail; `key` is the same for every attempt at the same message. `bulk`: it goes to a lead, not a colleague."""

    key: str
    to: str
    subject: str
    body: str
    bulk: bool = False
    attachments: tuple[Attachment, ...] = ()


def send(setup: SmtpSetup, password: str | None, mail: Mail) -> None:
    """Hand one mail to the server.

    NotSentError when it surely did not go, UnsureError when no answer came after it was handed over, UserError for a
    wrong set-up.
    """
    setup.check()
    message = _message(setup, mail)
    with _in_words(setup), _session(setup, password) as session:
        _answered(session.mail(setup.sender), setup.sender)
        _answered(session.rcpt(mail.to), mail.to)
        try:
            answer = session.data(message.as_bytes(policy=SMTP))
        except smtplib.SMTPDataError:
            raise
        except (smtplib.SMTPServerDisconnected, OSError):
            raise UnsureError(
                f"The mail server {setup.host} took the mail and did not answer.",
                "It may have arrived; look in the sent mail before writing again.",
            ) from None
        _answered(answer, mail.to)


def log_in(setup: SmtpSetup, password: str | None) -> None:
    """Connect and log in without sending; raises as `send`."""
    setup.check()
    with _in_words(setup), _session(setup, password):
        pass


@contextmanager
def _session(setup: SmtpSetup, password: str | None) -> Iterator[smtplib.SMTP]:
    if setup.security == "ssl":
        session: smtplib.SMTP = smtplib.SMTP_SSL(
            setup.host, setup.port, timeout=setup.timeout_s, context=_trusting(setup)
        )
    else:
        session = smtplib.SMTP(setup.host, setup.port, timeout=setup.timeout_s)
    try:
        session.ehlo()
        if setup.security == "starttls":
            session.starttls(context=_trusting(setup))
            session.ehlo()
        if setup.user:
            session.login(setup.user, password or "")
        yield session
        with suppress(smtplib.SMTPException, OSError):
            session.quit()
    finally:
        session.close()


def _trusting(setup: SmtpSetup) -> ssl.SSLContext:
    """Made only where it is used: reading the system's certificates takes longer than a mail in plain."""
    return ssl.create_default_context(cafile=setup.ca_file)


def _message(setup: SmtpSetup, mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = setup.sender, mail.to, " ".join(mail.subject.split())
    message["Date"] = formatdate(localtime=True)
    # The same for every attempt, so that a server that saw it before can tell.
    domain = setup.sender.rpartition("@")[2].strip("> ") or "localhost"
    message["Message-ID"] = f"<{mail.key}@{domain}>" if mail.key else make_msgid(domain=domain)
    if mail.bulk:
        message["List-Unsubscribe"] = f"<mailto:{setup.sender}?subject=STOP>"
    message.set_content(mail.body)
    for file in mail.attachments:
        main, _, sub = file.kind.partition("/")
        message.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name)
    return message


def _answered(answer: tuple[int, bytes], address: str) -> None:
    code, words = answer
    if code >= 400:
        raise NotSentError(
            f"The mail server refuses {address}: {code} {_plain(words)}.",
            _LATER if code < 500 else "Check the address.",
            again=code < 500,
        )


@contextmanager
def _in_words(setup: SmtpSetup) -> Iterator[None]:
    """What smtplib and the network raise, in words."""
    server = f"The mail server {setup.host}"
    try:
        yield
    except smtplib.SMTPAuthenticationError:
        raise NotSentError(
            f"{server} refuses the user name or the password.", "Enter them again in Settings.", again=True
        ) from None
    except smtplib.SMTPNotSupportedError as error:
        raise NotSentError(f"{server} does not offer this: {error}.", "Choose other security.", again=True) from None
    except smtplib.SMTPResponseException as error:
        raise NotSentError(
            f"{server} refuses: {error.smtp_code} {_plain(error.smtp_error)}.",
            _LATER if error.smtp_code < 500 else "Ask whoever runs the server.",
            again=error.smtp_code < 500,
        ) from None
    except ssl.SSLError as error:
        why = getattr(error, "verify_message", "") or error.reason or "no secure connection"
        raise NotSentError(
            f"{server} cannot be trusted: {why}.", "Check its name, port and security.", again=True
        ) from None
    except (TimeoutError, smtplib.SMTPServerDisconnected):
        raise NotSentError(f"{server} does not answer.", _LATER, again=True) from None
    except (smtplib.SMTPException, OSError):
        raise NotSentError(f"{server} cannot be reached.", _LATER, again=True) from None


def _plain(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:200].rstrip(".")
