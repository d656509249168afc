"""A page cut into its articles: stories, notices and labels, each with its lines in reading order."""

from __future__ import annotations

from kg.model import Article, Page
from kg.segment.assemble import assemble
from kg.segment.blocks import split_blocks
from kg.segment.context import with_context
from kg.segment.join import gather
from kg.segment.lines import read_rows
from kg.segment.repeats import find_repeats

__all__ = ["segment"]


def segment(page: Page) -> tuple[Article, ...]:
    """The articles of a page in the order of their first lines; every non-blank line is in exactly one of them."""
    rows = with_context(read_rows(page.text))
    repeats = find_repeats(rows)
    stories = gather(split_blocks(rows, repeats), repeats)
    return assemble(page.doc, stories, repeats)
