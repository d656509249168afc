"""Archives of marked text: ⟦surface|TYPE⟧, with ~ for nominal mentions and * for those that a test asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluate.gold import KINDS
from kg.model import Archive, Article, Claim, Entity, Line, Mention, Page, Role
from kg.places import gazetteer
from kg.relate import relate
from kg.resolve import resolve

MARK = re.compile(r"⟦([^⟦⟧|]+)\|([A-Z]+)(~?)(\*?)⟧")


@dataclass(frozen=True)
class Source:
    """A page: its place, its date and the marked text of each of its articles."""

    doc: str
    place: str
    date: str
    stories: tuple[str, ...]


@dataclass(frozen=True)
class Built:
    archive: Archive
    marked: tuple[Mention, ...]

    def entity(self, m: Mention) -> Entity:
        return next(e for e in self.archive.resolution.entities if e.id == self.archive.resolution.links[m])

    def named(self, surface: str) -> list[Mention]:
        return [m for m in self.archive.mentions if m.text == surface]


def build(sources: Sequence[Source], decisions: Sequence[object] = ()) -> Built:
    """Pages with given mentions, the claims that ``kg.relate`` finds in them, and their linking."""
    pages: list[Page] = []
    articles: list[Article] = []
    mentions: list[Mention] = []
    marked: list[Mention] = []
    for source in sources:
        text = ""
        for number, story in enumerate(source.stories, 1):
            article = f"{source.doc}-a{number}"
            start, last = len(text), 0
            for m in MARK.finditer(story):
                text += story[last : m.start()]
                at = len(text)
                mention = Mention(source.doc, article, at, at + len(m[1]), m[1], KINDS[m[2]], nominal=bool(m[3]))
                text += m[1]
                last = m.end()
                mentions.append(mention)
                if m[4]:
                    marked.append(mention)
            text += story[last:] + "\n"
            line = Line(number, start, len(text) - 1, Role.BODY)
            articles.append(Article(article, source.doc, story[:12], (line,)))
        division = gazetteer().resolve(source.place)
        short = (division.short or division.name) if division else source.place
        pages.append(Page(source.doc, f"{source.doc}.txt", text, "utf-8", f"{short}日报", source.place, source.date))
    page_of = {p.doc: p for p in pages}
    claims: list[Claim] = []
    for a in articles:
        claims += relate(page_of[a.doc], a, [m for m in mentions if m.article == a.id])
    found = resolve(pages, articles, mentions, claims, decisions)  # type: ignore[arg-type]
    archive = Archive(tuple(pages), tuple(articles), tuple(mentions), tuple(claims), found, ())
    return Built(archive, tuple(marked))
