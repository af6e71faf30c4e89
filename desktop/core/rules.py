"""Routing rules: conditions joined by and/or, the first match by order, and what then happens (routing.md 3.4).

Rules are read from the JSON shape of `rules export`. Must not know who is eligible.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from desktop.core import territories, zips
from desktop.core.intake import Lead
from desktop.errors import UserError

FIELDS = ("line", "source", "state", "zip", "premium", "expires_within_days", "name_initial", "weekday", "hour")
OPS = ("is", "in", "between", "starts")
MODELS = ("round_robin", "territory", "weighted", "least_loaded")

_NUMBERS = frozenset({"premium", "expires_within_days", "weekday", "hour"})
_STRIPPED = re.compile(
    r"(?:the|an?|mr|mrs|ms|dr|(?:law )?(?:offices?|firm) of|estate of|family of|trust of)\b\.?\s+", re.IGNORECASE
)

Scalar = str | int | float | None
Value = Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one field; `value` is a tuple for `in` (any of) and `between` (two ends, inclusive; None is open)."""

    field: str
    op: str
    value: Value


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions and groups of which all, or (`every` false) any, must hold."""

    every: bool
    members: tuple[Condition | Group, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """To a producer, to a pool with a model, or to a model over all."""

    producer: str | None = None
    pool: tuple[str, ...] = ()
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; without `when` it matches every lead, as the default does."""

    id: str
    name: str
    then: Action
    when: Group | None = None
    enabled: bool = True


_SHAPE = "Use a list of rules as `rules export` writes it."

DEFAULT = Rule("default", "Everything else", Action(model="weighted"))


def first_match(lead: Lead, rules: Iterable[Rule], at: datetime | None = None) -> Rule | None:
    """The first enabled rule, by order, whose conditions hold; None when none does.

    `at` is the moment for weekday, hour and days to expiry (default: when the lead was received). routing.md 3.4.
    """
    moment = at or lead.received_at
    return next((rule for rule in rules if matches(rule, lead, moment)), None)


def matches(rule: Rule, lead: Lead, at: datetime | None) -> bool:
    """Whether an enabled rule's conditions hold for the lead at that moment."""
    return rule.enabled and (rule.when is None or _holds(rule.when, lead, at))


def read(data: object) -> tuple[Rule, ...]:
    """Rules from their JSON shape, in order: a list of {id, name, enabled, when, then}, or {rules: that list}.

    UserError for anything else.
    """
    listed = data.get("rules") if isinstance(data, Mapping) else data
    if not isinstance(listed, Iterable) or isinstance(listed, str | bytes | Mapping):
        raise UserError("There are no routing rules in it.", _SHAPE)
    found: list[Rule] = []
    for one in listed:
        if not isinstance(one, Mapping):
            raise UserError("One of the routing rules is no record.", _SHAPE)
        name = str(one.get("name") or one.get("id"))
        when = one.get("when")
        found.append(
            Rule(
                str(one.get("id")),
                name,
                _action(one.get("then"), name),
                None if not when else _group(when, name),
                one.get("enabled", True) is not False,
            )
        )
    return tuple(found)


def write(rules: Iterable[Rule]) -> list[dict[str, object]]:
    """The JSON shape of rules; `read` gives the same back."""
    found: list[dict[str, object]] = []
    for rule in rules:
        one: dict[str, object] = {"id": rule.id, "name": rule.name, "enabled": rule.enabled}
        if rule.when is not None:
            one["when"] = _written(rule.when)
        found.append({**one, "then": _written_action(rule.then)})
    return found


