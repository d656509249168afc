"""Dates as newspapers word them, resolved against the day of the page.

``find_dates`` gives every date of a text with its ISO form at the stated precision (``2023-04-26``,
``2023-04``, ``2023``) or ``""`` where the text (近日) or an unknown page date leaves it open. A year is
never invented.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_CHINESE = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "O": "0"}
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:\d{4}|[一二三四五六七八九〇零○O]{4})"
_WEEKDAY = "一二三四五六日天"
_EARLIER = 275  # a day without a year lies at most this many days before the page's date …
_LATER = 90  # … or this many after it

Resolver = Callable[["re.Match[str]", "Context"], str]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression. ``start``/``end`` are offsets in the searched text, half-open."""

    start: int
    end: int
    iso: str
    worded: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is resolved against: the page's day and the date that the text named last (ISO or "")."""

    page: str
    last: str = ""


def find_dates(text: str, page_date: str, last: str = "") -> tuple[Dated, ...]:
    """Every date expression of ``text`` (half-width digits and punctuation), left to right.

    ``page_date`` is ISO, possibly partial (``2023-04``, ``2023``, ``--03-16``) or empty; ``last`` is the
    date that the text before named, for 当天 and 26日.
    """
    found: list[Dated] = []
    for m in _ANY.finditer(text):
        name = m.lastgroup or ""
        iso = _RESOLVERS[name](m, Context(page_date, last))
        found.append(Dated(m.start(), m.end(), iso, m.group()))
        if len(iso) == 10:
            last = iso
    return tuple(found)


def resolve(worded: str, page_date: str, last: str = "") -> str:
    """The ISO form of the first date in ``worded``, or ""."""
    return next((d.iso for d in find_dates(worded, page_date, last)), "")


def parse_day(iso: str) -> date | None:
    """The day that a full ISO date names; None for partial dates and nonsense."""
    try:
        return date.fromisoformat(iso) if len(iso) == 10 else None
    except ValueError:
        return None


def _int(text: str) -> int:
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (int(_CHINESE[tens]) if tens else 1) * 10 + (int(_CHINESE[ones]) if ones else 0)
    return int("".join(_CHINESE.get(c, c) for c in text))


def _page_year(context: Context) -> int | None:
    return int(context.page[:4]) if re.match(r"\d{4}", context.page) else None


