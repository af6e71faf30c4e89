"""The keyring's door; the real keyring is tested with the books."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import credentials
from desktop.errors import UserError


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("PRODUCER_DESK_KEYRING", raising=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    BACKENDS.cache_clear()
    yield
    BACKENDS.cache_clear()


BACKENDS = credentials._backends


class Stuck:
    """A keyring that waits for somebody who never comes."""

    def get_password(self, _service: str, _name: str) -> str | None:
        threading.Event().wait(5)
        return None


class Locked:
    def get_password(self, _service: str, _name: str) -> str | None:
        from keyring.errors import KeyringLocked

        raise KeyringLocked("hunter2")


def test_without_a_bus_nothing_is_imported(tmp_path: Path) -> None:
    code = (
        "import sys; from desktop import credentials\n"
        "assert not credentials.available() and credentials.get('x') is None; credentials.delete('x')\n"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('keyring', 'secretstorage')]"
    )
    root = str(Path(__file__).parents[1])
    environment = {"PYTHONPATH": root, "XDG_RUNTIME_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_a_plain_text_back_end_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
    assert not credentials.available()
    with pytest.raises(UserError, match="no keyring"):
        credentials.set("a", "b")


def test_a_keyring_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "_backends", lambda: (Stuck(),))
    with pytest.raises(UserError, match="did not answer"):
        credentials.get("a", within_s=0.05)


def test_a_locked_keyring_is_said_so_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "_backends", lambda: (Locked(),))
    with pytest.raises(UserError, match="locked") as caught:
        credentials.get("a")
    assert "hunter2" not in str(caught.value)


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "_backends", lambda: (Locked(),))
    monkeypatch.setenv("PRODUCER_DESK_KEYRING", "off")
    assert not credentials.available()
    assert credentials.get("a") is None