def name_initial(name: str) -> str:
    """The first letter or digit, in capitals, after "The", "Law offices of" and the like; "" without any."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one)).strip()
    while True:
        rest = _STRIPPED.sub("", plain, count=1) if _STRIPPED.match(plain) else plain
        if rest == plain or not rest:
            break
        plain = rest
    return next((one.upper() for one in plain if one.isalnum()), "")


def _holds(test: Condition | Group, lead: Lead, at: datetime | None) -> bool:
    if isinstance(test, Group):
        results = (_holds(one, lead, at) for one in test.members)
        return all(results) if test.every else any(results)
    if test.field == "zip":
        return lead.zip is not None and _zip_holds(test, lead.zip)
    if test.field in _NUMBERS:
        number = _number(test.field, lead, at)
        return number is not None and _number_holds(test, number)
    return any(_text_holds(test, one.casefold()) for one in _texts(test.field, lead))


def _texts(field: str, lead: Lead) -> tuple[str, ...]:
    if field == "line":
        return lead.lines
    if field == "name_initial":
        initial = name_initial(lead.business_name or lead.last_name or "")
        return (initial,) if initial else ()
    text = lead.source if field == "source" else lead.state
    return (text.strip(),) if text else ()


def _number(field: str, lead: Lead, at: datetime | None) -> float | None:
    """Premium in dollars, days to expiry, ISO weekday or hour."""
    if field == "premium":
        return None if lead.estimated_premium is None else lead.estimated_premium / 100
    if at is None:
        return None
    if field == "weekday":
        return at.isoweekday()
    if field == "hour":
        return at.hour
    return None if lead.expires_on is None else (lead.expires_on - at.date()).days


def _number_holds(test: Condition, number: float) -> bool:
    if test.op == "between":
        low, high = (_float(one) for one in _tuple(test.value))
        if low is not None and high is not None and low > high and test.field in {"weekday", "hour"}:
            return number >= low or number <= high
        return (low is None or low <= number) and (high is None or number <= high)
    if test.op == "is" and test.field == "expires_within_days":
        limit = _float(test.value)
        return limit is not None and 0 <= number <= limit
    return any(_float(one) == number for one in _tuple(test.value))


def _text_holds(test: Condition, text: str) -> bool:
    values = [None if one is None else str(one).strip().casefold() for one in _tuple(test.value)]
    if test.op == "between":
        low, high = values
        return (low is None or low <= text) and (high is None or text <= high)
    if test.op == "starts":
        return any(one is not None and text.startswith(one) for one in values)
    return text in values


def _zip_holds(test: Condition, code: str) -> bool:
    texts = [str(one).strip().upper() for one in _tuple(test.value)]
    if test.op == "starts":
        return any(code.startswith(one.rstrip("*")) for one in texts)
    if test.op == "between":
        return zips.index(code) is not None and texts[0] <= code <= texts[1]
    return any(_zip_rule_holds(one, code) for one in texts)


def _zip_rule_holds(text: str, code: str) -> bool:
    """Whether a ZIP, range or prefix as in the territory table covers the code."""
    if text == code:
        return True
    area = _area(text)
    at = zips.index(code)
    if at is None:
        return area.canadian is not None and code.startswith(area.canadian)
    return any(first <= at <= last for first, last in area.spans)


@lru_cache(maxsize=4096)
def _area(text: str) -> territories.Area:
    """What a ZIP condition covers, read once and not for every lead."""
    return territories.area_of(territories.Rule(0, "", text))


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _tuple(value: Value) -> tuple[Scalar, ...]:
    return value if isinstance(value, tuple) else (value,)


def _group(data: object, name: str) -> Group:
    if isinstance(data, Mapping) and len(data) == 1:
        for key in ("all", "any"):
            members = data.get(key)
            if isinstance(members, list | tuple):
                return Group(key == "all", tuple(_member(one, name) for one in members))
    raise _wrong(name, "its conditions are neither an “all” nor an “any” list")


def _member(data: object, name: str) -> Condition | Group:
    if not isinstance(data, Mapping) or "field" not in data:
        return _group(data, name)
    field, op, value = data.get("field"), data.get("op"), data.get("value")
    if field not in FIELDS or op not in OPS:
        raise _wrong(name, f"it tests “{field}” by “{op}”, which is unknown")
    if op == "starts" and field in _NUMBERS:
        raise _wrong(name, f"“{field}” is a number and starts with nothing")
    values = tuple(value) if isinstance(value, list | tuple) else value
    wanted = tuple if op in {"in", "between"} else str | int | float
    if not isinstance(values, wanted) or (op == "between" and isinstance(values, tuple) and len(values) != 2):
        raise _wrong(name, f"“{field}” by “{op}” has no fitting value")
    condition = Condition(str(field), str(op), values)
    _check_values(condition, name)
    return condition


def _check_values(condition: Condition, name: str) -> None:
    values = _tuple(condition.value)
    if condition.field in _NUMBERS and any(one is not None and _float(one) is None for one in values):
        raise _wrong(name, f"“{condition.field}” is compared with something that is no number")
    if condition.field == "zip" and condition.op in {"is", "in"}:
        for one in values:
            _area(str(one).strip().upper())
    if condition.field == "zip" and condition.op == "between" and any(zips.index(str(one)) is None for one in values):
        raise _wrong(name, "its ZIP range does not have two ends of five digits")


def _action(data: object, name: str) -> Action:
    if isinstance(data, Mapping):
        producer, pool, model = data.get("producer"), data.get("pool"), data.get("model")
        if producer and not pool and not model:
            return Action(producer=str(producer))
        if model in MODELS and not producer and (pool is None or isinstance(pool, list | tuple)):
            return Action(pool=tuple(str(one) for one in pool or ()), model=str(model))
    raise _wrong(name, "it names neither a producer nor a model, or a model that does not exist")


def _written(test: Condition | Group) -> dict[str, object]:
    if isinstance(test, Group):
        return {"all" if test.every else "any": [_written(one) for one in test.members]}
    value = list(test.value) if isinstance(test.value, tuple) else test.value
    return {"field": test.field, "op": test.op, "value": value}


def _written_action(action: Action) -> dict[str, object]:
    if action.producer:
        return {"producer": action.producer}
    return {"pool": list(action.pool), "model": action.model} if action.pool else {"model": action.model}


def _wrong(name: str, why: str) -> UserError:
    return UserError(f"The rule “{name}” cannot be used: {why}.", "Correct the rule and try again.")
