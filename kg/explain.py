"""Everything the graph says about a name, down to the printed characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as og
from rapidfuzz import fuzz, process
from rdflib import PROV, RDFS, SDO, SKOS

from kg.model import Kind, Modality, Relation, Status
from kg.vocabulary import KG, NAMESPACE, OA, node, ontology

_SUGGESTIONS = 5
_LIKENESS = 50  # of 100, by rapidfuzz
_OPEN, _CLOSE = "⟦", "⟧"  # newspapers print 【】 and 《》 themselves
_LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim: the sentence with its evidence, and where it is printed."""

    newspaper: str
    date: str
    page: str  # number of the page within the issue
    file: str
    line: int
    title: str
    before: str
    quote: str
    after: str
    modality: Modality
    confidence: float
    rules: tuple[str, ...]

    def sentence(self) -> str:
        return _flat(f"{self.before}{_OPEN}{self.quote}{_CLOSE}{self.after}")

    def place(self) -> str:
        printed = " ".join(part for part in (self.newspaper, self.date, self.page and f"第{self.page}版") if part)
        return f"{printed} {self.file}:{self.line} 《{_flat(self.title)}》".strip()


@dataclass(frozen=True, slots=True)
class Told:
    """A fact about the entity. ``other`` is the entity at its other end, or empty."""

    id: str
    relation: Relation
    subject: bool  # whether the entity is the fact's subject
    other: str
    detail: str
    status: Status | None
    date: str
    since: str
    until: str
    evidence: tuple[Evidence, ...]

    def headline(self) -> str:
        words = [_word(KG[f"relation-{self.relation}"])]
        # 陆明远 -> 局长 of an organ; an organ <- 陆明远, its 局长
        words.append(self.other if self.subject else f"← {self.other}")
        words.append(_money(self.detail) if self.relation is Relation.AMOUNT else self.detail)
        if self.relation is Relation.STAKE and self.detail:
            words[-1] += "%"
        words.append(f"({_word(KG[f'status-{self.status}'])})" if self.status else "")
        words.append(self.date)
        if self.since or self.until:
            words.append(f"[{self.since or '?'} – {self.until}]")
        return " ".join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class Card:
    """One entity of that name."""

    id: str
    kind: Kind
    name: str
    alternatives: tuple[str, ...]
    variants: tuple[str, ...]
    code: str
    within: tuple[str, ...]  # the places that contain it, the nearest first
    mentions: int
    articles: int
    facts: tuple[Told, ...]

    def lines(self) -> Iterator[str]:
        yield f"{self.name}  {_word(KG[self.kind.value])}  <{self.id}>"
        if self.alternatives:
            yield f"  also called 别名: {'、'.join(self.alternatives)}"
        if self.variants:
            yield f"  misprinted as 误作: {'、'.join(self.variants)}"
        if self.code or self.within:
            yield f"  {' '.join(part for part in (self.code, ' < '.join(self.within)) if part)}"
        yield f"  named 提及: {self.mentions}; articles 文章: {self.articles}; facts 事实: {len(self.facts)}"
        for fact in self.facts:
            yield ""
            yield f"  {fact.headline()}"
            for claim in fact.evidence:
                doubt = "" if claim.modality is Modality.ASSERTED else f" ({_word(KG[f'modality-{claim.modality}'])})"
                yield f"    {claim.place()}{doubt}"
                yield f"      {claim.sentence()}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """True if anything of that name is known; else ``suggestions`` holds names like it."""

    name: str
    cards: tuple[Card, ...]
    suggestions: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.cards)

    def text(self) -> str:
        if not self.cards:
            like = f"; like it are 相近的有: {'、'.join(self.suggestions)}" if self.suggestions else ""
            return f"{self.name}: not in the graph 图谱中没有{like}\n"
        lines: list[str] = []
        if len(self.cards) > 1:
            lines += [f"{len(self.cards)} entities have the name {self.name} 有 {len(self.cards)} 个同名实体", ""]
        for number, card in enumerate(self.cards):
            lines += ([""] if number else []) + list(card.lines())
        return "".join(f"{line}\n" for line in lines)


def explain(store: og.Store, name: str) -> Explanation:
    """Looks the name up among all names of all entities, then among the printed forms."""
    wanted = name.strip()
    graph = _Reader(store)
    found = graph.subjects(KG.name, og.Literal(wanted)) or graph.printed(wanted)
    if not found:
        return Explanation(wanted, (), _like(wanted, graph.all_names()))
    cards = sorted((_card(graph, entity) for entity in found), key=lambda card: (card.kind, card.name, card.id))
    return Explanation(wanted, tuple(cards))


class _Reader:
    """The union of the store's graphs, asked by pattern."""

    def __init__(self, store: og.Store) -> None:
        self.store = store

    def objects(self, subject: og.NamedNode, predicate: str) -> list[og.NamedNode | og.Literal]:
        found = {quad.object for quad in self.store.quads_for_pattern(subject, node(predicate), None, None)}
        return sorted((o for o in found if isinstance(o, og.NamedNode | og.Literal)), key=str)

    def nodes(self, subject: og.NamedNode, predicate: str) -> list[og.NamedNode]:
        return [o for o in self.objects(subject, predicate) if isinstance(o, og.NamedNode)]

    def texts(self, subject: og.NamedNode, predicate: str) -> list[str]:
        return [o.value for o in self.objects(subject, predicate)]

    def text(self, subject: og.NamedNode | None, predicate: str) -> str:
        return next(iter(self.texts(subject, predicate)), "") if subject else ""

    def one(self, subject: og.NamedNode | None, predicate: str) -> og.NamedNode | None:
        return next(iter(self.nodes(subject, predicate)), None) if subject else None

    def subjects(self, predicate: str, value: og.NamedNode | og.Literal) -> list[og.NamedNode]:
        found = {quad.subject for quad in self.store.quads_for_pattern(None, node(predicate), value, None)}
        return sorted((s for s in found if isinstance(s, og.NamedNode)), key=str)

    def printed(self, words: str) -> list[og.NamedNode]:
        """The entities of the mentions that read so."""
        found = set()
        for quote in self.subjects(OA.exact, og.Literal(words, language="zh")):
            for target in self.subjects(OA.hasSelector, quote):
                for mention in self.subjects(OA.hasTarget, target):
                    found.update(self.nodes(mention, OA.hasBody))
        return sorted(found, key=str)

    def all_names(self) -> list[str]:
        found = {quad.object for quad in self.store.quads_for_pattern(None, node(KG.name), None, None)}
        return sorted(o.value for o in found if isinstance(o, og.Literal))

    def local(self, subject: og.NamedNode, predicate: str, before: str) -> str:
        """The rest of an own term's name: ``current`` of kg:status-current."""
        term = self.one(subject, predicate)
        return term.value.removeprefix(NAMESPACE + before) if term else ""


