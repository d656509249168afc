"""What each source of evidence adds: strict F1 of mentions on the annotated pages and on the kept-out tenth.

    python benchmarks/ablation.py

The tenth of training/corpus is chosen by a hash of the article's id; no model was trained on it. The few weights of the
evidence beside the model were chosen on it, so for them it is not unseen.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.evaluate import Gold, add, load_gold, score  # noqa: E402
from kg.evaluate.gold import KINDS, GoldMention  # noqa: E402
from kg.evaluate.run import page_of  # noqa: E402
from kg.model import Article, Line, Page, Role  # noqa: E402
from kg.recognise import Recogniser  # noqa: E402
from kg.segment import segment  # noqa: E402
from training.annotation import read_corpus  # noqa: E402

VARIANTS = {
    "lexicons and patterns": {"model": False, "archive": False},
    "model": {"lexicons": False, "archive": False},
    "model, lexicons, patterns": {"archive": False},
    "all, with the archive": {},
}


def kept_out() -> list[tuple[Gold, Page, list[Article]]]:
    documents = []
    for article in read_corpus(ROOT / "training" / "corpus"):
        if article.kept_out:
            text, mentions, lines = "", [], []
            for number, line in enumerate(article.lines, 1):
                at = len(text)
                lines.append(Line(number, at, at + len(line.text), Role.BODY))
                for s in line.spans:
                    kinds = tuple(KINDS[t] for t in s.types)
                    mentions.append(GoldMention(at + s.start, at + s.end, kinds, s.canonical, s.nominal, not kinds))
                text += line.text + "\n"
            page = Page(doc=article.id, file=article.id, text=text, encoding="utf-8")
            gold = Gold(article.id, text, tuple(mentions), None, None)
            documents.append((gold, page, [Article(f"{article.id}-a1", article.id, "", tuple(lines))]))
    return documents


def annotated() -> list[tuple[Gold, Page, list[Article]]]:
    folder = ROOT / "tests" / "gold"
    pages = [(gold, page_of(gold, folder)) for gold in load_gold(folder)]
    return [(gold, page, list(segment(page))) for gold, page in pages]


def main() -> None:
    sets = {"annotated pages": annotated(), "kept-out tenth": kept_out()}
    print(f"{'':<28}" + "".join(f"{name:>18}" for name in sets))
    for name, how in VARIANTS.items():
        recogniser = Recogniser.load(**how)
        row = f"{name:<28}"
        for documents in sets.values():
            articles = [a for _, _, own in documents for a in own]
            mentions = recogniser.recognise([page for _, page, _ in documents], articles)
            rows = [
                {"doc": m.doc, "start": m.start, "end": m.end, "type": m.kind.value, "confidence": m.confidence}
                for m in mentions
            ]
            scores = add([score(gold, rows, None, None) for gold, _, _ in documents])
            row += f"{scores.figures['mentions strict'].f1:>18.3f}"
        print(row, flush=True)


if __name__ == "__main__":
    main()
