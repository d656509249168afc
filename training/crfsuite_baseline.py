"""The same data with a linear-chain CRF of character n-grams (python-crfsuite), for comparison and for
cross-validation: ``python -m training.crfsuite_baseline [--folds 5 --out disagreements.tsv]``."""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

import pycrfsuite

from kg.tagger.alphabet import fold
from kg.tagger.tagging import TAGS, spans_of
from training.annotation import Article, Line, read_corpus
from training.measure import kept_out, measure, pages, table

HERE = Path(__file__).resolve().parent


def features(text: str) -> list[list[str]]:
    """Character n-grams round every position."""
    edged = "^^^" + fold(text) + "$$$"
    rows = []
    for at in range(3, len(edged) - 3):
        c = edged
        rows.append(
            [
                f"0{c[at]}",
                f"-1{c[at - 1]}",
                f"1{c[at + 1]}",
                f"-2{c[at - 2]}",
                f"2{c[at + 2]}",
                f"a{c[at - 1 : at + 1]}",
                f"b{c[at : at + 2]}",
                f"c{c[at - 2 : at]}",
                f"d{c[at + 1 : at + 3]}",
                f"e{c[at - 1 : at + 2]}",
                f"f{c[at - 2 : at + 1]}",
                f"g{c[at : at + 3]}",
                f"h{c[at - 3 : at]}",
                f"i{c[at + 1 : at + 4]}",
            ]
        )
    return rows


def tags(line: Line) -> list[str]:
    named = ["O"] * len(line.text)
    for span in line.spans:
        if span.types:
            named[span.start] = f"B-{span.types[0]}"
            for at in range(span.start + 1, span.end):
                named[at] = f"I-{span.types[0]}"
    return named


def train(lines: list[Line], file: str, rounds: int = 60) -> pycrfsuite.Tagger:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": 0.05,
            "c2": 0.01,
            "max_iterations": rounds,
            "feature.possible_transitions": True,
            "feature.minfreq": 2,
        }
    )
    for line in lines:
        trainer.append(features(line.text), tags(line))
    trainer.train(file)
    tagger = pycrfsuite.Tagger()
    tagger.open(file)
    return tagger


def tag_with(tagger: pycrfsuite.Tagger):
    def tag(texts):
        number = {name: n for n, name in enumerate(TAGS)}
        return [spans_of([number[t] for t in tagger.tag(features(text))]) for text in texts]

    return tag


def part(article: Article, folds: int) -> int:
    return int(hashlib.sha256(("fold " + article.id).encode()).hexdigest(), 16) % folds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--pages", type=Path, default=HERE.parent / "tests" / "gold")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    articles = read_corpus(args.corpus)
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/model"
        if not args.folds:
            tagger = train([line for a in articles if not a.kept_out for line in a.lines], file)
            print("tenth", table(measure(kept_out(articles), tag_with(tagger))))
            print("pages", table(measure(pages(args.pages), tag_with(tagger))))
            return
        with args.out.open("w", encoding="utf-8") as rows:
            for fold_ in range(args.folds):
                tagger = train(
                    [line for a in articles if part(a, args.folds) != fold_ for line in a.lines],
                    file,
                )
                held = [(a.id, line) for a in articles if part(a, args.folds) == fold_ for line in a.lines]
                found = tag_with(tagger)([line.text for _, line in held])
                for (name, line), spans in zip(held, found, strict=True):
                    gold = {(s.start, s.end): "/".join(s.types) + ("~" if s.nominal else "") for s in line.spans}
                    system = {(s, e): kind for s, e, kind in spans}
                    for s, e in sorted({*gold, *system}):
                        g, m = gold.get((s, e), "-"), system.get((s, e), "-")
                        if m not in g.split("/"):
                            near = line.text[max(0, s - 12) : s] + "[" + line.text[s:e] + "]" + line.text[e : e + 12]
                            print(name, g or "SKIP", m, line.text[s:e], near, sep="\t", file=rows)
                print(
                    "fold",
                    fold_,
                    table(measure([line for _, line in held], lambda _, f=found: f)),
                    flush=True,
                )


if __name__ == "__main__":
    main()
