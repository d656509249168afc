"""Offsets: long texts cut into pieces, and tokens led back to the characters that they came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from kg.text import SENTENCE

SOFT = "，、：:,）)》】 　"  # where a sentence that is too long may be cut
PARTING = "\u3000"  # a blank that parts names
BLANKS = {"Zs", "Zl", "Zp", "Cc", "Cf"}  # not Co: rare characters of names may be printed as private ones


def cut(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a text, none longer than ``limit`` characters; together they are the whole text."""
    for m in SENTENCE.finditer(text):
        start = m.start()
        while m.end() - start > limit:
            soft = max(text.rfind(mark, start + limit // 2, start + limit) for mark in SOFT)
            end = soft + 1 if soft >= 0 else start + limit
            yield start, end
            start = end
        if start < m.end():
            yield start, m.end()


def is_blank(char: str) -> bool:
    """Whether a tokenizer may drop the character: blanks, controls, zero width."""
    return unicodedata.category(char) in BLANKS


def readable(text: str) -> list[tuple[str, int]]:
    """The characters that a model should read, with their places: no controls, one blank for many.

    A blank parts names (记者 张三 李四) and is then given as ``PARTING``, unless a lone character stands beside it,
    which it only spaces out (张　三): then it is left out.
    """
    chars = [(char, n) for n, char in enumerate(text) if char.isspace() or not is_blank(char)]
    result: list[tuple[str, int]] = []
    blank = -1
    for k, (char, n) in enumerate(chars):
        if is_blank(char):
            blank = n if blank < 0 else blank
            continue
        if blank >= 0 and result:
            before = [c for c, _ in result[:-3:-1]]
            after = [c for c, _ in chars[k : k + 2]]
            if before[0].isascii() and char.isascii():
                result.append((" ", blank))
            elif not _lone(before) and not _lone(after):
                result.append((PARTING, blank))
        blank = -1
        result.append((char, n))
    return result


def _lone(chars: Sequence[str]) -> bool:
    """Whether the first is an ideograph that does not go on into the second."""
    return [unicodedata.category(char) == "Lo" for char in chars] in ([True], [True, False])


def align(tokens: Sequence[str], text: str) -> list[tuple[int | None, int | None]]:
    """Start and end of every token in the text; None for an edge that the text does not settle.

    Tokenizers fold width and case, drop blanks and write other characters for what they do not know: compared is what
    survives that, and an edge inside a stretch that differs stays open unless both sides are equally long.
    """
    source, at = _folded(text, range(len(text)))
    joined, of = _folded("".join(tokens), [n for n, token in enumerate(tokens) for _ in token])
    begin, end = _edges(joined, source)
    result: list[tuple[int | None, int | None]] = []
    position = 0
    for number in range(len(tokens)):
        first = position
        while position < len(of) and of[position] == number:
            position += 1
        if first == position:
            result.append((None, None))
            continue
        low, high = begin[first], end[position]
        if low is not None and high is not None and low >= high:  # nothing of the token stands in the text
            low = high = None
        result.append((None if low is None else at[low], None if high is None else at[high - 1] + 1))
    return result


def _folded(text: str, owners: Sequence[int]) -> tuple[str, list[int]]:
    """The text without blanks, width and case, and the owner of each of its characters."""
    chars: list[str] = []
    kept: list[int] = []
    for char, owner in zip(text, owners, strict=True):
        for plain in unicodedata.normalize("NFKC", char).casefold():
            if not is_blank(plain):
                chars.append(plain)
                kept.append(owner)
    return "".join(chars), kept


def _edges(joined: str, source: str) -> tuple[list[int | None], list[int | None]]:
    """For every gap between characters of ``joined``: where in ``source`` a token that starts (ends) there does so.

    Starts are indices of characters, ends are indices after one; both lists have ``len(joined) + 1`` items.
    """
    size = len(joined) + 1
    if joined == source:
        return list(range(size)), list(range(size))
    begin: list[int | None] = [None] * size
    end: list[int | None] = [None] * size
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, joined, source, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            begin[i1:i2] = range(j1, j2)
            end[i1 + 1 : i2 + 1] = range(j1 + 1, j2 + 1)
        elif tag == "replace":
            begin[i1], end[i2] = j1, j2
        elif tag == "delete":  # marks that the tokenizer added: ##
            begin[i1:i2] = [j1 if j1 < len(source) else None] * (i2 - i1)
            end[i1 + 1 : i2 + 1] = [j1 or None] * (i2 - i1)
    return begin, end
