"""What a time-stamp authority may answer, and what is said of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.channels import NotSentError, ask_stamp
from desktop.errors import UserError
from tests.channels.stamps import TimeAuthority, stamp_server

AT = datetime(2026, 3, 10, 14, 15, tzinfo=UTC)


def test_what_does_not_answer_as_an_authority_is_said_in_words() -> None:
    authority = TimeAuthority(AT)
    authority.kind = "garbage"
    with stamp_server(authority) as address:
        assert ask_stamp(address, b"x") == b"0\x03hello"
        authority.wait_s = 0.5
        with pytest.raises(NotSentError, match="does not answer"):
            ask_stamp(address, b"x", within_s=0.1)
        authority.wait_s, authority.status = 0.0, 503
        with pytest.raises(NotSentError, match="503"):
            ask_stamp(address, b"x")
    with pytest.raises(NotSentError, match=r"cannot be reached .* seal without a time stamp"):
        ask_stamp(address, b"x")


@pytest.mark.parametrize(
    "address", ["ftp://stamps.test/x", "http://[bad", "http://h:99999/", "stamps.test", "http://a b/\n", "http:///x"]
)
def test_what_is_no_address_is_not_asked(address: str) -> None:
    with pytest.raises(UserError, match="not the address"):
        ask_stamp(address, b"x")
