"""Sums of money as newspapers word them: 119.75亿元, 近120亿元, 30亿美元, 二十三亿元.

``find_amounts`` gives every sum of a text; numbers are exact (``Decimal``), never rounded to a float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_CURRENCIES = {
    "元": "CNY",
    "人民币": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "港元": "HKD",
    "港币": "HKD",
    "日元": "JPY",
    "英镑": "GBP",
    "韩元": "KRW",
    "新台币": "TWD",
}
_QUALIFIERS = {
    "近": "under",
    "不足": "under",
    "不到": "under",
    "超": "over",
    "超过": "over",
    "逾": "over",
    "突破": "over",
    "多": "over",
    "余": "over",
    "以上": "over",
    "约": "about",
    "大约": "about",
    "左右": "about",
    "高达": "",
    "达": "",
}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千点]+)"
_AMOUNT = re.compile(
    rf"(?P<before>近|不足|不到|超过|超|逾|突破|约|大约)?(?:人民币)?(?P<number>{_NUMBER})"
    r"(?P<scale>[十百千]?[万亿]亿?)?(?P<inner>多|余)?(?P<tail>万|亿)?"
    r"(?P<currency>人民币|美元|欧元|港元|港币|日元|英镑|韩元|新台币|元)(?P<after>以上|左右)?"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money. ``start``/``end`` are offsets in the searched text, half-open."""

    start: int
    end: int
    value: Decimal
    currency: str  # ISO 4217
    qualifier: str  # "", "under", "over", "about"
    worded: str

    @property
    def plain(self) -> str:
        """The value without an exponent and without needless zeros: ``11975000000``."""
        text = format(self.value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text


def parse_number(text: str) -> Decimal:
    """An Arabic or Chinese numeral: 119.75, 1,200, 二十三, 一百零五, 三点五. ValueError if it is neither."""
    if text[:1].isascii():
        try:
            return Decimal(text.replace(",", ""))
        except ArithmeticError as error:
            raise ValueError(text) from error
    whole, _, fraction = text.partition("点")
    value = Decimal(_chinese_integer(whole))
    for place, digit in enumerate(fraction, 1):
        if digit not in _DIGITS:
            raise ValueError(text)
        value += Decimal(_DIGITS[digit]).scaleb(-place)
    return value


def _chinese_integer(text: str) -> int:
    if not text or any(c not in _DIGITS and c not in _SMALL and c not in _LARGE for c in text):
        raise ValueError(text)
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _SMALL:
            section += (digit or 1) * _SMALL[c]
            digit = 0
        else:
            total = (total + section + digit) * _LARGE[c]
            section = digit = 0
    return total + section + digit


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every sum in ``text`` (half-width punctuation), left to right."""
    return tuple(a for m in _AMOUNT.finditer(text) if (a := _amount(m)) is not None)


def match_amount(text: str) -> Amount | None:
    """The first sum in ``text``."""
    return next(iter(find_amounts(text)), None)


def _amount(m: re.Match[str]) -> Amount | None:
    try:
        value = parse_number(m["number"])
    except ValueError:
        return None
    for c in (m["scale"] or "") + (m["tail"] or ""):
        value *= _SMALL.get(c) or _LARGE[c]
    said = m["before"] or m["after"] or m["inner"] or ""
    return Amount(m.start(), m.end(), value, _CURRENCIES[m["currency"]], _QUALIFIERS.get(said, ""), m.group())
