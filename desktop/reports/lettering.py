"""Makes any text printable: invisible characters taken out, Arabic letters joined, right-to-left runs turned round.

A PDF canvas draws characters from left to right exactly as given, so Hebrew and Arabic have to be laid out before.
Knows Unicode and nothing of fonts or pages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import groupby

_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N"}
_JOINED = {"isolated": 0, "final": 1, "initial": 2, "medial": 3}
_LAM, _ALEFS = "\u0644", {"\u0622": "\ufef5", "\u0623": "\ufef7", "\u0625": "\ufef9", "\u0627": "\ufefb"}


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """`text` as one line: composed, white space and controls as blanks, invisible formatting characters left out."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(_visible(char) for char in composed)


@lru_cache(maxsize=4096)
def visual(text: str) -> str:
    """`text`, already cleaned, in the order in which its characters are drawn from left to right."""
    if text.isascii() or not any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        return text
    clusters = list(_clusters(_shaped(text)))
    levels = _levels(clusters)
    order = list(range(len(clusters)))
    for level in range(max(levels), 0, -1):
        order = _reversed_runs(order, levels, level)
    return "".join(_mirrored(clusters[at]) if levels[at] % 2 else clusters[at] for at in order)


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if category == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return ""
    # the colour of an emoji's skin says nothing in black on white
    if "\U0001f3fb" <= char <= "\U0001f3ff":
        return ""
    return "\ufffd" if category == "Cs" else char


def _clusters(text: str) -> Iterator[str]:
    """Base characters together with the marks that stand on them."""
    cluster = ""
    for char in text:
        if cluster and unicodedata.combining(char):
            cluster += char
            continue
        if cluster:
            yield cluster
        cluster = char
    if cluster:
        yield cluster


def _levels(clusters: list[str]) -> list[int]:
    """Embedding levels, the part of the bidirectional algorithm that plain text without controls needs."""
    kinds = [_STRONG.get(unicodedata.bidirectional(cluster[0]), "?") for cluster in clusters]
    base = next((kind for kind in kinds if kind in "LR"), "L")
    strong = base
    for at, kind in enumerate(kinds):
        if kind in "LR":
            strong = kind
        elif kind == "N" and strong == "L":
            kinds[at] = "L"
    _settle_neutrals(kinds, base)
    if base == "L":
        return [{"L": 0, "R": 1, "N": 2}[kind] for kind in kinds]
    return [1 if kind == "R" else 2 for kind in kinds]


def _settle_neutrals(kinds: list[str], base: str) -> None:
    """Neutral characters go with their neighbours where those agree (numbers count as "R"), else with the base."""
    at = 0
    for kind, group in groupby(list(kinds)):
        length = len(list(group))
        if kind == "?":
            before = _side(kinds[at - 1]) if at else base
            after = _side(kinds[at + length]) if at + length < len(kinds) else base
            kinds[at : at + length] = [before if before == after else base] * length
        at += length


def _side(kind: str) -> str:
    return "R" if kind == "N" else kind


def _reversed_runs(order: list[int], levels: list[int], level: int) -> list[int]:
    result: list[int] = []
    for high, group in groupby(order, key=lambda at: levels[at] >= level):
        run = list(group)
        result.extend(reversed(run) if high else run)
    return result


def _mirrored(cluster: str) -> str:
    if not unicodedata.mirrored(cluster[0]):
        return cluster
    pairs = "()[]{}<>«»\u2039\u203a"
    at = pairs.find(cluster[0])
    return cluster if at < 0 else pairs[at ^ 1] + cluster[1:]


def _shaped(text: str) -> str:
    """Arabic letters as the forms that join with their neighbours; everything else unchanged."""
    forms = _arabic_forms()
    if not any(char in forms for char in text):
        return text
    for alef, ligature in _ALEFS.items():
        text = text.replace(_LAM + alef, ligature)
    bare = [at for at, char in enumerate(text) if not unicodedata.combining(char)]
    shaped = list(text)
    for place, at in enumerate(bare):
        before = text[bare[place - 1]] if place else ""
        after = text[bare[place + 1]] if place + 1 < len(bare) else ""
        shaped[at] = _form(text[at], _joins_on(before), _joins_back(after))
    return "".join(shaped)


def _form(char: str, joined_before: bool, joined_after: bool) -> str:
    known = _arabic_forms().get(char)
    if known is None:
        return char
    wanted = (1 if joined_before else 0) + (2 if joined_after else 0)
    for choice in (wanted, 1 if joined_before else 0, 0):
        if known[choice]:
            return known[choice]
    return char


def _joins_on(char: str) -> bool:
    """Whether `char` connects to the letter that follows it."""
    known = _arabic_forms().get(char)
    return bool(known and known[2]) or char == "\u0640"


def _joins_back(char: str) -> bool:
    """Whether `char` connects to the letter before it."""
    known = _arabic_forms().get(char)
    return bool(known and known[1]) or char == "\u0640"


@cache
def _arabic_forms() -> Mapping[str, tuple[str, str, str, str]]:
    """For each letter (and lam-alef ligature) its isolated, final, initial and medial form, empty where it has none."""
    found: dict[str, list[str]] = {}
    for code in range(0xFE80, 0xFEFD):
        kind, *letters = unicodedata.decomposition(chr(code)).split()
        key = chr(int(letters[0], 16)) if len(letters) == 1 else _ALEFS.get(chr(int(letters[1], 16)), "")
        if key:
            found.setdefault(key, [""] * 4)[_JOINED[kind.strip("<>")]] = chr(code)
    return {key: (forms[0], forms[1], forms[2], forms[3]) for key, forms in found.items()}
