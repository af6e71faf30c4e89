"""Finds records that stand for several of a kind without a look at all others."""

from __future__ import annotations

from typing import Any

NAME = "activity_totals"


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(f'CREATE INDEX "{NAME}" ON "activity" ("occurred_at") WHERE "count" > 1')


def down(migrator: Any, db: Any) -> None:
    db.execute_sql(f'DROP INDEX "{NAME}"')
