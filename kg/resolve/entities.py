"""Entities of groups: names, codes, and the divisions that contain a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model import Entity, Kind, Reference, Resolution
from kg.places import Division, gazetteer
from kg.resolve.groups import THING, Group, Key, entity_id
from kg.resolve.localities import division_scope


def entities_of(groups: Sequence[Group], inside: Mapping[Key, Division]) -> Resolution:
    """All entities, with those of the divisions that contain a place, up to the province."""
    known: dict[str, Entity] = {}
    links: dict[Reference, str] = {}
    containers: dict[str, Division] = {}
    for group in groups:
        container = gazetteer().parent(group.division) if group.division else inside.get(group.key)
        known[group.id] = Entity(
            id=group.id,
            kind=group.kind,
            name=group.key.name,
            alternatives=tuple(n for n in group.names if n != group.key.name),
            variants=tuple(sorted(group.misread - {group.key.name} - set(group.names))),
            code=group.division.code if group.division else "",
            within=place_id(container) if container is not None and group.kind is Kind.PLACE else "",
            private=group.private,
        )
        if container is not None:
            containers[place_id(container)] = container
        for reference in group.members:
            links[reference] = group.id
    for division in list(containers.values()):
        for each in gazetteer().line(division):
            if place_id(each) not in known:
                above = gazetteer().parent(each)
                known[place_id(each)] = Entity(
                    id=place_id(each),
                    kind=Kind.PLACE,
                    name=each.name,
                    code=each.code,
                    within=place_id(above) if above is not None else "",
                )
    return Resolution(tuple(sorted(known.values(), key=lambda e: e.id)), links)


def place_id(division: Division) -> str:
    return entity_id(Kind.PLACE, Key(THING, division.name, division_scope(division)))
