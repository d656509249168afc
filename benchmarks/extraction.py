"""Extraction beside jieba.posseg on the same pages, in one run, on one core.

    pip install -e '.[benchmarks]'
    python benchmarks/extraction.py

Prints for both: characters a second, time from the command to the first result, peak memory, and the strict F1 of
mentions on tests/gold (jieba's nr, ns and nt count as Person, Place and whichever organ kind is right: the kinder
reading).
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPEAT = 10  # the five pages, so many times over: 360,000 characters


def texts() -> list[str]:
    return [p.read_bytes().decode() for p in sorted((ROOT / "seeds").glob("*.txt"))]


def kg_run() -> tuple[float, float, float]:
    """(seconds to the first page's mentions, characters a second of all stages, strict F1)"""
    began = time.perf_counter()
    import torch

    torch.set_num_threads(1)
    from kg.evaluate.run import evaluate
    from kg.model import Page
    from kg.pipeline import process

    pages = [
        Page(doc=f"p{n}", file="", text=t, encoding="utf-8", place="株洲市") for n, t in enumerate(texts() * REPEAT)
    ]
    process(pages[:1])
    first = time.perf_counter() - began
    began = time.perf_counter()
    process(pages)
    rate = sum(len(p.text) for p in pages) / (time.perf_counter() - began)
    return first, rate, evaluate(ROOT / "tests" / "gold").figures["mentions strict"].f1


def jieba_run() -> tuple[float, float, float]:
    began = time.perf_counter()
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    pages = texts() * REPEAT
    list(jieba.posseg.cut(pages[0]))
    first = time.perf_counter() - began
    began = time.perf_counter()
    for page in pages:
        list(jieba.posseg.cut(page))
    rate = sum(map(len, pages)) / (time.perf_counter() - began)

    from kg.evaluate import add, load_gold, score
    from kg.model import Kind

    organs = {Kind.AGENCY, Kind.COMPANY, Kind.ORGANIZATION}
    parts = []
    for gold in load_gold(ROOT / "tests" / "gold"):
        right = {(m.start, m.end): m.kinds for m in gold.mentions}
        rows, at = [], 0
        for word, flag in jieba.posseg.cut(gold.text):
            span = (at, at + len(word))
            at += len(word)
            kind = {"nr": Kind.PERSON, "ns": Kind.PLACE}.get(flag[:2])
            if flag[:2] == "nt":
                kind = next((k for k in right.get(span, ()) if k in organs), Kind.ORGANIZATION)
            if kind and len(word) > 1:
                rows.append({"doc": gold.doc, "start": span[0], "end": span[1], "type": kind.value})
        parts.append(score(gold, rows, None, None))
    return first, rate, add(parts).figures["mentions strict"].f1


def main() -> None:
    if len(sys.argv) > 1:
        first, rate, f1 = {"kg": kg_run, "jieba.posseg": jieba_run}[sys.argv[1]]()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{sys.argv[1]:<14}{rate:>12,.0f}{first:>12.1f}{peak:>12,.0f}{f1:>9.3f}")
        return
    print(f"{'':<14}{'chars/s':>12}{'first, s':>12}{'peak, MB':>12}{'F1':>9}", flush=True)
    for name in ("kg", "jieba.posseg"):
        env = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, __file__, name], env=env, check=True)


if __name__ == "__main__":
    main()
