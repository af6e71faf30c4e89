"""The installed program, run as a user's job runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROGRAM = Path(sys.executable).with_name("producer-desk.exe" if os.name == "nt" else "producer-desk")


@dataclass
class Program:
    """Runs commands on one book in a folder of its own."""

    home: Path
    passphrase: str = "correct horse"
    extra: dict[str, str] = field(default_factory=dict)
    patience_s: int = 120
    """How long a command may hang, on a machine that has other work, before it counts as stuck."""

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run one command; nothing is asserted."""
        environment = {
            **{key: value for key, value in os.environ.items() if key != "DBUS_SESSION_BUS_ADDRESS"},
            "PRODUCER_DESK_HOME": str(self.home),
            "PRODUCER_DESK_PASSPHRASE": self.passphrase,
            "QT_QPA_PLATFORM": "offscreen",
            **self.extra,
        }
        return subprocess.run(
            [str(PROGRAM), *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=self.patience_s,
            check=False,
        )

    def ask(self, *arguments: object) -> Any:
        """Run a command that must succeed, and return its JSON answer."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def refusal(self, *arguments: object) -> str:
        """Run a command that must be refused with one clear line, and return that line."""
        done = self.run(*arguments)
        assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)
        assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr, done.stderr
        return done.stderr.strip()
