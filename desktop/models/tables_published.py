"""What is published and signed: frozen weeks, signed files and scans, sealing certificates. Private to `models`.

Rows of `published` and `signed_file` come and stay; no code changes one.
"""

from __future__ import annotations

from peewee import AutoField, BlobField, IntegerField, TextField

from desktop.models.tables import BookRow


class PublishedRow(BookRow):
    """One producer's scorecard of a week as it was published: `content` is canonical JSON, `chain` its seal.

    `chain` is the SHA-256 over the chain of the row before and all fields of this one.
    """

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
    """A signed scorecard or the scan of one: `kind` is `sealed` or `scan`, `roles` who has signed it."""

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
    """A certificate: the agency's own (`secret`: where its key is) or one that is trusted (`own` 0).

    `secret` is `keyring`, or the key itself in Base64 where the computer has no keyring.
    """

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
    """A choice about sealing, such as the address of a time-stamp authority."""

    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "seal_choice"
