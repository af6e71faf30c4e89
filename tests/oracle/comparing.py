"""Lays the program's answer beside the independent reading and names every figure that differs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from tests.oracle.counts import COUNTS, METRICS, MONEY

Answer = dict[str, Any]
Found = tuple[str, Any, Any]

HEALTH = ("too_many_prospects", "stuck_in_quoted", "low_close_rate", "shrinking_deals")
FLAGS = (
    "activity_drop",
    "high_activity_low_close",
    "low_activity_high_close",
    "no_new_prospects",
    "deal_size_shrinking",
    "close_rate_drop",
    "avoids_tracking",
)
LIMITS = {"too_many_prospects": 0.40, "stuck_in_quoted": 0.30, "low_close_rate": 0.25, "shrinking_deals": 0.90}


def differences(answer: Answer, expected: Answer) -> list[str]:
    """Every figure of a dashboard that is not as expected, in words: where, what the program says, what is right."""
    found = list(_one("agency", answer["agency"], expected["agency"]))
    codes = [one["producer"] for one in answer["producers"]]
    wanted = [one["producer"] for one in expected["producers"]]
    if codes != wanted:
        found.append(("producers", codes, wanted))
    by_code = {one["producer"]: one for one in expected["producers"]}
    for one in answer["producers"]:
        if one["producer"] in by_code:
            found.extend(_one(str(one["producer"]), one, by_code[one["producer"]]))
    return [f"{where}: {ours!r}, expected {right!r}" for where, ours, right in found]


def _one(where: str, answer: Answer, expected: Answer) -> Iterator[Found]:
    if list(answer["metrics"]) != list(METRICS):
        yield f"{where} metrics", list(answer["metrics"]), list(METRICS)
    for metric in METRICS:
        yield from _metric(f"{where} {metric}", metric, answer["metrics"][metric], expected["metrics"][metric])
    yield from _to_date(f"{where} month_to_date", answer["month_to_date"], expected["month_to_date"])
    pipeline = [(one["stage"], one["count"], one["premium"]) for one in answer["pipeline"]]
    right = [(stage, count, cents / 100) for stage, count, cents in expected["pipeline"]]
    for ours, theirs in zip(pipeline, right, strict=True):
        if ours != theirs:
            yield f"{where} pipeline", ours, theirs
    yield from _health(where, answer["health"], expected["health"])
    flags = {one["id"]: one["fired"] for one in answer["red_flags"]}
    if list(flags) != list(FLAGS):
        yield f"{where} red_flags", list(flags), list(FLAGS)
    for flag in FLAGS if where != "None" else ():  # nobody is judged by what belongs to nobody
        if bool(flags[flag]) != expected["red_flags"][flag]:
            evidence = next(one["evidence"] for one in answer["red_flags"] if one["id"] == flag)
            yield f"{where} {flag}", (flags[flag], evidence), expected["red_flags"][flag]


def _metric(where: str, metric: str, answer: Answer, expected: Answer) -> Iterator[Found]:
    for key in ("value", "target", "stretch"):
        if not _is_same(answer[key], shown(metric, expected[key])):
            yield f"{where}.{key}", answer[key], shown(metric, expected[key])
    if answer["hit"] != expected["hit"]:
        yield f"{where}.hit", answer["hit"], expected["hit"]
    share = expected["automatic_share"]
    if not _is_same(answer["automatic_share"], None if share is None else float(share)):
        yield f"{where}.automatic_share", answer["automatic_share"], share


def _to_date(where: str, answer: Answer, expected: Answer) -> Iterator[Found]:
    metrics = {
        "policies_written": "policies_written",
        "policies_target": "policies_written",
        "new_premium": "new_premium",
        "premium_target": "new_premium",
        "close_rate": "close_rate",
    }
    for key, metric in metrics.items():
        if not _is_same(answer[key], shown(metric, expected[key])):
            yield f"{where}.{key}", answer[key], shown(metric, expected[key])
    if answer["on_track"] != expected["on_track"]:
        yield f"{where}.on_track", answer["on_track"], expected["on_track"]


def _health(where: str, answer: list[Answer], expected: Answer) -> Iterator[Found]:
    if [one["id"] for one in answer] != list(HEALTH):
        yield f"{where} health", [one["id"] for one in answer], HEALTH
    for one in answer:
        fired, value = expected[one["id"]]
        if one["fired"] != fired:
            yield f"{where} {one['id']}.fired", (one["fired"], one["value"]), (fired, value)
        if one["limit"] != LIMITS[one["id"]]:
            yield f"{where} {one['id']}.limit", one["limit"], LIMITS[one["id"]]
        if not _is_same(one["value"], None if value is None else float(value)):
            yield f"{where} {one['id']}.value", one["value"], None if value is None else float(value)


def shown(metric: str, value: int | Fraction | None) -> float | None:
    """A figure as answers have it: dollars for cents, fractions to six places."""
    if value is None:
        return None
    if metric in COUNTS:
        return float(value)
    if metric in MONEY or metric == "avg_policy_size":
        return float(Fraction(value) / 100)
    return float(value)


def _is_same(ours: float | None, right: float | None) -> bool:
    if ours is None or right is None:
        return ours is None and right is None
    tolerance = 0.0050001 if abs(right) > 20 else 0.00000051
    return abs(ours - right) <= tolerance
