"""Word features: which classes of known words start, run on, end or stand alone at a character."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.tagger.alphabet import fold


class WordList:
    """Known words with their classes, each class a letter. One word may be of several classes."""

    def __init__(self, words: Mapping[str, str], classes: str) -> None:
        self.words = dict(words)
        self.classes = classes
        base = {letter: 4 * index for index, letter in enumerate(classes)}
        columns = {letters: tuple(base[letter] for letter in letters) for letters in set(words.values())}
        folded = fold("\n".join(self.words)).split("\n")
        self._found = {word: columns[letters] for word, letters in zip(folded, self.words.values(), strict=True)}
        self._prefixes = {word[:end] for word in self._found for end in range(1, len(word))}

    @property
    def width(self) -> int:
        """Number of features of a character: begin, middle, end, single of each class."""
        return 4 * len(self.classes)

    def features(self, folded: NDArray[np.uint32]) -> NDArray[np.float32]:
        """Features of a folded text, shape (length, width), zero or one."""
        text = folded.tobytes().decode("utf-32-le", "surrogatepass")
        length, width = len(text), self.width
        hits: list[int] = []
        hit, found, prefixes = hits.append, self._found, self._prefixes
        for start in range(length):
            row = start * width
            for end in range(start + 1, length + 1):
                piece = text[start:end]
                if piece in found:
                    last = (end - 1) * width
                    for column in found[piece]:
                        if last == row:
                            hit(row + column + 3)
                        else:
                            hit(row + column)
                            hits.extend(range(row + width + column + 1, last, width))
                            hit(last + column + 2)
                if piece not in prefixes:
                    break
        values = np.zeros(length * width, dtype=np.float32)
        values[hits] = 1
        return values.reshape(length, width)

    @classmethod
    def read(cls, file: Path) -> WordList:
        """From a packed table: first line the classes, then ``word<TAB>classes``."""
        classes, *rows = gzip.decompress(file.read_bytes()).decode().splitlines()
        return cls(dict(row.split("\t", 1) for row in rows), classes)

    def write(self, file: Path) -> None:
        """The packed table; the same words give the same bytes."""
        rows = [self.classes, *(f"{word}\t{letters}" for word, letters in sorted(self.words.items()))]
        file.write_bytes(gzip.compress(("\n".join(rows) + "\n").encode(), mtime=0))
