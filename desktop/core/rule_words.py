"""A routing rule as one plain sentence, and which earlier rule hides it (routing.md 3.4).

Must not decide anything; a rule is called hidden only where that is certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from desktop.core.rules import Action, Condition, Group, Rule, Scalar

_NOBODY: Mapping[str, str] = MappingProxyType({})
_SUBJECTS = {
    "line": "the line",
    "source": "the source",
    "state": "the state",
    "zip": "the ZIP",
    "premium": "the estimated premium",
    "expires_within_days": "the present policy",
    "name_initial": "the name",
    "weekday": "the day",
    "hour": "the time",
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MODELS = {
    "round_robin": "the next in turn",
    "territory": "the owner of the territory",
    "weighted": "the highest score",
    "least_loaded": "whoever has the fewest active leads",
}


def sentence(rule: Rule, names: Mapping[str, str] = _NOBODY) -> str:
    """The rule in plain English; `names` gives producers' names by code."""
    target = _target(rule.then, names)
    text = (
        f"Every lead goes to {target}." if _is_bare(rule) else f"When {_test(rule.when, False)}, it goes to {target}."
    )
    return text if rule.enabled else f"Switched off: {text}"


def shadow_of(rule: Rule, earlier: Iterable[Rule]) -> str | None:
    """The id of the first enabled earlier rule that takes every lead that this one would; None where none surely does.

    A rule that skips for want of somebody eligible still lets leads through; that is not considered.
    """
    own = _required(rule.when)
    for one in earlier:
        if one.enabled and (_is_bare(one) or _certain(one.when) <= own):
            return one.id
    return None


def _is_bare(rule: Rule) -> bool:
    return rule.when is None or (rule.when.every and not rule.when.members)


def _required(group: Group | None) -> frozenset[Condition | Group]:
    """What surely holds for every lead of a rule: the members of its outer `all`."""
    return frozenset() if group is None or not (group.every or len(group.members) == 1) else frozenset(group.members)


_IMPOSSIBLE = frozenset([Condition("", "is", None)])


def _certain(group: Group | None) -> frozenset[Condition | Group]:
    """What suffices for a rule to match: the members of an `all`, nothing sure of an `any` of several."""
    if group is None:
        return frozenset()
    return frozenset(group.members) if group.every or len(group.members) == 1 else _IMPOSSIBLE


def _test(test: Condition | Group | None, nested: bool) -> str:
    if test is None:
        return ""
    if isinstance(test, Condition):
        return _condition(test)
    if not test.members:
        return "always" if test.every else "never"
    text = (" and " if test.every else " or ").join(_test(one, True) for one in test.members)
    return f"({text})" if nested and len(test.members) > 1 else text


def _condition(one: Condition) -> str:
    subject = _SUBJECTS[one.field]
    if one.field == "expires_within_days":
        return f"{subject} {_expiry(one)}"
    if one.field == "name_initial":
        return f"{subject} {_initial(one)}"
    words = [_word(one.field, value) for value in _values(one)]
    if one.op == "between":
        return f"{subject} {_between(one, words)}"
    if one.op == "starts":
        return f"{subject} starts with {_or(words)}"
    return f"{subject} is {_or(words)}"


def _between(one: Condition, words: list[str]) -> str:
    low, high = _values(one)
    if low is None:
        return f"is {words[1]} at most"
    if high is None:
        return f"is {words[0]} at least"
    # whole hours are meant: 8 is 08:00 to 08:59
    last = words[1].split(" to ")[-1] if one.field == "hour" else words[1]
    return f"is from {words[0].split(' to ')[0]} to {last}"


def _initial(one: Condition) -> str:
    words = [_word(one.field, value) for value in _values(one)]
    return f"begins with {words[0]} to {words[1]}" if one.op == "between" else f"begins with {_or(words)}"


def _expiry(one: Condition) -> str:
    values = _values(one)
    if one.op == "between":
        low, high = values
        if low is None or high is None:
            end = f"{high} days at most" if low is None else f"{low} days at least"
            return f"expires in {end}"
        return f"expires in {low} to {high} days"
    if one.op == "is":
        return f"expires within {values[0]} days"
    return f"expires in exactly {_or([str(value) for value in values])} days"


def _word(field: str, value: Scalar) -> str:
    if value is None:
        return "nothing"
    if field == "premium" and isinstance(value, int | float):
        return f"${value:,.2f}".removesuffix(".00")
    if field == "weekday" and isinstance(value, int | float) and 1 <= value <= len(_WEEKDAYS):
        return _WEEKDAYS[int(value) - 1]
    if field == "hour" and isinstance(value, int | float):
        return f"{int(value):02d}:00 to {int(value):02d}:59"
    return str(value)


def _values(one: Condition) -> tuple[Scalar, ...]:
    return one.value if isinstance(one.value, tuple) else (one.value,)


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else "nothing"


def _target(action: Action, names: Mapping[str, str]) -> str:
    if action.producer is not None:
        return names.get(action.producer, action.producer)
    model = _MODELS[action.model or "weighted"]
    if not action.pool:
        return model
    return f"{model} among {_and([names.get(code, code) for code in action.pool])}"


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
