"""Private persons: those known only from notices, as victims or minors, or as ordinary interviewees.

A person whom the article shows in an office, as an author or as a party to a business is public; the contexts that
make one private are data (``kg/lexicons/private_contexts.tsv``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.model import Article, Claim, Kind, Mention, Page, Reference, Relation
from kg.resources import lexicon
from kg.tables import rows

PUBLIC = frozenset({Relation.POST, Relation.APPOINT, Relation.REMOVE, Relation.BYLINE, Relation.HONOUR, Relation.VISIT})
NOTICE_LENGTH = 600  # a notice is short; 遗失 in a long story is no notice of loss
REACH = 12


@dataclass(frozen=True, slots=True)
class Context:
    where: str
    regex: re.Pattern[str]
    strong: bool


def mark_private(
    pages: Sequence[Page], articles: Sequence[Article], mentions: Sequence[Mention], claims: Sequence[Claim]
) -> tuple[tuple[Mention, ...], tuple[Claim, ...]]:
    """The same mentions and claims, with every mention of a private person marked."""
    texts = {p.doc: p.text for p in pages}
    public = {
        (c.article, c.subject.text)
        for c in claims
        if c.relation in PUBLIC and isinstance(c.subject, Mention) and c.subject.kind is Kind.PERSON
    }
    by_name: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for m in mentions:
        if m.kind is Kind.PERSON:
            by_name[m.article, m.text].append(m)
    notices = {a.id for a in articles if _is_notice(a, texts[a.doc])}
    hidden: set[Mention] = set()
    for key, same in by_name.items():
        found = [c for m in same for c in _contexts(m, texts[m.doc])]
        lost = key[0] in notices
        if lost or any(c.strong for c in found) or (found and key not in public):
            hidden.update(same)
    marked = {m: replace(m, private=True) for m in hidden}

    def shown(reference: Reference | None) -> Reference | None:
        return marked.get(reference, reference) if isinstance(reference, Mention) else reference

    return (
        tuple(marked.get(m, m) for m in mentions),
        tuple(replace(c, subject=shown(c.subject) or c.subject, object=shown(c.object)) for c in claims),
    )


def _contexts(m: Mention, text: str) -> list[Context]:
    before, after = text[max(0, m.start - REACH) : m.start], text[m.end : m.end + REACH]
    return [
        c
        for c in contexts()
        if (c.where == "before" and c.regex.search(before)) or (c.where == "after" and c.regex.match(after))
    ]


def _is_notice(article: Article, text: str) -> bool:
    body = "".join(text[line.start : line.end] for line in article.lines)
    rules = [c.regex for c in contexts() if c.where == "notice"]
    if any(r.search(article.title) for r in rules):
        return True
    return len(body) <= NOTICE_LENGTH and not article.printed_title and any(r.search(body) for r in rules)


@cache
def contexts() -> tuple[Context, ...]:
    result = []
    for _, row in rows(lexicon("private_contexts.tsv")):
        expression = f"(?:{row['expression']})"
        if row["where"] == "before":
            expression += "$"
        result.append(Context(row["where"], re.compile(expression), row["strong"] == "yes"))
    return tuple(result)
