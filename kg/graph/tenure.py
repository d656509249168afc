"""When posts began and ended: only what an appointment or a removal of the same person to the same post says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.graph.values import has_year
from kg.model import Fact, Modality, Relation, Status

Key = tuple[str, str, str]  # person, organ, title
Dated = Mapping[tuple[str, str], tuple[tuple[Fact, str], ...]]  # (id of the event, article) -> (post, date)


@dataclass(frozen=True, slots=True)
class Tenures:
    beginnings: Dated
    ends: Dated


def tenures(facts: Iterable[Fact]) -> Tenures:
    """Dates of posts by the events that state them.

    A person appointed or removed more than once has no single beginning or end: such a post stays undated.
    Where the only end lies before the only beginning (left, and came back), a former post keeps the end and any
    other one the beginning.
    """
    posts: dict[Key, list[Fact]] = defaultdict(list)
    events: dict[Relation, dict[Key, list[Fact]]] = {
        Relation.APPOINT: defaultdict(list),
        Relation.REMOVE: defaultdict(list),
    }
    for fact in facts:
        if not any(claim.modality is Modality.ASSERTED for claim in fact.claims):
            continue
        key = (fact.subject, fact.object, fact.detail)
        if fact.relation is Relation.POST and fact.status is not Status.NOMINEE:
            posts[key].append(fact)
        elif fact.relation in events and has_year(fact.date):
            events[fact.relation][key].append(fact)
    beginnings: dict[tuple[str, str], list[tuple[Fact, str]]] = defaultdict(list)
    ends: dict[tuple[str, str], list[tuple[Fact, str]]] = defaultdict(list)
    for key, held in posts.items():
        begin = _single(events[Relation.APPOINT].get(key, ()))
        end = _single(events[Relation.REMOVE].get(key, ()))
        for post in held:
            crossed = bool(begin and end and not _in_order(begin[0].date, end[0].date))
            if begin and not (crossed and post.status is Status.FORMER):
                _book(beginnings, begin, post)
            if end and not (crossed and post.status is not Status.FORMER):
                _book(ends, end, post)
    return Tenures(
        {key: tuple(value) for key, value in beginnings.items()}, {key: tuple(value) for key, value in ends.items()}
    )


def _single(events: Iterable[Fact]) -> list[Fact]:
    """The events if they agree on one date, else none."""
    found = list(events)
    return found if len({event.date for event in found}) == 1 else []


def _in_order(begin: str, end: str) -> bool:
    shared = min(len(begin), len(end))  # 2023 and 2023-04-23 are compared as years
    return begin[:shared] <= end[:shared]


def _book(index: dict[tuple[str, str], list[tuple[Fact, str]]], events: Iterable[Fact], post: Fact) -> None:
    for event in events:
        for article in dict.fromkeys(c.article for c in event.claims if c.modality is Modality.ASSERTED):
            index[event.id, article].append((post, event.date))
