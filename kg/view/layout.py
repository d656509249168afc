"""Where the nodes stand: stress layout of each component, labels kept apart, components packed around the middle.

Written in plain Python on purpose: numeric libraries sum in another order on another machine, and the same graph
must give the same bytes everywhere. Layouts of networkx that draw as well need scipy, which kg does without.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

Point = tuple[float, float]

EDGE = 132.0  # the wished length of an edge, in pixels at scale 1
GAP = 34.0  # the room between two components
ASPECT = 1.5  # width to height of the whole drawing
ROUNDS = 24
ROOM = 2.2  # the area of a large component, in areas of all its labels
SAMPLE = 30  # in large components every node is held at its distance from its neighbours and that many others
STRETCH = 6  # nodes farther apart than that many edges are drawn as if they were that far: keeps trees compact


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a node needs with the label beneath it, around its centre, in pixels."""

    width: float
    height: float


def place(edges: Iterable[tuple[int, int]], boxes: Mapping[int, Box]) -> dict[int, tuple[int, int]]:
    """Positions in whole pixels for all nodes of ``boxes``; edges to other nodes are ignored."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(sorted(boxes))
    graph.add_edges_from(sorted((a, b) for a, b in edges if a in boxes and b in boxes and a != b))
    groups = sorted((sorted(group) for group in nx.connected_components(graph)), key=lambda g: (-len(g), g))
    linked = [group for group in groups if len(group) > 1]
    alone = [group[0] for group in groups if len(group) == 1]
    drawings = [_component(graph, group, boxes) for group in linked]
    placed = _pack([_bounds(drawing, boxes) for drawing in drawings])
    found: dict[int, Point] = {}
    for drawing, (dx, dy) in zip(drawings, placed, strict=True):
        found.update({n: (x + dx, y + dy) for n, (x, y) in drawing.items()})
    found.update(_rows(alone, boxes, _bounds(found, boxes)))
    return {n: (round(x), round(y)) for n, (x, y) in sorted(found.items())}


def _component(graph: nx.Graph[int], nodes: Sequence[int], boxes: Mapping[int, Box]) -> dict[int, Point]:
    # The better connected a node, the more room its neighbours need around it.
    crowded = {n: EDGE * (1 + 0.25 * math.log2(max(graph.degree(n), 1))) for n in nodes}
    terms = _distances(graph, nodes, crowded)
    positions = _stress(nodes, terms)
    return _apart(_roomy(_upright(positions), boxes), boxes)


def _distances(
    graph: nx.Graph[int], nodes: Sequence[int], crowded: Mapping[int, float]
) -> list[tuple[int, int, float]]:
    """Wished distances of pairs, nodes given by their place in ``nodes``."""
    at = {n: i for i, n in enumerate(nodes)}
    chance = random.Random(len(nodes))
    terms: dict[tuple[int, int], float] = {}
    for n in nodes:
        hops = sorted(nx.single_source_shortest_path_length(graph, n, STRETCH).items())
        near = [(m, 1) for m in sorted(graph.neighbors(n))]
        far = [(m, count) for m, count in hops if count > 1]
        for m, count in near + (chance.sample(far, SAMPLE) if len(far) > 2 * SAMPLE else far):
            reach = max(crowded[n], crowded[m]) if count == 1 else EDGE
            terms[min(at[n], at[m]), max(at[n], at[m])] = reach * count**0.9
    return [(a, b, wish) for (a, b), wish in terms.items()]


def _stress(nodes: Sequence[int], terms: list[tuple[int, int, float]]) -> dict[int, Point]:
    """Stress by stochastic gradient descent (Zheng, Pawar and Goodman 2018), with a fixed seed."""
    chance = random.Random(len(nodes))
    side = EDGE * math.sqrt(len(nodes))
    xs = [chance.uniform(-side, side) for _ in nodes]
    ys = [chance.uniform(-side, side) for _ in nodes]
    longest = max(d for _, _, d in terms)
    shortest = min(d for _, _, d in terms)
    high, low = longest**2, 0.05 * shortest**2
    for turn in range(ROUNDS):
        step = high * (low / high) ** (turn / (ROUNDS - 1))
        chance.shuffle(terms)
        for a, b, wish in terms:
            dx, dy = xs[a] - xs[b], ys[a] - ys[b]
            distance = math.sqrt(dx * dx + dy * dy) or 1e-6
            move = min(1.0, step / (wish * wish)) * (distance - wish) / (2 * distance)
            xs[a] -= move * dx
            ys[a] -= move * dy
            xs[b] += move * dx
            ys[b] += move * dy
    return {n: (xs[i], ys[i]) for i, n in enumerate(nodes)}


def _upright(positions: dict[int, Point]) -> dict[int, Point]:
    """Turned so that the drawing lies: screens are wider than high, and so are labels."""
    count = len(positions)
    cx = sum(x for x, _ in positions.values()) / count
    cy = sum(y for _, y in positions.values()) / count
    xx = sum((x - cx) ** 2 for x, _ in positions.values())
    yy = sum((y - cy) ** 2 for _, y in positions.values())
    xy = sum((x - cx) * (y - cy) for x, y in positions.values())
    angle = -0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(angle), math.sin(angle)
    return {n: ((x - cx) * cos - (y - cy) * sin, (x - cx) * sin + (y - cy) * cos) for n, (x, y) in positions.items()}


def _roomy(positions: dict[int, Point], boxes: Mapping[int, Box]) -> dict[int, Point]:
    """Scaled up until the labels could find room, and wider than high, as labels are."""
    left, top, right, bottom = _bounds(positions, boxes)
    wanted = ROOM * sum(box.width * box.height for n, box in boxes.items() if n in positions)
    scale = max(1.0, math.sqrt(wanted / ((right - left) * (bottom - top))))
    return {n: (x * scale * 1.15, y * scale / 1.15) for n, (x, y) in positions.items()}


def _apart(positions: dict[int, Point], boxes: Mapping[int, Box], rounds: int = 40) -> dict[int, Point]:
    """Pushes nodes apart until no label lies on another, as far as ``rounds`` sweeps allow."""
    order = sorted(positions)
    xs = {n: positions[n][0] for n in order}
    ys = {n: positions[n][1] for n in order}
    widest = max(boxes[n].width for n in order)
    for _ in range(rounds):
        moved = False
        sweep = sorted(order, key=lambda n: (xs[n], n))
        for i, a in enumerate(sweep):
            for b in sweep[i + 1 :]:
                if xs[b] - xs[a] > widest:
                    break
                over_x = (boxes[a].width + boxes[b].width) / 2 - abs(xs[b] - xs[a])
                over_y = (boxes[a].height + boxes[b].height) / 2 - abs(ys[b] - ys[a])
                if over_x <= 0.5 or over_y <= 0.5:
                    continue
                moved = True
                if over_y * boxes[a].width <= over_x * boxes[a].height:
                    push = over_y / 2 if ys[b] >= ys[a] else -over_y / 2
                    ys[a] -= push
                    ys[b] += push
                else:
                    push = over_x / 2 if xs[b] >= xs[a] else -over_x / 2
                    xs[a] -= push
                    xs[b] += push
        if not moved:
            break
    return {n: (xs[n], ys[n]) for n in order}


Bounds = tuple[float, float, float, float]  # left, top, right, bottom


def _bounds(positions: Mapping[int, Point], boxes: Mapping[int, Box]) -> Bounds:
    if not positions:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        min(x - boxes[n].width / 2 for n, (x, _) in positions.items()),
        min(y - boxes[n].height / 2 for n, (_, y) in positions.items()),
        max(x + boxes[n].width / 2 for n, (x, _) in positions.items()),
        max(y + boxes[n].height / 2 for n, (_, y) in positions.items()),
    )


def _pack(bounds: Sequence[Bounds]) -> list[Point]:
    """Shifts that put the drawings, largest first, as near to the middle as they fit beside one another."""
    taken: list[Bounds] = []
    shifts: list[Point] = []
    for left, top, right, bottom in bounds:
        width, height = right - left + GAP, bottom - top + GAP
        spots = sorted(
            {((x + width / 2) ** 2 + (ASPECT * (y + height / 2)) ** 2, x, y) for x, y in _spots(taken, width, height)}
        )
        x, y = next((x, y) for _, x, y in spots if _free((x, y), width, height, taken))
        taken.append((x, y, x + width, y + height))
        shifts.append((x + GAP / 2 - left, y + GAP / 2 - top))
    return shifts


def _spots(taken: Sequence[Bounds], width: float, height: float) -> list[Point]:
    """Where a drawing could stand: in the middle at first, then at the sides of those that stand already."""
    if not taken:
        return [(-width / 2, -height / 2)]
    found = []
    for left, top, right, bottom in taken:
        for y in (top, bottom - height, (top + bottom - height) / 2):
            found += [(right, y), (left - width, y)]
        for x in (left, right - width, (left + right - width) / 2):
            found += [(x, bottom), (x, top - height)]
    return found


def _free(spot: Point, width: float, height: float, taken: Sequence[Bounds]) -> bool:
    x, y = spot
    slack = 0.01
    return all(
        x + width <= left + slack or x >= right - slack or y + height <= top + slack or y >= bottom - slack
        for left, top, right, bottom in taken
    )


def _rows(nodes: Sequence[int], boxes: Mapping[int, Box], above: Bounds) -> dict[int, Point]:
    """Nodes without edges in even rows beneath everything else."""
    if not nodes:
        return {}
    cell = max(boxes[n].width for n in nodes)
    line = max(boxes[n].height for n in nodes)
    left, _, right, bottom = above
    fits = int((right - left) / cell)
    columns = max(1, min(len(nodes), max(fits, math.ceil(math.sqrt(len(nodes) * ASPECT * line / cell)))))
    start = (left + right) / 2 - (columns - 1) * cell / 2
    first = bottom + (GAP + line / 2 if right > left else 0.0)
    return {n: (start + (i % columns) * cell, first + (i // columns) * line) for i, n in enumerate(nodes)}
