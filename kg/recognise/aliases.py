"""A short form that an article introduces is of the kind of its full name: 甲联合会(以下简称甲联会)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.canonical import find_aliases
from kg.model import Kind, Mention, Page


def kinds_of_aliases(pages: Sequence[Page], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, those of introduced short forms with the kind of the full name that the article gives for them."""
    texts = {page.doc: page.text for page in pages}
    by_doc: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        by_doc[m.doc].append(m)
    kinds: dict[tuple[str, str], Kind] = {}
    for doc, own in by_doc.items():
        named = {(m.start, m.end): m for m in own if not m.nominal}
        for full, (start, end) in find_aliases(texts[doc], list(named)):
            if full in named and named[full].kind is not Kind.PERSON:
                kinds[named[full].article, texts[doc][start:end]] = named[full].kind
    return [
        replace(m, kind=kinds[m.article, m.text], reasons=(*m.reasons, "alias"))
        if kinds.get((m.article, m.text), m.kind) is not m.kind and m.kind is not Kind.PERSON
        else m
        for m in mentions
    ]
