"""Stories gathered from blocks: headings open them, fragments go to the story that they fit best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.segment.blocks import Block, Cause, column_name
from kg.segment.boundaries import runs_on, score
from kg.segment.cohesion import Cohesion, Subject, kinship
from kg.segment.lines import Row, Shape, ends_inside, seam
from kg.segment.resume import MOST_ROWS, bounded, left_open, take_up
from kg.segment.scene import PageHabits, Scene, Story, habits_of

HOME = 1.0  # added for the story above a fragment that begins in mid-sentence
OPEN = 1.0  # added for a story that stops in mid-sentence
SEAM = 0.7  # for each unit of log odds that the two ends belong together
FAR_PICTURE = -1.5  # added where a picture stands apart from the story
LATER = -2.0  # added for a story that begins below the fragment
REACH = 40  # stories above and below a fragment that are looked at, so that a large page stays linear
ENOUGH = 0.9  # a fragment less like any story than this stays where it is
HEADLESS = (Cause.AFTER, Cause.FRAGMENT, Cause.PICTURE, Cause.REPEAT)


def gather(blocks: Sequence[Block], repeats: Mapping[int, int]) -> list[Story]:
    """Stories in the order of their first block; every row in one of them."""
    cohesion = Cohesion([b.all_rows for b in blocks])
    habits = habits_of(blocks, cohesion)
    stories: list[Story] = []
    for block in blocks:
        if stories and block.cause is Cause.HEADING and (scene := _stays(block, stories, habits)):
            stories[-1].rows.extend(_as_text(scene))
            stories[-1].rows.extend(block.rows)
            continue
        home = len(stories) - 1 if stories and block.cause in HEADLESS else None
        labels = column_name(block.head)
        stories.extend(Story(Cause.LABEL, (row,), [row]) for row in block.head[:labels])
        head = block.head[labels:]
        stories.append(Story(block.cause, head, [*head, *block.rows], home))
    stories = _place(stories, repeats, cohesion)
    take_up(stories, cohesion)
    return [s for s in stories if s.rows]


def _stays(block: Block, stories: list[Story], habits: PageHabits) -> Scene | None:
    """The heading with its surroundings, where it stands inside the story above it."""
    story = stories[-1]
    if story.cause is Cause.LABEL:
        return None
    above = story.rows[-MOST_ROWS:]
    if story.home is not None and story.cause is Cause.FRAGMENT:
        story = stories[story.home]
        above = story.rows[-MOST_ROWS:] + above
    scene = Scene(block, story, above, habits)
    return scene if score(scene) <= 0 else None


def _as_text(scene: Scene) -> list[Row]:
    """A heading's lines; a bare one that the lines around it run through is a piece of a sentence."""
    head = scene.block.head
    if len(head) != 1 or head[0].level or head[0].bold or head[0].shape is not Shape.HEADING:
        return list(head)
    inside = scene.last_text is not None and scene.last_text.open_end
    if inside or runs_on(scene):
        return [replace(head[0], shape=Shape.TEXT, open_end=ends_inside(head[0].norm))]
    return list(head)


def _place(stories: list[Story], repeats: Mapping[int, int], cohesion: Cohesion) -> list[Story]:
    """Headless stories joined to the stories that they fit."""
    into = list(range(len(stories)))
    where = {row.number: i for i, story in enumerate(stories) for row in story.rows}
    subjects: dict[int, Subject] = {}
    for i, story in enumerate(stories):
        if story.cause in HEADLESS:
            original = repeats.get(story.rows[0].number) if story.cause is Cause.REPEAT else None
            for j in range(max(0, i - REACH), min(len(stories), i + REACH)):
                if j not in subjects:
                    subjects[j] = cohesion.subject(stories[j].rows[-MOST_ROWS:])
            target = into[where[original]] if original in where else _target(i, stories, into, subjects)
            if target is not None:
                into[i] = target
    for i, story in enumerate(stories):
        if into[i] != i:
            stories[into[i]].rows.extend(story.rows)
    return [s for i, s in enumerate(stories) if into[i] == i]


def _target(i: int, stories: Sequence[Story], into: Sequence[int], subjects: Mapping[int, Subject]) -> int | None:
    """Index of the story that a headless one belongs to, None where it stays by itself."""
    story = stories[i]
    home = None if story.home is None else into[story.home]
    first = next((r for r in story.rows if r.is_text and story.cause is not Cause.PICTURE), None)
    best, most = None, ENOUGH
    for j in range(max(0, i - REACH), min(len(stories), i + REACH)):
        other = stories[j]
        if j == i or into[j] != j or other.cause is Cause.LABEL or not any(r.is_text for r in other.rows):
            continue
        value = bounded(kinship(subjects[i], subjects[j])) + LATER * (j > i)
        end = left_open(other)
        if end is not None and first is not None:
            value += OPEN + SEAM * seam(end, first)
        if j == home and story.cause is Cause.FRAGMENT:
            value += HOME
        elif j != home and story.cause is Cause.PICTURE:
            value += FAR_PICTURE
        if value > most:
            best, most = j, value
    if best is not None:
        return best
    return home if story.cause is Cause.FRAGMENT else None