def _page_month(context: Context) -> tuple[int, int] | None:
    m = re.match(r"(\d{4})-(\d{2})", context.page)
    return (int(m[1]), int(m[2])) if m else None


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month_iso(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else ""


def _groups(m: re.Match[str], *suffixes: str) -> list[str]:
    return [m[f"{m.lastgroup}_{s}"] or "" for s in suffixes]


def _full(m: re.Match[str], context: Context) -> str:
    year, month, day = _groups(m, "y", "m", "d")
    if not month:
        return f"{_int(year):04d}"
    return _iso(_int(year), _int(month), _int(day)) if day else _month_iso(_int(year), _int(month))


def _year_relative(m: re.Match[str], context: Context) -> str:
    word, month, day = _groups(m, "w", "m", "d")
    year = _page_year(context)
    if year is None:
        return ""
    year += {"前": -2, "去": -1, "上": -1, "今": 0, "本": 0, "当": 0, "明": 1}[word[0]]
    if word[0] == "当" and context.last[:4].isdigit():
        year = int(context.last[:4])
    if not month:
        return f"{year:04d}"
    return _iso(year, _int(month), _int(day)) if day else _month_iso(year, _int(month))


def _month_day(m: re.Match[str], context: Context) -> str:
    month, day = (int(_int(g)) for g in _groups(m, "m", "d"))
    year = _page_year(context)
    if year is None:
        return ""
    page = parse_day(context.page)
    if page is None:
        return _iso(year, month, day)
    for candidate in (year, year - 1, year + 1):
        iso = _iso(candidate, month, day)
        if iso and -_EARLIER <= (date.fromisoformat(iso) - page).days <= _LATER:
            return iso
    return ""


def _month_only(m: re.Match[str], context: Context) -> str:
    month = _int(_groups(m, "m")[0])
    page = _page_month(context)
    if page is None:
        return ""
    year = page[0] if month <= page[1] else page[0] - 1
    return _month_iso(year, month)


def _month_relative(m: re.Match[str], context: Context) -> str:
    word, day = _groups(m, "w", "d")
    page = _page_month(context)
    if page is None:
        return ""
    shift = {"上": -1, "本": 0, "当": 0, "这": 0, "下": 1}[word[0]]
    months = page[0] * 12 + page[1] - 1 + shift
    year, month = months // 12, months % 12 + 1
    return _iso(year, month, _int(day)) if day else _month_iso(year, month)


def _day_only(m: re.Match[str], context: Context) -> str:
    day = _int(_groups(m, "d")[0])
    if len(context.last) == 10:
        return _iso(int(context.last[:4]), int(context.last[5:7]), day)
    page = parse_day(context.page)
    if page is None:
        return ""
    if day <= page.day:
        return _iso(page.year, page.month, day)
    before = page.replace(day=1) - timedelta(days=1)
    return _iso(before.year, before.month, day)


def _day_relative(m: re.Match[str], context: Context) -> str:
    word = m.group()
    if word[0] in "当同次":
        last = parse_day(context.last)
        if last is None:
            return ""
        return (last + timedelta(days=int(word[0] == "次"))).isoformat()
    page = parse_day(context.page)
    if page is None:
        return ""
    shift = {"大": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2}[word[0]]
    return (page + timedelta(days=shift)).isoformat()


def _week(m: re.Match[str], context: Context) -> str:
    word, day = _groups(m, "w", "d")
    page = parse_day(context.page)
    if page is None:
        return ""
    index = min(_WEEKDAY.index(day), 6)
    monday = page - timedelta(days=page.weekday())
    found = monday + timedelta(days=index)
    if word.startswith("上"):
        found -= timedelta(days=7)
    elif word.startswith("下"):
        found += timedelta(days=7)
    elif not word.startswith(("本", "这")) and found > page:
        found -= timedelta(days=7)
    return found.isoformat()


def _unknown(m: re.Match[str], context: Context) -> str:
    return ""


def _season(m: re.Match[str], context: Context) -> str:
    year = _page_year(context)
    return "" if year is None else f"{year:04d}"


_FORMS: tuple[tuple[str, str, Resolver], ...] = (
    ("full", rf"(?P<full_y>{_YEAR})年(?:(?P<full_m>{_N})月(?:(?P<full_d>{_N})[日号])?)?", _full),
    (
        "dotted",
        r"(?<!\d)(?P<dotted_y>(?:19|20)\d\d)[.\-/](?P<dotted_m>\d{1,2})(?:[.\-/](?P<dotted_d>\d{1,2}))?(?![\d.])",
        _full,
    ),
    (
        "year",
        rf"(?P<year_w>去年|今年|本年|当年|前年|明年|上年)(?:底|末|初|春节?|夏|秋|冬)*"
        rf"(?:(?P<year_m>{_N})月份?(?:(?P<year_d>{_N})[日号])?)?",
        _year_relative,
    ),
    ("monthday", rf"(?<![\d.])(?P<monthday_m>{_N})月(?P<monthday_d>{_N})[日号]", _month_day),
    ("month", rf"(?P<month_w>本月|上个?月|下个?月|当月|这个月)(?:(?P<month_d>{_N})[日号])?", _month_relative),
    ("onlymonth", r"(?<![\d.至到\-—~])(?P<onlymonth_m>\d{1,2})月(?!\d)", _month_only),
    ("onlyday", r"(?<![\d.月])(?P<onlyday_d>[0-3]?\d)日(?!常)", _day_only),
    (
        "relative",
        r"大前天|前[天日](?!期)|昨[天日晚夜]|今[天日晚晨](?!后)|明[天日晚](?!星)|后天|当[天日晚]|同[天日]|次日",
        _day_relative,
    ),
    ("week", rf"(?P<week_w>上个?|本|这|下个?)?(?:周|星期|礼拜)(?P<week_d>[{_WEEKDAY}])(?![岁年个])", _week),
    ("season", r"年初|年底|[一二三四]季度|上半年|下半年", _season),
    ("unknown", r"近日|日前|连日来|近期|不久前|最近|目前|近年来|此前", _unknown),
)
_ANY = re.compile("|".join(f"(?P<{name}>{form})" for name, form, _ in _FORMS))
_RESOLVERS: dict[str, Resolver] = {name: resolver for name, _, resolver in _FORMS}
