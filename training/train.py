"""Train the shipped recogniser: several networks from several seeds, which then answer together.

    python -m training.train --out kg/models/ner --dictionary cedict_ts.u8 --uner uner_zh_gsdsimp
    python -m training.train --out kg/models/ner --measure-only

Prints strict F1 (precision/recall) on the kept-out tenth of the corpus and on the annotated pages.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from kg.tagger.alphabet import Alphabet
from kg.tagger.component import NewspaperRecognizer
from kg.tagger.network import Network, Shape
from kg.tagger.tagging import TAGS
from training.annotation import Article, Line, read_corpus
from training.augment import augmented
from training.batches import batches
from training.calibrate import fit, judged, reliability
from training.encoding import may
from training.measure import kept_out, measure, pages, table
from training.names import Names
from training.uner import read_uner
from training.wordlist import build

HERE = Path(__file__).resolve().parent
Weights = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what comes out."""

    corpus: Path
    pages: Path
    dictionary: Path | None
    uner: Path | None
    work: Path  # where checkpoints go
    epochs: int
    seeds: tuple[int, ...]
    hidden: int
    swap: float  # share of articles that get other names in an epoch
    batch: int = 1600  # characters
    rate: float = 3e-3
    drop_words: float = 0.1
    average: float = 0.998
    buckets: int = 40_000
    layers: int = 1


def untrained(recipe: Recipe, learn: list[Line], seeds: int) -> NewspaperRecognizer:
    alphabet = Alphabet.of((line.text for line in learn), 2)
    lexicon = build(recipe.dictionary)
    shape = Shape(len(alphabet), recipe.buckets, lexicon.width, hidden=recipe.hidden, layers=recipe.layers)
    return NewspaperRecognizer.made(alphabet, lexicon, shape, [Network(shape) for _ in range(seeds)])


def data(recipe: Recipe) -> tuple[list[Article], list[Line]]:
    """The articles to learn from, and lines of other corpora that are taken as they are."""
    articles = [a for a in read_corpus(recipe.corpus) if not a.kept_out]
    return articles, read_uner(recipe.uner) if recipe.uner else []


def train_member(recipe: Recipe, seed: int) -> Path:
    """Train one network; the file that its averaged weights were written to."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    articles, extra = data(recipe)
    own = [line for article in articles for line in article.lines]
    component = untrained(recipe, own + extra, 1)
    network = component.model.members[0]
    average = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=recipe.rate, weight_decay=1e-3, betas=(0.9, 0.98), fused=True
    )
    names = Names()
    total = recipe.epochs * len(batches(own + extra, recipe.batch, random.Random(0)))
    step, file = 0, recipe.work / f"member-{seed}.pt"
    network.train()
    for epoch in range(recipe.epochs):
        began, summed = time.perf_counter(), 0.0
        lines = augmented(articles, names, rng, swap=recipe.swap) + extra
        for group in batches(lines, recipe.batch, rng):
            warm, cool = (
                min(1.0, (step + 1) / 200),
                0.5 + 0.5 * math.cos(math.pi * min(1.0, step / total)),
            )
            for part in optimizer.param_groups:
                part["lr"] = recipe.rate * warm * cool
            loss = batch_loss(component, network, group, recipe.drop_words) / len(group)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            step += 1
            summed += float(loss.detach())
            decay = min(recipe.average, step / (step + 50))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.values()), list(network.state_dict().values()), 1 - decay)
        torch.save(average, file)
        spent = time.perf_counter() - began
        print(
            f"seed {seed} epoch {epoch + 1} loss {summed:.1f} {spent:.0f}s",
            file=sys.stderr,
            flush=True,
        )
    return file


def batch_loss(component: NewspaperRecognizer, network: Network, group: list[Line], drop: float) -> Tensor:
    """The summed loss of some lines; a share of them is read as if no word were known."""
    batch = component.batch([line.text for line in group])
    # Names that no dictionary has must be found as well.
    batch.words.mul_(torch.rand(len(group), 1, 1) >= drop)
    open_tags = np.ones((len(group), int(batch.lengths.max()), len(TAGS)), dtype=bool)
    for row, line in enumerate(group):
        open_tags[row, : len(line.text)] = may(line)
    return network.loss(network(batch), torch.from_numpy(open_tags), batch.lengths)


def join(recipe: Recipe, files: list[Path]) -> NewspaperRecognizer:
    """The networks whose weights lie in the files, as one recogniser."""
    articles, extra = data(recipe)
    own = [line for article in articles for line in article.lines]
    component = untrained(recipe, own + extra, len(files))
    for member, file in zip(component.model.members, files, strict=True):
        member.load_state_dict(torch.load(file, weights_only=True))
    component.model.eval()
    tenth = kept_out(read_corpus(recipe.corpus))
    component.config["calibration"] = list(fit(*judged(component, tenth)))
    return component


def report(component: NewspaperRecognizer, corpus: Path, annotated: Path) -> None:
    def tag(texts: list[str]) -> list[list[tuple[int, int, str]]]:
        return component.best(texts)[0]

    print("tenth ", table(measure(kept_out(read_corpus(corpus)), tag)))
    print("pages ", table(measure(pages(annotated), tag)))
    for low, names, mean, right in reliability(*judged(component, kept_out(read_corpus(corpus)))):
        print(f"confidence from {low:.2f}: {names:5d} names, mean {mean:.3f}, right {right:.3f}", flush=True)


def options() -> tuple[Recipe, argparse.Namespace]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--pages", type=Path, default=HERE.parent / "tests" / "gold")
    parser.add_argument("--dictionary", type=Path, help="CC-CEDICT (cedict_ts.u8)")
    parser.add_argument("--uner", type=Path, help="folder of UNER Chinese GSD (simplified)")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--epochs", type=int, default=18)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--jobs", type=int, default=2, help="networks trained at once, one core each")
    parser.add_argument("--hidden", type=int, default=160)
    parser.add_argument("--swap", type=float, default=0.6)
    parser.add_argument("--join-only", action="store_true", help="join the networks that lie in --work")
    parser.add_argument("--measure-only", action="store_true", help="only measure the model in --out")
    args = parser.parse_args()
    recipe = Recipe(
        args.corpus,
        args.pages,
        args.dictionary,
        args.uner,
        args.work,
        args.epochs,
        tuple(args.seeds),
        args.hidden,
        args.swap,
    )
    return recipe, args


def main() -> None:
    recipe, args = options()
    torch.set_num_threads(1)
    if args.measure_only:
        component = NewspaperRecognizer()
        component.load(str(args.out))
        report(component, recipe.corpus, recipe.pages)
        return
    recipe.work.mkdir(parents=True, exist_ok=True)
    files = [recipe.work / f"member-{seed}.pt" for seed in recipe.seeds]
    if not args.join_only:
        with ProcessPoolExecutor(args.jobs, mp_context=get_context("spawn")) as pool:
            files = list(pool.map(train_member, [recipe] * len(recipe.seeds), recipe.seeds))
    component = join(recipe, files)
    report(component, recipe.corpus, recipe.pages)
    component.save(str(args.out))


if __name__ == "__main__":
    main()
