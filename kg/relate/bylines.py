"""Bylines: who reported, sent in, photographed or wrote an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Claim, Relation, Role
from kg.relate.claims import claim
from kg.relate.patterns import Pattern, classes, load, word
from kg.relate.slots import PER, Slotted


def bylines(text: Slotted) -> Iterator[Claim]:
    """One claim for each role; who has a reporter's or correspondent's role is no author beside it."""
    found = list(_matches(text))
    roles = {c.subject for c in found if c.detail in ("reporter", "correspondent")}
    yield from (c for c in found if c.detail != "author" or c.subject not in roles)


def _matches(text: Slotted) -> Iterator[Claim]:
    for pattern in load("byline"):
        for m in pattern.regex.finditer(text.text):
            if not _stands(text, pattern, m):
                continue
            for i in text.slots(*m.span("s"), PER):
                if word("NOTNAME").fullmatch(text.mentions[i].text):
                    continue
                yield claim(
                    text,
                    Relation.BYLINE,
                    text.mentions[i],
                    None,
                    m.span(),
                    f"byline.{pattern.id}",
                    detail=pattern.value,
                    confidence=pattern.confidence,
                )


def _stands(text: Slotted, pattern: Pattern, m: re.Match[str]) -> bool:
    """Whether the match is where the pattern wants it."""
    if pattern.where == "head":  # a line of names between the headline and the first sentence
        before = text.text[: m.start()]
        if text.role(m.start("s")) is Role.BYLINE:
            return True
        return bool(before.strip()) and before.count("\n") <= 4 and not re.search("[。;,!?]", before[-60:])
    if pattern.where == "author":  # names with a role have rules of their own
        return not re.search(rf"{classes()['WRITER']}|{classes()['HELPER']}|摄|图", m.group())
    return True
