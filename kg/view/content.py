"""What the page holds: which entities are drawn at first, and all cards in compact rows of numbers and text."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import pyoxigraph as og
from rdflib import RDFS

from kg.model import Kind, Modality, Relation, Status
from kg.view.layout import Box, place
from kg.view.page import STYLES, labels
from kg.view.records import Graph, Quote, Source, Statement
from kg.vocabulary import KG, ontology

FIRST_VIEW = 480
FIRST_EDGES = 800  # no more nodes are drawn at first than have that many edges between them
UNLINKED = 60  # drawn instead where no fact joins two entities
QUOTES = 20_000
PER_FACT = 8
MENTIONS = 20_000
PER_ENTITY = 20
LABEL = 9  # characters of a name under its node; the card and the tooltip have the whole name

Row = list[Any]


def gather(graph: Graph) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """The nodes and edges that are drawn at first, and the data behind the cards.

    The rows of ``data`` refer to one another by their place in the list; see ``data.js`` for what stands where.
    """
    order = _by_importance(graph)
    at = {name: i for i, name in enumerate(order)}
    statements = sorted(graph.statements, key=lambda s: (min(at[s.subject], at[s.object or s.subject]), s.id))
    sources = sorted(graph.sources, key=lambda s: (s.date, s.newspaper, s.file, _first_line(s), s.id))
    article = {source.id: i for i, source in enumerate(sources)}
    quotes = _quote_rows(statements, article)
    pages, articles = _source_rows(sources)
    pairs = sorted({(at[s.subject], at[s.object]) for s in statements if s.object and s.object != s.subject})
    data = {
        "entities": _entity_rows(graph, order, at, article),
        "facts": [_fact_row(s, at, quotes.get(s.id, [])) for s in statements],
        "pages": pages,
        "articles": articles,
        "kinds": [[kind, *_names(KG[kind.value]), *STYLES[kind]] for kind in Kind],
        "relations": [[r, *_names(KG[f"relation-{r}"])] for r in Relation],
        "statuses": [[s, *_names(KG[f"status-{s}"])] for s in Status],
        "modalities": [[m, *_names(KG[f"modality-{m}"])] for m in Modality],
        "labels": labels(),
    }
    drawn = _first(len(order), pairs)
    cards = {card.id: card for card in graph.cards}
    degree = _degrees(pairs)
    boxes = {i: _box(cards[order[i]].name, degree[i]) for i in drawn}
    positions = place(pairs, boxes)
    nodes = [
        {
            "id": i,
            "label": short(cards[order[i]].name),
            "group": cards[order[i]].kind,
            "shape": STYLES[Kind(cards[order[i]].kind)][1],
            "size": size(degree[i]),
            "font": {"size": font(degree[i])},
            "x": positions[i][0],
            "y": positions[i][1],
        }
        for i in drawn
    ]
    edges = [{"id": f"{a}-{b}", "from": a, "to": b} for a, b in pairs if a in boxes and b in boxes]
    return nodes, edges, data


def short(name: str) -> str:
    return name if len(name) <= LABEL else name[: LABEL - 1] + "…"


def size(degree: int) -> int:
    """The radius of a node, by its number of neighbours."""
    return 8 + min(16, round(2.6 * math.sqrt(degree)))


def font(degree: int) -> int:
    """The size of a label: hubs keep theirs legible when the whole graph is in view."""
    return 14 + min(16, round(1.7 * math.sqrt(degree - 1))) if degree else 14


def _box(name: str, degree: int) -> Box:
    label = short(name)
    wide = sum(1.0 if ord(c) > 0x2000 else 0.6 for c in label) * font(degree)
    return Box(max(wide, 2.0 * size(degree)) + 14, 2.0 * size(degree) + font(degree) * 1.4 + 12)


def _by_importance(graph: Graph) -> list[str]:
    """Ids of all entities: first those with many neighbours, then with many facts, then with many mentions."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    facts: dict[str, int] = defaultdict(int)
    for s in graph.statements:
        facts[s.subject] += 1
        if s.object and s.object != s.subject:
            facts[s.object] += 1
            neighbours[s.subject].add(s.object)
            neighbours[s.object].add(s.subject)
    ranked = sorted(
        (-len(neighbours[c.id]), -facts[c.id], -len(graph.mentions.get(c.id, ())), c.name, c.id) for c in graph.cards
    )
    return [key[-1] for key in ranked]


