"""Starts the program: `producer-desk` and `python -m desktop`.

Knows only where the commands are; what they do, and whether a window opens, is theirs to decide.
"""

import sys

READ_WORKBOOK = "--read-workbook"
EXAMINE_SEALS = "--examine-seals"


def main() -> int:
    """Runs the command line given to the process and returns its exit code (0 done, 1 refused, 2 wrong usage)."""
    if sys.argv[1:2] == [READ_WORKBOOK]:
        # The packed program is its own interpreter: this is the process apart that reads a workbook.
        from desktop.importers.workbook import main as read_workbook

        return read_workbook(sys.argv[2:])
    if sys.argv[1:2] == [EXAMINE_SEALS]:
        from desktop.reports.examiner import main as examine_seals

        return examine_seals(sys.argv[2:])
    from desktop.cli import main as run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
