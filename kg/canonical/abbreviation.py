"""Short forms that an article explains itself: 以下简称, and names that abbreviate a longer one of the same article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.canonical.words import either

OPEN, CLOSE = "“\"「『‘", "”\"」』’"
INTRODUCED = re.compile(
    r"(?P<gap>\s*[(（,，]\s*)(?:以下|下文|下文中|以下统一)?\s*(?:简称|下称|以下称|统称|又称|俗称)\s*(?:为|作|[:：])?\s*"
    rf"(?:[{OPEN}](?P<quoted>[^{CLOSE}\n]{{2,20}})[{CLOSE}]|(?P<plain>[一-鿿A-Za-z0-9]{{2,12}}?)(?=[)）,，。]))")
NAME_CHARACTER = re.compile(r"[一-鿿A-Za-z0-9·()（）“”\-]")
BEFORE_NAME = re.compile(rf".*{either('before_name')}(?=[一-鿿]{{4,}})")
FORM = re.compile(rf"(?:股份|集团|控股|投资|发展)?{either('clip_end')}$")
COMPANY_FORM = re.compile(r"(?:公司|集团|厂)$")
COMPLETE = re.compile(r"(?:有限责任公司|有限公司|股份公司|合作社)$")
ONLY_LEGAL = re.compile(r"(?:集团|股份|控股|有限|责任|公司)*")
LEGAL = re.compile(r"(?:[一-鿿()]{0,10}?(?:集团|股份|控股|有限|责任|公司))+|[一-鿿]{2,12}(?:合作社|事务所)")


def find_aliases(text: str, names: Sequence[tuple[int, int]] = ()) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of spans (full name, short name) that a text introduces: X有限公司(以下简称“Y”).

    ``names`` are spans already recognised: the longest one that ends where the bracket opens is the full name.
    Without one the full name is taken back to the last character that cannot be part of it.
    """
    found = []
    for m in INTRODUCED.finditer(text):
        group = "quoted" if m["quoted"] else "plain"
        end = m.start()
        ending = [span for span in names if span[1] == end]
        if ending:
            start = min(span[0] for span in ending)
        else:
            start = end
            while start and NAME_CHARACTER.match(text[start - 1]) and end - start < 40:
                start -= 1
            cut = BEFORE_NAME.match(text[start:end])
            start += cut.end() if cut else 0
        if end - start >= 3 and start < end:
            found.append(((start, end), m.span(group)))
    return found


def core(name: str) -> str:
    """What tells a name from others: without its legal form."""
    stem = FORM.sub("", name)
    return stem if len(stem) >= 2 else name


def abbreviates(short: str, full: str, *, places: Sequence[str] = ()) -> bool:
    """Whether ``short`` is a clipped form of ``full``: its characters stand in it in this order, from the head on.

    The head is the first character of the full name or of what follows the divisions in front of it, given in
    ``places`` (their short and full names): 文投集团 and X文投集团 are both X市文化旅游投资集团有限公司.
    """
    if len(short) >= len(full) or len(short) < 2:
        return False
    end = FORM.search(short)
    if end and not (end[0][-2:] in full if COMPANY_FORM.search(short) else full[-1] == short[-1]):
        return False  # a school is no clipped name of its group
    heads = _heads(full, places)
    union = short[-1] if short[-1] in "会社" else ""  # 果农会 may be the 果农合作组织联合会
    return any(_from_head(core(stem), [head for there, head in heads if _agree(here, there)], union)
               for here, stem in _heads(short, places))


def _agree(here: str, there: str) -> bool:
    """Whether the divisions taken off two names may be the same: 南昌 and 南昌市 are, 九江 and 江西 are not."""
    return not here or here == there or there.startswith(here.removesuffix("市"))


def _heads(name: str, places: Sequence[str]) -> list[tuple[str, str]]:
    """What can be taken off as divisions in front of the name, and what is left then."""
    heads = [("", name)]
    for place in sorted(set(places), key=lambda p: (-len(p), p)):
        for taken, head in tuple(heads):
            rest = head[len(place):]
            if head.startswith(place) and len(rest) >= 2:
                heads.append((place if not taken else taken + place, rest))
    return list(dict.fromkeys(heads))


def _from_head(stem: str, heads: Sequence[str], union: str) -> bool:
    begun = [head for head in heads if head.startswith(stem)]
    if begun:  # cut off behind: only what says the trade and the legal form may be missing
        return any(LEGAL.fullmatch(head[len(stem):]) or (union and head.endswith(union)) for head in begun)
    if len(stem) > 4 or any(stem in head for head in heads):
        return False
    return any(head[0] == stem[0] and _subsequence(stem, head) and _spread(stem, head) for head in heads)


def _subsequence(short: str, full: str) -> bool:
    rest = iter(full)
    return all(ch in rest for ch in short)


def _spread(short: str, full: str) -> bool:
    """A clipped name takes early characters; one whose last lies behind the legal form is a coincidence."""
    position = -1
    for ch in short:
        position = full.find(ch, position + 1)
    return position <= max(8, 3 * len(short))


def best_known(short: str, known: Sequence[str], *, places: Sequence[str] = ()) -> str | None:
    """The one name among ``known`` that ``short`` abbreviates; None where there is none or more than one.

    Of several, the one that adds nothing but the legal form: X集团 is X集团有限公司 beside X集团Y分公司.
    """
    if COMPLETE.search(short):
        return None
    hits = list(dict.fromkeys(name for name in known if abbreviates(short, name, places=places)))
    if len(hits) > 1:
        hits = [name for name in hits if short in name and ONLY_LEGAL.fullmatch(name.partition(short)[2])]
    return hits[0] if len(hits) == 1 else None
