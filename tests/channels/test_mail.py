"""Mail against a real server on this computer: refusals, delays, wrong certificates and passwords, in words."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from desktop.channels import Mail, NotSentError, SmtpSetup, UnsureError, log_in, send
from desktop.errors import UserError
from tests.channels.servers import Inbox, certificate, mail_server

MAIL = Mail("k1", "lee@example.com", "Hello", "Good day.", bulk=True)


def setup_of(port: int, cert: Path | None = None, **changes: object) -> SmtpSetup:
    known = {
        "host": "127.0.0.1",
        "port": port,
        "sender": "oak@agency.test",
        "security": "none" if cert is None else "starttls",
        "ca_file": None if cert is None else str(cert),
        "timeout_s": 3.0,
    }
    return SmtpSetup(**(known | changes))  # type: ignore[arg-type]


def test_a_mail_arrives_over_tls_with_login(tmp_path: Path) -> None:
    inbox, files = Inbox(), certificate(tmp_path)
    with mail_server(inbox, files, login=True) as port:
        setup = setup_of(port, files[0], user="ann")
        log_in(setup, "secret")
        send(setup, "secret", MAIL)
    (mail,) = inbox.mails
    assert mail.rcpt_tos == ["lee@example.com"]
    assert b"Message-ID: <k1@agency.test>" in mail.content and b"subject=STOP" in mail.content


def test_a_wrong_password_is_said(tmp_path: Path) -> None:
    inbox, files = Inbox(), certificate(tmp_path)
    with mail_server(inbox, files, login=True) as port, pytest.raises(NotSentError, match="user name or the password"):
        send(setup_of(port, files[0], user="ann"), "wrong", MAIL)
    assert inbox.mails == []


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    inbox, files = Inbox(), certificate(tmp_path)
    with mail_server(inbox, files) as port, pytest.raises(NotSentError, match="cannot be trusted"):
        send(setup_of(port, files[0], ca_file=None), None, MAIL)
    assert inbox.mails == []


def test_a_server_without_tls_gets_nothing() -> None:
    inbox = Inbox()
    with mail_server(inbox) as port, pytest.raises(NotSentError, match="does not offer"):
        send(setup_of(port, security="starttls"), None, MAIL)
    with pytest.raises(UserError, match="this computer only"):
        send(setup_of(25, host="mail.example.com"), None, MAIL)
    assert inbox.mails == []


@pytest.mark.parametrize(("answer", "again"), [("451 busy", True), ("550 no such user", False)])
def test_refusals_say_whether_to_try_again(answer: str, again: bool) -> None:
    inbox = Inbox()
    with mail_server(inbox) as port:
        inbox.rcpt = answer
        with pytest.raises(NotSentError, match=answer.split()[0]) as refused:
            send(setup_of(port), None, MAIL)
        assert refused.value.again is again
        inbox.rcpt, inbox.answer = "250 OK", answer
        with pytest.raises(NotSentError, match=answer.split()[0]) as refused:
            send(setup_of(port), None, MAIL)
        assert refused.value.again is again


def test_no_answer_before_the_mail_is_tried_again_and_after_it_is_unsure() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        with pytest.raises(NotSentError, match="does not answer") as late:
            send(setup_of(deaf.getsockname()[1], timeout_s=0.3), None, MAIL)
    assert late.value.again
    inbox = Inbox()
    inbox.wait_s = 1.5
    with mail_server(inbox) as port, pytest.raises(UnsureError, match="did not answer"):
        send(setup_of(port, timeout_s=0.4), None, MAIL)


def test_nobody_there_is_said() -> None:
    with socket.socket() as gone:
        gone.bind(("127.0.0.1", 0))
        port = gone.getsockname()[1]
    with pytest.raises(NotSentError, match="cannot be reached") as refused:
        send(setup_of(port), None, MAIL)
    assert refused.value.again
