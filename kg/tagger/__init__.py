"""The trained recogniser: scores of tags for every character, and the names that follow from them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.tagger.tagging import TAGS, TYPES, Scores
from kg.tagger.tagging import Path as TagPath

if TYPE_CHECKING:
    from kg.tagger.component import NewspaperRecognizer

__all__ = ["MODEL", "TAGS", "TYPES", "TaggedSpan", "Tagger", "load"]

MODEL = Path(__file__).resolve().parent.parent / "models" / "ner"
_FILES = ("config.json", "characters.txt", "model.pt")


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A name found in a text: ``text[start:end]``, its type and how sure the model is (0 to 1)."""

    start: int
    end: int
    type: str  # one of TYPES
    confidence: float


class Tagger:
    """A loaded model. One position is one code point of the text."""

    tags = TAGS

    def __init__(self, component: NewspaperRecognizer) -> None:
        self._component = component

    @cached_property
    def _path(self) -> TagPath:
        return self._component.path()

    @property
    def transitions(self) -> Scores:
        """Scores of one tag after another, [from, to], shape (n_tags, n_tags)."""
        return self._path.transitions

    @property
    def start(self) -> Scores:
        """Scores of tags at a text's first character, shape (n_tags,)."""
        return self._path.start

    @property
    def end(self) -> Scores:
        """Scores of tags at a text's last character, shape (n_tags,)."""
        return self._path.end

    def emissions(self, texts: Sequence[str]) -> list[Scores]:
        """For each text the tag scores of its characters, shape (len(text), n_tags), logarithmic."""
        return self._component.emissions(texts)

    def spans(self, texts: Sequence[str]) -> list[list[TaggedSpan]]:
        """The names of each text, in order, by the best tag sequence."""
        return [[TaggedSpan(*span) for span in spans] for spans in self._component.spans(texts)]


def load(folder: Path | None = None) -> Tagger:
    """The model in a folder, the packaged one if none is given. Raises KgError where files are missing."""
    folder = MODEL if folder is None else folder
    for name in _FILES:
        if not (folder / name).is_file():
            raise KgError(f"{folder}: no {name}", "give a folder written by training/train.py")
    os.environ.setdefault("HANLP_VERBOSE", "0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from kg.tagger.component import NewspaperRecognizer

        component = NewspaperRecognizer()
        component.load(str(folder))
    return Tagger(component)
