"""Schools and hospitals that are called by a number: 市五中, 县一医院, 三小."""

from __future__ import annotations

import re

from kg.canonical.words import either

NUMBER = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
NUMBERED = re.compile(
    rf"^(?P<ordinal>第?)(?P<number>{NUMBER})"
    rf"(?P<what>中学|中(?!{either('after_zhong')})|小学|小(?![学区时组])|幼儿园|幼(?!儿)|人民医院|医院|医|院(?!士)"
    r"|高级中学|高中|高(?![级等新铁速校])|初级中学|初中|职高|职中|实验小学|实小)(?P<tail>.*)$")
WHAT = {"中": "中学", "小": "小学", "幼": "幼儿园", "医院": "人民医院", "医": "人民医院", "院": "人民医院",
        "高": "高级中学", "高中": "高级中学", "初中": "初级中学", "职高": "职业高级中学",
        "职中": "职业中学", "实小": "实验小学"}
DIGITS = "零一二三四五六七八九"
TAIL = re.compile(rf"^(?:|[一-鿿()\d]{{1,20}}{either('school_tail')})$")


def chinese_number(text: str) -> str:
    """12 -> 十二; Chinese numerals stay."""
    if not text.isdigit():
        return text
    value = int(text)
    tens, ones = divmod(value, 10)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def expand(body: str) -> str | None:
    """第二中学 for 二中, with what follows; None where the body is no numbered school or hospital."""
    m = NUMBERED.match(body)
    if not m or not TAIL.match(m["tail"]):
        return None
    what = m["what"]
    if m["ordinal"] and what in ("医院", "院"):
        return f"第{chinese_number(m['number'])}医院{m['tail']}"  # 第三医院 is a name of its own
    return f"第{chinese_number(m['number'])}{WHAT.get(what, what)}{m['tail']}"
