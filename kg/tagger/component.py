"""The recogniser as a HanLP component: ``hanlp.load(folder)`` gives one of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path as FilePath
from typing import Any

import numpy as np
import torch
from hanlp.common.torch_component import TorchComponent
from torch.utils.data import DataLoader

from kg.tagger.alphabet import Alphabet, bigrams, codes
from kg.tagger.network import Batch, Committee, Network, Shape
from kg.tagger.tagging import TAGS, Path, Scores, Span, span_probabilities, spans_of, viterbi
from kg.tagger.words import WordList

CONFIG, CHARACTERS, WEIGHTS, WORDS = "config.json", "characters.txt", "model.pt", "words.tsv.gz"
_BATCH = 6000  # characters of one batch, padding included


class NewspaperRecognizer(TorchComponent):  # type: ignore[misc]
    """Names of six types in Chinese newspaper text, character by character.

    A folder holds ``config.json``, ``characters.txt``, ``model.pt`` (half precision) and, where the network has
    word features, ``words.tsv.gz``. Training lives outside this class, so HanLP's ``fit`` is not supported.
    """

    model: Committee
    alphabet: Alphabet
    lexicon: WordList | None
    shape: Shape

    def load(self, save_dir: str, devices: Any = None, verbose: bool = False, **kwargs: Any) -> None:
        """Read a model folder. Runs on the processor; nothing is ever downloaded."""
        folder = FilePath(save_dir)
        self.load_config(str(folder))
        self.shape = Shape(**self.config["shape"])
        self.alphabet = Alphabet((folder / CHARACTERS).read_text("utf-8"))
        self.lexicon = WordList.read(folder / WORDS) if self.shape.words else None
        self.model = Committee([Network(self.shape) for _ in range(self.config["members"])])
        weights = torch.load(folder / WEIGHTS, map_location="cpu", weights_only=True)
        self.model.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
        self.model.eval()

    def save(self, save_dir: str, **kwargs: Any) -> None:
        """Write a model folder."""
        folder = FilePath(save_dir)
        folder.mkdir(parents=True, exist_ok=True)
        self.save_config(str(folder))
        (folder / CHARACTERS).write_text(self.alphabet.characters, "utf-8")
        if self.lexicon is not None:
            self.lexicon.write(folder / WORDS)
        torch.save({name: tensor.half() for name, tensor in self.model.state_dict().items()}, folder / WEIGHTS)

    def batch(self, texts: Sequence[str]) -> Batch:
        """The network's input for non-empty texts."""
        folded = [codes(text) for text in texts]
        width = max(map(len, folded))
        characters = np.zeros((len(texts), width), dtype=np.int64)
        pairs = np.zeros((len(texts), width + 1), dtype=np.int64)
        words = np.zeros((len(texts), width, self.shape.words if self.lexicon else 0), dtype=np.float32)
        for row, text in enumerate(folded):
            characters[row, : len(text)] = self.alphabet.ids(text)
            pairs[row, : len(text) + 1] = bigrams(text, self.shape.buckets)
            if self.lexicon is not None:
                words[row, : len(text)] = self.lexicon.features(text)
        return Batch(
            torch.from_numpy(characters),
            torch.from_numpy(pairs),
            torch.from_numpy(words),
            torch.tensor([len(text) for text in folded]),
        )

    def path(self) -> Path:
        """Transition, start and end scores."""
        with torch.inference_mode():
            transitions, start, end = (part.numpy().copy() for part in self.model.path())
        return Path(transitions, start, end)

    def emissions(self, texts: Sequence[str]) -> list[Scores]:
        """Tag scores of every text, shape (len(text), n_tags); the answers do not depend on the other texts."""
        found: list[Scores] = [np.zeros((0, len(TAGS)), dtype=np.float32)] * len(texts)
        order = sorted((n for n, text in enumerate(texts) if text), key=lambda n: (len(texts[n]), n))
        while order:
            length = len(texts[order[-1]])
            take = max(1, _BATCH // length)
            chosen, order = order[-take:], order[:-take]
            with torch.inference_mode():
                scores = self.model(self.batch([texts[n] for n in chosen])).numpy()
            for row, number in enumerate(chosen):
                found[number] = scores[row, : len(texts[number])].copy()
        return found

    def predict(self, data: Any, **kwargs: Any) -> Any:
        """HanLP's call: a text, a list of characters, or a list of either; spans as (text, type, start, end)."""
        single = isinstance(data, str) or (bool(data) and all(isinstance(c, str) and len(c) == 1 for c in data))
        texts = ["".join(item) for item in ([data] if single else data)]
        answers = [
            [(text[start:end], kind, start, end) for start, end, kind in spans]
            for text, spans in zip(texts, self.best(texts)[0], strict=True)
        ]
        return answers[0] if single else answers

    def best(self, texts: Sequence[str]) -> tuple[list[list[Span]], list[Scores]]:
        """The spans of the best tag sequence of every text, and the scores that they come from."""
        scores = self.emissions(texts)
        return [spans_of(sequence) for sequence in viterbi(scores, self.path())], scores

    def spans(self, texts: Sequence[str]) -> list[list[tuple[int, int, str, float]]]:
        """Names of every text as (start, end, type, calibrated probability)."""
        spans, scores = self.best(texts)
        sure = span_probabilities(scores, self.path(), spans)
        return [[(*span, value) for span, value in zip(*row, strict=True)] for row in zip(spans, sure, strict=True)]

    def build_dataloader(self, *args: Any, **kwargs: Any) -> DataLoader[Any]:
        raise NotImplementedError("this model is trained by training/train.py")

    build_optimizer = build_criterion = build_metric = build_dataloader
    execute_training_loop = fit_dataloader = evaluate_dataloader = build_dataloader

    def build_model(self, training: bool = True, **kwargs: Any) -> torch.nn.Module:
        return self.model

    @classmethod
    def made(
        cls, alphabet: Alphabet, lexicon: WordList | None, shape: Shape, members: Sequence[Network]
    ) -> NewspaperRecognizer:
        """A component of networks that share an alphabet and a word list."""
        component = cls()
        component.alphabet, component.lexicon, component.shape = alphabet, lexicon, shape
        component.model = Committee(members)
        component.config.update({"shape": asdict(shape), "members": len(members), "tags": list(TAGS)})
        component.config["calibration"] = [1.0, 0.0]
        return component
