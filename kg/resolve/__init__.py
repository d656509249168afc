"""Linking: one thing, one node; two things, two nodes."""

from kg.resolve.candidates import Candidate, candidates
from kg.resolve.linker import resolve

__all__ = ["Candidate", "candidates", "resolve"]
