"""The parts of a name: the division before it, its body, and its head."""

from __future__ import annotations

from functools import cache

from kg.places import Division, DivisionKind, Level, gazetteer
from kg.resolve.words import Head, heads

LEVEL_WORDS = "省市州县区旗镇乡村"


@cache
def split(name: str) -> tuple[str, Head | None]:
    """Body and head; the longest head wins, and the body keeps two characters at least."""
    for size in range(min(len(name) - 2, 12), 0, -1):
        head = heads().get(name[-size:])
        if head is not None:
            return name[:-size], head
    return name, None


@cache
def place_prefix(name: str) -> str:
    """The longest division (full or short name) or country with which a name begins, or nothing."""
    for size in range(min(len(name) - 1, 12), 1, -1):
        start = name[:size]
        if start in ("中国", "全国", "中华人民共和国") or any(_named(d, start) for d in gazetteer().lookup(start)):
            return start
    return ""


def _named(division: Division, start: str) -> bool:
    """Short names of towns are too often words."""
    return (division.level is not Level.TOWN and division.kind is not DivisionKind.FORMER) or division.name == start


@cache
def without_place(name: str) -> str:
    """The name without the divisions that it begins with, as long as two characters are left."""
    while True:
        prefix = place_prefix(name)
        rest = name[len(prefix) :]
        if prefix and len(prefix) < 4 and rest[:1] and rest[0] in LEVEL_WORDS and len(rest) > 3:
            rest = rest[1:]
        if not prefix or len(rest) < 2:
            return name
        name = rest
