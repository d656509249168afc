"""The tag set, what may follow what, and dynamic programming over tag scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Span = tuple[int, int, str]  # start, end, type

TYPES = ("PER", "AGENCY", "COMPANY", "ORG", "PROJECT", "PLACE")
TAGS = ("O", *(f"{prefix}-{kind}" for kind in TYPES for prefix in "BI"))
FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True)
class Path:
    """The score of every tag sequence: a text's emissions plus these. Shapes (n, n), (n,), (n,)."""

    transitions: Scores  # [from, to]
    start: Scores
    end: Scores


def allowed(tags: Sequence[str] = TAGS) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which tag may follow which, shape (n, n), and which may come first, shape (n,)."""
    follow = np.ones((len(tags), len(tags)), dtype=bool)
    first = np.ones(len(tags), dtype=bool)
    for after, tag in enumerate(tags):
        if tag.startswith("I-"):
            first[after] = False
            for before, earlier in enumerate(tags):
                follow[before, after] = earlier[2:] == tag[2:]
    return follow, first


def spans_of(path: Iterable[int], tags: Sequence[str] = TAGS) -> list[Span]:
    """The spans of one tag sequence, in order."""
    spans: list[Span] = []
    start, kind, end = -1, "", -1
    for position, number in enumerate(path):
        tag = tags[number]
        if not tag.startswith("I-"):
            if kind:
                spans.append((start, position, kind))
            start, kind = (position, tag[2:]) if tag != "O" else (-1, "")
        end = position
    if kind:
        spans.append((start, end + 1, kind))
    return spans


def _padded(emissions: Sequence[Scores]) -> tuple[Scores, NDArray[np.int64]]:
    lengths = np.array([len(scores) for scores in emissions], dtype=np.int64)
    table = np.zeros((len(emissions), int(lengths.max()), emissions[0].shape[1]), dtype=np.float32)
    for row, scores in enumerate(emissions):
        table[row, : len(scores)] = scores
    return table, lengths


def _groups(emissions: Sequence[Scores], cells: int = 20_000) -> list[list[int]]:
    """Numbers of the non-empty texts, those of like length together, at most ``cells`` characters a group."""
    groups: list[list[int]] = []
    for number in sorted((n for n, scores in enumerate(emissions) if len(scores)), key=lambda n: len(emissions[n])):
        if groups and (len(groups[-1]) + 1) * len(emissions[number]) <= cells:
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def viterbi(emissions: Sequence[Scores], path: Path) -> list[list[int]]:
    """The best tag sequence of each text. ``emissions``: one array (length, n) a text."""
    found: list[list[int]] = [[] for _ in emissions]
    for group in _groups(emissions):
        scores, lengths = _padded([emissions[n] for n in group])
        back = np.zeros(scores.shape, dtype=np.int8)
        best = path.start + scores[:, 0]
        for position in range(1, scores.shape[1]):
            reached = best[:, :, None] + path.transitions
            back[:, position] = reached.argmax(1)
            on = (position < lengths)[:, None]
            best = np.where(on, reached.max(1) + scores[:, position], best)
        for row, tag in enumerate((best + path.end).argmax(1).tolist()):
            sequence = [tag]
            for position in range(int(lengths[row]) - 1, 0, -1):
                tag = int(back[row, position, tag])
                sequence.append(tag)
            found[group[row]] = sequence[::-1]
    return found


def _log_sum(values: Scores, axis: int) -> Scores:
    top = values.max(axis, keepdims=True)
    summed: Scores = np.log(np.exp(values - top).sum(axis)) + top.squeeze(axis)
    return summed


def _through(values: Scores, step: Scores) -> Scores:
    """log(exp(values) @ step), row by row without overflow; ``step`` holds exponentials."""
    top = values.max(1, keepdims=True)
    through: Scores = np.log(np.maximum(np.exp(values - top) @ step, 1e-30)) + top
    return through


def span_probabilities(
    emissions: Sequence[Scores], path: Path, spans: Sequence[Sequence[Span]], tags: Sequence[str] = TAGS
) -> list[list[float]]:
    """For each span of each text the probability that exactly it, with exactly its type, stands there."""
    found: list[list[float]] = [[] for _ in emissions]
    number = {tag: index for index, tag in enumerate(tags)}
    step = np.exp(path.transitions)
    for group in _groups([scores if spans[n] else scores[:0] for n, scores in enumerate(emissions)]):
        scores, lengths = _padded([emissions[n] for n in group])
        alpha, beta = np.empty_like(scores), np.empty_like(scores)
        alpha[:, 0] = path.start + scores[:, 0]
        for position in range(1, scores.shape[1]):
            alpha[:, position] = _through(alpha[:, position - 1], step) + scores[:, position]
        beta[:, -1] = path.end
        for position in range(scores.shape[1] - 2, -1, -1):
            onward = _through(scores[:, position + 1] + beta[:, position + 1], step.T)
            beta[:, position] = np.where((position + 1 < lengths)[:, None], onward, path.end)
        for row, text in enumerate(group):
            last = int(lengths[row]) - 1
            total = _log_sum(alpha[row, last] + path.end, 0)
            for start, end, kind in spans[text]:
                begin, inside = number[f"B-{kind}"], number[f"I-{kind}"]
                score = alpha[row, start, begin] + scores[row, start + 1 : end, inside].sum()
                tag = begin
                if end > start + 1:
                    score += path.transitions[begin, inside] + (end - start - 2) * path.transitions[inside, inside]
                    tag = inside
                if end > last:
                    score += path.end[tag]
                else:
                    onward = path.transitions[tag] + scores[row, end] + beta[row, end]
                    onward[inside] = FORBIDDEN  # the span ends here
                    score += _log_sum(onward, 0)
                found[text].append(min(1.0, float(np.exp(score - total))))
    return found


def logit(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log odds, kept finite."""
    safe = np.clip(probability, 1e-6, 1 - 1e-6)
    odds: NDArray[np.float64] = np.log(safe / (1 - safe))
    return odds


def calibrated(probability: float, slope: float, shift: float) -> float:
    """A probability bent to how often names that sure are right (see training/calibrate.py)."""
    return float(1 / (1 + np.exp(-(slope * logit(np.array(probability)) + shift))))
