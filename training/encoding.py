"""What an annotated line lets each character's tag be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.tagger.tagging import TAGS
from training.annotation import Line

NUMBER = {tag: number for number, tag in enumerate(TAGS)}
May = NDArray[np.bool_]


def may(line: Line) -> May:
    """Allowed tags, shape (len(text), n_tags): one of them for most characters, several for a name with two
    readings, all inside a SKIP or nominal mark."""
    table = np.zeros((len(line.text), len(TAGS)), dtype=bool)
    table[:, 0] = True
    for span in line.spans:
        if not span.types or span.nominal:
            table[span.start : span.end] = True
            table[span.start, [n for t, n in NUMBER.items() if t.startswith("I-")]] = False
            continue
        table[span.start : span.end] = False
        for kind in span.types:
            table[span.start, NUMBER[f"B-{kind}"]] = True
            table[span.start + 1 : span.end, NUMBER[f"I-{kind}"]] = True
    return table