def _like(name: str, names: list[str]) -> tuple[str, ...]:
    holding = [other for other in names if name and name in other][:_SUGGESTIONS]
    scored = process.extract(name, names, scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_LIKENESS)
    near = [other for other, *_ in sorted(scored, key=lambda match: (-match[1], match[0]))]
    return tuple(dict.fromkeys((*near, *holding)))[:_SUGGESTIONS]


def _card(graph: _Reader, me: og.NamedNode) -> Card:
    mentions = graph.subjects(OA.hasBody, me)
    kinds = {node(KG[kind.value]): kind for kind in Kind}
    types = graph.nodes(me, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    facts = [_told(graph, fact, True) for fact in graph.subjects(KG.subject, me)]
    facts += [_told(graph, fact, False) for fact in graph.subjects(KG.object, me)]
    order = list(Relation)
    return Card(
        id=me.value,
        kind=next(kinds[each] for each in types if each in kinds),
        name=graph.text(me, SKOS.prefLabel),
        alternatives=tuple(graph.texts(me, SKOS.altLabel)),
        variants=tuple(graph.texts(me, SKOS.hiddenLabel)),
        code=graph.text(me, KG.divisionCode),
        within=tuple(_containers(graph, me)),
        mentions=len(mentions),
        articles=len({article for mention in mentions for article in graph.nodes(mention, KG.inArticle)}),
        facts=tuple(
            sorted(facts, key=lambda f: (order.index(f.relation), f.date, not f.subject, f.other, f.detail, f.id))
        ),
    )


def _containers(graph: _Reader, place: og.NamedNode) -> Iterator[str]:
    seen = {place}
    above = graph.one(place, SDO.containedInPlace)
    while above and above not in seen:
        seen.add(above)
        yield graph.text(above, SKOS.prefLabel)
        above = graph.one(above, SDO.containedInPlace)


def _told(graph: _Reader, fact: og.NamedNode, is_subject: bool) -> Told:
    status = graph.local(fact, KG.status, "status-")
    evidence = [_evidence(graph, claim) for claim in graph.subjects(KG.supports, fact)]
    return Told(
        id=fact.value,
        relation=Relation(graph.local(fact, KG.relation, "relation-")),
        subject=is_subject,
        other=graph.text(graph.one(fact, KG.object if is_subject else KG.subject), SKOS.prefLabel),
        detail=graph.text(fact, KG.detail),
        status=Status(status) if status else None,
        date=graph.text(fact, KG.date),
        since=graph.text(fact, SDO.validFrom),
        until=graph.text(fact, SDO.validUntil),
        evidence=tuple(sorted(evidence, key=lambda e: (e.date, e.file, e.line, e.before, e.quote))),
    )


def _evidence(graph: _Reader, claim: og.NamedNode) -> Evidence:
    article = graph.one(claim, PROV.wasDerivedFrom)
    page = graph.one(article, SDO.isPartOf)
    newspaper = graph.one(graph.one(page, SDO.isPartOf), SDO.isPartOf)
    target = graph.one(claim, KG.evidence)
    selectors = graph.nodes(target, OA.hasSelector) if target else []
    quote = next((selector for selector in selectors if graph.text(selector, OA.exact)), None)
    return Evidence(
        newspaper=graph.text(newspaper, SKOS.prefLabel),
        date=graph.text(page, SDO.datePublished),
        page=graph.text(page, SDO.pagination),
        file=graph.text(page, KG.file),
        line=int(graph.text(claim, KG.line) or 0),
        title=graph.text(article, SDO.headline),
        before=graph.text(quote, OA.prefix),
        quote=graph.text(quote, OA.exact),
        after=graph.text(quote, OA.suffix),
        modality=Modality(graph.local(claim, KG.modality, "modality-")),
        confidence=float(graph.text(claim, KG.confidence) or 0),
        rules=tuple(graph.texts(claim, KG.rule)),
    )


def _word(term: str) -> str:
    """The term's names in the ontology, Chinese first."""
    labels = {
        value.language: value.value
        for value in ontology().values(term, RDFS.label)
        if isinstance(value, og.Literal)
    }
    return " ".join(labels[language] for language in _LANGUAGES if language in labels)


def _money(yuan: str) -> str:
    return f"{int(yuan):,} 元" if yuan.isdecimal() else yuan


def _flat(text: str) -> str:
    """One line that cannot steer a terminal. Chinese runs on over a line's end without a blank."""
    joined = re.sub(r"\s*[\r\n]+\s*", "", text)
    return "".join(char if char.isprintable() else " " for char in joined).strip()
