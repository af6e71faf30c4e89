"""What opens a book: a 32-byte key and the 16-byte salt that stands in the clear at the start of its file.

Knows how a key is made and derived, not where it is kept: a `KeySource` is handed in.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Protocol

KEY_BYTES = 32
SALT_BYTES = 16
# SQLCipher 4's own derivation, so that any SQLCipher tool opens the book with the passphrase.
_ROUNDS = 256_000


@dataclass(frozen=True, slots=True)
class Key:
    """A book's key; never shown, not even in a traceback."""

    secret: bytes = field(repr=False)
    salt: bytes
    from_passphrase: bool = False

    def pragma(self) -> str:
        """The statement that unlocks a connection (it holds the key: never log it)."""
        return f"PRAGMA key = \"x'{self.secret.hex()}{self.salt.hex()}'\""


class KeySource(Protocol):
    """Where keys are kept."""

    def find(self, salt: bytes) -> Key:
        """The key of the book that starts with `salt`; UserError saying what to do when there is none."""

    def create(self) -> Key:
        """A new book's key, kept for later; UserError when it can be kept nowhere."""


def random_key() -> Key:
    """A key and salt that nobody has used before."""
    return Key(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(SALT_BYTES))


def derive(passphrase: str, salt: bytes) -> Key:
    """The key that SQLCipher itself derives from `passphrase` for a file with this salt; slow on purpose."""
    secret = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, _ROUNDS, KEY_BYTES)
    return Key(secret, salt, from_passphrase=True)


def derive_new(passphrase: str) -> Key:
    """A new book's key, derived from `passphrase` and a salt of its own."""
    return derive(passphrase, secrets.token_bytes(SALT_BYTES))


class HeldKeys:
    """Keys held in memory alone, for a book that is thrown away (the demo agency) or whose key somebody hands in."""

    def __init__(self, *keys: Key) -> None:
        self._keys = {key.salt: key for key in keys}

    def find(self, salt: bytes) -> Key:
        from desktop.errors import UserError

        if salt not in self._keys:
            raise UserError("This book's key is gone with the session that made it.", "Make a new one.")
        return self._keys[salt]

    def create(self) -> Key:
        key = random_key()
        self._keys[key.salt] = key
        return key
