"""``kg review``, ``kg merge``, ``kg split`` and ``kg undo``: people decide what the machine leaves open.

The log of decisions (see ``kg.decisions``) is a file of its own; nothing here changes pages or mentions. A decision
takes effect with the next build.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.decisions import (
    Decision,
    Entry,
    Judgement,
    Side,
    Undo,
    active,
    append,
    check,
    read_log,
)
from kg.errors import KgError
from kg.model import Archive, Entity, Kind, Mention
from kg.resolve.candidates import Candidate, candidates
from kg.resolve.sides import side_of

LOG = "decisions.jsonl"
COLUMNS = (
    "judgement",
    "why",
    "question",
    "score",
    "gain",
    "left",
    "left_id",
    "left_shown",
    "right",
    "right_id",
    "right_shown",
    "reasons",
)


def questions(archive: Archive, log: Path) -> tuple[Candidate, ...]:
    """What is still open after the decisions of the log, the most useful question first."""
    return candidates(archive, active(read_log(log)))


def listing(found: Sequence[Candidate], limit: int = 20) -> str:
    """The questions for a terminal; ids are what ``merge`` and ``split`` take."""
    lines = []
    for n, c in enumerate(found[:limit], 1):
        lines.append(f"{n:3d}. {c.left.name} = {c.right.name}?  {c.question}  {c.score:.2f}")
        for side, shown in ((c.left, c.left_shown), (c.right, c.right_shown)):
            lines.append(f"     {side.id}  {side.kind}")
            lines.append(f"       {shown}")
        lines += [f"     {reason}" for reason in c.reasons]
    if len(found) > limit:
        lines.append(f"     and {len(found) - limit} more")
    return "\n".join(lines) + "\n" if lines else "nothing to decide\n"


def history(log: Path) -> str:
    """The log for a terminal: decisions that hold and those that were taken back."""
    entries = read_log(log)
    held = {d.id for d in active(entries)}
    lines = []
    for e in entries:
        if isinstance(e, Undo):
            about = " ".join(filter(None, (e.when, e.who, e.why)))
            lines.append(f"  undo {e.of}  {about}".rstrip())
        else:
            about = " ".join(filter(None, (e.when, e.who, e.why)))
            lines.append(f"{' ' if e.id in held else '-'} {e}  {about}".rstrip())
    return "\n".join(lines) + "\n" if lines else "no decisions\n"


def judge(
    archive: Archive,
    log: Path,
    left: str,
    right: str,
    judgement: Judgement,
    *,
    who: str = "",
    when: str = "",
    why: str = "",
    misread: Sequence[str] = (),
) -> Decision:
    """Adds a decision about two entities, given by id or by name. ``KgError`` if it contradicts earlier ones."""
    a, b = find(archive, left), find(archive, right)
    if a.id == b.id:
        raise KgError(f"{left} and {right} are one entity already", "to part them use: kg split")
    if judgement is Judgement.SAME and (a.kind is Kind.PERSON) is not (b.kind is Kind.PERSON):
        raise KgError(f"{a.name} is a {a.kind}, {b.name} a {b.kind}", "a person and a thing cannot be one")
    decision = Decision(_side(archive, a), _side(archive, b), judgement, who, when, why, tuple(misread))
    return _add(log, decision)


def merge(
    archive: Archive,
    log: Path,
    left: str,
    right: str,
    *,
    who: str = "",
    when: str = "",
    why: str = "",
    misread: bool = False,
) -> Decision:
    """Two entities are one; the first keeps its id and name. ``misread``: the second name is an error of reading."""
    wrong = (find(archive, right).name,) if misread else ()
    return judge(archive, log, left, right, Judgement.SAME, who=who, when=when, why=why, misread=wrong)


def split(
    archive: Archive,
    log: Path,
    entity: str,
    where: Sequence[str],
    *,
    who: str = "",
    when: str = "",
    why: str = "",
) -> Decision:
    """Parts mentions from an entity; ``where`` names them by mention id, article id, document or printed words."""
    whole = find(archive, entity)
    own = [m for m in archive.mentions if archive.resolution.links.get(m) == whole.id]
    part = [m for m in own if {m.id, m.article, m.doc, m.text} & set(where)]
    known = {w for m in own for w in (m.id, m.article, m.doc, m.text)}
    for each in where:
        if each not in known:
            raise KgError(
                f"{each}: names no mention of {whole.name}", "name a mention, an article, a page or a surface"
            )
    if not part or len(part) == len(own):
        raise KgError(f"{whole.name}: that is all of it", "leave at least one mention out")
    text_of = {page.doc: page.text for page in archive.pages}
    rest = [m for m in own if m not in set(part)]
    decision = Decision(
        side_of(whole, rest, text_of),
        side_of(whole, part, text_of, part=True),
        Judgement.DIFFERENT,
        who,
        when,
        why,
    )
    return _add(log, decision)


def undo(log: Path, decision: str, *, who: str = "", when: str = "", why: str = "") -> Undo:
    """Takes a decision back by its id; the log keeps both lines."""
    held = {d.id for d in active(read_log(log))}
    if decision not in held:
        raise KgError(f"{decision}: no decision that holds has this id", "kg review --history lists them")
    entry = Undo(decision, who, when, why)
    append(log, [entry])
    return entry


def export_csv(found: Iterable[Candidate]) -> str:
    """The questions as a table to fill in: same, different or unsure in the first column."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for c in found:
        if c.question == "one or two":
            continue  # such a part has no id yet; kg split decides it
        row = ["", "", c.question, str(c.score), str(c.gain), c.left.name, c.left.id, c.left_shown]
        row += [c.right.name, c.right.id, c.right_shown, " | ".join(c.reasons)]
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def import_csv(archive: Archive, log: Path, text: str, *, who: str = "", when: str = "") -> tuple[Decision, ...]:
    """Adds the decisions of a filled table. All or none: ``KgError`` names the first row that cannot be taken."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("﻿")))
    missing = [c for c in ("judgement", "left_id", "right_id") if c not in (reader.fieldnames or ())]
    if missing:
        raise KgError(f"the table has no column {missing[0]!r}", "fill in the table that kg review --export wrote")
    made: list[Decision] = []
    for row in reader:
        given = (row["judgement"] or "").strip().lower()
        if not given:
            continue
        if given not in list(Judgement):
            raise KgError(f"line {reader.line_num}: {given!r} is no judgement", "same, different or unsure")
        a, b = (find(archive, (row[c] or "").lstrip("'")) for c in ("left_id", "right_id"))
        why = (row.get("why") or "").strip()
        made.append(Decision(_side(archive, a), _side(archive, b), Judgement(given), who, when, why))
    _checked(log, made)
    append(log, made)
    return tuple(made)


def find(archive: Archive, entity: str) -> Entity:
    """An entity by its id or by any of its names; ``KgError`` if there is none or more than one."""
    hits = [e for e in archive.resolution.entities if e.id == entity]
    hits = hits or [e for e in archive.resolution.entities if e.name == entity]
    hits = hits or [e for e in archive.resolution.entities if entity in (*e.alternatives, *e.variants)]
    if not hits:
        raise KgError(f"{entity}: no such entity", "give an id or a name as kg review prints it")
    if len(hits) > 1:
        raise KgError(f"{entity}: {len(hits)} entities have this name", "give one id: " + ", ".join(e.id for e in hits))
    return hits[0]


def _side(archive: Archive, entity: Entity) -> Side:
    own: list[Mention] = [m for m in archive.mentions if archive.resolution.links.get(m) == entity.id]
    return side_of(entity, own, {page.doc: page.text for page in archive.pages})


def _add(log: Path, decision: Decision) -> Decision:
    _checked(log, [decision])
    append(log, [decision])
    return decision


def _checked(log: Path, more: Sequence[Entry]) -> None:
    check(active([*read_log(log), *more]))


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
