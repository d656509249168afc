"""Context patterns: the table ``kg/patterns/recognise.tsv`` compiled into one matcher per row.

Columns: id, kind, weight (log odds), pattern, example, counter. A pattern is a regular expression in which {SURNAME},
{NAME} … stand for the word classes of ``kg/patterns/classes.tsv`` and the group ``n`` (or several) holds the
name; ``ns`` holds several names set apart by blanks, 、 or commas. Examples mark the name with ⟦⟧; a counter-example
must yield nothing. Both run as tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import KgError
from kg.model import Kind
from kg.recognise.decode import ALL, KINDS, Evidence
from kg.resources import lexicon, patterns
from kg.tables import rows

CLASS = re.compile(r"\{([A-Z]+)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    id: str
    kinds: tuple[Kind, ...]
    weight: float
    regex: re.Pattern[str]
    example: str
    counter: str

    def evidence(self, text: str) -> Iterator[Evidence]:
        for m in self.regex.finditer(text):
            for group, (start, end) in zip(
                self.regex.groupindex, (m.span(g) for g in self.regex.groupindex), strict=True
            ):
                if start < 0 or start == end:
                    continue
                if group == "ns":
                    for s, e in split_names(text, start, end):
                        yield Evidence(s, e, self.kinds, self.weight, self.id)
                else:
                    yield Evidence(start, end, self.kinds, self.weight, self.id)


def split_names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Names of a list. A blank inside a list of one-character pieces belongs to a name set wide (王 军)."""
    pieces = [(m.start(), m.end()) for m in re.compile(r"[^\s、，,;；/]+").finditer(text, start, end)]
    k = 0
    while k < len(pieces):
        s, e = pieces[k]
        if (
            e - s == 1
            and k + 1 < len(pieces)
            and pieces[k + 1][1] - pieces[k + 1][0] == 1
            and pieces[k + 1][0] - e <= 2
        ):
            e = pieces[k + 1][1]
            k += 1
        yield s, e
        k += 1


@cache
def context_patterns() -> tuple[Pattern, ...]:
    return load(patterns("recognise.tsv"), classes())


def load(path: Path, words: dict[str, str]) -> tuple[Pattern, ...]:
    result = []
    for number, row in rows(path):
        where = f"{path.name}:{number}"
        try:
            regex = re.compile(CLASS.sub(lambda m: words[m.group(1)], row["pattern"]))
        except KeyError as error:
            raise KgError(f"{where}: unknown word class {{{error.args[0]}}}", "define it in classes.tsv") from None
        except re.error as error:
            raise KgError(f"{where}: {error}", "mend the pattern") from None
        if not {"n", "n1", "n2", "ns"} & set(regex.groupindex):
            raise KgError(f"{where}: no group n or ns", "mark the name with (?P<n>…)")
        kinds = ALL if row["kind"] == "-" else tuple(KINDS[k] for k in row["kind"].split("/"))
        result.append(Pattern(row["id"], kinds, float(row["weight"]), regex, row["example"], row["counter"]))
    return tuple(result)


@cache
def classes() -> dict[str, str]:
    """Word class -> regular expression: alternatives of ``classes.tsv``, longest first, and surnames."""
    result: dict[str, str] = {}
    for number, row in rows(patterns("classes.tsv")):
        expression = CLASS.sub(lambda m: result[m.group(1)], row["expression"])
        try:
            re.compile(expression)
        except re.error as error:
            raise KgError(f"classes.tsv:{number}: {error}", "mend the expression") from None
        result[row["class"]] = f"(?:{expression})"
        if row["class"] == "HAN":
            result["SURNAME"] = _alternatives(surnames())
            result["NAME"] = f"(?:(?:{_alternatives(surnames())})[一-鿿·]{{1,2}})"
    return result


@cache
def surnames() -> tuple[str, ...]:
    return tuple(row["surname"] for _, row in rows(lexicon("surnames.tsv")))


def _alternatives(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))) + ")"
