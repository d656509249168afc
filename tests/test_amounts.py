"""Sums of money: exact numbers, currency and what the text says about them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.amounts import find_amounts, match_amount, parse_number


@pytest.mark.parametrize(
    ("worded", "plain", "currency", "qualifier"),
    [
        ("119.75亿元", "11975000000", "CNY", ""),
        ("近120亿元", "12000000000", "CNY", "under"),
        ("1.9亿元", "190000000", "CNY", ""),
        ("8亿元", "800000000", "CNY", ""),
        ("3.5万元", "35000", "CNY", ""),
        ("30亿美元", "3000000000", "USD", ""),
        ("超30亿美元", "3000000000", "USD", "over"),
        ("二十三亿元", "2300000000", "CNY", ""),
        ("一百零五万元", "1050000", "CNY", ""),
        ("三点五亿元", "350000000", "CNY", ""),
        ("约0.6亿元", "60000000", "CNY", "about"),
        ("5亿多元", "500000000", "CNY", "over"),
        ("5000余万元", "50000000", "CNY", "over"),
        ("2000多元", "2000", "CNY", "over"),
        ("1,200万元", "12000000", "CNY", ""),
        ("1.2万亿元", "1200000000000", "CNY", ""),
        ("112902元", "112902", "CNY", ""),
        ("2亿欧元", "200000000", "EUR", ""),
        ("500万元以上", "5000000", "CNY", "over"),
        ("12.5元", "12.5", "CNY", ""),
        ("6832.57万元", "68325700", "CNY", ""),
    ],
)
def test_amount(worded: str, plain: str, currency: str, qualifier: str) -> None:
    amount = match_amount(worded)
    assert amount is not None
    assert (amount.plain, amount.currency, amount.qualifier) == (plain, currency, qualifier)
    assert amount.worded == worded


def test_all_sums_of_a_text() -> None:
    text = "预算从1.9亿元降到约0.6亿元,节约9606万元。"
    assert [a.plain for a in find_amounts(text)] == ["190000000", "60000000", "96060000"]
    assert all(text[a.start : a.end] == a.worded for a in find_amounts(text))


@pytest.mark.parametrize("text", ["十几亿元", "元旦", "公元", "26.67公顷", "第3单元"])
def test_no_sum(text: str) -> None:
    assert find_amounts(text) == ()


def test_parse_number() -> None:
    assert parse_number("两千零五十") == Decimal(2050)
    assert parse_number("二〇二三") == Decimal(2023)
    with pytest.raises(ValueError, match="多少"):
        parse_number("多少")
