"""Web Annotation targets: the exact characters of a page, by position and by quotation with their sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as og
from rdflib import RDF

from kg.graph.names import Names
from kg.graph.publication import View
from kg.graph.values import integer, zh
from kg.model import Article
from kg.vocabulary import OA, node

Triple = tuple[og.NamedNode, og.NamedNode, og.NamedNode | og.Literal]

SENTENCE = 160  # characters of context on each side of a claim's evidence, at most
GLIMPSE = 16  # the same for a mention: enough to find the quotation again
_ENDS = frozenset("。！？!?")
_CLOSERS = frozenset("”’』」）)》")


def target_triples(
    view: View, names: Names, owner: og.NamedNode, doc: str, article: str, start: int, end: int, reach: int
) -> Iterator[Triple]:
    """The target of ``owner`` (a claim or mention) with its two selectors; ``target(...)`` names it."""
    page = view.pages[doc]
    prefix, suffix = context(page.text, view.articles.get(article), start, end, reach)
    target = target_name(names, owner)
    position = names.part("position", owner)
    quote = names.part("quote", owner)
    yield target, node(RDF.type), node(OA.SpecificResource)
    yield target, node(OA.hasSource), names.page(doc)
    yield target, node(OA.hasSelector), position
    yield target, node(OA.hasSelector), quote
    yield position, node(RDF.type), node(OA.TextPositionSelector)
    yield position, node(OA.start), integer(start)
    yield position, node(OA.end), integer(end)
    yield quote, node(RDF.type), node(OA.TextQuoteSelector)
    yield quote, node(OA.exact), zh(page.text[start:end])
    if prefix:
        yield quote, node(OA.prefix), zh(prefix)
    if suffix:
        yield quote, node(OA.suffix), zh(suffix)


def target_name(names: Names, owner: og.NamedNode) -> og.NamedNode:
    return names.part("target", owner)


def line_number(text: str, article: Article | None, start: int) -> int:
    """The 1-based line of the page on which the character stands."""
    for line in article.lines if article else ():
        if line.start <= start < line.end:
            return line.number
    return text.count("\n", 0, start) + 1


def context(text: str, article: Article | None, start: int, end: int, reach: int) -> tuple[str, str]:
    """What stands before and after the span in its sentence, at most ``reach`` characters each.

    A sentence ends at a full stop, and at a line's end unless the article says that its next line runs on.
    """
    low, high = _bounds(text, article, start, end)
    left = start
    while left > max(low, start - reach) and not _ended(text, left, low):
        left -= 1
    right = end
    limit = min(high, end + reach)
    while right < limit and not _ended(text, right, end):
        right += 1
    while right < limit and text[right] in _CLOSERS and _ended(text, right, end):
        right += 1
    return text[left:start], text[end:right]


def _ended(text: str, at: int, low: int) -> bool:
    """Whether a sentence has ended just before ``at`` (closing quotes and brackets belong to it)."""
    last = at - 1
    while last > low and text[last] in _CLOSERS:
        last -= 1
    return last >= low and text[last] in _ENDS and not (at < len(text) and text[at] in _ENDS | _CLOSERS)


def _bounds(text: str, article: Article | None, start: int, end: int) -> tuple[int, int]:
    """The stretch of the page that the sentence may fill: its lines, with those that run on."""
    by_place = sorted(article.lines, key=lambda line: line.start) if article else []
    touched = [i for i, line in enumerate(by_place) if line.start < end and start < line.end]
    if not touched:
        low = text.rfind("\n", 0, start) + 1
        high = text.find("\n", end)
        return low, len(text) if high < 0 else high
    first, last = touched[0], touched[-1]
    while first > 0 and by_place[first].runs_on and _adjoin(text, by_place[first - 1].end, by_place[first].start):
        first -= 1
    while (
        last + 1 < len(by_place)
        and by_place[last + 1].runs_on
        and _adjoin(text, by_place[last].end, by_place[last + 1].start)
    ):
        last += 1
    return min(by_place[first].start, start), max(by_place[last].end, end)


def _adjoin(text: str, end: int, start: int) -> bool:
    return end <= start and not text[end:start].strip()
