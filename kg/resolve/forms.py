"""Whether one name can be a short form of another: the grammar of Chinese abbreviation, without any list of names.

A name is a body and a head (甲江水务 + 有限公司). A short form drops the place before it, shortens or drops the head,
or takes characters of the body in order. What it never does: drop a number, turn a branch into the whole, or leave a
word out of the middle while it keeps the others (甲江大学 is not 甲江工业大学).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.model import Kind
from kg.places import gazetteer
from kg.resolve.parts import LEVEL_WORDS, place_prefix, split, without_place
from kg.resolve.words import Head, apart, ending, heads, words

ORGANISED = frozenset({Kind.AGENCY, Kind.COMPANY, Kind.ORGANIZATION})
BUILT = frozenset({Kind.PROJECT, Kind.PLACE})
SCHOOLS = ("学", "学院", "学校", "幼儿园", "医院", "会")


@dataclass(frozen=True, slots=True)
class Form:
    """How a short form follows from the full one. ``weight`` 0..1: from which distance it may be trusted."""

    rule: str
    weight: float


SAME_BODY = Form("the same name with a shorter head", 0.95)
NO_PLACE = Form("the same name without its place", 0.9)
NO_OWNER = Form("the end of the name", 0.6)
CONTRACTED = Form("characters of the name in order", 0.75)
BRAND = Form("the name's beginning without its head", 0.7)
NO_MIDDLE = Form("the name's beginning and end without its middle", 0.6)
SHORT_BRAND = Form("the beginning of a name that is short itself", 0.55)
RESEMBLES = Form("most of the name's characters in order", 0.5)


@lru_cache(maxsize=200_000)
def stands_for(short: str, full: str, kind: Kind, full_kind: Kind) -> Form | None:
    """How ``short`` can stand for ``full`` (both plain); None if it cannot. Says nothing about whether it does."""
    if not 2 <= len(short) < len(full) or not _kinds_agree(kind, full_kind):
        return None
    if short[0] in LEVEL_WORDS and place_prefix(full).endswith(short[0]) and len(short) > 3:
        short, full = short[1:], full[len(place_prefix(full)) :]  # 市种联会 and 甲江市种…联合会: the same level
        if short == full:
            return NO_PLACE
    if len(short) >= len(full):
        return None
    body, head = split(short)
    full_body, full_head = split(full)
    if _numbers(short) - _numbers(full) or _dropped_number(short, full):
        return None
    if full.endswith(short):
        return _ending(short, full, kind, full_head)
    if {kind, full_kind} <= BUILT and Kind.PLACE in (kind, full_kind):
        return _place(short, full, full_head) if kind is full_kind else _site(short, full)
    if full_head is not None and full_head.kind == "branch" and not _bodies(short, full_head):
        return None
    for candidate in _bodies(short, full_head):
        if candidate in (full_body, without_place(full_body)):
            return SAME_BODY if candidate == full_body else NO_PLACE
    if Kind.PROJECT in (kind, full_kind):
        return _project(short, full)
    for candidate in _bodies(short, full_head):
        whole = full_head is not None and full_head.kind != "branch"
        if whole and full_body.endswith(candidate) and len(candidate) > 3:
            return NO_OWNER
        if full_body.startswith(short):
            return None  # 甲江集团 is the parent of 甲江集团乙山公司
        if not _keeps_head(short, full_head) and _contracts(candidate, full_body, full_head):
            return CONTRACTED
    if Kind.AGENCY in (kind, full_kind):
        return None
    if full_head is not None and full_head.kind == "company":
        # 甲江农商行 of 甲江农村商业银行股份有限公司
        inner = stands_for(short, full_body, kind, full_kind) if split(full_body)[1] is not None else None
        if inner is not None:
            return inner
        if any(_bridges(b, full_body) for b in _bodies(short, full_head) or (short,)):
            return NO_MIDDLE
    if head is not None:
        return RESEMBLES if _cut(body, head, full_body, full_head) else None
    if full_head is not None and full_head.kind in ("company", "org"):
        if len(short) > 3 and full_body.endswith(short):
            return NO_OWNER
        return _brand(short, full_body) if kind is full_kind else None
    if full_head is None and kind is Kind.COMPANY and _brand(short, full) is BRAND:
        return SHORT_BRAND
    return None


def never_stands_for(short: str, full: str) -> bool:
    """A short form drops no number, and one of the whole names no branch."""
    head, full_head = split(short)[1], split(full)[1]
    branch = full_head is not None and full_head.kind == "branch" and not full.endswith(short)
    if _dropped_number(short, full) or (branch and not _bodies(short, full_head)):
        return True
    brand = full.startswith(short) and head is None and full_head is not None and full_head.kind == "company"
    return brand and bool(place_prefix(full[len(short) :] + "某某"))


def _kinds_agree(a: Kind, b: Kind) -> bool:
    return a == b or {a, b} <= ORGANISED or {a, b} <= BUILT


def _numbers(name: str) -> frozenset[str]:
    known = apart()
    return frozenset(c for c in name if known.get(c) == 0)


def _dropped_number(short: str, full: str) -> bool:
    """第二中学 is never called 中学, nor the second stage of a project by the project's name."""
    return bool(_numbers(full) - _numbers(short)) and not full.endswith(short)