def _degrees(pairs: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    neighbours: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        neighbours[a].add(b)
        neighbours[b].add(a)
    found: dict[int, int] = defaultdict(int)
    found.update({i: len(others) for i, others in neighbours.items()})
    return found


def _first(count: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Which entities, given by importance, are drawn at first: those that facts join with others drawn."""
    before: dict[int, int] = defaultdict(int)  # neighbours that are more important
    for a, b in {(min(pair), max(pair)) for pair in pairs}:
        before[b] += 1
        before[a] += 0
    edges = 0
    linked = set()
    for i in sorted(before)[:FIRST_VIEW]:
        edges += before[i]
        if edges > FIRST_EDGES:
            break
        linked.add(i)
    joined = {i for a, b in pairs if a in linked and b in linked for i in (a, b)}
    return sorted(joined) or list(range(min(count, UNLINKED)))


def _entity_rows(graph: Graph, order: Sequence[str], at: Mapping[str, int], article: Mapping[str, int]) -> list[Row]:
    cards = {card.id: card for card in graph.cards}
    kinds = {kind.value: i for i, kind in enumerate(Kind)}
    left = MENTIONS
    rows: list[Row] = []
    for name in order:
        card = cards[name]
        mentions = [q for q in graph.mentions.get(name, ()) if q.article in article]
        mentions.sort(key=lambda q: (article[q.article], q.start, q.id))
        kept = mentions[: min(PER_ENTITY, left)]
        left -= len(kept)
        rows.append(
            [
                card.id,
                kinds[card.kind],
                card.name,
                list(card.alternatives),
                list(card.variants),
                card.code,
                at.get(card.within, -1),
                int(card.private),
                len(mentions),
                [[article[q.article], q.line, q.prefix, q.exact, q.suffix] for q in kept],
            ]
        )
    return rows


def _quote_rows(statements: Sequence[Statement], article: Mapping[str, int]) -> dict[str, list[Row]]:
    """The best quotation of every fact, then the second best and so on, until ``QUOTES`` are taken."""
    modalities = {m.value: i for i, m in enumerate(Modality)}
    found: dict[str, list[Row]] = defaultdict(list)

    def by_turns() -> Iterable[tuple[str, Quote]]:
        for turn in range(PER_FACT):
            for s in statements:
                if turn < len(s.quotes) and s.quotes[turn].article in article:
                    yield s.id, s.quotes[turn]

    for name, q in islice(by_turns(), QUOTES):
        found[name].append(
            [article[q.article], q.line, q.prefix, q.exact, q.suffix, round(q.confidence, 2), modalities[q.modality]]
        )
    return found


def _fact_row(s: Statement, at: Mapping[str, int], quotes: list[Row]) -> Row:
    relations = {r.value: i for i, r in enumerate(Relation)}
    statuses = {status.value: i for i, status in enumerate(Status)}
    modalities = {m.value: i for i, m in enumerate(Modality)}
    best = s.quotes[0] if s.quotes else None
    return [
        relations[s.relation],
        at[s.subject],
        at[s.object] if s.object else -1,
        s.detail,
        s.date,
        statuses.get(s.status, -1),
        s.begins,
        s.ends,
        round(best.confidence, 2) if best else 0,
        modalities[best.modality] if best else 0,
        len(s.quotes),
        quotes,
    ]


def _source_rows(sources: Sequence[Source]) -> tuple[list[Row], list[Row]]:
    """Pages and articles."""
    pages: dict[tuple[str, str, str, str], int] = {}
    articles: list[Row] = []
    for s in sources:
        page = pages.setdefault((s.file, s.newspaper, s.date, s.number), len(pages))
        articles.append([s.id, s.title, int(s.printed), s.lines, page])
    return [list(page) for page in pages], articles


def _first_line(source: Source) -> int:
    digits = source.lines.split(",")[0].split("-")[0]
    return int(digits) if digits.isdigit() else 0


def _names(term: str) -> tuple[str, str]:
    """The Chinese and the English label that the ontology gives a term."""
    found = {
        value.language: value.value for value in ontology().values(term, RDFS.label) if isinstance(value, og.Literal)
    }
    return found.get("zh", ""), found.get("en", "")
