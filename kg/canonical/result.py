"""What the stage answers."""

from __future__ import annotations

from dataclasses import dataclass

from kg.places import Division


@dataclass(frozen=True, slots=True)
class Canonical:
    """``name`` is canonical; ``reason`` is empty where the surface stays as printed.

    ``division`` is the place itself for a place, the division whose organ it is for an organ, where known.
    ``alternatives`` are other full forms of the same name (锦州市古塔区人民法院 also as 古塔区人民法院).
    ``confidence`` is 0 to 1.
    """

    name: str
    reason: str
    confidence: float
    division: Division | None = None
    alternatives: tuple[str, ...] = ()
