"""The commands of the product without its window: parse, call one service each, print. No logic of its own.

Never imports Qt unless a command draws (`tour`, the window itself).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from desktop.cli.parsing import parse
from desktop.errors import AppError

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; returns its exit code: 0 done, 1 refused or failed, 2 wrong usage."""
    logging.getLogger("desktop").addHandler(logging.NullHandler())
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = parse(given)
    from desktop.cli import commands, printing

    try:
        answer = commands.run(options)
    except AppError as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return _refuse("Stopped; nothing was changed.")
    except BrokenPipeError:
        return DONE
    except Exception as error:  # noqa: BLE001 - the boundary: a fault of ours is one clear line and a report
        return _refuse(_report(error))
    if answer is None:
        return DONE
    printing.show(answer, as_json=options.json)
    return answer.code


def _refuse(text: str) -> int:
    sys.stderr.write(" ".join(text.split()) + "\n")
    return REFUSED


def _report(error: Exception) -> str:
    from desktop import logs, paths

    file = logs.start(paths.folders().logs)
    logs.log().error("A command failed", exc_info=error)
    return (
        f"Producer Desk made a mistake ({type(error).__name__}); nothing was changed. Please send us the report {file}."
    )
