"""The figures: mentions, linking, relations and segmentation of one or more documents.

The rules are those of the reference scorer (tests/gold/score.py, whose docstring states them); a test holds the two
together on the annotated pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.evaluate.gold import Gold, GoldMention
from kg.evaluate.relations import score_relations
from kg.evaluate.segments import score_articles
from kg.model import Kind

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts of right (tp), made up (fp) and missed (fn), and what follows from them."""

    tp: float = 0
    fp: float = 0
    fn: float = 0

    @property
    def p(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else float(not self.fn)

    @property
    def r(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else float(not self.fp)

    @property
    def f1(self) -> float:
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)


@dataclass(frozen=True, slots=True)
class Predicted:
    start: int
    end: int
    kind: str
    entity: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures by name (``mentions strict``, ``mentions strict Person``, …) and the links that B-cubed needs."""

    figures: dict[str, Figure] = field(default_factory=dict)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)  # (gold name, entity) of found mentions
    b3: dict[str, tuple[float, float]] = field(default_factory=dict)  # document -> (precision, recall)
    judged: tuple[tuple[float, bool], ...] = ()  # (confidence, right) of every mention that counts


def score(
    gold: Gold, mentions: Iterable[Row], relations: Iterable[Row] | None, articles: Iterable[Row] | None
) -> Scores:
    """Figures of one document. Rows are those of the JSON lines files; rows of other documents are left out."""
    predicted = _predicted(gold, mentions)
    figures: dict[str, Figure] = {}
    judged = _mentions(gold, predicted, figures)
    links = _links(gold, predicted)
    if gold.relations is not None and relations is not None:
        aligned = [(m.start, m.end, m.entity) for m in predicted]
        for name, counts in score_relations(gold, aligned, _own(gold, relations)).items():
            figures[name] = Figure(*counts)
    if gold.articles is not None and articles is not None:
        for name, counts in score_articles(gold, _own(gold, articles)).items():
            figures[name] = Figure(*counts)
    return Scores(figures, links, {gold.doc: b_cubed(links)}, judged)


def add(parts: Sequence[Scores]) -> Scores:
    """The figures of several documents together; links across documents count too."""
    figures: dict[str, Figure] = {}
    links: Counter[tuple[str, str]] = Counter()
    b3: dict[str, tuple[float, float]] = {}
    judged: list[tuple[float, bool]] = []
    for part in parts:
        for name, figure in part.figures.items():
            figures[name] = figures.get(name, Figure()) + figure
        links += part.links
        b3 |= part.b3
        judged += part.judged
    return Scores(figures, links, b3, tuple(judged))


def b_cubed(links: Counter[tuple[str, str]]) -> tuple[float, float]:
    """B-cubed precision and recall of clusters given as counts of (gold cluster, system cluster)."""
    n = sum(links.values())
    if not n:
        return 0.0, 0.0
    golds, systems = _margins(links)
    p = sum(c * c / systems[s] for (_, s), c in links.items()) / n
    r = sum(c * c / golds[g] for (g, _), c in links.items()) / n
    return p, r


def pairwise(links: Counter[tuple[str, str]]) -> Figure:
    golds, systems = _margins(links)
    both = sum(_pairs(c) for c in links.values())
    return Figure(both, sum(map(_pairs, systems.values())) - both, sum(map(_pairs, golds.values())) - both)


def reliability(judged: Sequence[tuple[float, bool]], bins: int = 10) -> list[tuple[float, float, int, float, float]]:
    """Rows (from, to, mentions, mean confidence, share that is right) of the bins that hold mentions."""
    rows = []
    for i in range(bins):
        inside = [j for j in judged if i <= min(int(j[0] * bins), bins - 1) < i + 1]
        if inside:
            n = len(inside)
            rows.append((i / bins, (i + 1) / bins, n, sum(c for c, _ in inside) / n, sum(r for _, r in inside) / n))
    return rows


def _own(gold: Gold, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.get("doc", gold.doc) == gold.doc]


def _predicted(gold: Gold, rows: Iterable[Row]) -> list[Predicted]:
    seen: set[tuple[int, int, str]] = set()
    result = []
    for i, row in enumerate(_own(gold, rows)):
        key = (int(row["start"]), int(row["end"]), str(row["type"]))
        if key not in seen:
            seen.add(key)
            entity = row.get("entity")
            name = str(entity) if entity is not None else f"\0{i}"
            result.append(Predicted(*key, name, float(row.get("confidence", 1.0))))
    return result


def _mentions(gold: Gold, predicted: list[Predicted], figures: dict[str, Figure]) -> tuple[tuple[float, bool], ...]:
    core = {(g.start, g.end): g for g in gold.mentions if g.core}
    free = {(g.start, g.end) for g in gold.mentions if not g.core}
    kept = [
        m
        for m in predicted
        if (m.start, m.end) in core or not ((m.start, m.end) in free or any(_inside(m, g) for g in gold.mentions))
    ]
    best: dict[tuple[int, int], Predicted] = {}  # the prediction that stands for each gold span
    for m in kept:
        span = (m.start, m.end)
        if span in core and (span not in best or (_right(m, core[span]) and not _right(best[span], core[span]))):
            best[span] = m
    right = {span for span, m in best.items() if _right(m, core[span])}

    def booked(span: tuple[int, int]) -> str:
        return best[span].kind if span in right else core[span].kinds[0].value

    for kind in Kind:
        mine = [m for m in kept if m.kind == kind]
        golds = [s for s in core if booked(s) == kind]
        if mine or golds:
            tp = sum(1 for s in right if booked(s) == kind)
            figures[f"mentions strict {kind}"] = Figure(tp, len(mine) - tp, len(golds) - tp)
    figures["mentions strict"] = Figure(len(right), len(kept) - len(right), len(core) - len(right))
    unique = {(m.start, m.end) for m in kept}
    figures["mentions span"] = Figure(len(best), len(unique - set(core)), len(core) - len(best))
    return tuple((m.confidence, (m.start, m.end) in right and best[m.start, m.end] is m) for m in kept)


def _links(gold: Gold, predicted: list[Predicted]) -> Counter[tuple[str, str]]:
    by_span: dict[tuple[int, int], list[Predicted]] = defaultdict(list)
    for m in predicted:
        by_span[m.start, m.end].append(m)
    links: Counter[tuple[str, str]] = Counter()
    for g in gold.mentions:
        mine = by_span[g.start, g.end]
        if g.core and mine:
            links[g.name, next((m for m in mine if _right(m, g)), mine[0]).entity] += 1
    return links


def _right(m: Predicted, g: GoldMention) -> bool:
    return m.kind in [k.value for k in g.kinds]


def _inside(m: Predicted, g: GoldMention) -> bool:
    return g.start <= m.start and m.end <= g.end and (m.start, m.end) != (g.start, g.end)


def _margins(links: Counter[tuple[str, str]]) -> tuple[Counter[str], Counter[str]]:
    golds: Counter[str] = Counter()
    systems: Counter[str] = Counter()
    for (g, s), c in links.items():
        golds[g] += c
        systems[s] += c
    return golds, systems


def _pairs(n: int) -> int:
    return n * (n - 1) // 2
