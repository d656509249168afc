"""What of an archive may be published: everything but private people, their facts and their printed names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.model import Archive, Article, Claim, Entity, Fact, Mention, Page, Reference

BLOT = "□"


@dataclass(frozen=True, slots=True)
class View:
    """The publishable part of an archive, with look-ups. ``pages`` holds blotted text of the same length."""

    pages: Mapping[str, Page]  # by doc
    checksummed: Mapping[str, Page]  # by doc, as read
    articles: Mapping[str, Article]  # by id
    mentions: tuple[Mention, ...]
    entities: Mapping[str, Entity]  # by id
    links: Mapping[Reference, str]
    facts: tuple[Fact, ...]


def publish(archive: Archive, *, include_private: bool) -> View:
    everything = (*archive.mentions, *_claimed(archive.facts))
    mentions = tuple(sorted(set(everything), key=_place))
    links = archive.resolution.links
    hidden = frozenset[str]() if include_private else _hidden(archive, mentions)
    blotted = [m for m in mentions if not include_private and (m.private or links.get(m) in hidden)]
    secret = frozenset(blotted)
    by_page: dict[str, list[Mention]] = defaultdict(list)
    by_article: dict[str, list[Mention]] = defaultdict(list)
    for mention in blotted:
        by_page[mention.doc].append(mention)
        by_article[mention.article].append(mention)
    return View(
        pages={page.doc: _blot_page(page, by_page[page.doc]) for page in archive.pages},
        checksummed={page.doc: page for page in archive.pages},
        articles={article.id: _blot_title(article, by_article[article.id]) for article in archive.articles},
        mentions=tuple(m for m in mentions if m not in secret),
        entities={e.id: e for e in archive.resolution.entities if e.id not in hidden},
        links=links,
        facts=tuple(_open_facts(archive.facts, hidden, secret)),
    )


def _claimed(facts: Iterable[Fact]) -> Iterable[Mention]:
    """Mentions that claims point at belong to the graph even where the list of mentions lacks them."""
    for fact in facts:
        for claim in fact.claims:
            for reference in (claim.subject, claim.object):
                if isinstance(reference, Mention):
                    yield reference


def _hidden(archive: Archive, mentions: Iterable[Mention]) -> frozenset[str]:
    """Ids of the private entities, and of those that only private mentions name."""
    private: dict[str, bool] = {}
    for mention in mentions:
        entity = archive.resolution.links.get(mention)
        if entity is not None:
            private[entity] = mention.private and private.get(entity, True)
    for reference, entity in archive.resolution.links.items():
        if not isinstance(reference, Mention):
            private[entity] = False
    only_private = {entity for entity, hide in private.items() if hide}
    return frozenset(only_private | {e.id for e in archive.resolution.entities if e.private})


def _open_facts(facts: Iterable[Fact], hidden: frozenset[str], secret: frozenset[Mention]) -> Iterable[Fact]:
    for fact in facts:
        if fact.subject in hidden or fact.object in hidden:
            continue
        claims = tuple(c for c in fact.claims if not _touches(c, secret))
        if claims or not fact.claims:  # a fact without any claim is an error that the shapes must see
            yield replace(fact, claims=claims)


def _touches(claim: Claim, secret: frozenset[Mention]) -> bool:
    return any(isinstance(r, Mention) and r in secret for r in (claim.subject, claim.object))


def _blot_page(page: Page, mentions: Iterable[Mention]) -> Page:
    text = page.text
    for mention in mentions:
        text = text[: mention.start] + BLOT * (mention.end - mention.start) + text[mention.end :]
    return replace(page, text=text)


def _blot_title(article: Article, mentions: Iterable[Mention]) -> Article:
    title = article.title
    for mention in mentions:
        title = title.replace(mention.text, BLOT * len(mention.text))
    return replace(article, title=title)


def _place(mention: Mention) -> tuple[str, int, int, str, str]:
    return (mention.doc, mention.start, mention.end, mention.kind, mention.text)
