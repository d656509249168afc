"""Literals of the graph: dates as precise as they are known, decimals, text in Chinese."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal, InvalidOperation

import pyoxigraph as og
from rdflib import XSD

from kg.vocabulary import node

_YEAR, _MONTH, _DAY = r"[12]\d{3}", r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_DATES = (
    (re.compile(f"{_YEAR}-{_MONTH}-{_DAY}"), XSD.date),
    (re.compile(f"{_YEAR}-{_MONTH}"), XSD.gYearMonth),
    (re.compile(_YEAR), XSD.gYear),
    (re.compile(f"--{_MONTH}-{_DAY}"), XSD.gMonthDay),
    (re.compile(f"--{_MONTH}"), XSD.gMonth),
)
TRUE = og.Literal(True)


def zh(text: str) -> og.Literal:
    return og.Literal(text, language="zh")


def plain(text: str) -> og.Literal:
    return og.Literal(text)


def integer(number: int) -> og.Literal:
    return og.Literal(str(number), datatype=node(XSD.integer))


def confidence(number: float) -> og.Literal:
    """Rounded, because the last bits of a model's score differ between machines."""
    return og.Literal(f"{number:.3f}".rstrip("0").rstrip("."), datatype=node(XSD.decimal))


def decimal(text: str) -> og.Literal | None:
    """The number that the text is, or None."""
    try:
        number = Decimal(text.strip().rstrip("%").replace(",", ""))
    except InvalidOperation:
        return None
    return og.Literal(format(number, "f"), datatype=node(XSD.decimal)) if number.is_finite() else None


def date(text: str) -> og.Literal:
    """A date of the precision that the text has. What is no date of the calendar stays a plain string."""
    for pattern, datatype in _DATES:
        if pattern.fullmatch(text):
            return og.Literal(text, datatype=node(datatype)) if _in_calendar(text) else plain(text)
    return plain(text)


def has_year(text: str) -> bool:
    return text[:1].isdigit()


def _in_calendar(text: str) -> bool:
    # 2000 is a leap year, so --02-29 stands.
    whole = f"2000{text[1:]}" if text.startswith("--") else text
    try:
        datetime.date.fromisoformat((whole + "-01-01")[:10] if len(whole) == 4 else (whole + "-01")[:10])
    except ValueError:
        return False
    return True
