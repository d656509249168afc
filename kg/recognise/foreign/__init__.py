"""A HanLP model that the user brings, as further evidence.

Taken are recognisers of named entities and multi-task models with such a task. The folder of a model names the Python
class that reads it: a model is as much to be trusted as a program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.errors import KgError
from kg.model import Kind
from kg.recognise.decode import Evidence
from kg.recognise.foreign.guard import ALLOW, guarded, reach
from kg.recognise.foreign.labels import choose, meaning
from kg.recognise.foreign.reader import Answer, Reader, reader_of
from kg.recognise.foreign.source import hub, locate, obtain, transformers_needed

__all__ = ["Foreign", "load_foreign"]

BATCH = 256  # sentences given to HanLP at a time; it makes batches of its own of them


class Foreign:
    """A loaded model of the user's."""

    def __init__(self, name: str, reader: Reader) -> None:
        self.name = name
        self._reader = reader
        self._sets = {task: choose(task, labels) for task, labels in reader.tasks.items()}
        self._unknown: Counter[str] = Counter()

    @property
    def unknown(self) -> Mapping[str, int]:
        """Labels that the model gave and ``hanlp_labels.tsv`` does not have, with how often so far."""
        return dict(sorted(self._unknown.items()))

    def evidence(self, texts: Sequence[str]) -> list[list[Evidence]]:
        """What the model finds in each text, sorted by place. Raises KgError where HanLP fails."""
        pieces = [(n, piece) for n, text in enumerate(texts) for piece in self._reader.pieces(text)]
        found: list[dict[tuple[int, int, tuple[Kind, ...]], tuple[float, set[str]]]] = [{} for _ in texts]
        for at in range(0, len(pieces), BATCH):
            batch = pieces[at : at + BATCH]
            with guarded(self.name):
                answers = self._reader.read([piece for _, piece in batch])
            for (n, _), answer in zip(batch, answers, strict=True):
                for name in answer:
                    self._add(found[n], name)
        return [
            [
                Evidence(start, end, kinds, weight, f"hanlp:{'+'.join(sorted(sets))}")
                for (start, end, kinds), (weight, sets) in sorted(of.items(), key=lambda item: item[0])
            ]
            for of in found
        ]

    def _add(self, found: dict[tuple[int, int, tuple[Kind, ...]], tuple[float, set[str]]], answer: Answer) -> None:
        """Tasks of one model are no independent witnesses: the weightiest counts, all are named."""
        said = meaning(self._sets[answer.task], answer.label)
        if said is None:
            self._unknown[answer.label] += 1
        elif said.kinds:
            place = (answer.start, answer.end, said.kinds)
            weight, sets = found.get(place, (said.weight, set()))
            found[place] = (max(weight, said.weight), sets | {said.set})


def load_foreign(name: str, *, allow_download: bool = False) -> Foreign:
    """The model in a folder, or one that HanLP knows by name or URL.

    What lies in HanLP's folder (HANLP_HOME) is used as it is; anything else is fetched only if allowed, after the host
    answered within two seconds. Raises KgError in all that can go wrong: no such name, no model in the folder, no
    network, a model of another trade, a failure of HanLP's.
    """
    source = locate(name)
    folder = obtain(source, allow_download=allow_download)
    missing = transformers_needed(folder)
    if missing:
        if not allow_download:
            raise KgError(f"{name} needs the transformer {missing[0]}, which is not on this machine", ALLOW)
        reach(hub())
    with guarded(name, online=allow_download, transformers_online=bool(missing)):
        import hanlp

        component = hanlp.load(str(folder), verbose=False, devices=-1)
        reader = reader_of(name, component)
        reader.try_out()
    return Foreign(name, reader)
