"""Derive kg/lexicons/common_words.tsv: everyday words that begin with a character that is also a surname.

    python scripts/derive_common_words.py path/to/jieba/dict.txt

The source is the dictionary of jieba 0.42.1 (MIT licence; word, frequency, part of speech). 严格 or 成果 look like a
surname and a given name; the recogniser asks for more evidence before it takes such a word for a person.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.recognise.patterns import surnames

OUT = Path(__file__).parent.parent / "kg" / "lexicons" / "common_words.tsv"
HEAD = """# Everyday words that begin like a name; scripts/derive_common_words.py made it from jieba's dictionary (MIT).
word\tfrequency
"""
RARE = 60  # a rarer word may as well be a name
NAMES = {"nr", "nrt", "nrfg", "ns", "nt"}


def main(source: Path) -> None:
    first = {s for s in surnames() if len(s) == 1}
    rows = []
    for line in source.read_text(encoding="utf-8").splitlines():
        word, frequency, speech = line.split(" ")
        if 2 <= len(word) <= 3 and word[0] in first and speech not in NAMES and int(frequency) >= RARE:
            rows.append((word, frequency))
    OUT.write_text(HEAD + "".join(f"{w}\t{f}\n" for w, f in sorted(rows)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
