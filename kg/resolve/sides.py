"""Entities as sides of a decision, and how they are shown to the person who decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.decisions import Side
from kg.model import Entity, Mention
from kg.resolve.anchors import anchor

SAMPLES = 5  # anchors of a whole entity; a part has all of its own
SHOWN = 24  # characters of context on either side


def side_of(entity: Entity, mentions: Iterable[Mention], text_of: Mapping[str, str], *, part: bool = False) -> Side:
    """The entity (or the part of it that ``mentions`` are) as a log names it."""
    ordered = sorted(mentions, key=lambda m: (m.doc, m.start, m.end))
    anchors = [anchor(text_of[m.doc], m) for m in ordered]
    return Side(
        id=entity.id,
        kind=entity.kind,
        name=entity.name,
        names=(*entity.alternatives, *entity.variants),
        where=tuple(dict.fromkeys(anchors if part else anchors[:SAMPLES])),
        part=part,
    )


def shown(m: Mention, text_of: Mapping[str, str]) -> str:
    """A mention in its sentence, on one line."""
    text = text_of[m.doc]
    before = " ".join(text[max(0, m.start - SHOWN) : m.start].split())
    after = " ".join(text[m.end : m.end + SHOWN].split())
    return f"{m.doc}: …{before}〈{' '.join(m.text.split())}〉{after}…"
