"""Lists of active policies, told from lists with lost ones and from reports of new business."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.core.actives import Actives

TODAY = date(2026, 3, 10)
Term = tuple[str, str, str | None, str | None]


def alone(*terms: Term, snapshot: bool = False) -> bool:
    actives = Actives(TODAY)
    for term in terms:
        actives.look_at(*term, snapshot=snapshot)
    return actives.alone


OLD: Term = ("A", "2025-06-01", None, None)
NEW: Term = ("B", "2026-03-01", "2027-03-01", None)


def test_a_list_that_reaches_back_and_has_nobody_lost_is_named() -> None:
    assert alone(OLD, NEW)
    assert not alone(NEW) and alone(NEW, snapshot=True)
    assert not alone()


@pytest.mark.parametrize(
    "lost",
    [
        ("C", "2024-06-01", None, None),
        ("C", "2025-06-01", "2026-03-10", None),
        ("C", "2025-06-01", None, "2026-01-31"),
        ("C", "2025-06-01", None, "2026-03-10"),
    ],
)
def test_one_that_is_over_is_enough(lost: Term) -> None:
    assert not alone(OLD, NEW, lost) and not alone(OLD, lost, snapshot=True)


def test_a_renewed_policy_goes_on_and_one_that_ends_later_is_still_active() -> None:
    assert alone(OLD, ("C", "2024-06-01", None, None), ("C", "2025-06-01", None, None))
    assert alone(OLD, ("C", "2025-06-01", None, "2026-03-11"))
