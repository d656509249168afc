"""Characters as numbers: a folding that keeps positions, a vocabulary, hashed bigrams.

Everything here maps one code point to one position, so offsets in the folded text are offsets in the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]

_PLANE = 0x10000  # the basic plane; rarer characters fold to one replacement
_RARE = 0xFFFD
PAD, UNKNOWN = 0, 1
_EDGE = 2  # stands before the first and after the last character in bigrams


def fold_character(char: str) -> str:
    """The one character that stands for ``char``: half width, digits as 0, Latin letters as A or a."""
    if char in "\n\r\x85\u2028\u2029":
        return "\n"
    if char.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) != 1:
        return char
    if plain.isdecimal():
        return "0"
    if plain.isascii() and plain.isalpha():
        return "A" if plain.isupper() else "a"
    return plain


@cache
def _folding() -> NDArray[np.uint32]:
    table = np.arange(_PLANE, dtype=np.uint32)
    # Surrogates are no characters, ideographs of the main block fold to themselves.
    for code in (*range(0x4E00), *range(0xA000, 0xD800), *range(0xE000, _PLANE)):
        folded = ord(fold_character(chr(code)))
        table[code] = folded if folded < _PLANE else _RARE
    return table


def codes(text: str) -> NDArray[np.uint32]:
    """Folded code points of a text, shape (len(text),)."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _folding()[np.where(raw < _PLANE, raw, _RARE)]


def fold(text: str) -> str:
    """The folded text, of the same length."""
    return str(codes(text).tobytes().decode("utf-32-le", "surrogatepass"))


class Alphabet:
    """The characters that a model knows, in the order of their numbers (2, 3, ...)."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        self._table = np.full(_PLANE, UNKNOWN, dtype=np.int64)
        for number, char in enumerate(characters):
            self._table[ord(char)] = number + 2

    def __len__(self) -> int:
        return len(self.characters) + 2

    def ids(self, folded: NDArray[np.uint32]) -> Ids:
        """Numbers of folded code points, shape (length,)."""
        found: Ids = self._table[folded]
        return found

    @classmethod
    def of(cls, texts: Iterable[str], least: int) -> Alphabet:
        """The characters that stand in the texts at least ``least`` times, in code point order."""
        counts = np.zeros(_PLANE, dtype=np.int64)
        for text in texts:
            np.add.at(counts, codes(text), 1)
        return cls("".join(chr(code) for code in np.flatnonzero(counts >= least)))


def bigrams(folded: NDArray[np.uint32], buckets: int) -> Ids:
    """Hashed bigrams, shape (length + 1,): item i joins characters i-1 and i. Bucket 0 is left for padding."""
    edged = np.concatenate(([_EDGE], folded, [_EDGE])).astype(np.uint64)
    mixed = edged[:-1] * np.uint64(0x9E3779B97F4A7C15) + edged[1:] * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return (mixed % np.uint64(buckets - 1)).astype(np.int64) + 1
