"""Finds the activities in a client's name without a look at all others; nearly all activities name none."""

from __future__ import annotations

from typing import Any

NAME = "activity_client"


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(f'CREATE INDEX "{NAME}" ON "activity" ("client", "occurred_at") WHERE "client" IS NOT NULL')


def down(migrator: Any, db: Any) -> None:
    db.execute_sql(f'DROP INDEX "{NAME}"')
