"""Cells as people and systems write them, to the natives of `core.templates`; or the reason why they cannot be read.

Pure functions from stripped, non-empty text; nothing is guessed. Raw text never meets `int()` or `float()` before a
pattern of plain ASCII digits has passed it: both accept `1_000`, other scripts' digits, `nan` and `inf`.
Files.md 1, *Values*.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from desktop.core.templates import Cell
from desktop.importers.states import PROVINCES, STATES


class Unreadable(Exception):  # noqa: N818 - a finding about a cell, not a fault
    """The text cannot be read; the message is the reason, as a phrase."""


Converter = Callable[[str], Cell]

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+"
_AMOUNT = re.compile(rf"([-+(]{{0,2}})\s*(?:US)?(\$?)\s*([-(]?)\s*({_NUMBER})\s*(\)?)\s*(-?)\s*(\)?)", re.ASCII)
_TINY = re.compile(r"([-+]?[0-9](?:\.[0-9]+)?)[eE]-([0-9]{1,2})", re.ASCII)
_SCIENTIFIC = re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?[eE]\+?[0-9]+", re.ASCII)
_CENT = Decimal("0.01")
_NOISE = 6
"""Decimals from which on a number is the remainder of binary arithmetic in a spreadsheet (335.00000000000006)."""
_MOST = Decimal("1e12")


def _decimal(text: str) -> Decimal:
    """The number in `text`: `$`, thousands commas, parentheses or a minus on either side for negatives."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        tiny = _TINY.fullmatch(text)
        if tiny is not None:
            return Decimal(text)
        raise Unreadable(_number_reason(text))
    before, _dollar, inner, digits, close, minus, late = found.groups()
    opened = before.count("(") + inner.count("(")
    closed = len(close) + len(late)
    minuses = before.count("-") + inner.count("-") + len(minus)
    if opened != closed or opened + minuses + before.count("+") > 1:
        raise Unreadable("is not an amount: its signs contradict each other")
    number = Decimal(digits.replace(",", ""))
    if number >= _MOST:
        raise Unreadable("is too large to be true")
    return -number if opened or minuses else number


def _number_reason(text: str) -> str:
    if _SCIENTIFIC.fullmatch(text):
        return "was cut to scientific notation by a spreadsheet"
    if re.fullmatch(r"[$(\s-]*[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{1,2}[)\s-]*", text, re.ASCII):
        return "has a decimal comma; write 1,234.50"
    if re.fullmatch(r"[$(\s-]*[0-9,.]*,[0-9,.]*[)\s-]*", text, re.ASCII):
        return "has commas that are not between thousands"
    return "is not a number"