def _ending(short: str, full: str, kind: Kind, full_head: Head | None) -> Form | None:
    before = full[: -len(short)]
    if split(short)[0] == short and short in heads():
        return None  # a bare head: 医院, 公司
    if without_place(full) == short or place_prefix(before + "某某") == before or before in LEVEL_WORDS:
        return NO_PLACE
    if kind is Kind.PLACE:
        return None  # 山前村 is not 黑山前村
    if len(short) >= 4 or split(short)[1] is not None:
        return NO_OWNER
    return None


def _place(short: str, full: str, full_head: Head | None) -> Form | None:
    """荷花 for 荷花示范区, but never 荷花 for 荷花路."""
    if full[len(short) :] in ("村", "镇", "乡", "街道", "社区", "苏木") and full.startswith(short):
        return None if ending(short, "feature") else BRAND
    if gazetteer().lookup(short) or ending(short, "local") or ending(short, "feature"):
        return None
    if full_head is not None and full_head.kind in ("place", "project") and full == short + full_head.text:
        return BRAND
    if full_head is not None and any(short == split(full)[0] + s for s in full_head.shorts):
        return SAME_BODY
    return None


def _bridges(body: str, full: str) -> bool:
    """A firm's brand and trade without what stands between: never a place and a trade, of which there are many."""
    start = without_place(full)
    for cut in range(2, len(body) - 1):
        if start.startswith(body[:cut]) and start.endswith(body[cut:]) and len(body) < len(start):
            return not place_prefix(body[:cut] + "某")
    return False


def _cut(body: str, head: Head, full_body: str, full_head: Head | None) -> bool:
    """Laboratories and institutes with long names lose their last words; schools never do."""
    if full_head is None or head.text != full_head.text or head.kind != "org" or head.text.endswith(SCHOOLS):
        return False
    return len(body) >= 4 and full_body.startswith(body) and place_prefix(body + "某") != body


def _site(short: str, full: str) -> Form | None:
    """An estate and its building project are one; a mountain and the cableway up to it are two."""
    same = any(short + word == full for word in ("项目", "工程", "建设项目", "建设工程"))
    return SAME_BODY if same and not ending(short, "local") else None


def _keeps_head(short: str, full_head: Head | None) -> bool:
    """A name that ends like a full one is a full one; only 公司 and 集团 are used loosely."""
    if full_head is None or not short.endswith(full_head.text):
        return False
    return len(full_head.text) > 2 or full_head.kind not in ("company", "branch")


