"""Derive kg/lexicons/segment_bigrams.tsv and segment_initials.tsv from every other part of the training corpus.

    python scripts/derive_segment_counts.py

Both count running text outside the marked names, so they speak of the language and not of the corpus's people.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from training.annotation import Article, read_corpus  # noqa: E402

PARTS = "acegikmoqsuw"  # the other parts measure the segmentation
LEXICONS = ROOT / "kg" / "lexicons"
BIGRAM_HEAD = """\
# How common a pair of characters is in newspaper prose: the share, per thousand, of articles that hold it.
# Counted outside names, so that it speaks of the language alone. Pairs that few articles hold tie two texts
# together; a pair that is listed at all joins the end of a cut line to the line that carries it on.
pair\tper_thousand
"""
INITIAL_HEAD = """\
# How often a character opens a paragraph of newspaper prose, and how often it stands anywhere, per 100,000:
# a line that begins with one that hardly ever opens a paragraph was probably cut off from the line before.
character\topens\tstands
"""


def outside_names(article: Article) -> str:
    lines = []
    for line in article.lines:
        text, at = "", 0
        for span in line.spans:
            text += line.text[at : span.start] + "|"
            at = span.end
        lines.append(text + line.text[at:])
    return "\n".join(lines)


def bigrams(articles: list[Article]) -> str:
    counts: Counter[str] = Counter()
    for article in articles:
        runs = re.findall(r"[一-鿿]+", outside_names(article))
        counts.update({run[i : i + 2] for run in runs for i in range(len(run) - 1)})
    rows = ((pair, max(1, round(1000 * n / len(articles)))) for pair, n in counts.items() if n >= 4)
    return BIGRAM_HEAD + "".join(f"{pair}\t{share}\n" for pair, share in sorted(rows, key=lambda r: (-r[1], r[0])))


def initials(articles: list[Article]) -> str:
    paragraphs = [re.sub(r'^[“"‘]+', "", line.text) for a in articles for line in a.lines if len(line.text) > 40]
    opens = Counter(p[0] for p in paragraphs)
    stands = Counter(c for p in paragraphs for c in p[5:-2] if "一" <= c <= "龥")
    rows = [
        f"{c}\t{round(1e5 * opens[c] / opens.total())}\t{round(1e5 * n / stands.total())}\n"
        for c, n in sorted(stands.items(), key=lambda r: (-r[1], r[0]))
        if n >= 25
    ]
    return INITIAL_HEAD + "".join(rows)


def main() -> None:
    articles = [a for a in read_corpus(ROOT / "training" / "corpus") if a.id[0] in PARTS]
    (LEXICONS / "segment_bigrams.tsv").write_text(bigrams(articles), encoding="utf-8")
    (LEXICONS / "segment_initials.tsv").write_text(initials(articles), encoding="utf-8")


if __name__ == "__main__":
    main()
