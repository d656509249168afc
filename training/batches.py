"""Lines in batches of like length."""

from __future__ import annotations

import random

from training.annotation import Line


def batches(lines: list[Line], size: int, rng: random.Random) -> list[list[Line]]:
    """Lines of like length together, at most ``size`` characters a batch with padding, in random order."""
    order = sorted(lines, key=lambda line: len(line.text) * rng.uniform(0.9, 1.1))
    made: list[list[Line]] = []
    group: list[Line] = []
    for line in order:
        if group and len(line.text) * (len(group) + 1) > size:
            made.append(group)
            group = []
        group.append(line)
    made.append(group)
    rng.shuffle(made)
    return made
