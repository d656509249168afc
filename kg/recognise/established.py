"""Names that the archive has established: what was found safely once is found everywhere.

A name that the first reading found with confidence becomes evidence for its other occurrences, on its own page more
than elsewhere. Short names that are also words need more support.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from hanlp_trie import TrieDict

from kg.model import Kind
from kg.places import gazetteer
from kg.recognise.decode import Evidence, Span

Reading = tuple[int, str, Span]  # number of the passage, its text, a span in it

SAFE = 0.8  # confidence from which a mention establishes a name
SHARE = 0.6  # of the name's safe readings that must agree on the kind


class Established:
    """A trie of established names; ``evidence`` finds them in a text."""

    def __init__(self, readings: Iterable[Reading], *, reason: str, weight: float) -> None:
        """``readings`` are those of the first pass over a page or over the whole archive."""
        votes: dict[str, Counter[Kind]] = defaultdict(Counter)
        self._only: dict[str, tuple[int, int]] = {}  # where a name stands that was read only once
        for unit, text, span in readings:
            name = "".join(text[span.start : span.end].split())  # a name set wide or broken by a headline's lines
            if len(name) >= 2 and span.confidence >= SAFE:
                votes[name][span.kind] += 1
                if name in self._only or votes[name].total() > 1:
                    self._only.pop(name, None)
                else:
                    self._only[name] = (unit, span.start)
        self._kinds: dict[str, tuple[Kind, float]] = {}
        for name, kinds in votes.items():
            kind, count = min(kinds.items(), key=lambda x: (-x[1], x[0]))
            if count / kinds.total() >= SHARE:
                support = weight * min(1.0, 0.5 + 0.25 * count) * (0.6 if len(name) == 2 else 1.0)
                for form in (name, *_by_level(name, kind)):
                    self._kinds.setdefault(form, (kind, support))
        self._trie = TrieDict({name: name for name in sorted(self._kinds)}) if self._kinds else None
        self._reason = reason

    def evidence(self, unit: int, text: str) -> Iterator[Evidence]:
        """Established names in a text; a name is no evidence for the one reading that established it."""
        if self._trie is None:
            return
        for begin, end, name in self._trie.parse_longest(text):
            if self._only.get(name) != (unit, begin):
                kind, weight = self._kinds[name]
                yield Evidence(begin, end, (kind,), weight, self._reason)


def _by_level(name: str, kind: Kind) -> list[str]:
    """The form that names the level in place of the division: 甲市果农联合会 is also 市果农联合会."""
    if kind in (Kind.AGENCY, Kind.ORGANIZATION):
        for n in range(7, 2, -1):
            if name[n - 1 : n] and name[n - 1 : n] in "市县区" and len(name) >= n + 4 and gazetteer().by_name(name[:n]):
                return [name[n - 1 :]]
    return []


def supporting(evidence: Sequence[Evidence], start: int, end: int, kind: Kind) -> list[Evidence]:
    """What speaks for a span as it was decoded."""
    return [
        e
        for e in evidence
        if e.start == start and (e.end == end or (e.open_end and e.end <= end)) and e.weight > 0 and kind in e.kinds
    ]
