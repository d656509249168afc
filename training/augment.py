"""One epoch's lines: other names in the same sentences, and the damage that print and OCR do.

Everything comes from a seed: the same seed gives the same lines.
"""

from __future__ import annotations

import random

from training.annotation import Article, Line
from training.damage import byline, damage, joined
from training.names import Names
from training.swap import Swap


def augmented(articles: list[Article], names: Names, rng: random.Random, *, swap: float, most: int = 240) -> list[Line]:
    """One epoch's lines: a share of the articles with other names, all with a little damage."""
    lines: list[Line] = []
    for article in articles:
        own = list(article.lines)
        if rng.random() < swap:
            swapper = Swap(names, article, rng, rng.choice((0.5, 0.8, 1.0)))
            own = [swapper.line(line) for line in own]
        own = [damage(line, rng) for line in own]
        if rng.random() < 0.1:
            own.insert(rng.randrange(len(own) + 1), byline(names, rng))
        lines += joined(own, rng, most) if rng.random() < 0.5 else own
    return lines
