"""Figures against gold: what was found, what was missed, and what was made up."""

from kg.evaluate.gold import Gold, load_gold
from kg.evaluate.report import table
from kg.evaluate.score import Scores, add, score

__all__ = ["Gold", "Scores", "add", "load_gold", "score", "table"]