def _bodies(short: str, full_head: Head | None) -> tuple[str, ...]:
    """What is left of the short form without a head that can stand for the full name's."""
    if full_head is None:
        return (short,)
    if short.endswith(full_head.text):
        return (short[: -len(full_head.text)],)
    found = [short[: -len(e)] for e in full_head.shorts if short.endswith(e) and len(short) > len(e)]
    return tuple(dict.fromkeys(found))


def _contracts(body: str, full: str, full_head: Head | None) -> bool:
    """Characters of the full body in order, from its beginning (or the beginning after the place)."""
    if full_head is None or not full:
        return False
    if not full_head.shorts and full_head.kind not in ("company", "branch"):
        return False  # a head that is always kept: what stands before it is kept too
    return any(_in_order(body, start) for start in dict.fromkeys((full, without_place(full))))


def _in_order(body: str, full: str) -> bool:
    if not body or body[0] != full[0] or len(body) >= len(full):
        return False
    if full.startswith(body):
        # 甲江工 of 甲江工业 is a short form; 甲江市 of 甲江市安全生产 is another committee
        said = body.removeprefix("中共")
        if (
            place_prefix(said + "某") == said
            or body.endswith(("集团", "公司"))
            or place_prefix(full[len(body) :] + "某某")
        ):
            return False
        return len(body) >= 2 or len(full) <= 2
    if len(body) > 5:
        return False
    runs = _runs(body, full)
    return runs is not None and not (len(runs) > 1 and min(runs) > 1)


def _runs(body: str, full: str) -> list[int] | None:
    """Lengths of the unbroken pieces when the characters are found in order, first come first; None if they are not."""
    runs: list[int] = []
    at = -2
    for char in body:
        if at >= 0 and at + 1 < len(full) and full[at + 1] == char:
            at += 1
            runs[-1] += 1
            continue
        at = full.find(char, at + 1 if at >= 0 else 0)
        if at < 0:
            return None
        runs.append(1)
    return runs


def _brand(short: str, full_body: str) -> Form | None:
    for start in dict.fromkeys((full_body, without_place(full_body))):
        rest = start[len(short) :]
        # 甲车 in 甲车乙山电机有限公司 is the parent of the firm in 乙山, not the firm
        if start.startswith(short) and not place_prefix(rest + "某某"):
            return BRAND
    if len(short) == 2 and short[0] == full_body[0] and short[1] in full_body[2:5]:
        return CONTRACTED
    return None


def _project(short: str, full: str) -> Form | None:
    """A project is called by a part of its long name, not always word for word."""
    body, full_body = _project_body(short), _project_body(full)
    if body == full_body:
        return SAME_BODY
    if len(body) < 3 or len(body) > 0.6 * len(full_body):
        return None
    if full_body.startswith(body):
        return None  # an estate and the building site beside it
    if full_body.endswith(body) or (body in full_body and short.endswith(("项目", "工程"))):
        return NO_OWNER
    if body in full_body:
        return None  # a farm and what is built on it
    body, full_body = _telling(body), _telling(full_body)
    common, run = _common(body, full_body)
    return RESEMBLES if run >= 2 and common >= max(3, 0.65 * len(body)) else None


def _telling(body: str) -> str:
    """Without the words that every project has: 升级改造, 建设."""
    for word in words("works"):
        body = body.replace(word, "")
    return body


def _project_body(name: str) -> str:
    while True:
        body, head = split(name)
        if head is None or head.kind != "project" or head.text in ("产业园", "工业园"):
            return name
        name = body


def _common(a: str, b: str) -> tuple[int, int]:
    """Length of the longest common subsequence and of the longest common piece."""
    lengths = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    pieces = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    longest = 0
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            if x == y:
                lengths[i][j] = lengths[i - 1][j - 1] + 1
                pieces[i][j] = pieces[i - 1][j - 1] + 1
                longest = max(longest, pieces[i][j])
            else:
                lengths[i][j] = max(lengths[i - 1][j], lengths[i][j - 1])
    return lengths[-1][-1], longest
