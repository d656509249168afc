"""Figures of the relations, at three levels: triple, with detail, with detail and date."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kg.evaluate.gold import Gold, GoldRelation

Counts = tuple[float, float, float]
Key = tuple[str, str, str]  # relation, subject, object
Item = tuple[Key, str, str]  # key, detail, date

BYLINE = {"记者": "reporter", "全媒体记者": "reporter", "通讯员": "correspondent", "摄影": "photographer",
          "摄影记者": "photographer", "作者": "author"}  # fmt: skip
LEVELS = ("triple", "detail", "detail_date")


def score_relations(
    gold: Gold, mentions: Sequence[tuple[int, int, str]], rows: Sequence[Mapping[str, Any]]
) -> dict[str, Counts]:
    """(tp, fp, fn) of ``relations LEVEL`` and ``relations LEVEL RELATION``; ``post status`` of the posts found.

    ``mentions`` are (start, end, entity). An entity stands for the gold name with which it shares most mentions.
    """
    assert gold.relations is not None
    names = _align(gold, mentions, rows)
    core: list[Item] = []
    optional: set[Key] = set()
    for r in gold.relations:
        key = _key(r.relation, r.subject, r.object)
        if r.status == "~":
            optional.add(key)
        else:
            core.append((key, r.detail, r.date))
    core_keys = {k for k, _, _ in core}
    marked: dict[str, set[bool]] = defaultdict(set)
    for g in gold.mentions:
        marked[g.name].add(g.skip)
    skipped = {name for name, how in marked.items() if how == {True}}
    system: list[Item] = []
    for row in rows:
        ends = [names.get(str(row[e]), f"\0{row[e]}") if row.get(e) else "" for e in ("subject", "object")]
        key = _key(_norm(row.get("relation")).lower(), *ends)
        if key in core_keys or not (key in optional or skipped & set(ends)):
            system.append((key, str(row.get("detail") or ""), str(row.get("date") or "")))
    result: dict[str, Counts] = {}
    for level in LEVELS:
        _level(level, core, system, result)
    result["post status"] = _statuses(gold.relations, names, rows)
    return result


def _level(level: str, core: list[Item], system: list[Item], result: dict[str, Counts]) -> None:
    dated = level == "detail_date"
    if level == "triple":
        golds = list(dict.fromkeys((k, "", "") for k, _, _ in core))
        systems = list(dict.fromkeys((k, "", "") for k, _, _ in system))
    else:
        golds, systems = _distinct(core, dated), _distinct(system, dated)
        # where gold asks for no detail (or date), rows that differ only there are one
        bare = {k for k, d, _ in golds if not d} - {k for k, d, _ in golds if d}
        dates = {k for k, _, t in golds if t}
        systems = [(k, "" if k in bare else d, t if k in dates else "") for k, d, t in systems]
        systems = _distinct(systems, dated)
    hits = _match(golds, systems, dated)
    found, made, want = (Counter(k[0] for k, _, _ in rows) for rows in ([golds[i] for i in hits], systems, golds))
    for relation in sorted({*made, *want}):
        tp = found[relation]
        result[f"relations {level} {relation}"] = (tp, made[relation] - tp, want[relation] - tp)
    result[f"relations {level}"] = (len(hits), len(systems) - len(hits), len(golds) - len(hits))


def _match(golds: list[Item], systems: list[Item], dated: bool) -> list[int]:
    """Indexes of the gold rows that have a partner: one to one within equal keys, equal details first."""
    by_key: dict[Key, list[int]] = defaultdict(list)
    for j, (k, _, _) in enumerate(systems):
        by_key[k].append(j)
    pairs = []
    for i, (k, detail, date) in enumerate(golds):
        for j in by_key[k]:
            same = _same_detail(k[0], detail, systems[j][1])
            if same and not (dated and date and date != systems[j][2]):
                pairs.append((-same, abs(len(detail) - len(systems[j][1])), i, j))
    used_g: set[int] = set()
    used_s: set[int] = set()
    for *_, i, j in sorted(pairs):
        if i not in used_g and j not in used_s:
            used_g.add(i)
            used_s.add(j)
    return sorted(used_g)


def _statuses(golds: Sequence[GoldRelation], names: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> Counts:
    want = {
        (_key(r.relation, r.subject, r.object), _norm(r.detail)): r.status
        for r in golds
        if r.relation == "post" and r.status not in ("", "~")
    }
    given: dict[tuple[Key, str], set[str]] = defaultdict(set)
    for row in rows:
        if row.get("relation") == "post":
            key = _key("post", *(names.get(str(row.get(e)), "") for e in ("subject", "object")))
            given[key, _norm(row.get("detail"))].add(str(row.get("status") or ""))
    seen = [status in given[k] for k, status in want.items() if given.get(k)]
    return (sum(seen), len(seen) - sum(seen), len(seen) - sum(seen))


def _align(gold: Gold, mentions: Sequence[tuple[int, int, str]], rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Entity -> gold name: by exact spans, else by overlapping ones, else by its label."""
    exact: dict[str, Counter[str]] = defaultdict(Counter)
    loose: dict[str, Counter[str]] = defaultdict(Counter)
    at = {(g.start, g.end): g for g in gold.mentions}
    for start, end, entity in mentions:
        g = at.get((start, end))
        if g:
            exact[entity][g.name] += 1000 if g.core else 1  # core mentions decide, others break silence
        else:
            for g in gold.mentions:
                if min(end, g.end) > max(start, g.start):
                    loose[entity][g.name] += 1000 if g.core else 1
    names = {g.name for g in gold.mentions}
    names |= {n for r in gold.relations or () for n in (r.subject, r.object) if n}
    plain = {_norm(n): n for n in sorted(names)}
    levelled = {_level_name(n): n for n in sorted(names)}
    labels: dict[str, str] = {}
    for row in rows:
        for role in ("subject", "object"):
            if row.get(role) is not None and row.get(f"{role}_label"):
                labels.setdefault(str(row[role]), str(row[f"{role}_label"]))
    result = {}
    for entity in sorted({*exact, *loose, *labels}):
        label = labels.get(entity, "")
        votes = exact.get(entity) or loose.get(entity)
        if votes:
            result[entity] = min(votes, key=lambda n: (-votes[n], _norm(n) != _norm(label), n))
        elif _norm(label) in plain:
            result[entity] = plain[_norm(label)]
        elif _level_name(label) in levelled:
            result[entity] = levelled[_level_name(label)]
    return result


