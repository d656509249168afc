"""The network: character, bigram and word features, a bidirectional LSTM, tag scores; and its CRF loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from kg.tagger.tagging import FORBIDDEN, TAGS, allowed


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a network."""

    characters: int
    buckets: int
    words: int  # width of the word features of a character
    character_width: int = 64
    bigram_width: int = 32
    word_width: int = 48
    hidden: int = 128
    layers: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts of one batch, padded to the same length T."""

    characters: Tensor  # (B, T) int64
    bigrams: Tensor  # (B, T + 1) int64
    words: Tensor  # (B, T, words) float32
    lengths: Tensor  # (B,) int64


class _Permuted(torch.autograd.Function):
    """Rows in the order of a permutation that is its own inverse: so the gradient takes the same way back."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor, order: Tensor) -> Tensor:
        ctx.save_for_backward(order)
        return rows.index_select(0, order)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        (order,) = ctx.saved_tensors
        return gradients[0].index_select(0, order), None


def turned(values: Tensor, lengths: Tensor) -> Tensor:
    """Every text of (B, T, n) turned round within its own length, padding left where it is."""
    rows, width, size = values.shape
    steps = torch.arange(width)
    index = torch.where(steps < lengths[:, None], lengths[:, None] - 1 - steps, steps)
    index = index + width * torch.arange(rows)[:, None]
    # Whole rows by number: many times faster than gathering single values.
    flat: Tensor = _Permuted.apply(values.reshape(rows * width, size), index.flatten())  # type: ignore[no-untyped-call]
    return flat.view(rows, width, size)


class Both(nn.Module):
    """A bidirectional LSTM whose answer for a text does not depend on how far its batch is padded."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.onward = nn.LSTM(width, hidden, batch_first=True)
        self.back = nn.LSTM(width, hidden, batch_first=True)

    def forward(self, values: Tensor, lengths: Tensor) -> Tensor:
        # Training may run in half precision: the answer of a trained model never does.
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            onward, _ = self.onward(values)
            back, _ = self.back(turned(values, lengths))
        return torch.cat((onward, turned(back, lengths)), -1).float()


class Drop(nn.Module):
    """Dropout whose choices are cut out of one long run of them: drawing each anew is a third of the training."""

    def __init__(self, share: float, length: int = 1 << 22) -> None:
        super().__init__()
        self.share, self.length = share, length
        self._choices = torch.empty(0)

    def forward(self, values: Tensor) -> Tensor:
        if not self.training or not self.share:
            return values
        if values.numel() > self.length // 2:
            return nn.functional.dropout(values, self.share)
        if not len(self._choices):
            self._choices = (torch.rand(self.length) >= self.share) / (1 - self.share)
        start = int(torch.randint(self.length - values.numel(), ()))
        return values * self._choices[start : start + values.numel()].view(values.shape)


class Network(nn.Module):
    """Scores of tags: ``forward(batch)`` has shape (B, T, n_tags)."""

    def __init__(self, shape: Shape, *, drop: float = 0.5, drop_input: float = 0.3, drop_bigram: float = 0.4) -> None:
        super().__init__()
        self.character = nn.Embedding(shape.characters, shape.character_width, padding_idx=0)
        self.bigram = nn.Embedding(shape.buckets, shape.bigram_width, padding_idx=0)
        width = shape.character_width + 2 * shape.bigram_width
        self.word = nn.Linear(shape.words, shape.word_width) if shape.words else None
        width += shape.word_width if shape.words else 0
        self.rnn = nn.ModuleList(
            Both(width if not layer else 2 * shape.hidden, shape.hidden) for layer in range(shape.layers)
        )
        self.out = nn.Linear(2 * shape.hidden, len(TAGS))
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.start = nn.Parameter(torch.zeros(len(TAGS)))
        self.end = nn.Parameter(torch.zeros(len(TAGS)))
        self.drop = Drop(drop)
        self.drop_input = Drop(drop_input)
        self.drop_bigram = drop_bigram
        follow, first = allowed()
        self.register_buffer("follow", torch.from_numpy(follow), persistent=False)
        self.register_buffer("first", torch.from_numpy(first), persistent=False)
        nn.init.normal_(self.character.weight, std=0.3)
        nn.init.normal_(self.bigram.weight, std=0.1)

    def forward(self, batch: Batch) -> Tensor:
        bigram = self.drop_bigrams(self.bigram(batch.bigrams))
        parts = [self.character(batch.characters), bigram[:, :-1], bigram[:, 1:]]
        if self.word is not None:
            parts.append(self.word(batch.words))
        values = self.drop_input(torch.cat(parts, -1))
        for layer in self.rnn:
            values = self.drop(layer(values, batch.lengths))
        scores: Tensor = self.out(values)
        return scores

    def drop_bigrams(self, bigram: Tensor) -> Tensor:
        """In training, whole bigrams at random made nothing: rare ones must not be leant on."""
        if not self.training or not self.drop_bigram:
            return bigram
        keep = torch.rand(bigram.shape[:2]) >= self.drop_bigram
        return bigram * keep[:, :, None] / (1 - self.drop_bigram)

    def path(self) -> tuple[Tensor, Tensor, Tensor]:
        """Transitions, start and end scores, with what is not allowed at ``FORBIDDEN``."""
        follow, first = self.get_buffer("follow"), self.get_buffer("first")
        return (
            self.transitions.masked_fill(~follow, FORBIDDEN),
            self.start.masked_fill(~first, FORBIDDEN),
            self.end,
        )

    def loss(self, scores: Tensor, may: Tensor, lengths: Tensor) -> Tensor:
        """Minus the log probability of the allowed tag sequences, summed over the batch.

        ``may``: (B, T, n_tags) bool, the tags that the annotation leaves open at each character.
        """
        both = torch.cat((scores, scores.masked_fill(~may, FORBIDDEN)))
        total = self._log_sum(both, torch.cat((lengths, lengths)))
        every, right = total.chunk(2)
        return (every - right).sum()

    def _log_sum(self, scores: Tensor, lengths: Tensor) -> Tensor:
        transitions, start, end = self.path()
        step = transitions.exp()
        alpha = start + scores[:, 0]
        ends = (lengths - 1)[:, None]
        done = torch.where(ends == 0, alpha, torch.zeros_like(alpha))
        for position, here in enumerate(scores.unbind(1)):
            if position:
                top = alpha.max(1, keepdim=True).values.detach()
                alpha = ((alpha - top).exp() @ step).clamp_min(1e-30).log() + top + here
                done = torch.where(ends == position, alpha, done)
        return torch.logsumexp(done + end, 1)


class Committee(nn.Module):
    """Several networks that were trained alike from other seeds: their scores are averaged."""

    def __init__(self, members: Sequence[Network]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, batch: Batch) -> Tensor:
        """Tag scores, shape (B, T, n_tags)."""
        return torch.stack([member(batch) for member in self.members]).mean(0)

    def path(self) -> tuple[Tensor, Tensor, Tensor]:
        """Transitions, start and end scores."""
        paths = [member.path() for member in self.members]  # type: ignore[operator]
        transitions, start, end = (torch.stack(parts).mean(0) for parts in zip(*paths, strict=True))
        return transitions, start, end
