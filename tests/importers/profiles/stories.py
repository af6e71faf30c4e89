"""Made-up policies as an agency's system lists them, row by row, with what should come of each."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from desktop.importers import Reading
from tests.importers.conftest import accounted, named
from tests.importers.profiles.exports import FIRST, LAST, PRODUCERS, Layout, dollars, us_date

LINES = ("Personal Auto", "Homeowners", "Workers Comp", "BOP")
CARRIERS = ("Granite Mutual", "Summit Direct", "Harbor Casualty")
Cells = dict[str, object]


@dataclass
class Story:
    """One term: its rows in the file, the policy that should come of them, its premium changes, its first row."""

    rows: list[dict[str, str]]
    policy: Cells
    changes: list[Cells] = field(default_factory=list)


@dataclass(frozen=True)
class Words:
    """How a system says things; a word that is None is one it does not have."""

    new: str = "New Business"
    renewal: str = "Renewal"
    rewrite: str | None = "Rewrite"
    change: str | None = "Endorsement"
    cancel: str | None = "Cancellation"
    reinstate: str | None = "Reinstatement"
    split: bool = False
    package: bool = False
    repeated: bool = False
    half_year: bool = False


def tell(chance: random.Random, count: int, words: Words) -> list[Story]:
    """Stories of all kinds that the system knows, in the order of their first rows."""
    kinds = ["plain"] * 4
    kinds += ["split"] * words.split + ["package"] * words.package + ["repeated"] * words.repeated
    kinds += ["half"] * words.half_year
    kinds += ["change"] * bool(words.change) + ["cancel"] * bool(words.cancel) + ["lifted"] * bool(words.reinstate)
    return [_tell(chance, at, kinds[at % len(kinds)], words) for at in range(count)]


def _tell(chance: random.Random, at: int, kind: str, words: Words) -> Story:
    start = date(2025, 6, 1) + timedelta(days=chance.randrange(250))
    start = start.replace(day=min(start.day, 28))
    cents = chance.randrange(30_000, 900_000)
    step = chance.choice([one for one in ("new", "renewal", "rewrite") if getattr(words, one) is not None])
    who = chance.choice(PRODUCERS)
    end = start.replace(year=start.year + 1)
    row = {
        "number": f"{chance.choice('ABC')}P-{10000 + at}", "client_id": f"CL{at:05d}", "producer": who,
        "client": f"{chance.choice(LAST)}, {chance.choice(FIRST)} {at}", "line": chance.choice(LINES),
        "carrier": chance.choice(CARRIERS), "effective": us_date(start.isoformat()), "premium": dollars(cents),
        "expires": us_date(end.isoformat()), "transaction": getattr(words, step), "zip": "02134", "state": "MA",
    }  # fmt: skip
    policy: Cells = {
        "policy_number": row["number"], "client": row["client"], "client_id": row["client_id"], "producer": who,
        "line": row["line"], "carrier": row["carrier"], "transaction": step, "bound_on": start.isoformat(),
        "effective_on": start.isoformat(), "expires_on": end.isoformat(), "annual_premium": cents,
    }  # fmt: skip
    story = Story([row], policy)
    _KINDS[kind](story, start, cents, words)
    return story


def _plain(story: Story, start: date, cents: int, words: Words) -> None:
    """Nothing more happens."""


def _split(story: Story, start: date, cents: int, words: Words) -> None:
    """The policy is listed once per producer, with the whole premium."""
    first = str(story.policy["producer"])
    second = next(name for name in PRODUCERS if name != first)
    story.rows[0]["split"] = "60%"
    story.rows.append(story.rows[0] | {"producer": second, "split": "40%"})
    story.policy["shares"] = f"{first}:0.6;{second}:0.4"


def _package(story: Story, start: date, cents: int, words: Words) -> None:
    """Indented rows below a package, whose premium is part of the package's."""
    story.rows[0]["line"] = story.policy["line"] = "Commercial Package"
    for name in ("Property", "General Liability"):
        story.rows.append({"line": f"   {name}", "premium": dollars(cents // 2), "number": "", "client": ""})


def _repeated(story: Story, start: date, cents: int, words: Words) -> None:
    """Several rows of one transaction, the premium on one of them."""
    story.rows.insert(0, story.rows[0] | {"premium": "$0.00"})
    story.rows.append(story.rows[0] | {"premium": ""})


def _half(story: Story, start: date, cents: int, words: Words) -> None:
    """A six-month term states half of the year's premium."""
    months = start.month + 6
    end = date(start.year + (months > 12), (months - 1) % 12 + 1, start.day)
    story.rows[0] |= {"expires": us_date(end.isoformat()), "term": "6"}
    story.policy |= {"expires_on": end.isoformat(), "annual_premium": cents * 2}


def _change(story: Story, start: date, cents: int, words: Words) -> None:
    day = (start + timedelta(days=60)).isoformat()
    row = {"transaction": str(words.change), "day": us_date(day), "premium": dollars(cents + 12_345)}
    story.rows.append(story.rows[0] | row)
    story.changes.append({
        "policy_number": story.policy["policy_number"], "effective_on": start.isoformat(), "from": day,
        "annual_premium": cents + 12_345,
    })  # fmt: skip


def _cancel(story: Story, start: date, cents: int, words: Words) -> None:
    day = (start + timedelta(days=90)).isoformat()
    row = {"transaction": str(words.cancel), "day": us_date(day), "premium": dollars(-cents // 2)}
    story.rows.append(story.rows[0] | row)
    story.policy |= {"ended_on": day, "end_reason": "cancelled"}


def _lifted(story: Story, start: date, cents: int, words: Words) -> None:
    _cancel(story, start, cents, words)
    del story.policy["ended_on"], story.policy["end_reason"]
    day = (start + timedelta(days=100)).isoformat()
    story.rows.append(story.rows[0] | {"transaction": str(words.reinstate), "day": us_date(day), "premium": ""})


_KINDS = {
    "plain": _plain, "split": _split, "package": _package, "repeated": _repeated, "half": _half, "change": _change,
    "cancel": _cancel, "lifted": _lifted,
}  # fmt: skip


def write(layout: Layout, folder: Path, stories: list[Story], **add: str) -> tuple[Path, list[int]]:
    """The file of all stories, and the line of each row; `add` are cells that every row has."""
    return layout.write(folder, [add | row for story in stories for row in story.rows])


def check(reading: Reading, stories: list[Story], lines: list[int], drop: tuple[str, ...] = ()) -> None:
    """Row by row: policies and premium changes are those of the stories, and every line is accounted for."""
    assert [(issue.line, issue.column, issue.reason) for issue in reading.rejects] == []
    found = {row["policy_number"]: row for row in named(reading, "policies")}
    assert len(found) == len(stories)
    for story in stories:
        wanted = {name: cell for name, cell in story.policy.items() if name not in drop}
        row = {name: cell for name, cell in found[str(wanted["policy_number"])].items() if name in story.policy or cell}
        assert {name: cell for name, cell in row.items() if name not in drop} == wanted, story.rows
    changes = [one for story in stories for one in story.changes]
    assert sorted(named(reading, "premiums"), key=str) == sorted(changes, key=str)
    assert accounted(reading) == lines
