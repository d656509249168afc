"""Reads the annotated sentences of ``tests/sentences`` and compares ``relate`` with them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.gold import KINDS
from kg.model import Article, Claim, Implied, Line, Mention, Modality, Page, Relation, Role
from kg.relate import relate

FOLDER = Path(__file__).parent
MARK = re.compile(r"⟦([^⟦⟧|]+)\|([A-Z/]+)(?:\|([^⟦⟧]*))?⟧")


@dataclass(frozen=True, slots=True)
class Row:
    relation: str
    subject: str
    object: str
    detail: str
    date: str
    status: str


@dataclass(frozen=True, slots=True)
class Block:
    page: Page
    article: Article
    mentions: tuple[Mention, ...]
    rows: tuple[Row, ...]


def marked(text: str, doc: str, place: str, date: str) -> tuple[Page, Article, tuple[Mention, ...]]:
    """A page, its one article and the mentions from a text with marks; ``\\n`` in the text breaks the line."""
    text = text.replace("\\n", "\n")
    plain, spans, last = "", [], 0
    for m in MARK.finditer(text):
        plain += text[last : m.start()]
        kind = m[2].split("/")[0]
        if kind != "SKIP":
            spans.append((len(plain), len(plain) + len(m[1]), m[1], KINDS[kind], m[3] == "~"))
        plain += m[1]
        last = m.end()
    plain += text[last:]
    lines, at = [], 0
    texts = plain.split("\n")
    for number, line in enumerate(texts, 1):
        title = number == 1 and len(texts) > 1 and not re.search("[。;,!?讯]", line)
        if line.strip():
            lines.append(Line(number, at, at + len(line), Role.TITLE if title else Role.BODY))
        at += len(line) + 1
    page = Page(doc, f"{doc}.txt", plain, "utf-8", place=place, date=date)
    article = Article(f"{doc}-a1", doc, texts[0][:20], tuple(lines))
    mentions = tuple(Mention(doc, article.id, s, e, t, k, nominal=n) for s, e, t, k, n in spans)
    return page, article, mentions


def blocks(name: str) -> tuple[set[str], list[Block]]:
    """The families compared and the blocks of a file of sentences."""
    families: set[str] = set()
    place = date = ""
    result: list[tuple[str, str, str, list[Row]]] = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("families:"):
            families = set(line.split()[1:])
        elif line.startswith("# "):
            place, date = (part.strip() for part in line[2:].split("|"))
        elif line.startswith("= "):
            parts = [p.strip() for p in line[2:].split("|")]
            result[-1][3].append(Row(*(parts + [""] * 6)[:6]))
        elif line.strip():
            result.append((line, place, date, []))
    made = []
    for n, (text, where, when, rows) in enumerate(result, 1):
        made.append(Block(*marked(text, f"s{n}", where, when), tuple(rows)))
    return families, made


def norm(text: str) -> str:
    return re.sub(r"[\s“”]+", "", unicodedata.normalize("NFKC", text))


def key(c: Claim) -> Row:
    def name(r: Mention | Implied | None) -> str:
        return "" if r is None else (r.text if isinstance(r, Mention) else "@" + r.name)

    status = c.status.value if c.status else ""
    if c.modality is not Modality.ASSERTED:
        status = c.modality.value
    return Row(c.relation.value, name(c.subject), name(c.object), norm(c.detail), c.date, status)


def same(gold: Row, found: Row) -> bool:
    if (gold.relation, gold.subject) != (found.relation, found.subject):
        return False
    ends = {gold.subject, gold.object} == {found.subject, found.object}
    if gold.object != found.object and not (gold.relation == "signed" and ends):
        return False
    detail = norm(gold.detail)
    if gold.relation == "honour":
        if not (detail in found.detail or found.detail in detail):
            return False
    elif detail != found.detail:
        return False
    if gold.date and gold.date != found.date:
        return False
    return not gold.status or gold.status == "~" or gold.status == found.status


def compare(families: set[str], block: Block) -> Iterator[tuple[str, str, Row]]:
    """(``tp`` | ``fp`` | ``fn``, relation, row) of a block."""
    claims = relate(block.page, block.article, block.mentions)
    found = list(dict.fromkeys(key(c) for c in claims if c.relation.value in families))
    wanted = [r for r in block.rows if r.status != "~"]
    optional = [r for r in block.rows if r.status == "~"]
    left = list(found)
    for row in wanted:
        if row.relation == "signed":
            hit = next((f for f in left if same(row, f) or same(row, _turned(f))), None)
        else:
            hit = next((f for f in left if same(row, f)), None)
        if hit is None:
            yield "fn", row.relation, row
        else:
            left.remove(hit)
            yield "tp", row.relation, row
    for row in left:
        if not any(same(o, row) for o in optional) and row.status not in ("planned", "negated", "quoted"):
            yield "fp", row.relation, row


def _turned(row: Row) -> Row:
    return Row(row.relation, row.object, row.subject, row.detail, row.date, row.status)


def score(name: str) -> dict[str, Counter[str]]:
    """Counts of tp, fp and fn by relation, and the number of blocks under ``blocks``."""
    families, made = blocks(name)
    counts: dict[str, Counter[str]] = {"blocks": Counter(n=len(made))}
    for block in made:
        for outcome, relation, _ in compare(families, block):
            counts.setdefault(relation, Counter())[outcome] += 1
    return counts


def names() -> list[str]:
    return sorted(p.name for p in FOLDER.glob("*.txt"))


def relations() -> set[str]:
    return {r.value for r in Relation}
