"""Decisions of people, applied to what the machine found: they always win, and they may not contradict one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.decisions import Decision, Judgement, Side, check
from kg.errors import KgError
from kg.ids import digest
from kg.model import Kind, Mention, Reference
from kg.resolve.anchors import anchored
from kg.resolve.groups import PERSON, THING, Group, Key, group_of
from kg.resolve.naming import Meant
from kg.resolve.words import plain


@dataclass(frozen=True, slots=True)
class Judged:
    groups: tuple[Group, ...]
    dormant: tuple[Decision, ...]  # about things that the pages at hand do not name


def apply(
    groups: Sequence[Group], decisions: Sequence[Decision], text_of: Mapping[str, str], meant: Mapping[Mention, Meant]
) -> Judged:
    """The groups as people want them. ``decisions`` are the active ones, in the order of the log."""
    if not decisions:
        return Judged(tuple(groups), ())
    check(decisions)
    work = _Work(groups, text_of, meant)
    dormant = []
    for d in decisions:
        if d.judgement is Judgement.DIFFERENT and not work.separate(d):
            dormant.append(d)
    merges: list[tuple[Decision, Key, Key]] = []
    for d in decisions:
        if d.judgement is Judgement.SAME:
            left, right = work.find(d.left), work.find(d.right)
            if left is None or right is None:
                dormant.append(d)
            else:
                merges.append((d, left, right))
    work.join(merges)
    order = {d: i for i, d in enumerate(decisions)}
    return Judged(work.result(), tuple(sorted(dormant, key=lambda d: order[d])))


class _Work:
    """The groups while decisions change them."""

    def __init__(self, groups: Sequence[Group], text_of: Mapping[str, str], meant: Mapping[Mention, Meant]) -> None:
        self._groups = {g.key: g for g in groups}
        self._text_of = text_of
        self._meant = meant
        self._by_digest = {_end(g.id): g.key for g in groups}
        self._by_name: dict[tuple[str, str], list[Key]] = defaultdict(list)
        for g in groups:
            for name in dict.fromkeys((g.key.name, *g.names, *g.misread)):
                self._by_name[g.key.family, name].append(g.key)

    def result(self) -> tuple[Group, ...]:
        return tuple(sorted(self._groups.values(), key=lambda g: (g.key.family, g.key.name, g.key.apart_by)))

    def find(self, side: Side) -> Key | None:
        """The group that a side means now: by its id, else by its names, the one that holds its anchors first."""
        if side.part:
            part = _part_key(side)
            if part in self._groups:
                return part
        known = self._by_digest.get(_end(side.id))
        if known in self._groups and not side.part:
            return known
        family = PERSON if side.kind is Kind.PERSON else THING
        options = [k for n in (side.name, *side.names) for k in self._by_name.get((family, n), ()) if k in self._groups]
        if not options:
            return None
        if side.where and len(set(options)) > 1:
            held = {k: len(anchored(side.where, self._groups[k].mentions, self._text_of)) for k in set(options)}
            best = max(held.values())
            options = [k for k in options if held[k] == best]
        return options[0]

    def separate(self, decision: Decision) -> bool:
        """Splits a group that holds both sides; False if the pages name none of them."""
        left, right = self.find(decision.left), self.find(decision.right)
        if left is None or right is None:
            return False
        if left != right:
            return True
        group = self._groups[left]
        a, b = (self._belonging(group, side) for side in (decision.left, decision.right))
        small, side = min(((a - b, decision.left), (b - a, decision.right)), key=lambda s: (not s[0], len(s[0])))
        parts = [s for s in (decision.left, decision.right) if s.part]
        if parts:
            side = parts[0]
            small = a if side is decision.left else b
        rest = tuple(r for r in group.members if r not in small)
        if not small or not rest:
            return True  # nothing of the other side is left to part from
        key = _part_key(side)
        taken = tuple(r for r in group.members if r in small)
        self._groups[left] = group_of(left, rest, self._meant, group.division)
        self._groups[key] = group_of(key, taken, self._meant)
        self._by_name[key.family, key.name].append(key)
        self._by_digest[_end(self._groups[key].id)] = key
        return True

    def _belonging(self, group: Group, side: Side) -> frozenset[Reference]:
        """Mentions of the group that are the side's: those anchored (with their articles), else those so named."""
        found = anchored(side.where, group.mentions, self._text_of)
        if side.part:
            return frozenset(found)
        if found:
            articles = {m.article for m in found}
            return frozenset(m for m in group.mentions if m.article in articles)
        names = {side.name, *side.names}
        return frozenset(m for m in group.mentions if plain(m.text) in names)

    def join(self, merges: Sequence[tuple[Decision, Key, Key]]) -> None:
        """Joins groups; the left side of the first decision about them keeps its id."""
        leader: dict[Key, Key] = {}

        def top(key: Key) -> Key:
            while key in leader:
                key = leader[key]
            return key

        misread: dict[Key, set[str]] = defaultdict(set)
        parts: dict[Key, list[Key]] = defaultdict(list)
        for decision, left, right in merges:
            if left.family != right.family:
                raise KgError(f"{decision}: a person and a thing cannot be one", f"take it back: kg undo {decision.id}")
            a, b = top(left), top(right)
            misread[a].update(decision.misread)
            if a != b:
                leader[b] = a
                parts[a] += [b, *parts.pop(b, [])]
                misread[a] |= misread.pop(b, set())
        for key, others in parts.items():
            self._groups[key] = self._united(key, others, misread[key])

    def _united(self, key: Key, others: Sequence[Key], misread: set[str]) -> Group:
        groups = [self._groups[key], *(self._groups.pop(k) for k in others)]
        members = tuple(r for g in groups for r in g.members)
        division = next((g.division for g in groups if g.division is not None), None)
        united = group_of(key, members, self._meant, division)
        names = dict(united.names)
        for g in groups:
            names.setdefault(g.key.name, 0)
            for name, n in g.names.items():
                names[name] = max(names.get(name, 0), n)
        wrong = united.misread | misread
        return replace(
            united, names={n: c for n, c in sorted(names.items()) if n not in misread}, misread=frozenset(wrong)
        )


def _end(entity: str) -> str:
    return entity.rpartition("-")[2]


def _part_key(side: Side) -> Key:
    family = PERSON if side.kind is Kind.PERSON else THING
    return Key(family, side.name, f"decided {digest(side.key)}")
