"""The decoder: one best reading of a passage under all evidence, and how sure it is.

The model scores every tag at every character. Evidence (a pattern, a lexicon entry, a name that stands elsewhere)
is added to those scores where it speaks, so the best sequence and its probabilities weigh everything at once.
Passages are decoded in batches of similar length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.model import Kind

Scores = NDArray[np.float32]

CODES = {
    Kind.PERSON: "PER",
    Kind.AGENCY: "AGENCY",
    Kind.COMPANY: "COMPANY",
    Kind.ORGANIZATION: "ORG",
    Kind.PROJECT: "PROJECT",
    Kind.PLACE: "PLACE",
}
KINDS = {code: kind for kind, code in CODES.items()}
ALL = tuple(CODES)
TAGS = ("O", *(f"{prefix}-{code}" for code in CODES.values() for prefix in "BI"))
BATCH = 48
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that speaks for (weight > 0) or against (weight < 0) ``text[start:end]`` being a name of a kind.

    Weights are natural logarithms of odds: 3 is a good reason, 12 settles it. A negative weight on all kinds says
    that no name starts, ends or lies there.
    """

    start: int
    end: int
    kinds: tuple[Kind, ...]
    weight: float
    reason: str
    open_end: bool = False  # the name may run on: its own part is sure, its end is not
    tail: bool = False  # only the last part of a name: it says of what kind, and not where the name begins


@dataclass(frozen=True, slots=True)
class Lattice:
    """Scores of tag sequences beyond those of single characters: [from, to], first and last tags."""

    transitions: Scores
    start: Scores
    end: Scores


@dataclass(frozen=True, slots=True)
class Span:
    """``confidence``: that exactly this span with this kind stands there; ``presence``: with whatever kind."""

    start: int
    end: int
    kind: Kind
    confidence: float
    presence: float = 1.0


def plain_lattice() -> Lattice:
    """Only what the tag set itself forbids: I-X after anything but B-X or I-X, and at the start."""
    n = len(TAGS)
    transitions = np.zeros((n, n), dtype=np.float32)
    start = np.zeros(n, dtype=np.float32)
    for to, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            start[to] = NEVER
            transitions[[i for i, t in enumerate(TAGS) if t[2:] != tag[2:]], to] = NEVER
    return Lattice(transitions, start, np.zeros(n, dtype=np.float32))


def blank_scores(length: int) -> Scores:
    """Scores where no model speaks: names are rare, and longer ones rarer."""
    scores = np.zeros((length, len(TAGS)), dtype=np.float32)
    scores[:, 1::2] = -1.2
    scores[:, 2::2] = -0.1
    return scores


def weigh(scores: Scores, evidence: Sequence[Evidence]) -> Scores:
    """The scores with the evidence added, as a new array.

    A span's weight falls on its first character, its inner ones (a quarter each) and on its end: a name of that kind
    that would run on past it loses half the weight.
    """
    result = scores.copy()
    n = len(scores)
    for e in evidence:
        for kind in e.kinds:
            begin = TAGS.index(f"B-{CODES[kind]}")
            inside = begin + 1
            if e.tail:
                result[e.start : e.end, inside] += e.weight / (e.end - e.start)
                if e.end < n:
                    result[e.end, inside] -= e.weight / 2
                continue
            result[e.start, begin] += e.weight
            if e.weight > 0:
                result[e.start + 1 : e.end, inside] += e.weight / 4
                if e.end < n and not e.open_end:
                    result[e.end, inside] -= e.weight / 2
            else:
                result[e.start : e.end, inside] += e.weight
                result[e.start + 1 : e.end, begin] += e.weight
    return result


def decode(scores: Sequence[Scores], lattice: Lattice) -> list[list[Span]]:
    """The best spans of every passage, with the probability that exactly this span with this kind stands there."""
    result: list[list[Span]] = [[] for _ in scores]
    order = sorted((i for i in range(len(scores)) if len(scores[i])), key=lambda i: (len(scores[i]), i))
    for at in range(0, len(order), BATCH):
        batch = order[at : at + BATCH]
        for i, spans in zip(batch, _decode_batch([scores[i] for i in batch], lattice), strict=True):
            result[i] = spans
    return result


