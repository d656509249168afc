"""The public interface for other programs: articles, mentions, relations as JSON lines.

One JSON object a line, UTF-8. ``doc`` is the page's file name without its ending; offsets count code points of the
page as read with ``newline=""``; entity ids are the last part of the graph's IRIs. Private persons are in these files,
marked as such: they are working files, no publication.

    articles   doc, article, title, spans [[start, end], …], printed_title, repeats (spans that repeat earlier text)
    mentions   doc, article, start, end, text, type, entity, label, confidence, reasons, nominal, private
    relations  doc, article, relation, subject, object, detail, date, status, modality, subject_label, object_label,
               start, end, evidence, rule, confidence

``relations.jsonl`` holds what the text asserts; claims that it puts as planned, denied or merely quoted stand apart, in
``unasserted.jsonl``, in the same form.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.model import Archive, Entity, Modality, Reference

Row = dict[str, Any]


def article_rows(archive: Archive) -> Iterator[Row]:
    for article in archive.articles:
        yield {
            "doc": article.doc,
            "article": article.id,
            "title": article.title,
            "printed_title": article.printed_title,
            "spans": [[line.start, line.end] for line in article.lines],
            "repeats": [[line.start, line.end] for line in article.lines if line.repeats],
        }


def mention_rows(archive: Archive) -> Iterator[Row]:
    entities = _by_id(archive)
    for m in archive.mentions:
        entity = archive.resolution.links.get(m)
        yield {
            "doc": m.doc,
            "article": m.article,
            "start": m.start,
            "end": m.end,
            "text": m.text,
            "type": m.kind.value,
            "entity": entity,
            "label": entities[entity].name if entity else None,
            "confidence": round(m.confidence, 4),
            "reasons": list(m.reasons),
            "nominal": m.nominal,
            "private": m.private,
        }


def relation_rows(archive: Archive, *, asserted: bool = True) -> Iterator[Row]:
    """Claims that the text states as done or holding, or (not ``asserted``) as planned, denied or merely quoted."""
    entities = _by_id(archive)
    texts = {page.doc: page.text for page in archive.pages}

    def end(reference: Reference | None) -> tuple[str | None, str | None]:
        if reference is None:
            return None, None
        entity = archive.resolution.links[reference]
        return entity, entities[entity].name

    for c in archive.claims:
        if (c.modality is Modality.ASSERTED) is not asserted:
            continue
        subject, subject_label = end(c.subject)
        object_, object_label = end(c.object)
        yield {
            "doc": c.doc,
            "article": c.article,
            "relation": c.relation.value,
            "subject": subject,
            "object": object_,
            "detail": c.detail,
            "date": c.date,
            "status": c.status.value if c.status else "",
            "modality": c.modality.value,
            "subject_label": subject_label,
            "object_label": object_label,
            "start": c.start,
            "end": c.end,
            "evidence": texts[c.doc][c.start : c.end],
            "rule": c.rule,
            "confidence": round(c.confidence, 4),
        }


def finding_rows(archive: Archive) -> Iterator[Row]:
    for f in archive.findings:
        yield {"severity": f.severity.value, "cause": f.cause, "where": f.where, "message": f.message}


def files(archive: Archive) -> dict[str, str]:
    """File name -> content of every JSON lines file."""
    tables = {
        "articles.jsonl": article_rows(archive),
        "mentions.jsonl": mention_rows(archive),
        "relations.jsonl": relation_rows(archive),
        "unasserted.jsonl": relation_rows(archive, asserted=False),
        "findings.jsonl": finding_rows(archive),
    }
    return {name: "".join(map(_line, rows)) for name, rows in tables.items()}


def _by_id(archive: Archive) -> dict[str, Entity]:
    return {e.id: e for e in archive.resolution.entities}


def _line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
