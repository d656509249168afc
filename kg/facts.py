"""Facts: what claims of one or more articles state about the same entities."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from kg.ids import digest
from kg.model import Claim, Fact, Relation, Resolution, Status
from kg.vocabulary import relation_types

Key = tuple[Relation, str, str, str, str, str]

# of these the date is a part of what is stated; of the others it tells when the article saw it
DATED = frozenset({Relation.APPOINT, Relation.REMOVE, Relation.VISIT})


def facts(claims: Sequence[Claim], resolution: Resolution) -> tuple[Fact, ...]:
    """One fact for all claims with the same relation, entities, detail, status and (where it matters) date."""
    grouped: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[_key(claim, resolution)].append(claim)
    result = []
    for key, group in grouped.items():
        relation, subject, object_, detail, date, status = key
        result.append(
            Fact(
                id=f"fact-{digest(*key)}",
                relation=relation,
                subject=subject,
                object=object_,
                detail=detail,
                date=date,
                status=Status(status) if status else None,
                claims=tuple(sorted(group, key=lambda c: (c.doc, c.start, c.end, c.rule))),
            )
        )
    return tuple(sorted(result, key=lambda f: f.id))


def fitting(claims: Sequence[Claim], resolution: Resolution) -> list[Claim]:
    """The claims whose subject and object are of kinds that the ontology allows for their relation: linking may have
    learned that a place is a firm, or that both ends are one."""
    kinds = {e.id: e.kind for e in resolution.entities}
    allowed = relation_types()
    result = []
    for claim in claims:
        subjects, objects, _ = allowed[claim.relation]
        subject = kinds[resolution.links[claim.subject]]
        object_ = kinds[resolution.links[claim.object]] if claim.object is not None else None
        same = claim.object is not None and resolution.links[claim.subject] == resolution.links[claim.object]
        if subject in subjects and (object_ is None or object_ in objects) and not same:
            result.append(claim)
    return result


def _key(claim: Claim, resolution: Resolution) -> Key:
    return (
        claim.relation,
        resolution.links[claim.subject],
        resolution.links[claim.object] if claim.object is not None else "",
        "".join(unicodedata.normalize("NFKC", claim.detail).split()),
        claim.date if claim.relation in DATED else "",
        claim.status or "",
    )
