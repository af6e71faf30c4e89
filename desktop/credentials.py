"""Secrets in the system's own keyring, and nowhere else: the only home of `keyring`.

Knows which back ends keep secrets encrypted (Windows, macOS, Secret Service, KWallet) and asks no others: one that
writes plain text is never used, whatever the machine's configuration says. Secrets are in no log and no error.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop.errors import UserError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Producer Desk"
SWITCH = "PRODUCER_DESK_KEYRING"
"""Set to `off`, no keyring is asked (unattended jobs, tests on a developer's desktop)."""
ANSWER_WITHIN_S = 60.0
_START_WITHIN_S = 10.0
_BACKENDS = {
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
    "darwin": (("keyring.backends.macOS", "Keyring"),),
}
_LINUX = (("keyring.backends.SecretService", "Keyring"), ("keyring.backends.kwallet", "DBusKeyring"))
T = TypeVar("T")


def available() -> bool:
    """Whether this machine has a keyring that keeps secrets encrypted; asked once, as it costs 0.2 s."""
    return not switched_off() and _may_exist() and bool(_backends())


def switched_off() -> bool:
    """Whether the user has told the program to leave the keyring alone."""
    return os.environ.get(SWITCH, "").casefold() == "off"


def get(name: str, within_s: float = ANSWER_WITHIN_S) -> str | None:
    """The secret called `name`, or None where none is kept.

    UserError when no keyring answers within `within_s` seconds, or it stays locked.
    """
    if not available():
        return None
    problem: UserError | None = None
    for backend in _backends():
        try:
            secret = _ask(partial(backend.get_password, SERVICE, name), within_s)
        except UserError as error:
            problem = problem or error
            continue
        if secret is not None:
            return secret
    if problem is not None:
        raise problem
    return None


def set(name: str, secret: str) -> None:  # noqa: A001 - read as credentials.set
    """Keep `secret` under `name`; UserError when there is no keyring or it refuses."""
    if not available():
        raise UserError("This computer has no keyring.", "Set a passphrase instead.")
    _ask(partial(_backends()[0].set_password, SERVICE, name, secret), ANSWER_WITHIN_S)


def delete(name: str) -> None:
    """Forget the secret called `name`; forgetting what is not there does no harm."""
    if not available():
        return
    for backend in _backends():
        if _ask(partial(backend.get_password, SERVICE, name), ANSWER_WITHIN_S) is not None:
            _ask(partial(backend.delete_password, SERVICE, name), ANSWER_WITHIN_S)


def _may_exist() -> bool:
    """A look that costs nothing: on Linux every keyring sits behind the session bus."""
    if sys.platform in _BACKENDS:
        return True
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    runtime = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    return (Path(runtime) / "bus").exists()


@cache
def _backends() -> tuple[KeyringBackend, ...]:
    """The encrypted keyrings that answer here, best first; none when the bus does not answer in time."""
    try:
        return _within(_START_WITHIN_S, _find_backends)
    except TimeoutError:
        return ()


def _find_backends() -> tuple[KeyringBackend, ...]:
    found = []
    for module, name in _BACKENDS.get(sys.platform, _LINUX):
        backend_class = getattr(import_module(module), name)
        try:
            priority = backend_class.priority
        except _failures():
            # A service that is not there, or a bus that died and left its address behind.
            continue
        found.append((priority, backend_class()))
    return tuple(backend for _priority, backend in sorted(found, key=lambda pair: -pair[0]))


def _ask(question: Callable[[], T], within_s: float) -> T:
    """Ask the keyring; its own errors in words, without what was asked."""
    try:
        return _within(within_s, question)
    except TimeoutError:
        raise UserError(
            "The system keyring did not answer.", f"Unlock it, or set {SWITCH}=off to do without."
        ) from None
    except _failures() as error:
        raise UserError(
            f"The system keyring is locked or refused ({type(error).__name__}).", "Unlock it and try again."
        ) from None


@cache
def _failures() -> tuple[type[Exception], ...]:
    """What a back end, or the bus below it, raises when it cannot serve."""
    from keyring.errors import KeyringError

    own: tuple[type[Exception], ...] = (KeyringError, RuntimeError, OSError, ValueError)
    if sys.platform in _BACKENDS:
        return own
    with suppress(ImportError):
        own += (import_module("jeepney").DBusErrorResponse,)
    with suppress(ImportError):
        own += (import_module("secretstorage").exceptions.SecretStorageException,)
    return own


def _within(seconds: float, work: Callable[[], T]) -> T:
    """The result of `work`, done in another thread because a keyring may wait for ever; TimeoutError when too late."""
    outcome: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
            failure.append(error)

    worker = threading.Thread(target=run, name="keyring", daemon=True)
    worker.start()
    worker.join(seconds)
    if worker.is_alive():
        raise TimeoutError
    if failure:
        raise failure[0]
    return outcome[0]
