"""Short forms and their full names, within an article, a page or all pages of one place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from kg.model import Kind
from kg.places import Division
from kg.resolve.forms import NO_PLACE, SAME_BODY, Form, stands_for
from kg.resolve.parts import place_prefix, split, without_place
from kg.resolve.words import heads

Names = dict[str, Counter[Kind]]  # canonical name -> how often it is of which kind
DECLARED = "the text says so"


@dataclass(frozen=True, slots=True)
class Range:
    """How far a short form reaches. The farther, the surer its form has to be."""

    name: str
    least: float


ARTICLE = Range("article", 0.5)
PAGE = Range("page", 0.7)
ARCHIVE = Range("archive", 0.75)


def short_forms(
    names: Names,
    reach: Range,
    *,
    declared: Set[tuple[str, str]] = frozenset(),
    home: Division | None = None,
    towns: Sequence[str] = (),
) -> dict[str, tuple[str, str]]:
    """Short name -> (full name, reason). A short form of two things is left alone.

    ``declared`` are (short, full) pairs that the text states or an article has taught; ``home`` is the place of the
    paper: beyond the article 人民医院 may only be the one of that place. ``towns`` are divisions, full names only.
    """
    shorts = sorted(names)
    names = {**names, **{town: Counter({Kind.PLACE: 1}) for town in towns}}
    full_of: dict[str, str] = {}
    reasons: dict[str, str] = {}
    told: dict[str, set[str]] = defaultdict(set)
    for short, full in declared:
        if short != full and short in names and full in names:
            told[short].add(full)
    index = _Index(names)
    for short in shorts:
        options = dict.fromkeys(told.get(short, ()), DECLARED)
        if not options:
            options = _undeclared(short, names, index, reach, home)
        if len(options) == 1:
            full, reason = next(iter(options.items()))
            if full not in full_of and full in shorts and _own_name(short, full, reason, names, home):
                short, full = full, short
            full_of[short], reasons[short] = full, reason
    return {short: (_end(short, full_of), reasons[short]) for short in full_of}


def _undeclared(short: str, names: Names, index: _Index, reach: Range, home: Division | None) -> dict[str, str]:
    """Full names that the short form can stand for, the ones with the surest form; chains count as their end."""
    kind = _kind(names[short])
    forms: dict[str, Form] = {}
    for full in index.around(short):
        if full == short:
            continue
        form = stands_for(short, full, kind, _kind(names[full]))
        if form is None or form.weight < reach.least:
            continue
        if reach is not ARTICLE and form not in (SAME_BODY,) and not _of_home(full, short, form, home):
            continue
        forms[full] = form
    if not forms:
        return {}
    best = max(f.weight for f in forms.values())
    options = {full: form.rule for full, form in forms.items() if form.weight >= best - 0.1}
    # of a short, a middle and a full form the middle one decides nothing
    for full in sorted(options):
        others = [o for o in options if o != full]
        if any(stands_for(full, o, _kind(names[full]), _kind(names[o])) for o in others):
            del options[full]
    return options


def _own_name(short: str, full: str, reason: str, names: Names, home: Division | None) -> bool:
    """Whether the shorter form is the name and the longer one only says more: 云杉雅苑项目, 乙山甲江大学."""
    if reason == SAME_BODY.rule:
        return full in (short + "项目", short + "工程")
    prefix = place_prefix(full)
    somewhere = reason == NO_PLACE.rule and full == prefix + short and split(short)[1] is not None
    if not somewhere or (home is not None and prefix in (home.name, home.short)):
        return False
    return names[short].total() > 2 * names[full].total()


def _of_home(full: str, short: str, form: Form, home: Division | None) -> bool:
    prefix = place_prefix(full)
    if form is NO_PLACE:
        return home is not None and prefix in (home.name, home.short) and without_place(full) != full
    return True


def _kind(kinds: Counter[Kind]) -> Kind:
    return min(kinds, key=lambda k: (-kinds[k], k))


def _end(short: str, full_of: dict[str, str]) -> str:
    seen = {short}
    while short in full_of and full_of[short] not in seen:
        short = full_of[short]
        seen.add(short)
    return short


class _Index:
    """Full names by their characters: a short form takes all but its last ones from the full name."""

    def __init__(self, names: Names) -> None:
        self._names = sorted(names)
        self._small = len(names) <= 40
        self._holding: dict[str, set[int]] = defaultdict(set)
        if not self._small:
            for i, name in enumerate(self._names):
                for char in name:
                    self._holding[char].add(i)

    def around(self, short: str) -> list[str]:
        """Names that the short form could stand for, in order."""
        if self._small:
            return self._names
        if short in heads():
            return []
        taken = sorted({*(short[:-2] if len(short) > 3 else short[:2])}, key=lambda c: (len(self._holding[c]), c))
        found = set.intersection(*(self._holding[c] for c in taken))
        return [self._names[i] for i in sorted(found)]
