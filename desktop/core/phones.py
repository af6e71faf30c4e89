"""Phone numbers as people write them. Knows the stored form alone: `+1` and ten digits for the United States."""

from __future__ import annotations


def written(phone: str | None) -> str:
    """`+16145550123` as `(614) 555-0123`; anything else as it is, nothing as nothing."""
    if phone is None:
        return ""
    digits = phone.removeprefix("+1")
    if phone.startswith("+1") and len(digits) == 10 and digits.isdigit():
        return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    return phone
