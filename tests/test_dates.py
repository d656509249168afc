"""Dates against the page's day: absolute, partial, relative, and never an invented year."""

from __future__ import annotations

import pytest

from kg.dates import find_dates, parse_day, resolve

PAGE = "2023-04-27"  # a Thursday


@pytest.mark.parametrize(
    ("worded", "page", "last", "iso"),
    [
        ("2023年4月26日", "", "", "2023-04-26"),
        ("二〇二三年四月二十六日", "", "", "2023-04-26"),
        ("2010年3月", PAGE, "", "2010-03"),
        ("1998年", PAGE, "", "1998"),
        ("2024.05.06", "", "", "2024-05-06"),
        ("4月26日", PAGE, "", "2023-04-26"),
        ("十二月三十日", "2024-01-05", "", "2023-12-30"),
        ("12月29日", "2024-01-05", "", "2023-12-29"),
        ("1月5日", "2023-12-28", "", "2024-01-05"),
        ("4月26日", "2023", "", "2023-04-26"),
        ("4月26日", "", "", ""),
        ("4月26日", "--04-27", "", ""),
        ("2月30日", PAGE, "", ""),
        ("26日", PAGE, "", "2023-04-26"),
        ("29日", "2023-05-03", "", "2023-04-29"),
        ("25日", "2023-05-03", "2023-04-24", "2023-04-25"),
        ("昨日", PAGE, "", "2023-04-26"),
        ("昨日", "2023-03-01", "", "2023-02-28"),
        ("前天", PAGE, "", "2023-04-25"),
        ("今天", PAGE, "", PAGE),
        ("昨日", "", "", ""),
        ("昨日", "2023-04", "", ""),
        ("当天", PAGE, "2023-04-24", "2023-04-24"),
        ("当天", PAGE, "", ""),
        ("次日", PAGE, "2023-04-30", "2023-05-01"),
        ("上周五", PAGE, "", "2023-04-21"),
        ("周五", PAGE, "", "2023-04-21"),
        ("本周三", PAGE, "", "2023-04-26"),
        ("本月16日至20日", PAGE, "", "2023-04-16"),
        ("上月", "2023-01-10", "", "2022-12"),
        ("去年底", PAGE, "", "2022"),
        ("去年9月", PAGE, "", "2022-09"),
        ("今年4月3日", PAGE, "", "2023-04-03"),
        ("去年", "", "", ""),
        ("一季度", PAGE, "", "2023"),
        ("9月", PAGE, "", "2022-09"),
        ("近日", PAGE, "", ""),
        ("日前", PAGE, "", ""),
    ],
)
def test_resolved_with_its_precision(worded: str, page: str, last: str, iso: str) -> None:
    found = find_dates(worded, page, last)
    assert found and found[0].iso == iso
    assert resolve(worded, page, last) == iso


def test_every_date_of_a_text_with_its_place() -> None:
    text = "4月24日,会议召开。当天,代表报到,25日选举。"
    found = find_dates(text, PAGE)
    assert [(d.worded, d.iso) for d in found] == [
        ("4月24日", "2023-04-24"),
        ("当天", "2023-04-24"),
        ("25日", "2023-04-25"),
    ]
    assert all(text[d.start : d.end] == d.worded for d in found)


@pytest.mark.parametrize("text", ["日常工作", "日期", "3.5万元", "第26届", "今后", "明星", "一月之计"])
def test_no_date(text: str) -> None:
    assert [d for d in find_dates(text, PAGE) if d.iso] == []


def test_parse_day() -> None:
    assert parse_day("2023-04") is None and parse_day("2023-02-30") is None
    day = parse_day(PAGE)
    assert day is not None and day.isoformat() == PAGE
