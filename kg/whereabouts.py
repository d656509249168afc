"""Which city or county a page without a manifest is about: told by the divisions that its text names.

A paper writes 我市, 市委 or 全县 without saying which; the division that it names most, and whose parts it names, is
the one. Where nothing stands out the answer is None.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from hanlp_trie import TrieDict

from kg.places import Division, DivisionKind, Level, gazetteer

COUNTY_VOICE = re.compile(r"[我全本]县|(?<![一-鿿])县(?:委|政府|人大|政协|纪委)|县长|县直")
CITY_VOICE = re.compile(r"[我全本]市|(?<![一-鿿])市(?:委|政府|人大|政协|纪委)|市长|市直|市区")
DIRECT, PART = 1.0, 0.5  # votes of a name for the division itself and for what contains it
LEAST, LEAD = 2.0, 1.5  # votes that the first needs, and how many times those of the second


def place_of(text: str) -> Division | None:
    """The prefecture, county or county-level city that a page serves, as far as its text alone tells."""
    county = len(COUNTY_VOICE.findall(text)) > len(CITY_VOICE.findall(text))
    level = Level.COUNTY if county else Level.PREFECTURE
    votes: dict[str, float] = defaultdict(float)
    by_key: dict[str, Division] = {}
    for _, _, name in _names().parse_longest(text):
        readings = [d for d in gazetteer().lookup(name) if d.level <= Level.COUNTY and d.kind is DivisionKind.DIVISION]
        for division in readings:
            for each, vote in ((division, DIRECT), *((above, PART) for above in gazetteer().ancestors(division))):
                if each.level is level or each.municipality or (_city(each) and not county):
                    votes[each.key] += vote / len(readings)
                    by_key[each.key] = each
    ranked = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
    if not ranked or ranked[0][1] < LEAST:
        return None
    best = by_key[ranked[0][0]]
    rivals = [v for key, v in ranked[1:] if by_key[key] not in gazetteer().ancestors(best)]
    return best if not rivals or ranked[0][1] >= LEAD * rivals[0] else None


def _city(division: Division) -> bool:
    return division.level is Level.COUNTY and division.name.endswith("市")


@cache
def _names() -> TrieDict:
    """Full names down to counties, short names (which are often words) only of provinces and prefectures."""
    places = gazetteer()
    names = {*places.names([Level.PROVINCE, Level.PREFECTURE]), *places.names([Level.COUNTY], short=False)}
    return TrieDict({name: name for name in sorted(names) if len(name) >= 2})
