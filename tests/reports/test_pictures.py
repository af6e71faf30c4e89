"""Logos."""

from __future__ import annotations

import pytest

from desktop.errors import UserError
from desktop.reports.pictures import check_picture, fitted_size
from tests.reports.pages import logo


def test_a_logo_keeps_its_proportions() -> None:
    check_picture(logo())
    assert fitted_size(logo(), 60, 60) == (60, 20)
    assert fitted_size(logo(), 600, 30) == (90, 30)


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", logo()[:60]])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        check_picture(data)


def test_a_picture_too_large_is_refused() -> None:
    with pytest.raises(UserError, match="too large"):
        check_picture(logo() + b"\0" * 4_000_001)
