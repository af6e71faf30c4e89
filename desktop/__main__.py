"""Starts the program: `producer-desk` and `python -m desktop`.

Knows only where the commands are; what they do, and whether a window opens, is theirs to decide.
"""

import sys


def main() -> int:
    """Runs the command line given to the process and returns its exit code (0 done, 1 refused, 2 wrong usage)."""
    from desktop.cli import main as run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
