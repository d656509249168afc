"""Names that hold in one town only: 人民路, 实验小学, 新华村 are other things in another city."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.model import Article, Kind, Mention
from kg.places import Division, DivisionKind, Level, gazetteer
from kg.resolve.naming import Desk, Meant
from kg.resolve.parts import LEVEL_WORDS, place_prefix
from kg.resolve.words import ending, words


@dataclass(frozen=True, slots=True)
class Located:
    """A place's name within a city, and the division in which the text puts it."""

    name: str
    scope: str
    container: Division | None


def locate(
    text_of: Mapping[str, str],
    articles: Sequence[Article],
    mentions: Mapping[str, Sequence[Mention]],
    at: Mapping[str, Desk],
    meant: Mapping[Mention, Meant],
) -> tuple[dict[Mention, Meant], dict[tuple[str, str], Division]]:
    """The same with scopes, and the division that contains each (name, scope) as far as the text tells."""
    result: dict[Mention, Meant] = {}
    located: dict[tuple[str, str], dict[str, Counter[Division]]] = defaultdict(lambda: defaultdict(Counter))
    for article in articles:
        containers: dict[Mention, Division] = {}
        before: Mention | None = None
        for m in mentions.get(article.id, ()):
            if m.kind is Kind.PERSON or m not in meant:
                continue
            now = meant[m]
            scope = now.scope or scope_of(now, at[article.id])
            result[m] = replace(now, scope=scope)
            if now.division is None and m.kind is Kind.PLACE and scope:
                inside = _container(text_of[article.doc], before, m, meant, containers)
                if inside is not None:
                    containers[m] = inside
                    located[now.name, scope][article.id][inside] += 1
                else:
                    located[now.name, scope][article.id] += Counter()
            before = m
    inside_of: dict[tuple[str, str], Division] = {}
    moved: dict[tuple[str, str, str], str] = {}
    for (name, scope), of_article in located.items():
        _separate(name, scope, of_article, inside_of, moved)
    for m, now in result.items():
        to = moved.get((now.name, now.scope, m.article))
        if to is not None:
            result[m] = replace(now, scope=to)
    return result, inside_of


def scope_of(meant: Meant, desk: Desk) -> str:
    """Nothing for a name that says everything; the division's key for a namesake; else the city of the paper."""
    if meant.division is not None:
        return division_scope(meant.division)
    if local(meant.name):
        return desk.city
    return ""


def division_scope(division: Division) -> str:
    """Only divisions with a namesake need their key: 鼓楼区 does, 昆明市 does not."""
    namesakes = [d for d in gazetteer().by_name(division.name) if d.kind is not DivisionKind.FORMER]
    return division.key if len(namesakes) > 1 else ""


@lru_cache(maxsize=100_000)
def local(name: str) -> bool:
    """Whether a name is known only together with its city."""
    prefix = place_prefix(name)
    official = prefix and prefix[-1] in LEVEL_WORDS and len(prefix) > 2
    if official:
        return False
    last = ending(name, "local")
    if last:  # 北京路 lies in many cities, but 北京动物园 in one
        return not prefix or last in words("road")
    return not prefix and ((name[0] in LEVEL_WORDS and len(name) > 2) or _generic(name))


def _generic(name: str) -> bool:
    """Made of words that say nothing without a town: 第一人民医院."""
    while name:
        word = next((w for w in words("generic") if name.startswith(w)), "")
        if not word:
            return False
        name = name[len(word) :]
    return True


def _container(
    text: str,
    before: Mention | None,
    m: Mention,
    meant: Mapping[Mention, Meant],
    containers: Mapping[Mention, Division],
) -> Division | None:
    """The town or county named right before a village or road."""
    if before is None or text[before.end : m.start].strip() or m.start - before.end > 2:
        return None
    division = meant[before].division or containers.get(before)
    return division if division is not None and division.level >= Level.COUNTY else None


def _separate(
    name: str,
    scope: str,
    of_article: Mapping[str, Counter[Division]],
    inside_of: dict[tuple[str, str], Division],
    moved: dict[tuple[str, str, str], str],
) -> None:
    """Two villages of one name in two towns are two things; a mention without its town goes with the most frequent."""
    classes: list[tuple[Division, Counter[str]]] = []
    for article in sorted(of_article):
        for division in sorted(of_article[article], key=lambda d: (-d.level, d.key)):
            for i, (known, members) in enumerate(classes):
                if gazetteer().contains(known, division) or gazetteer().contains(division, known):
                    deeper = division if division.level > known.level else known
                    classes[i] = (deeper, members)
                    members[article] += of_article[article][division]
                    break
            else:
                classes.append((division, Counter({article: of_article[article][division]})))
    if not classes:
        return
    classes.sort(key=lambda c: (-sum(c[1].values()), c[0].key))
    inside_of[name, scope] = classes[0][0]
    for division, members in classes[1:]:
        inside_of[name, f"{scope} {division.key}"] = division
        for article in members:
            if members[article] > classes[0][1].get(article, 0):
                moved[name, scope, article] = f"{scope} {division.key}"
