"""The whole of linking on one screen: names, places, persons, decisions, entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.decisions import Decision
from kg.model import Article, Claim, Implied, Kind, Mention, Page, Reference, Resolution
from kg.places import Division, gazetteer
from kg.resolve import adapter
from kg.resolve.entities import entities_of
from kg.resolve.groups import THING, Group, Key, group_of, person_groups
from kg.resolve.judged import apply
from kg.resolve.localities import division_scope, locate
from kg.resolve.namesakes import Bearer, bearers
from kg.resolve.naming import Desk, Meant, desks, name_mentions
from kg.resolve.usages import profiles, rarity, usages


@dataclass(frozen=True, slots=True)
class Linking:
    """What linking found by itself, with all that it knew: the ground for candidates and for decisions."""

    groups: tuple[Group, ...]
    bearers: Mapping[str, tuple[Bearer, ...]]  # by name
    rarity: Mapping[str, float]
    meant: Mapping[Mention, Meant]
    inside: Mapping[Key, Division]  # what contains a place that is no division
    at: Mapping[str, Desk]


def resolve(
    pages: Sequence[Page],
    articles: Sequence[Article],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    decisions: Iterable[Decision] = (),
) -> Resolution:
    """One entity for one thing: every mention, and every reference of a claim, is linked to exactly one.

    ``decisions`` of people (see ``kg.decisions``) overrule the machine; KgError if they contradict one another.
    """
    found = link(pages, articles, mentions, claims)
    judged = apply(found.groups, tuple(decisions), {page.doc: page.text for page in pages}, found.meant)
    return entities_of(judged.groups, found.inside)


def link(
    pages: Sequence[Page], articles: Sequence[Article], mentions: Sequence[Mention], claims: Sequence[Claim]
) -> Linking:
    """The machine's own view, before any decision."""
    text_of = {page.doc: page.text for page in pages}
    of_article = _by_article(mentions, claims)
    claims_of: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        claims_of[claim.article].append(claim)
    at = desks(pages, articles, of_article)
    meant = name_mentions(text_of, articles, of_article, at)
    scoped, inside = locate(text_of, articles, of_article, at, meant)
    meant |= scoped
    rare = rarity(of_article, meant)
    people = profiles(tuple(usages(text_of, articles, of_article, claims_of, at, meant)), of_article, meant)
    by_name = {name: bearers(name, own, rare) for name, own in people.items()}
    groups = person_groups((b for own in by_name.values() for b in own), meant)
    groups += _things(of_article, claims, at, meant)
    ordered = tuple(sorted(groups, key=lambda g: (g.key.family, g.key.name, g.key.apart_by)))
    return Linking(ordered, by_name, rare, meant, {Key(THING, *k): v for k, v in inside.items()}, at)


def _by_article(mentions: Sequence[Mention], claims: Sequence[Claim]) -> dict[str, list[Mention]]:
    """Mentions of each article in order; those that only a claim knows are taken in."""
    known = set(mentions)
    for claim in claims:
        known.update(r for r in (claim.subject, claim.object) if isinstance(r, Mention))
    found: dict[str, list[Mention]] = defaultdict(list)
    for m in sorted(known, key=lambda m: (m.doc, m.start, m.end, m.kind, m.article)):
        found[m.article].append(m)
    return found


def _things(
    mentions: Mapping[str, Sequence[Mention]],
    claims: Sequence[Claim],
    at: Mapping[str, Desk],
    meant: Mapping[Mention, Meant],
) -> list[Group]:
    members: dict[Key, dict[Reference, None]] = defaultdict(dict)
    divisions: dict[Key, Division] = {}
    for own in mentions.values():
        for m in own:
            if m.kind is not Kind.PERSON:
                now = meant[m]
                key = Key(THING, now.name, now.scope)
                members[key][m] = None
                if now.division is not None:
                    divisions[key] = now.division
    for claim in claims:
        for r in (claim.subject, claim.object):
            if isinstance(r, Implied):
                key, division = _implied(r, at.get(claim.article), members)
                members[key][r] = None
                if division is not None:
                    divisions[key] = division
    return [group_of(key, tuple(found), meant, divisions.get(key)) for key, found in members.items()]


def _implied(reference: Implied, desk: Desk | None, known: Mapping[Key, object]) -> tuple[Key, Division | None]:
    """The thing that an implied reference names; the same words mean the same thing all over the archive."""
    if reference.kind is Kind.PLACE:
        near = desk.paper if desk else None
        division = gazetteer().resolve(reference.name, near=near)
        if division is not None and division.name == reference.name:
            return Key(THING, division.name, division_scope(division)), division
    named = adapter.name(reference.name, reference.kind, None, desk.paper if desk else None)
    return Key(THING, named.name), None
