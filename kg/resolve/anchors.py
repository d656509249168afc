"""Anchors: the printed words around a mention, by which a decision finds it again after a rebuild."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from kg.model import Mention
from kg.resolve.words import plain

AROUND = 8  # characters before and after the mention
ALIKE = 75  # of 100: the words may have been read a little differently


def anchor(text: str, m: Mention) -> tuple[str, str]:
    """(document, words): the mention between its neighbours, without blanks and line breaks."""
    before = plain(text[max(0, m.start - 3 * AROUND) : m.start])[-AROUND:]
    after = plain(text[m.end : m.end + 3 * AROUND])[:AROUND]
    return m.doc, f"{before}〈{plain(m.text)}〉{after}"


def anchored(
    where: Iterable[tuple[str, str]], mentions: Iterable[Mention], text_of: Mapping[str, str]
) -> frozenset[Mention]:
    """The mentions at which the anchors point: the same words, else the most similar ones of the same document."""
    by_doc: dict[str, list[tuple[str, Mention]]] = {}
    for m in mentions:
        by_doc.setdefault(m.doc, []).append((anchor(text_of[m.doc], m)[1], m))
    found: set[Mention] = set()
    for doc, words in where:
        here = by_doc.get(doc, [])
        exact = [m for w, m in here if w == words]
        if exact:
            found.update(exact)
            continue
        scored = [(fuzz.ratio(w, words), -m.start, m) for w, m in here]
        if scored:
            best = max(scored, key=lambda s: s[:2])
            if best[0] >= ALIKE:
                found.add(best[2])
    return frozenset(found)
