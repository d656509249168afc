"""Canonical names: from what a newspaper prints to the official name of the thing."""

from kg.canonical.abbreviation import find_aliases
from kg.canonical.context import article_place, place_before
from kg.canonical.fold import fold
from kg.canonical.names import canonical
from kg.canonical.result import Canonical

__all__ = ["Canonical", "article_place", "canonical", "find_aliases", "fold", "place_before"]
