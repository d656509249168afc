"""Groups: the references that are taken for one thing, before they become entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.ids import digest
from kg.model import Implied, Kind, Mention, Reference
from kg.places import Division
from kg.resolve.namesakes import Bearer
from kg.resolve.naming import Meant
from kg.resolve.words import plain

PERSON, THING = "person", "thing"
WORDS = {
    Kind.PERSON: "person",
    Kind.AGENCY: "agency",
    Kind.COMPANY: "company",
    Kind.ORGANIZATION: "organization",
    Kind.PROJECT: "project",
    Kind.PLACE: "place",
}


@dataclass(frozen=True, slots=True)
class Key:
    """What a thing is known by: person or thing, canonical name, and what sets it apart from namesakes."""

    family: str
    name: str
    apart_by: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    key: Key
    kind: Kind
    names: Mapping[str, int]  # right surfaces -> how often
    misread: frozenset[str]
    members: tuple[Reference, ...]
    division: Division | None = None
    private: bool = False

    @property
    def id(self) -> str:
        return entity_id(self.kind, self.key)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(m for m in self.members if isinstance(m, Mention))


def entity_id(kind: Kind, key: Key) -> str:
    """The kind only chooses the word in front: a thing read as agency here and as place there keeps its digest."""
    return f"{WORDS[kind]}-{digest(key.family, key.name, *filter(None, (key.apart_by,)))}"


def group_of(
    key: Key, members: Sequence[Reference], meant: Mapping[Mention, Meant], division: Division | None = None
) -> Group:
    """A group with the names and the kind that its members give it."""
    kinds: Counter[Kind] = Counter()
    names: Counter[str] = Counter()
    misread: set[str] = set()
    for r in members:
        if isinstance(r, Implied):
            kinds[r.kind] += 1
            continue
        kinds[r.kind] += 1 if r.nominal else 3
        if not r.nominal:
            surface = plain(r.text)
            if r in meant and meant[r].misread:
                misread.add(surface)
            else:
                names[surface] += 1
    mentions = [m for m in members if isinstance(m, Mention)]
    return Group(
        key=key,
        kind=Kind.PLACE if division is not None else majority(kinds),
        names=dict(sorted(names.items())),
        misread=frozenset(misread),
        members=tuple(members),
        division=division,
        private=bool(mentions) and all(m.private for m in mentions),
    )


def majority(kinds: Counter[Kind]) -> Kind:
    """The most frequent kind; of equally frequent ones the first in this order, which does not depend on the input."""
    order = [Kind.PERSON, Kind.PROJECT, Kind.COMPANY, Kind.ORGANIZATION, Kind.AGENCY, Kind.PLACE]
    return min(kinds, key=lambda k: (-kinds[k], order.index(k)))


def person_groups(found: Iterable[Bearer], meant: Mapping[Mention, Meant]) -> list[Group]:
    result = []
    for bearer in found:
        members = sorted((m for p in bearer.profiles for m in p.mentions), key=lambda m: (m.doc, m.start, m.end))
        result.append(group_of(Key(PERSON, bearer.name, bearer.apart_by), members, meant))
    return result
