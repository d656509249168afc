"""How HanLP's recognisers are asked, and what they answer, in offsets of the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hanlp_trie import TrieDict

from kg.errors import KgError
from kg.recognise.foreign.align import PARTING, align, cut, is_blank, readable

LONGEST = 510  # characters; what most transformers take beside their two marks
SAMPLE = "李华在北京工作。"
COMMA = "、"  # stands in lists for a blank that parts names: models of lists have seen no blanks
PREFIXES = {"B", "I", "M", "E", "S", "O", "L", "U"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a part of a long one: ``text`` is what is read, ``start`` its place in the whole text."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A name that the model finds, in offsets of the whole text."""

    start: int
    end: int
    label: str
    task: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A component with what it wants to be asked."""

    name: str
    component: Any
    tasks: Mapping[str, tuple[str, ...]]  # tasks of named entities with their labels; "" of a plain recogniser
    tokenizer: str  # the task that cuts words; "" where the model takes lists of characters or words
    limit: int
    vocabulary: Collection[str]  # what a list may hold; empty where that is not known
    words: TrieDict | None  # where the model takes words: those that it knows

    def pieces(self, text: str) -> Iterator[Piece]:
        for start, end in cut(text, self.limit):
            if not all(map(is_blank, text[start:end])):
                yield Piece(start, text[start:end])

    def try_out(self) -> None:
        """Ask for a sample sentence. Raises KgError if the answer is not that of a recogniser of names."""
        self.read([Piece(0, SAMPLE)])

    def read(self, pieces: Sequence[Piece]) -> list[list[Answer]]:
        """The names in each piece, in no particular order."""
        if self.tokenizer:
            texts = [readable(piece.text) for piece in pieces]
            said = self.component(["".join(char for char, _ in text) for text in texts], tasks=list(self.tasks))
            edges = [_token_edges(tokens, text) for tokens, text in zip(said[self.tokenizer], texts, strict=True)]
        else:
            units = [self._units(piece.text) for piece in pieces]
            asked = [[unit for unit, _, _ in of] for of in units]
            plain = "" in self.tasks
            said = {"": self.component(asked)} if plain else self.component(asked, tasks=list(self.tasks))
            edges = [[(start, end) for _, start, end in of] for of in units]
        result: list[list[Answer]] = [[] for _ in pieces]
        for task in self.tasks:
            for n, items in enumerate(self._lists(said[task], len(pieces))):
                for item in items:
                    label, begin, stop = self._entity(item, len(edges[n]))
                    span = _trimmed(pieces[n].text, edges[n][begin][0], edges[n][stop - 1][1])
                    if span:
                        result[n].append(Answer(pieces[n].start + span[0], pieces[n].start + span[1], label, task))
        return result

    def _units(self, text: str) -> list[tuple[str, int, int]]:
        """Characters or words of a sentence, each with its start and end. A blank that parts names becomes a comma."""
        kept = [(char, n) for char, n in readable(text) if char != " "]
        places = [n for _, n in kept]
        chars = [COMMA if char == PARTING else self._known(char) for char, _ in kept]
        if self.words is None:
            return [(char, n, n + 1) for char, n in zip(chars, places, strict=True)]
        units: list[tuple[str, int, int]] = []
        done = 0
        joined = "".join(chars)
        for begin, stop, _ in [*self.words.parse_longest(joined), (len(joined), len(joined), None)]:
            units += [(chars[k], places[k], places[k] + 1) for k in range(done, begin)]
            if begin < stop:
                units.append((joined[begin:stop], places[begin], places[stop - 1] + 1))
            done = stop
        return units

    def _known(self, char: str) -> str:
        """The character as the model has it: pages mix full and half width."""
        if not self.vocabulary or char in self.vocabulary:
            return char
        narrow = unicodedata.normalize("NFKC", char)
        wide = chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char
        if len(narrow) == 1 and (narrow in self.vocabulary or narrow.lower() in self.vocabulary):
            return narrow
        return wide if wide in self.vocabulary else char

    def _lists(self, answer: Any, expected: int) -> list[Any]:
        fits = isinstance(answer, list) and len(answer) == expected
        if not fits or not all(isinstance(items, list | tuple) for items in answer):
            raise self._no_recogniser()
        return list(answer)

    def _entity(self, item: Any, length: int) -> tuple[str, int, int]:
        """Label, first token, token after the last, of ``(text, label, begin, end)`` or ``(begin, end, label)``."""
        match item:
            case (_, str(label), int(begin), int(end), *_) | (int(begin), int(end), str(label)):
                if 0 <= begin < end <= length:
                    return label, begin, end
        raise self._no_recogniser()

    def _no_recogniser(self) -> KgError:
        message = f"{self.name}: a HanLP model, but it recognises no names"
        return KgError(message, "see hanlp.pretrained.ner and .mtl")


def reader_of(name: str, component: Any) -> Reader:
    """How a component wants to be asked. Raises KgError if it has no task of named entities."""
    tasks, tokenizer, vocabulary = {"": _labels(component)}, "", _vocabulary(component)
    if isinstance(getattr(component, "tasks", None), dict):
        tasks = {task: _labels(component.tasks[task]) for task in component.config.task_names if task.startswith("ner")}
        if not tasks:
            raise KgError(f"{name}: a HanLP model without a task of named entities", "its tasks must include ner")
        first = str(component.resolve_tasks(list(tasks), None)[0][0])
        tokenizer = first if first.startswith("tok") else ""
        vocabulary = frozenset(component.config.encoder.get_tokenizer().get_vocab())
    _mend(component)
    words = sorted(word for word in vocabulary if len(word) > 1 and word[0] not in "<[")
    by_words = hasattr(component, "vocabs") and _transformer(component) is None and len(words) > len(vocabulary) / 2
    trie = TrieDict(dict.fromkeys(words, 1)) if by_words else None
    return Reader(name, component, tasks, tokenizer, _limit(component), vocabulary, trie)


def _token_edges(tokens: Sequence[Any], text: Sequence[tuple[str, int]]) -> list[tuple[int | None, int | None]]:
    """Start and end of every token; a tokenizer may be set to give text and span instead of the text alone."""
    surfaces = [str(token if isinstance(token, str) else token[0]) for token in tokens]
    return [
        (None if start is None else text[start][1], None if end is None else text[end - 1][1] + 1)
        for start, end in align(surfaces, "".join(char for char, _ in text))
    ]


def _trimmed(text: str, start: int | None, end: int | None) -> tuple[int, int] | None:
    """The span without blanks at its ends; None where an edge is open or a blank inside parts names."""
    if start is None or end is None:
        return None
    while start < end and is_blank(text[start]):
        start += 1
    while start < end and is_blank(text[end - 1]):
        end -= 1
    parted = any(char == PARTING and start < n < end for char, n in readable(text))
    return None if parted or start == end else (start, end)


def _labels(part: Any) -> tuple[str, ...]:
    """The labels that a recogniser or a task can give, as far as it tells."""
    vocabs = getattr(part, "vocabs", None) or {}
    for field in ("tag", "label"):
        if field in vocabs:
            tags = [str(tag) for tag in vocabs[field].idx_to_token or ()]
            return tuple(sorted({tag[2:] if tag[:1] in PREFIXES and tag[1:2] == "-" else tag for tag in tags}))
    return ()


def _vocabulary(component: Any) -> frozenset[str]:
    if tokenizer := getattr(component, "transformer_tokenizer", None):
        return frozenset(tokenizer.get_vocab())
    vocabs = getattr(component, "vocabs", None) or {}
    field = (getattr(component, "config", None) or {}).get("token_key") or "token"
    return frozenset(vocabs[field].idx_to_token or ()) if field in vocabs else frozenset()


def _modules(component: Any) -> list[Any]:
    modules = getattr(getattr(component, "model", None), "modules", None)
    return list(modules()) if modules else []


def _transformer(component: Any) -> Any:
    """The transformer inside a component, or None."""
    for module in _modules(component):
        if hasattr(getattr(module, "config", None), "max_position_embeddings"):
            return module
    return None


def _limit(component: Any) -> int:
    transformer = _transformer(component)
    return LONGEST if transformer is None else min(LONGEST, int(transformer.config.max_position_embeddings) - 2)


def _mend(component: Any) -> None:
    """HanLP builds the CRF of its recurrent recogniser with the axes of sentence and batch swapped."""
    crf = getattr(getattr(component, "model", None), "crf", None)
    if crf is not None and getattr(crf, "batch_first", True) is None:
        crf.batch_first = True
