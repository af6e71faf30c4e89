"""Seals with a time stamp from a real authority on this computer: what it confirms, what it refuses, what is spoilt."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise

import pytest

from desktop.channels import ask_stamp
from desktop.core.autograph import Autograph, Role
from desktop.reports import certificates, scorecard, signing, verifying
from desktop.reports.certificates import SealIdentity
from tests.channels.stamps import NAME, TimeAuthority, stamp_server
from tests.reports import pages
from tests.reports.test_signing import AT, refused

STAMPED_AT = datetime(2026, 3, 10, 14, 15, tzinfo=UTC)
PRODUCER = Autograph("Dana", Role.PRODUCER, AT, typed="Dana")
MANAGER = Autograph("Max", Role.MANAGER, AT, typed="Max")


@pytest.fixture(scope="module")
def identity() -> SealIdentity:
    return certificates.make_identity("Hollis & Reyes", AT)


@pytest.fixture(scope="module")
def fields() -> bytes:
    page = pages.ordinary()
    return signing.add_fields(scorecard.render([page]), scorecard.signature_boxes(page))


@pytest.fixture
def authority() -> TimeAuthority:
    return TimeAuthority(STAMPED_AT)


@pytest.fixture
def address(authority: TimeAuthority) -> Iterator[str]:
    with stamp_server(authority) as found:
        yield found


def test_both_signatures_bear_the_authoritys_time(
    fields: bytes, identity: SealIdentity, authority: TimeAuthority, address: str
) -> None:
    ask = partial(ask_stamp, address)
    both = signing.seal(signing.seal(fields, PRODUCER, identity, ask), MANAGER, identity, ask)
    assert authority.asked == 2
    assert not refused(both)
    found = verifying.examine(both)
    assert [(one.at, one.stamped_by, one.owner) for one in found.seals] == [(STAMPED_AT, NAME, "Hollis & Reyes")] * 2


def test_every_spoilt_byte_of_a_time_stamp_shows(fields: bytes, identity: SealIdentity, address: str) -> None:
    document, chance = signing.seal(fields, PRODUCER, identity, partial(ask_stamp, address)), random.Random(3)
    start = document.index(b"/Contents <") + len(b"/Contents <")
    used = len(document[start : document.index(b">", start)].rstrip(b"0"))
    for place, after in pairwise(range(start, start + used, 101)):
        spoilt = bytearray(document)
        spoilt[chance.randrange(place, after)] ^= 1 << chance.randrange(8)
        assert refused(bytes(spoilt)), place


@pytest.mark.parametrize(
    ("kind", "words"),
    [("refused", "no more <stamps> today"), ("garbage", "cannot be read"), ("other", "something else")],
)
def test_without_a_time_stamp_nothing_is_sealed(
    fields: bytes, identity: SealIdentity, authority: TimeAuthority, address: str, kind: str, words: str
) -> None:
    authority.kind = kind
    with pytest.raises(signing.NotStampedError, match=words):
        signing.seal(fields, PRODUCER, identity, partial(ask_stamp, address))
