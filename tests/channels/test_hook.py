"""The hook against a real HTTP server on this computer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.channels import HookSetup, NotSentError, UnsureError, post
from desktop.errors import UserError
from tests.channels.servers import Hook, certificate, hook_server


def test_a_text_is_posted_over_tls_with_its_secret(tmp_path: Path) -> None:
    hook, files = Hook(), certificate(tmp_path)
    with hook_server(hook, files) as port:
        setup = HookSetup(
            f"https://127.0.0.1:{port}/send?v=1", "number", "body", extra={"from": "1"}, ca_file=str(files[0])
        )
        post(setup, "s3cret", "k1", "+12125550100", "Hello")
    headers, body = hook.posts[0]
    assert json.loads(body) == {"from": "1", "number": "+12125550100", "body": "Hello"}
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer s3cret", "k1")


def test_a_certificate_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    hook, files = Hook(), certificate(tmp_path)
    with hook_server(hook, files) as port, pytest.raises(NotSentError, match="cannot be trusted"):
        post(HookSetup(f"https://127.0.0.1:{port}/", timeout_s=3), "s", "k1", "+1", "Hello")
    assert hook.posts == []


def test_an_unencrypted_address_elsewhere_is_refused() -> None:
    with pytest.raises(UserError, match="HTTPS only"):
        post(HookSetup("http://texts.example.com/"), "s", "k1", "+1", "Hello")


@pytest.mark.parametrize(("status", "again", "words"), [(401, True, "secret"), (503, True, "503"), (422, False, "422")])
def test_refusals_say_whether_to_try_again(status: int, again: bool, words: str) -> None:
    hook = Hook()
    hook.status = status
    with hook_server(hook) as port, pytest.raises(NotSentError, match=words) as refused:
        post(HookSetup(f"http://127.0.0.1:{port}/"), "s", "k1", "+1", "Hello")
    assert refused.value.again is again


def test_no_answer_after_the_text_is_unsure() -> None:
    hook = Hook()
    hook.wait_s = 1.0
    with hook_server(hook) as port, pytest.raises(UnsureError, match="did not answer"):
        post(HookSetup(f"http://127.0.0.1:{port}/", timeout_s=0.3), "s", "k1", "+1", "Hello")
    with pytest.raises(NotSentError, match="cannot be reached"):
        post(HookSetup(f"http://127.0.0.1:{port}/", timeout_s=0.3), "s", "k1", "+1", "Hello")
