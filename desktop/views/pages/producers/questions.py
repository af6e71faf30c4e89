"""What a number of the producers page is, put as a question for its records: meaning, and formula with its figures.

Knows rows and how they read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.core.pipeline import SALES_STAGES
from desktop.core.production import METRIC
from desktop.services.figures import StageFigure
from desktop.services.line_sizes import METRIC as SIZE
from desktop.services.line_sizes import LineSize
from desktop.views.dialogs.records import Question
from desktop.views.pages.producers.rows import ProducerRow, say, written
from desktop.views.pages.producers.sentences import policies, quotes
from desktop.views.tables import formats
from desktop.views.tables.formats import counted
from desktop.views.widgets.period_picker import period_text

PIPELINE = "pipeline."


def question(row: ProducerRow, figure: str) -> Question:
    """The question behind a metric's id, or behind `pipeline.` and a stage."""
    if figure.startswith(PIPELINE):
        return _stage(row, figure.removeprefix(PIPELINE))
    metric = METRIC[figure]
    subtitle = f"{row.panel.producer_name} · {period_text(row.period)}"
    formula = f"{_formula(row, figure)}\n{row.target_words(figure)}"
    return Question(figure, metric.label, subtitle, metric.meaning, formula, row.trend(figure), row.scope)


def _formula(row: ProducerRow, metric: str) -> str:
    if not row.has_data(metric):
        return say("No data: nobody in the agency has a record of this kind in the period.")
    value = row.text(metric)
    bound = int(row.figure("policies_written").value or 0)
    if metric == "close_rate":
        asked = int(row.figure("quotes").value or 0)
        return f"{policies(bound)} / {quotes(asked)} = {value}" if asked else row.why(metric)
    if metric == SIZE:
        premium = written("new_premium", row.figure("new_premium").value)
        return f"{premium} / {policies(bound)} = {value}" if bound else row.why(metric)
    if METRIC[metric].is_money:
        return say("Sum over {policies}, after shares = {value}").format(policies=policies(bound), value=value)
    return say("Sum of the amounts below = {}").format(value)


def with_lines(row: ProducerRow, asked: Question, sizes: Sequence[LineSize]) -> Question:
    """The question of the average policy size with each line beside its own target, where there is any to compare."""
    targets = any(one.target is not None for one in sizes)
    if len(sizes) < 2 and not targets:
        return asked
    by_line_only = targets and row.figure(SIZE).target is None
    whole = _formula(row, SIZE) if by_line_only else asked.formula
    return replace(asked, formula="\n".join((whole, *map(_size_words, sizes))))


def _size_words(one: LineSize) -> str:
    """A line's average policy size beside its target: "Homeowners: $1,650 over 4 policies, target $1,800, missed"."""
    said = say("no policy yet")
    if one.average is not None:
        said = say("{size} over {policies}").format(size=written(SIZE, one.average), policies=policies(one.policies))
    if one.target is not None:
        said += ", " + say("target {}").format(written(SIZE, one.target))
    if one.hit is not None:
        said += ", " + (say("reached") if one.hit else say("missed"))
    return f"{one.line}: {said}"


def _stage(row: ProducerRow, key: str) -> Question:
    stage = next(one for one in SALES_STAGES if one.key == key)
    found: StageFigure = next(one for one in row.panel.pipeline if one.stage == key)
    leads = counted(found.count, say("lead"), say("leads"))
    if key == "won":
        meaning, money = say("Leads won in the period."), say("bound premium")
    elif key == "lost":
        meaning, money = say("Leads lost in the period."), say("estimated premium")
    else:
        still = say("Leads open in this stage at the end of the period.") if row.over else None
        meaning, money = still or say("Leads open in this stage now."), say("estimated premium")
    next_step = say("Next: {}.").format(found.action)
    formula = f"{leads}, {formats.money(found.premium)} {money}"
    return Question(
        f"{PIPELINE}{key}",
        stage.label,
        f"{row.panel.producer_name} · {period_text(row.period)}",
        f"{meaning} {next_step}",
        formula,
        producer=row.scope,
    )