def _same_detail(relation: str, gold: str, system: str) -> int:
    """0 different, 1 one contains the other, 2 equal; an empty gold detail asks nothing."""
    g, s = _norm(gold), _norm(system)
    if not g or g == s:
        return 2
    if not s:
        return 0
    if relation in ("amount", "stake"):
        a, b = _number(g), _number(s)
        return 2 if a is not None and a == b else 0
    if relation == "byline":
        return 2 if BYLINE.get(s, s) == BYLINE.get(g, g) else 0
    if g in s or s in g:
        return 0 if relation != "honour" and ("副" in g) != ("副" in s) else 1
    return 0


def _key(relation: str, subject: str, obj: str) -> Key:
    return (relation, obj, subject) if relation == "signed" and obj and obj < subject else (relation, subject, obj)


def _distinct(rows: list[Item], dated: bool) -> list[Item]:
    """Rows once each; with ``dated``, an undated twin of a dated row goes."""
    plain = list(dict.fromkeys((k, _norm(d), _norm(t) if dated else "") for k, d, t in rows))
    with_date = {(k, d) for k, d, t in plain if t}
    return [r for r in plain if r[2] or r[:2] not in with_date]


def _norm(s: object) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(s or "")))


def _level_name(s: str) -> str:
    s = _norm(s).replace("中国共产党", "中共").replace("人民政府", "政府").replace("委员会", "委")
    return s.removeprefix("中共")


def _number(s: str) -> float | None:
    try:
        return float(re.sub(r"[,%元]", "", s))
    except ValueError:
        return None
