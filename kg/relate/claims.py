"""How a claim is made from a match: evidence, modality, confidence."""

from __future__ import annotations

import re

from kg.model import Claim, Mention, Modality, Reference, Relation, Status
from kg.relate.patterns import classes
from kg.relate.slots import Slotted


def claim(
    text: Slotted,
    relation: Relation,
    subject: Reference,
    obj: Reference | None,
    span: tuple[int, int],
    rule: str,
    *,
    detail: str = "",
    date: str = "",
    status: Status | None = None,
    modality: Modality = Modality.ASSERTED,
    confidence: float = 0.9,
) -> Claim:
    """A claim whose evidence is ``text[span]``; ``span`` is widened to the mentions of subject and object."""
    start, end = text.span(*span)
    return Claim(
        doc=text.page.doc,
        article=text.article.id,
        relation=relation,
        subject=subject,
        object=obj,
        start=start,
        end=end,
        rule=rule,
        detail=detail,
        date=date,
        status=status,
        modality=modality,
        confidence=confidence,
    )


def modality(text: Slotted, trigger: int, relation: Relation) -> Modality:
    """How the clause puts what stands at ``trigger``: from the words between the clause's start and there."""
    before = text.notes[text.clause_start(trigger) : trigger]
    known = classes()
    if re.search(known["NEGATED"], before):
        return Modality.NEGATED
    if re.search(known["HEARSAY"], before):
        return Modality.QUOTED
    if relation in _PLANNABLE and re.search(known["PLANNED"], before):
        return Modality.PLANNED
    return Modality.ASSERTED


_PLANNABLE = {Relation.VISIT, Relation.SIGNED, Relation.APPOINT, Relation.REMOVE, Relation.HONOUR}


def mention_at(text: Slotted, position: int) -> Mention:
    return text.mentions[position]
