"""From pages and articles to mentions: gather evidence, decode, learn the archive's names, decode again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg import tagger as tagging
from kg.model import Article, Finding, Kind, Mention, Page, Severity
from kg.recognise.aliases import kinds_of_aliases
from kg.recognise.compose import maximal
from kg.recognise.decode import (
    CODES,
    TAGS,
    Evidence,
    Lattice,
    Scores,
    Span,
    blank_scores,
    decode,
    plain_lattice,
    weigh,
)
from kg.recognise.established import Established, Reading, supporting
from kg.recognise.foreign import Foreign, load_foreign
from kg.recognise.lexicon import lexicon_evidence
from kg.recognise.nominal import nominal_spans
from kg.recognise.patterns import context_patterns
from kg.text import Passage, passages

PAGE_WEIGHT = 6.0  # a name that stands on the same page
ARCHIVE_WEIGHT = 3.0  # a name that stands anywhere in the input
HONORIFIC = re.compile(r"^.[\s]?(?:某|先生|女士|小姐|师傅|氏$)|^..某")


# The decoder is surer than it is right: evidence that agrees is not independent. On a tenth of the corpus that no
# model was trained on, mentions with log odds x are right with log odds 0.7 x (``kg evaluate`` prints the table).
CALIBRATION = 0.7
# What is likelier wrong than right is left out; projects, the least certain kind, need more (the same tenth decided).
LEAST = {Kind.PROJECT: 0.7}


def calibrated(confidence: float) -> float:
    p = min(max(confidence, 1e-4), 1 - 1e-4)
    return 1.0 / (1.0 + float(((1 - p) / p) ** CALIBRATION))


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage with all that is known about it."""

    doc: str
    article: str
    passage: Passage
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """What speaks for names; build one with ``load``."""

    tagger: tagging.Tagger | None
    lexicons: bool = True
    archive: bool = True
    foreign: Foreign | None = None  # a HanLP model of the user's own

    @classmethod
    def load(
        cls,
        *,
        model: bool = True,
        lexicons: bool = True,
        archive: bool = True,
        hanlp: str = "",
        allow_download: bool = False,
    ) -> Recogniser:
        """``KgError`` if the model that ``hanlp`` names cannot be had."""
        foreign = load_foreign(hanlp, allow_download=allow_download) if hanlp else None
        return cls(tagging.load() if model else None, lexicons, archive, foreign)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the user's own model answered that nobody understood."""
        if self.foreign is None or not self.foreign.unknown:
            return ()
        labels = ", ".join(f"{label} ({n})" for label, n in sorted(self.foreign.unknown.items()))
        return (Finding(Severity.WARNING, "unknown-labels", self.foreign.name, f"labels left out: {labels}"),)

    def recognise(self, pages: Sequence[Page], articles: Sequence[Article]) -> tuple[Mention, ...]:
        """Mentions in order of page and offset. Spans do not overlap; nominal ones are marked."""
        by_doc = {page.doc: page for page in pages}
        placed = [(a, p) for a in articles for p in passages(by_doc[a.doc], a)]
        evidence = self._evidence([p.text for _, p in placed])
        units = [Unit(a.doc, a.id, p, tuple(e)) for (a, p), e in zip(placed, evidence, strict=True)]
        scores, lattice = self._scores([u.passage.text for u in units])
        found = decode([weigh(s, u.evidence) for s, u in zip(scores, units, strict=True)], lattice)
        if self.archive:
            more = self._established(units, found)
            units = [
                Unit(u.doc, u.article, u.passage, (*u.evidence, *extra)) for u, extra in zip(units, more, strict=True)
            ]
            found = decode([weigh(s, u.evidence) for s, u in zip(scores, units, strict=True)], lattice)
        mentions: list[Mention] = []
        for unit, spans in zip(units, found, strict=True):
            mentions += self._mentions(by_doc[unit.doc], unit, maximal(unit.passage.text, spans))
        mentions = kinds_of_aliases(pages, mentions)
        order = {page.doc: n for n, page in enumerate(pages)}
        return tuple(sorted(mentions, key=lambda m: (order[m.doc], m.start, m.end)))

    def _evidence(self, texts: Sequence[str]) -> list[list[Evidence]]:
        found: list[list[Evidence]] = [[] for _ in texts]
        if self.lexicons:
            for text, own in zip(texts, found, strict=True):
                own += lexicon_evidence(text)
                for pattern in context_patterns():
                    own += pattern.evidence(text)
        if self.foreign is not None:
            for own, more in zip(found, self.foreign.evidence(texts), strict=True):
                own += more
        return found

    def _scores(self, texts: Sequence[str]) -> tuple[list[Scores], Lattice]:
        if self.tagger is None:
            return [blank_scores(len(text)) for text in texts], plain_lattice()
        assert tuple(self.tagger.tags) == TAGS
        lattice = Lattice(self.tagger.transitions, self.tagger.start, self.tagger.end)
        return self.tagger.emissions(texts), lattice

    def _established(self, units: Sequence[Unit], found: Sequence[Sequence[Span]]) -> list[list[Evidence]]:
        readings = [
            (n, u.passage.text, span)
            for n, (u, spans) in enumerate(zip(units, found, strict=True))
            for span in spans
            if not u.passage.lines[0].repeats  # what is printed twice by mistake counts once
        ]
        everywhere = Established(readings, reason="archive", weight=ARCHIVE_WEIGHT)
        by_doc: dict[str, list[Reading]] = defaultdict(list)
        for reading in readings:
            by_doc[units[reading[0]].doc].append(reading)
        on_page = {doc: Established(own, reason="page", weight=PAGE_WEIGHT) for doc, own in by_doc.items()}
        result = []
        for n, u in enumerate(units):
            text = u.passage.text
            own = on_page[u.doc].evidence(n, text) if u.doc in on_page else ()
            result.append([*own, *everywhere.evidence(n, text)])
        return result

    def _mentions(self, page: Page, unit: Unit, spans: Sequence[Span]) -> list[Mention]:
        text = unit.passage.text
        result = []
        taken: set[int] = set()
        for span in spans:
            name = text[span.start : span.end]
            if self.tagger is not None and calibrated(span.presence) < LEAST.get(span.kind, 0.5):
                continue
            if span.kind is Kind.PERSON and HONORIFIC.match(name):
                continue
            if not unit.passage.unbroken(span.start, span.end):
                continue
            start, end = unit.passage.span(span.start, span.end)
            reasons = {e.reason for e in supporting(unit.evidence, span.start, span.end, span.kind)}
            if self.tagger is not None:
                reasons.add("model")
            taken.update(range(span.start, span.end))
            result.append(
                Mention(
                    doc=page.doc,
                    article=unit.article,
                    start=start,
                    end=end,
                    text=page.text[start:end],
                    kind=span.kind,
                    confidence=calibrated(span.confidence),
                    reasons=tuple(sorted(reasons)),
                )
            )
        for begin, stop, kind in nominal_spans(text):
            if taken.isdisjoint(range(begin, stop)) and unit.passage.unbroken(begin, stop):
                start, end = unit.passage.span(begin, stop)
                result.append(
                    Mention(
                        page.doc, unit.article, start, end, page.text[start:end], kind, 0.9, ("nominal",), nominal=True
                    )
                )
        return result


assert set(CODES) == set(Kind)
