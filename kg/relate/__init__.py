"""Relations: from the mentions of an article to claims with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import Article, Claim, Mention, Modality, Page, Relation
from kg.relate.appointments import appointments
from kg.relate.bylines import bylines
from kg.relate.facts import facts
from kg.relate.posts import posts
from kg.relate.slots import slotted
from kg.relate.visits import visits

__all__ = ["findings", "relate"]

_ACTS = (Relation.APPOINT, Relation.REMOVE)


def relate(page: Page, article: Article, mentions: Sequence[Mention]) -> tuple[Claim, ...]:
    """What the article states about its mentions, each claim once, sorted by evidence.

    ``mentions`` are those of this article, sorted by start, without overlaps. Repeated lines yield nothing.
    """
    found = _without_shadows(findings(page, article, mentions))
    best: dict[tuple[object, ...], Claim] = {}
    for c in sorted(found, key=_order):
        key = (c.relation, c.subject, c.object, c.detail, c.status)
        if key not in best or _rank(c) > _rank(best[key]):
            best[key] = c
    return tuple(sorted(best.values(), key=_order))


def findings(page: Page, article: Article, mentions: Sequence[Mention]) -> list[Claim]:
    """What every single pattern finds, the same statement found by several patterns included."""
    text = slotted(page, article, mentions)
    return [*bylines(text), *posts(text), *appointments(text), *facts(text), *visits(text)]


def _without_shadows(claims: Iterable[Claim]) -> list[Claim]:
    """Without posts that are a notice's appointments read again, and without undated twins of dated visits."""
    claims = list(claims)
    acts = {(c.subject, c.object, c.detail) for c in claims if c.relation in _ACTS and not c.rule.endswith("elected")}
    days = {_pair(c) for c in claims if c.relation is Relation.VISIT and c.date}
    return [
        c
        for c in claims
        if not (c.rule == "post.holds" and (c.subject, c.object, c.detail) in acts)
        and not (c.relation is Relation.VISIT and not c.date and _pair(c) in days)
    ]


def _pair(c: Claim) -> tuple[str, ...]:
    return tuple(r.text if isinstance(r, Mention) else r.name if r else "" for r in (c.subject, c.object))


def _rank(c: Claim) -> tuple[bool, float]:
    return (c.modality is Modality.ASSERTED, c.confidence)


def _order(c: Claim) -> tuple[int, int, str, str, str]:
    return (c.start, c.end, c.relation.value, c.detail, c.rule)
