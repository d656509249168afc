"""UNER Chinese GSD (CC BY-SA 4.0) as partly annotated lines: it tells PER, LOC and ORG apart, no more."""

from __future__ import annotations

from pathlib import Path

from training.annotation import Line, Span

_READINGS = {"PER": ("PER",), "LOC": ("PLACE",), "ORG": ("ORG", "AGENCY", "COMPANY")}


def read_uner(folder: Path, parts: tuple[str, ...] = ("train", "dev", "test")) -> list[Line]:
    """The sentences of ``*-ud-{part}.iob2``, words joined without spaces. An organisation may be any of three
    types."""
    lines: list[Line] = []
    for part in parts:
        for file in sorted(folder.glob(f"*-ud-{part}.iob2")):
            words: list[str] = []
            spans: list[Span] = []
            for row in [*file.read_text("utf-8").splitlines(), ""]:
                if row.startswith("#"):
                    continue
                if not row.strip():
                    if words:
                        lines.append(Line("".join(words), tuple(spans)))
                    words, spans = [], []
                    continue
                _, word, tag, *_ = row.split("\t")
                start = sum(map(len, words))
                words.append(word)
                if tag.startswith("B-"):
                    spans.append(Span(start, start + len(word), _READINGS.get(tag[2:], ()), "", False))
                elif tag.startswith("I-") and spans:
                    last = spans[-1]
                    spans[-1] = Span(last.start, start + len(word), last.types, "", False)
    return lines
