"""The command line's grammar: wrong usage is exit code 2 before anything is opened."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop.cli.parsing import moment, parse, span, week


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "dashboard --from 2026-03-01",
        "dashboard --from 03/01/2026 --to 2026-03-31",
        "records --from 2026-03-01 --to 2026-03-31",
        "undo",
        "undo twelve",
        "import",
        "import a.csv --period 2026-03-31..2026-03-01",
        "scorecard --week 2026-10 --all --out x",
        "scorecard --week 2026-W54 --all --out x",
        "scorecard --week 2026-W10 --out x",
        "scorecard --week 2026-W10 --all --producer P01 --out x",
        "settings",
        "settings set paper",
        "demo --producers many",
        "dashboard --from 2026-03-01 --to 2026-03-31 --as-of 2026-03-31T10:00:00Z",
        "kpi --from 0001-01-01 --to 2026-03-31",
        "kpi --from 2026-03-01 --to 9999-12-31",
        "kpi --from 2026-03-01 --to 2026-03-31 --as-of 0001-01-01",
    ],
)
def test_wrong_usage(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(line.split())
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_day_as_of_means_its_end() -> None:
    assert moment("2026-03-31") == datetime(2026, 3, 31, 23, 59, 59)
    assert moment("2026-03-31T00:00:00") == datetime(2026, 3, 31)


def test_spans_and_weeks() -> None:
    assert span("2026-03-01..2026-03-31") == (date(2026, 3, 1), date(2026, 3, 31))
    assert week("2026-W53") == "2026-W53"


def test_book_and_json_go_before_or_after_the_command() -> None:
    for line in ("--book b --json check", "check --book b --json"):
        options = parse(line.split())
        assert (str(options.book), options.json, options.command) == ("b", True, "check")