def _decode_batch(scores: Sequence[Scores], lattice: Lattice) -> list[list[Span]]:
    lengths = np.array([len(s) for s in scores])
    b, t, n = len(scores), int(lengths.max()), len(TAGS)
    padded = np.zeros((b, t, n), dtype=np.float32)
    for i, s in enumerate(scores):
        padded[i, : len(s)] = s
    live = np.arange(t)[None, :] < lengths[:, None]

    # Viterbi and forward sums; a finished passage keeps its last column
    back = np.zeros((b, t, n), dtype=np.int8)
    best = lattice.start + padded[:, 0]
    alpha = np.zeros((b, t, n), dtype=np.float32)
    alpha[:, 0] = best
    rates = np.exp(np.clip(lattice.transitions, NEVER, 60)).astype(np.float32)
    for k in range(1, t):
        reached = best[:, :, None] + lattice.transitions[None]
        choice = reached.argmax(1)
        back[:, k] = choice
        now = np.take_along_axis(reached, choice[:, None], 1)[:, 0] + padded[:, k]
        best = np.where(live[:, k, None], now, best)
        alpha[:, k] = np.where(live[:, k, None], _step(alpha[:, k - 1], rates) + padded[:, k], alpha[:, k - 1])
    total = _logsum(alpha[:, -1] + lattice.end)
    last = (best + lattice.end).argmax(1)

    beta = np.zeros((b, t, n), dtype=np.float32)
    beta[np.arange(b), lengths - 1] = lattice.end
    for k in range(t - 2, -1, -1):
        earlier = _step(padded[:, k + 1] + beta[:, k + 1], rates.T)
        beta[:, k] = np.where((k < lengths - 1)[:, None], earlier, beta[:, k])

    result = []
    for i, length in enumerate(lengths):
        path = [int(last[i])]
        for k in range(length - 1, 0, -1):
            path.append(int(back[i, k, path[-1]]))
        path.reverse()
        sums = _Sums(padded[i, :length], alpha[i], beta[i], float(total[i]), lattice)
        result.append([sums.span(s, e, path[s]) for s, e in _spans(path)])
    return result


@dataclass(frozen=True, slots=True)
class _Sums:
    """One passage's log sums over all tag sequences: up to each position, after it, and altogether."""

    scores: Scores
    alpha: Scores
    beta: Scores
    total: float
    lattice: Lattice

    def span(self, start: int, end: int, begin: int) -> Span:
        confidence = presence = self._probability(start, end, begin)
        if confidence < 0.95:
            presence = min(1.0, sum(self._probability(start, end, b) for b in range(1, len(TAGS), 2)))
        return Span(start, end, KINDS[TAGS[begin][2:]], confidence, presence)

    def _probability(self, start: int, end: int, begin: int) -> float:
        """That exactly this span, with the kind of the tag ``begin``, is in the tag sequence."""
        inside = begin + 1
        value = float(self.alpha[start, begin])
        last = begin
        for k in range(start + 1, end):
            value += float(self.lattice.transitions[last, inside] + self.scores[k, inside])
            last = inside
        if end == len(self.scores):
            value += float(self.lattice.end[last])
        else:
            onward = self.lattice.transitions[last] + self.scores[end] + self.beta[end]
            onward[inside] = NEVER  # the name ends here
            value += float(_logsum(onward[None])[0])
        return min(1.0, float(np.exp(min(0.0, value - self.total))))


def _step(values: Scores, rates: Scores) -> Scores:
    """log(exp(values) @ rates), row by row."""
    top = values.max(1, keepdims=True)
    moved: Scores = np.log(np.maximum(np.exp(values - top) @ rates, 1e-30)) + top
    return moved


def _logsum(values: Scores) -> Scores:
    top = values.max(1)
    summed: Scores = top + np.log(np.exp(values - top[:, None]).sum(1))
    return summed


def _spans(path: Sequence[int]) -> list[tuple[int, int]]:
    """B- tags are odd, the I- tag of the same kind is the next number."""
    spans: list[tuple[int, int]] = []
    start = -1
    for k, tag in enumerate((*path, 0)):
        if tag == 0 or tag % 2:
            if start >= 0:
                spans.append((start, k))
            start = k if tag else -1
    return spans
