"""What people decided about identity: an append-only log of one JSON object a line, made for diffs and reviews.

A decision names its two sides by what survives a rebuild: the entity's id, its names, its kind, and the printed words
around mentions (never their offsets). So it holds when pages are added, read again or recognised anew.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.ids import digest
from kg.model import Kind


class Judgement(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two things a decision is about.

    ``where`` holds anchors (document, printed words around a mention). If ``part`` is set, the side is only those
    mentions of the entity, otherwise they are samples of the whole.
    """

    id: str
    kind: Kind
    name: str
    names: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    part: bool = False

    @property
    def key(self) -> str:
        """The same for the same thing, whatever kind the machine takes it for at the moment."""
        end = self.id.rpartition("-")[2]
        return f"{end} {digest(*(w for pair in sorted(self.where) for w in pair))}" if self.part else end


@dataclass(frozen=True, slots=True)
class Decision:
    """``when`` is given by the caller and empty otherwise: nothing here reads a clock. ``misread`` are wrong forms."""

    left: Side
    right: Side
    judgement: Judgement
    who: str = ""
    when: str = ""
    why: str = ""
    misread: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return digest(self.left.key, self.right.key, self.judgement, self.who, self.when, self.why, size=5)

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.left.key, self.right.key))

    def __str__(self) -> str:
        sign = {Judgement.SAME: "=", Judgement.DIFFERENT: "≠", Judgement.UNSURE: "?"}[self.judgement]
        return f"{self.left.name} {sign} {self.right.name} [{self.id}]"


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes an earlier decision back."""

    of: str
    who: str = ""
    when: str = ""
    why: str = ""


Entry = Decision | Undo


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things are different although a chain of decisions makes them the same."""

    different: Decision
    chain: tuple[Decision, ...]

    def __str__(self) -> str:
        return "; ".join(str(d) for d in (*self.chain, self.different))


def read_log(path: Path) -> tuple[Entry, ...]:
    """All entries in their order; none if there is no file. ``KgError`` names file and line that is wrong."""
    if not path.exists():
        return ()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        hint = "the log of decisions is UTF-8, one JSON object a line"
        raise KgError(f"{path}: cannot be read: {error}", hint) from None
    entries = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                entries.append(_entry(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                hint = "delete the line or put it right; git knows how it was"
                raise KgError(f"{path}:{number}: is no decision: {error!r}", hint) from None
    return tuple(entries)


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Adds lines; what stands in the log is never touched."""
    lines = "".join(line(e) + "\n" for e in entries)
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_bytes() if path.exists() else b""
    with path.open("ab") as f:
        f.write((b"\n" if old and not old.endswith(b"\n") else b"") + lines.encode("utf-8"))


def line(entry: Entry) -> str:
    """One line of the log."""
    if isinstance(entry, Undo):
        return _json({"undo": entry.of, "who": entry.who, "when": entry.when, "why": entry.why})
    row = {
        "id": entry.id,
        "judgement": entry.judgement.value,
        "left": _side_row(entry.left),
        "right": _side_row(entry.right),
        "misread": list(entry.misread),
        "who": entry.who,
        "when": entry.when,
        "why": entry.why,
    }
    return _json(row)


def _json(row: dict[str, Any]) -> str:
    return json.dumps({k: v for k, v in row.items() if v not in ("", [])}, ensure_ascii=False)


def active(entries: Iterable[Entry]) -> tuple[Decision, ...]:
    """The decisions that hold: not taken back, and of several on one pair the latest."""
    held: dict[frozenset[str], Decision] = {}
    for entry in entries:
        if isinstance(entry, Undo):
            held = {pair: d for pair, d in held.items() if d.id != entry.of}
        else:
            held.pop(entry.pair, None)
            held[entry.pair] = entry
    return tuple(held.values())


def contradictions(decisions: Sequence[Decision]) -> tuple[Contradiction, ...]:
    """Every 'different' whose two sides a shortest chain of 'same' connects."""
    edges: dict[str, list[tuple[str, Decision]]] = {}
    for d in decisions:
        if d.judgement is Judgement.SAME:
            edges.setdefault(d.left.key, []).append((d.right.key, d))
            edges.setdefault(d.right.key, []).append((d.left.key, d))
    found = []
    for d in decisions:
        if d.judgement is Judgement.DIFFERENT:
            chain = _chain(d.left.key, d.right.key, edges)
            if chain:
                found.append(Contradiction(d, chain))
    return tuple(found)


def check(decisions: Sequence[Decision]) -> None:
    """``KgError`` that names the edges of the first contradiction."""
    for c in contradictions(decisions):
        raise KgError(f"the decisions contradict one another: {c}", "take one of them back: kg undo ID")


def _chain(start: str, goal: str, edges: dict[str, list[tuple[str, Decision]]]) -> tuple[Decision, ...]:
    paths: dict[str, tuple[Decision, ...]] = {start: ()}
    queue = deque([start])
    while queue:
        at = queue.popleft()
        for other, decision in edges.get(at, ()):
            if other not in paths:
                paths[other] = (*paths[at], decision)
                if other == goal:
                    return paths[other]
                queue.append(other)
    return ()


def _entry(row: dict[str, Any]) -> Entry:
    if "undo" in row:
        return Undo(str(row["undo"]), row.get("who", ""), row.get("when", ""), row.get("why", ""))
    return Decision(
        left=_side(row["left"]),
        right=_side(row["right"]),
        judgement=Judgement(row["judgement"]),
        who=row.get("who", ""),
        when=row.get("when", ""),
        why=row.get("why", ""),
        misread=tuple(row.get("misread", ())),
    )


def _side(row: dict[str, Any]) -> Side:
    return Side(
        id=str(row["id"]),
        kind=Kind(row["kind"]),
        name=str(row["name"]),
        names=tuple(map(str, row.get("names", ()))),
        where=tuple((str(doc), str(words)) for doc, words in row.get("where", ())),
        part=bool(row.get("part", False)),
    )


def _side_row(side: Side) -> dict[str, Any]:
    row = asdict(side) | {"kind": side.kind.value, "names": list(side.names), "where": [list(w) for w in side.where]}
    return {k: v for k, v in row.items() if v not in ("", [], False)}
