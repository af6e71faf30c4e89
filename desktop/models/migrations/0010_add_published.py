"""Adds published weeks, signed files, sealing certificates and choices, as the tables were when they came; frozen."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, BlobField, IntegerField, Model, TextField


class BookRow(Model):
    class Meta:
        legacy_table_names = False


class PublishedRow(BookRow):
    id = AutoField()
    week = TextField(index=True)
    producer = TextField()
    version = IntegerField()
    content = TextField()
    sha256 = TextField()
    as_of = TextField()
    at = TextField()
    who = TextField()
    last_action = IntegerField()
    chain = TextField()

    class Meta:
        table_name = "published"
        indexes = ((("week", "producer", "version"), True),)


class SignedFileRow(BookRow):
    id = AutoField()
    week = TextField(index=True)
    producer = TextField()
    version = IntegerField()
    kind = TextField()
    roles = TextField()
    name = TextField()
    sha256 = TextField()
    data = BlobField()
    at = TextField()
    who = TextField()

    class Meta:
        table_name = "signed_file"


class SealIdentityRow(BookRow):
    id = AutoField()
    fingerprint = TextField(unique=True)
    certificates = TextField()
    secret = TextField(null=True)
    own = IntegerField()
    ends_at = TextField()
    at = TextField()

    class Meta:
        table_name = "seal_identity"


class SealChoiceRow(BookRow):
    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "seal_choice"


ALL: tuple[type[BookRow], ...] = (PublishedRow, SignedFileRow, SealIdentityRow, SealChoiceRow)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.create_tables(ALL)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.drop_tables(ALL)