def read_money(text: str) -> int:
    """Cents, exact. More than two decimals are refused unless they are a spreadsheet's rounding noise."""
    number = _decimal(text)
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    if 2 < decimals < _NOISE and number != number.quantize(_CENT):
        raise Unreadable("has fractions of a cent")
    return int((number * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def read_number(text: str) -> float:
    """A plain number; `60%` is 0.6."""
    if text.endswith("%"):
        return float(_decimal(text[:-1].rstrip()) / 100)
    return float(_decimal(text))


def read_rate(text: str) -> float | str:
    """A fraction from `12.5%`; a bare number stays text, because only the whole column says what it means."""
    if text.endswith("%"):
        number = _decimal(text[:-1].rstrip()) / 100
        if not 0 <= number <= 1:
            raise Unreadable("is not between 0 % and 100 %")
        return float(number)
    number = _decimal(text)
    if "$" in text or not 0 <= number <= 100:
        raise Unreadable("is not a share between 0 and 100 %")
    return str(number)


def read_count(text: str) -> int:
    """A whole number of at least 0."""
    number = _decimal(text)
    if "$" in text or number != number.to_integral_value():
        raise Unreadable("is not a whole number")
    if number < 0:
        raise Unreadable("is negative")
    return int(number)


_DURATION = re.compile(r"([0-9]{1,4}):([0-5][0-9]):([0-5][0-9])(?:\.[0-9]+)?|([0-9]{1,4}):([0-5][0-9])", re.ASCII)
_WORDED = re.compile(
    r"(?:([0-9]{1,4})\s*h(?:ours?|rs?)?\.?)?\s*(?:([0-9]{1,4})\s*m(?:in(?:ute)?s?)?\.?)?\s*(?:([0-9]{1,5})\s*s(?:ec(?:ond)?s?)?\.?)?",
    re.ASCII | re.IGNORECASE,
)


def read_minutes(text: str) -> float:
    """Minutes: a plain number, or a duration as `read_duration` reads it."""
    if ":" in text or text[-1:].isalpha():
        return read_duration(text)
    number = _decimal(text)
    if "$" in text or number < 0:
        raise Unreadable("is negative" if number < 0 else "is not a number of minutes")
    return float(number)


def read_duration(text: str) -> float:
    """Minutes from `h:mm:ss`, `m:ss` or `1h 5m 3s`. A bare number is refused: nothing says what it counts."""
    found = _DURATION.fullmatch(text)
    if found is not None:
        hours, minutes, seconds, short, rest = found.groups()
        parts: tuple[str, ...] = (hours, minutes, seconds) if hours is not None else ("0", short, rest)
    else:
        worded = _WORDED.fullmatch(text)
        if worded is None or not any(worded.groups()):
            raise Unreadable("is not a duration such as 0:05:30")
        parts = tuple(part or "0" for part in worded.groups())
    return (int(parts[0]) * 3600 + int(parts[1]) * 60 + int(parts[2])) / 60


def read_seconds(text: str) -> float:
    """Minutes from a number of seconds, or from a duration."""
    if ":" in text or text[-1:].isalpha():
        return read_duration(text)
    return read_minutes(text) / 60


_FLAGS: Mapping[str, bool] = {
    "yes": True, "y": True, "true": True, "t": True, "1": True, "x": True, "on": True,
    "no": False, "n": False, "false": False, "f": False, "0": False, "off": False,
}  # fmt: skip


def read_flag(text: str) -> bool:
    """Yes or no."""
    found = _FLAGS.get(text.lower())
    if found is None:
        raise Unreadable("is neither yes nor no")
    return found


_ZIP = re.compile(r"([0-9]{3,5})(?:\.0)?|([0-9]{4,5})[- ]([0-9]{4})|([0-9]{8,9})", re.ASCII)
_POSTCODE = re.compile(r"([ABCEGHJ-NPRSTVXY][0-9][A-Z]) ?-?([0-9][A-Z][0-9])", re.ASCII)


_RANGE = re.compile(r"([0-9]{3,5})\s*[-\u2013]\s*([0-9]{5})", re.ASCII)
"""Both ends in one cell; a ZIP+4 has four digits behind its dash."""


def read_zip(text: str) -> str:
    """Five digits, zeros that a spreadsheet dropped put back, ZIP+4 cut; or a Canadian code as `K1A 0B1`."""
    found = _ZIP.fullmatch(text)
    if found is not None:
        short, front, _four, joined = found.groups()
        code = (joined.zfill(9)[:5] if joined else (short or front)).zfill(5)
        if code != "00000":
            return code
    canadian = _POSTCODE.fullmatch(text.upper())
    if canadian is not None:
        return f"{canadian[1]} {canadian[2]}"
    raise Unreadable("is not a ZIP code")


def read_zip_rule(text: str) -> str:
    """A ZIP, a range in one cell, a prefix of 1 to 4 digits with `*`, the first characters of Canadian codes, or a
    county or state: `Bexar County, TX`, `TX`. Whether there is such a county is not known here."""
    if re.fullmatch(r"[0-9]{1,4}\s*\*", text, re.ASCII):
        return text[:-1].rstrip() + "*"
    if re.fullmatch(r"[A-Z]([0-9]([A-Z])?)?\s*\*|[A-Z][0-9][A-Z]", text.upper(), re.ASCII):
        prefix = text.upper().rstrip("* ")
        if _POSTCODE.fullmatch(prefix + "A1A1A1"[len(prefix) :]) is not None:
            return prefix if len(prefix) == 3 else f"{prefix}*"
    ends = _RANGE.fullmatch(text)
    if ends is not None:
        return f"{read_zip(ends[1])}-{ends[2]}"
    try:
        return read_zip(text)
    except Unreadable:
        area = _read_area(text)
    if area is None:
        raise Unreadable("is neither a ZIP code, a prefix such as 100*, a state, nor a county such as Bexar County, TX")
    return area


def _read_area(text: str) -> str | None:
    """A state's code, or a county with the code of its state; None for anything else."""
    county, comma, last = text.rpartition(",")
    try:
        state = read_state(last)
    except Unreadable:
        return None
    if state in PROVINCES:
        return None
    name = " ".join(county.split())
    if not comma:
        return state
    return f"{name}, {state}" if any(letter.isalpha() for letter in name) else None


def read_state(text: str) -> str:
    """The two-letter code of a state, territory or Canadian province, from code or name."""
    code = text.upper().replace(".", "").strip()
    if code in STATES or code in PROVINCES:
        return code
    name = " ".join(text.replace(".", "").lower().split())
    for codes in (STATES, PROVINCES):
        for known, spelled in codes.items():
            if spelled == name:
                return known
    raise Unreadable("is not a state")


_EXTENSION = re.compile(r"\s*(?:;|,)?\s*(?:ext(?:ension|n)?|x|#)\s*[.:]?\s*([0-9]{1,7})\s*$", re.ASCII | re.IGNORECASE)
_US_PHONE = re.compile(r"1?([2-9][0-9]{2}[2-9][0-9]{6})", re.ASCII)


def extension_of(text: str) -> str | None:
    """The extension behind a phone number, if one is written there."""
    found = _EXTENSION.search(text)
    return found[1] if found and found.start() > 0 else None


def read_phone(text: str) -> str:
    """`+1` and ten digits for a US number in any punctuation, its extension dropped; any other text as it stands."""
    bare = _EXTENSION.sub("", text) or text
    bare = bare.removeprefix("tel:")
    if re.search(r"[^\W\d_]", bare):
        return text
    digits = re.sub(r"[^0-9]", "", bare.removesuffix(".0"))
    found = _US_PHONE.fullmatch(digits)
    return f"+1{found[1]}" if found else text


def read_email(text: str) -> str:
    """Lower case, without `mailto:`; only a text without `@` is refused."""
    address = text.lower().removeprefix("mailto:").strip()
    if "@" not in address:
        raise Unreadable("is not an e-mail address")
    return address


def read_codes(text: str) -> str:
    """Names or codes with `;` between them, trimmed."""
    return ";".join(part.strip() for part in text.split(";") if part.strip())


def read_shares(text: str) -> str:
    """`P01:0.6;P02:0.4`, from fractions or percents that make up the whole (to a thousandth)."""
    names: list[str] = []
    parts: list[Decimal] = []
    for part in text.split(";"):
        if not part.strip():
            continue
        name, separator, share = part.rpartition(":")
        percent = share.strip().endswith("%")
        if not separator or not name.strip():
            raise Unreadable("is not of the form P01:0.6;P02:0.4")
        number = _decimal(share.strip().removesuffix("%").rstrip())
        names.append(name.strip())
        parts.append(number / 100 if percent else number)
    whole = sum(parts, Decimal(0))
    if abs(whole - 100) <= Decimal("0.1"):
        parts = [number / 100 for number in parts]
        whole /= 100
    if abs(whole - 1) > Decimal("0.001") or any(number < 0 for number in parts):
        raise Unreadable("has shares that do not add up to 1")
    return ";".join(f"{name}:{float(number)!r}" for name, number in zip(names, parts, strict=True))


def read_id(text: str) -> str:
    """An identifier as it stands; one that a spreadsheet cut to scientific notation is refused."""
    if _SCIENTIFIC.fullmatch(text) and "+" in text:
        raise Unreadable("was cut to scientific notation by a spreadsheet, its last digits are lost")
    return text


def read_json(text: str) -> str:
    """Canonical JSON text."""
    try:
        return canonical_json(json.loads(text, parse_constant=_no_constant))
    except (ValueError, RecursionError):
        raise Unreadable("is not JSON") from None


def canonical_json(value: object) -> str:
    """One spelling per value: keys sorted, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _no_constant(name: str) -> object:
    raise ValueError(name)


_LISTED = 25
"""More choices than that are not listed in a reason."""


def folded(text: str) -> str:
    """Letters and digits alone, lower case: `Meeting Held`, `meeting-held` and `meeting_held` are one."""
    return re.sub(r"[\W_]+", "", text.lower())


def choice_reader(choices: tuple[str, ...], synonyms: Mapping[str, str]) -> Converter:
    """Reads one of `choices`, or a synonym (folded spelling -> choice)."""
    known = {folded(choice): choice for choice in choices} | {
        spelled: choice for spelled, choice in synonyms.items() if choice in choices
    }
    listed = ", ".join(choices)
    if len(choices) > _LISTED:
        listed = f"the {len(choices)} known ones, such as {', '.join(choices[:3])}"

    def read_choice(text: str) -> str:
        found = known.get(folded(text))
        if found is None:
            raise Unreadable(f"is none of {listed}")
        return found

    return read_choice


def is_over_one(bare: str) -> bool:
    """Whether a bare rate can only be a percent."""
    return Decimal(bare) > 1
