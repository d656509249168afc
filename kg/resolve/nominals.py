"""Words that point at an entity without naming it: 我市, 该局, 该公司, 公司."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.model import Article, Kind, Mention
from kg.places import gazetteer
from kg.resolve import adapter
from kg.resolve.forms import BUILT, ORGANISED, stands_for
from kg.resolve.words import heads, plain

if TYPE_CHECKING:
    from kg.resolve.naming import Desk, Meant

POINTERS = "该此本这"
OWN = "我"
PAPERS = ("本报", "本社", "本台")
SENTENCE_ENDS = "。！？!?\n"
CLOSE = 3  # how many sentences back a thing is still the one that is talked about


def meant_by(
    text: str, article: Article, mentions: Sequence[Mention], desk: Desk, meant: Mapping[Mention, Meant]
) -> dict[Mention, Meant]:
    """What the article's nominal mentions stand for: our own level, else a thing named before that fits the word."""
    found: dict[Mention, Meant] = {}
    before: list[Mention] = []
    for m in mentions:
        if not m.nominal:
            before.append(m)
            continue
        found[m] = _meant(text, article, m, before, desk, {**meant, **found})
        before.append(m)
    return found


def _meant(
    text: str, article: Article, m: Mention, before: Sequence[Mention], desk: Desk, meant: Mapping[Mention, Meant]
) -> Meant:
    from kg.resolve.naming import Meant

    surface = plain(m.text)
    if surface in PAPERS and desk.newspaper:
        return Meant(desk.newspaper, Kind.ORGANIZATION, None, "the paper speaks of itself")
    if surface[0] == OWN:
        for start in (desk.about, desk.paper):
            own = next((d for d in gazetteer().line(start) if d.name.endswith(surface[1:])), None) if start else None
            if own is not None:
                return Meant(own.name, Kind.PLACE, own, "the paper's own place")
        return Meant(surface, m.kind, None, "a place that the paper calls its own", scope=desk.town or m.doc)
    word = surface.lstrip(POINTERS) or surface
    level = word[0]
    if len(word) > 2 and level in "省市州县区旗镇乡村" and surface[0] in POINTERS:
        place = _last(text, m, before, meant, level, Kind.PLACE)
        if place is not None:  # 该区教育局: the organ of the district named before
            named = adapter.name(meant[place].name + word[1:], m.kind, desk.about, desk.paper, ())
            return Meant(named.name, m.kind, None, "an organ of the place named before")
    thing = _last(text, m, before, meant, word, m.kind)
    if thing is not None:
        return Meant(meant[thing].name, meant[thing].kind, meant[thing].division, "named before in the article")
    own = desk.about or desk.paper
    if m.kind is Kind.PLACE and own is not None and len(word) == 1 and own.name.endswith(word):
        return Meant(own.name, Kind.PLACE, own, "the place that the article is about")
    return Meant(surface, m.kind, None, "a thing that the article does not name", scope=article.id)


def _last(
    text: str, m: Mention, before: Sequence[Mention], meant: Mapping[Mention, Meant], word: str, kind: Kind
) -> Mention | None:
    """Of the things before that fit the word, the one that opens its sentence last, among the nearest sentences."""
    fitting = [b for b in before if b in meant and _fits(word, kind, b, meant[b])]
    if not fitting:
        return None
    nearest = fitting[-1]
    if kind is Kind.PLACE:
        return nearest
    here = _sentence(text, m.start)
    if _sentence(text, nearest.start) == here:
        same = [b for b in fitting if _sentence(text, b.start) == here]
        return same[0] if len({meant[b].name for b in same}) == 1 or kind is Kind.PROJECT else nearest
    for b in reversed(fitting):
        if here - _sentence(text, b.start) > CLOSE:
            break
        if _opens(text, b):
            return b
    return nearest


def _sentence(text: str, position: int) -> int:
    return sum(text.count(end, 0, position) for end in SENTENCE_ENDS)


def _opens(text: str, m: Mention) -> bool:
    """Whether the mention stands at the head of its sentence, where what is talked about stands."""
    return m.start == 0 or text[m.start - 1] in SENTENCE_ENDS + "*#> ”"


def _fits(word: str, kind: Kind, m: Mention, meant: Meant) -> bool:
    name = meant.name
    if meant.kind is Kind.PERSON:
        return False
    if name.endswith(word) or (len(word) > 2 and stands_for(word, name, kind, meant.kind) is not None):
        return True
    if len(word) == 1 and kind is Kind.PLACE:
        return False  # 该县 is no district
    if word in ("项目", "工程", "建设项目"):
        return meant.kind is Kind.PROJECT
    if word in ("公司", "企业", "集团"):
        return meant.kind is Kind.COMPANY
    if kind is Kind.AGENCY:
        return meant.kind is Kind.AGENCY and word in ("部门", "单位")
    if kind is Kind.ORGANIZATION:
        return meant.kind is Kind.ORGANIZATION and word in _endings(name)
    return kind is meant.kind and kind in BUILT | ORGANISED and word in _endings(name)


def _endings(name: str) -> set[str]:
    """What a name's head can be called: 校 and 学校 of a 中学."""
    found = {name[-1:]}
    for text, head in heads().items():
        if name.endswith(text):
            found |= {text, *head.shorts}
    if any(school in name for school in ("中学", "小学", "大学", "学院", "学校")):
        found |= {"校", "学校", "院校"}
    return found
