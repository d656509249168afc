"""The IRIs of the data: flat, opaque, ASCII, and the same in every rebuild.

Flat names (``base`` + word + ``-`` + hash) let every writer shorten them with one prefix. They name things;
they are not addresses until somebody publishes the graph under a domain of their own.
"""

from __future__ import annotations

import re

import pyoxigraph as og

from kg.errors import KgError
from kg.ids import digest
from kg.model import Claim, Entity, Fact, Implied, Mention, Page, Reference
from kg.vocabulary import NAMESPACE

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+[/#:]")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def check_base(base: str) -> str:
    """``base`` if data IRIs can begin with it; KgError otherwise."""
    if not _BASE.fullmatch(base):
        raise KgError(
            f"base {base!r} is no absolute ASCII IRI that ends in '/', '#' or ':'",
            "use a base such as https://data.example.org/id/",
        )
    if base == NAMESPACE:
        raise KgError(f"base {base!r} is the namespace of the ontology", "use a base of your own for the data")
    return base


class Names:
    """Gives every thing of an archive its IRI."""

    def __init__(self, base: str) -> None:
        self.base = check_base(base)
        self.entities_graph = self.node("graph-entities")
        self.sources_graph = self.node("graph-sources")

    def node(self, local: str) -> og.NamedNode:
        return og.NamedNode(self.base + local)

    def hashed(self, word: str, *fields: str) -> og.NamedNode:
        return self.node(f"{word}-{digest(*fields)}")

    def entity(self, entity: Entity) -> og.NamedNode:
        return self._given(entity.kind.lower(), entity.id)

    def fact(self, fact: Fact) -> og.NamedNode:
        return self._given("fact", fact.id)

    def page(self, doc: str) -> og.NamedNode:
        return self.hashed("page", doc)

    def newspaper(self, page: Page) -> og.NamedNode:
        return self.hashed("newspaper", page.newspaper)

    def issue(self, page: Page) -> og.NamedNode:
        return self.hashed("issue", page.newspaper, page.date)

    def article(self, article: str) -> og.NamedNode:
        return self.hashed("article", article)

    def article_graph(self, article: str) -> og.NamedNode:
        return self.hashed("graph", article)

    def mention(self, mention: Mention) -> og.NamedNode:
        return self.hashed("mention", mention.id)

    def claim(self, claim: Claim) -> og.NamedNode:
        """Two patterns that read the same claim out of the same characters share it."""
        return self.hashed(
            "claim",
            claim.article,
            claim.relation,
            _reference(claim.subject),
            _reference(claim.object),
            str(claim.start),
            str(claim.end),
            claim.detail,
            claim.date,
            claim.status or "",
            claim.modality,
        )

    def post(self, organ: str, title: str) -> og.NamedNode:
        return self.hashed("post", organ, title)

    def role(self, title: str) -> og.NamedNode:
        return self.hashed("role", title)

    def part(self, word: str, whole: og.NamedNode) -> og.NamedNode:
        """A node that belongs to one other node: the target of a mention, the amount of a fact."""
        return self.hashed(word, whole.value.removeprefix(self.base))

    def _given(self, word: str, identifier: str) -> og.NamedNode:
        # The stages before give entities and facts ids that are opaque and stable already: keep those legible.
        if not _SAFE.fullmatch(identifier):
            return self.hashed(word, identifier)
        return self.node(identifier if identifier.startswith(f"{word}-") else f"{word}-{identifier}")


def _reference(reference: Reference | None) -> str:
    if isinstance(reference, Implied):
        return f"implied:{reference.kind}:{reference.name}"
    return reference.id if reference else ""
