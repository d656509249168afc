"""Who wrote and took what: datelines, bylines, signatures and captions, told by their form."""

from __future__ import annotations

import re
from functools import cache

from kg.segment.words import BULLETS, either, words


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lex = words()
    media, role = either(lex.of("media")), either(lex.of("role"))
    strong = either(r for r in lex.of("role") if r.endswith(("记者", "通讯员", "评论员", "实习生", "编辑", "读者")))
    after = either(r for r in lex.of("role") if len(r) <= 4 and r not in ("记者", "通讯员"))
    return {
        "lead": re.compile(
            rf"^[\[(【\"“{re.escape(BULLETS)}\s]*"
            rf"(?:本报|本刊|本台|本网|据?新华社|据?中新社|人民网|[^,。;:!?“”\"()\s]{{1,22}}?(?:{media}))"
            rf"[^,。;:!?“”\"()]{{0,16}}?(?:讯|电)[\])】:]*\s*"
            rf"(?:[(\[【/]|(?:{strong})|\d|[一二三四五六七八九十]{{1,3}}月|近日|日前|[“\"]|(?<=\s)|(?<=[\])】:]))"
        ),
        "bracket_lead": re.compile(rf"^[(\[](?:[^()\[\]]{{0,12}}?)(?:{strong})[^()\[\]]{{1,40}}[)\]]\s*\S{{10,}}"),
        "place_lead": re.compile(rf"^[\"“【]*[一-龥]{{2,14}}讯\s*[(\[][^()]{{0,16}}?(?:{strong})"),
        "report_lead": re.compile(
            rf"^(?:[一-龥]{{0,10}})(?:{strong})[\s/:]*[一-龥]{{2,4}}[^,。;]{{0,24}}?报道:\s*\S{{6,}}"
        ),
        "media": re.compile(rf"^[一-龥·A-Za-z]{{0,14}}(?:{media})$"),
        "role": re.compile(
            rf"^(?P<media>[一-龥·A-Za-z]{{0,14}}(?:{media}))?[一-龥·]{{0,8}}?(?P<role>{role})(?P<name>[一-龥·]{{0,8}})$"
        ),
        "named": re.compile(rf"^(?P<name>[一-龥]{{2,4}})(?:{after})$"),
        "strong": re.compile(strong),
        "source": re.compile(rf"^(?:{either(lex.of('source'))})"),
    }


SEPARATORS = re.compile(r"[\s/、,:|&()\[\]【】<>]+")


def is_lead(norm: str) -> bool:
    """Opens with the paper's name and 讯 or 电, or with the reporter in brackets."""
    if norm.startswith("又讯"):
        return False
    p = _patterns()
    return any(p[k].match(norm) for k in ("lead", "bracket_lead", "place_lead", "report_lead"))


def is_source(norm: str) -> bool:
    """Opens with 来源, 原载, 供稿 ..."""
    return bool(_patterns()["source"].match(norm))


def _is_name(token: str) -> bool:
    return 2 <= len(token) <= 4 and (token[0] in words().surnames or token[:2] in words().surnames)


def is_credit(norm: str) -> bool:
    """Made of names of people, papers and roles alone, with one role at least.

    A name need not have a known surname behind a reporter's or correspondent's role; elsewhere it must.
    """
    if not 2 <= len(norm) <= 110 or any(c in norm for c in "。;!?…“”"):
        return False
    roles = 0
    follows_role = False
    norm = re.sub(r"《([^《》]{2,12})》", r"\1", norm)
    joined = re.sub(r"(?<![一-龥])([一-龥]) +([一-龥])(?![一-龥])", r"\1\2", norm)  # 杨 芳
    for token in SEPARATORS.split(joined.strip(BULLETS + " ")):
        token = token.strip(BULLETS)
        kind = _credit(token) if token else "blank"
        if kind == "role":
            roles += 1
            follows_role = bool(_patterns()["strong"].search(token))
        elif kind == "loose":
            if not follows_role:
                return False
        elif kind == "no":
            return False
    return roles > 0


def _credit(token: str) -> str:
    """What a part of a byline is: role (perhaps with a name), name, paper, loose (a name perhaps) or no."""
    p = _patterns()
    if token in words().of("role"):
        return "role"
    if _is_name(token):
        return "name"
    if found := p["role"].match(token):
        name = found["name"]
        told_by_paper = bool(found["media"]) or token.startswith(("本报", "本刊"))
        if not name or _is_name(name) or "·" in name or (told_by_paper and len(name) <= 4):
            return "role"
    if (found := p["named"].match(token)) and _is_name(found["name"]):
        return "role"
    if p["media"].match(token):
        return "paper"
    return "loose" if re.fullmatch(r"[一-龥·]{1,4}|[一-龥]+·[一-龥·]+", token) else "no"


def is_byline(norm: str) -> bool:
    if is_credit(norm):
        return True
    if re.match(r"^(?:本报|本刊|本台)[一-龥]{0,6}(?:组|部|员)$", norm):
        return True
    mark = re.match(r"^[□◎○●◇■]\s*(.+)$", norm)
    return bool(mark and names_only(mark[1]))


def names_only(norm: str) -> bool:
    """One to five names of two to four characters: 李青 周明远."""
    tokens = [t for t in re.split(r"[\s、,]+", norm) if t]
    if not 1 <= len(tokens) <= 5:
        return False
    known = sum(map(_is_name, tokens))
    if known == len(tokens) or (known and all(re.fullmatch(r"[一-龥·]{2,4}", t) for t in tokens)):
        return True
    return len(tokens) == 2 and all(len(t) == 1 and "一" <= t <= "龥" for t in tokens) and tokens[0] in words().surnames


PHOTOGRAPHER = re.compile(
    r"[。”!?\s\)]\s*(?:\S{0,20}[/\s])?[一-龥]{2,4}(?:\s[一-龥]{2,4}){0,3}\s*/?\s*(?:摄|供图|摄影报道|摄影|文/?图|图)\)?$"
)
PROVIDER = re.compile(r"[。\s](?:通讯员|记者|资料图片|受访者|本报)\S{0,8}\s*(?:供图|摄|提供)\)?$")
SIGNED = re.compile(r"\(([^()]{2,60})\)$")


def ends_signed(norm: str) -> bool:
    """Ends with names, roles or a source in brackets, behind a finished sentence."""
    found = SIGNED.search(norm)
    if not found:
        return False
    inside, before = found[1].strip(), norm[: found.start()].rstrip()
    finished = before[-1:] in "。!?”…’\"" and bool(before)
    if is_credit(inside):
        return True
    return finished and (names_only(inside) or is_source(inside) or bool(re.search("作者|记者|通讯员", inside)))


def is_caption(norm: str) -> bool:
    if len(norm) > 260:
        return False
    if re.match(r"^[▲▼◀▶△▽←→\s]*(?:图为|图[①-⑳\d一二三四]|[上下左右题]图|压题照片|[(（][①-⑳]图)", norm):
        return True
    if re.match(r"^(?:本版|文中|本文)?图片?由.{2,20}提供$", norm):
        return True
    if PHOTOGRAPHER.search(norm) or PROVIDER.search(norm) or norm.endswith("资料图片"):
        return True
    return "图为" in norm and len(norm) < 160
