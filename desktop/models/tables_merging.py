"""The table of what was decided about clients that look alike. Private to `models`."""

from __future__ import annotations

from peewee import TextField

from desktop.models.tables import TracedRow


class ClientPairRow(TracedRow):
    """Two clients by id, name and ZIP as they stood, and the verdict: `merged` (into the other) or `different`."""

    client_id = TextField(null=True)
    client = TextField()
    zip = TextField(null=True)
    other_id = TextField(null=True)
    other = TextField()
    other_zip = TextField(null=True)
    verdict = TextField()

    class Meta:
        table_name = "client_pair"
