"""How often a name of a given probability is right: two numbers that bend the model's probabilities to that."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.tagger.component import NewspaperRecognizer
from kg.tagger.tagging import logit
from training.annotation import Line
from training.measure import hits


def fit(probabilities: Sequence[float], right: Sequence[bool], steps: int = 50) -> tuple[float, float]:
    """Slope and shift of a logistic curve over the probabilities' logits, by Newton's method."""
    inputs = np.stack([logit(np.array(probabilities)), np.ones(len(probabilities))], 1)
    answers = np.array(right, dtype=float)
    weights = np.array([1.0, 0.0])
    for _ in range(steps):
        guess = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (answers - guess) - 1e-3 * (weights - [1.0, 0.0])
        curve = (inputs * (guess * (1 - guess))[:, None]).T @ inputs + 1e-3 * np.eye(2)
        weights = weights + np.linalg.solve(curve, gradient)
    return float(weights[0]), float(weights[1])


def judged(component: NewspaperRecognizer, lines: Sequence[Line]) -> tuple[list[float], list[bool]]:
    """The probability of every name found in the lines that counts, and whether it is right."""
    probabilities: list[float] = []
    right: list[bool] = []
    for line, found in zip(lines, component.spans([line.text for line in lines]), strict=True):
        sure = {span[:3]: span[3] for span in found}
        for span, hit in hits(line, list(sure)):
            probabilities.append(sure[span])
            right.append(hit)
    return probabilities, right


def reliability(probabilities: Sequence[float], right: Sequence[bool]) -> list[tuple[float, int, float, float]]:
    """For each band of probability: its lower edge, names, mean probability, share that is right."""
    values, answers = np.array(probabilities), np.array(right, dtype=float)
    rows = []
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 1.01)):
        inside = (values >= low) & (values < high)
        if inside.any():
            rows.append((low, int(inside.sum()), float(values[inside].mean()), float(answers[inside].mean())))
    return rows
