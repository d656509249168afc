"""The word list of the model's word features, from the project's lexicons and the dictionary CC-CEDICT.

Classes: p province or prefecture, x county, t town, q short name of a division, s surname, c compound surname,
v verb, g proper name, n any other word.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from pathlib import Path

from kg.resources import lexicon
from kg.tagger.words import WordList

CLASSES = "pxtqscvgn"
_LEVELS = {"province": "p", "prefecture": "p", "city": "p", "county": "x", "town": "t"}
_ENTRY = re.compile(r"\S+ (\S+) \[([^\]]*)\] /(.*)/\s*")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,7}")


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader((r for r in text.splitlines() if not r.startswith("#")), delimiter="\t"))


def build(dictionary: Path | None) -> WordList:
    """``dictionary``: CC-CEDICT's text file (cedict_ts.u8), or None to do without."""
    classes: dict[str, set[str]] = defaultdict(set)
    divisions = gzip.decompress(lexicon("divisions.tsv.gz").read_bytes()).decode()
    for row in _rows(divisions):
        classes[row["name"]].add(_LEVELS[row["level"]])
        if len(row["short"]) > 1:
            classes[row["short"]].add("q")
    for row in _rows(lexicon("surnames.tsv").read_text("utf-8")):
        classes[row["surname"]].add("s" if len(row["surname"]) == 1 else "c")
    if dictionary is not None:
        for line in dictionary.read_text("utf-8").splitlines():
            entry = _ENTRY.fullmatch(line)
            if entry and _HAN.fullmatch(entry[1]):
                first = entry[3].split("/")[0]
                proper = entry[2][:1].isupper()
                classes[entry[1]].add("g" if proper else "v" if first.startswith("to ") else "n")
    return WordList({word: "".join(sorted(letters)) for word, letters in sorted(classes.items())}, CLASSES)
