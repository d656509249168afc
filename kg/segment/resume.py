"""Stories that another one broke in mid-sentence, taken up again further down.

The line that takes a story up may look like any other: it is found by asking, for every line of a story, whether
the rest from there on would rather belong to an earlier story that was left open.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.segment.blocks import Cause
from kg.segment.cohesion import Cohesion, Subject, kinship
from kg.segment.lines import Row, Shape, cut_off, seam
from kg.segment.scene import Story

REACH = 16  # earlier stories looked back to, so that a page of stubs stays linear
LONGEST_REST = 60  # lines: a longer rest of a story is not a continuation
MOST_ROWS = 150  # lines of a story that are looked at
SEAM = 1.0  # for each unit of log odds that the two ends belong together
CUT_OFF = 0.8  # the same for the first character of the line
INSIDE = 2.5  # it surely begins in mid-sentence
SIGNED_ABOVE = 2.5  # the story above ended with names, and still there is text
CUT_ABOVE = -1.75  # the line above stops in mid-sentence itself: the next most likely carries that on
NOT_OPEN = -0.5  # the earlier story does not stop in mid-sentence
ENOUGH = 2.0  # below that, the rest stays where it stands


def bounded(value: float) -> float:
    """A kinship within the bounds in which it tells something."""
    return max(-2.0, min(6.0, value))


def left_open(story: Story) -> Row | None:
    """The line at which a story stops in mid-sentence."""
    last = next((r for r in reversed(story.rows) if r.shape is not Shape.CAPTION), None)
    return last if last is not None and last.is_text and last.open_end else None


def take_up(stories: list[Story], cohesion: Cohesion) -> None:
    """Moves the rests of stories to the earlier stories that they continue, in place."""
    for i, story in enumerate(stories):
        if story.cause is not Cause.LABEL and story.rows:
            earlier = [s for s in stories[max(0, i - REACH) : i] if s.cause is not Cause.LABEL and s.rows]
            _settle(story, _first_place(story), earlier, cohesion)


def _settle(story: Story, begin: int, earlier: Sequence[Story], cohesion: Cohesion) -> None:
    """Moves what stands behind ``begin`` and belongs to an earlier story, and looks through what it moved again."""
    found = _best(story, begin, earlier, cohesion)
    while found is not None:
        at, target = found
        moved = len(target.rows)
        target.rows.extend(story.rows[at:])
        del story.rows[at:]
        _settle(target, moved + 1, [s for s in earlier if s is not target], cohesion)
        found = _best(story, begin, earlier, cohesion) if story.rows else None


def _best(story: Story, begin: int, earlier: Sequence[Story], cohesion: Cohesion) -> tuple[int, Story] | None:
    """Where the rest of a story breaks off, and the story that it continues."""
    ends = [left_open(s) for s in earlier]
    some_open = any(end is not None for end in ends)
    subjects: list[Subject] = []
    best: tuple[float, int, int] = (ENOUGH, 0, 0)
    for at in range(max(begin, len(story.rows) - LONGEST_REST), len(story.rows)):
        first = story.rows[at]
        if first.shape is not Shape.TEXT or first.lead:
            continue
        before = next((r for r in reversed(story.rows[max(0, at - 6) : at]) if r.shape is not Shape.CAPTION), None)
        cut = before is not None and before.is_text and before.open_end
        broken = first.open_start or (cut and _long(story.rows[at:]))
        if not (some_open or broken):
            continue
        subjects = subjects or [cohesion.subject(s.rows[-MOST_ROWS:]) for s in earlier]
        rest = cohesion.subject(story.rows[at:])
        above = cohesion.subject(story.rows[max(0, at - MOST_ROWS) : at])
        own = bounded(kinship(rest, above)) if at else 0.0
        inside = INSIDE if first.open_start else CUT_OFF * cut_off(first)
        for which, end in enumerate(ends):
            if end is None and not broken:
                continue
            value = bounded(kinship(rest, subjects[which])) - own + inside
            value += NOT_OPEN if end is None else SEAM * seam(end, first)
            if before is not None and cut:
                value += CUT_ABOVE - SEAM * seam(before, first)
            elif before is not None and (before.signed or before.shape is Shape.SIGNATURE):
                value += SIGNED_ABOVE
            if value > best[0]:
                best = (value, at, which)
    return (best[1], earlier[best[2]]) if best[0] > ENOUGH else None


def _long(rows: Sequence[Row]) -> bool:
    return sum(len(r.norm) for r in rows) >= 120


def _first_place(story: Story) -> int:
    """The first line that may belong to another story: behind the first line of text, unless there is no head."""
    if not story.head and story.cause is not Cause.MARKER:
        return 0
    return next((i + 1 for i, r in enumerate(story.rows) if r.is_text), len(story.rows))
