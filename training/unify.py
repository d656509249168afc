"""One hand for the whole corpus: rules that settle how doubtful names are marked, with a log of every change.

``python -m training.unify`` rewrites ``training/corpus/*.txt`` in place and is idempotent; the log says file,
article, old mark, new mark, rule.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from training.annotation import HEAD, MARK
from training.names import Names

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Mark:
    surface: str
    types: str
    canonical: str
    nominal: bool
    before: str  # up to ten characters
    after: str

    def text(self) -> str:
        name = f"|{self.canonical}" if self.canonical or self.nominal else ""
        return f"⟦{self.surface}|{self.types}{name}{'|~' if self.nominal else ''}⟧"


Rule = Callable[[Mark], str | None]  # the new text in place of the mark, or None to leave it


def _typed(pattern: str, types: str, *, of: str = "", after: str = "") -> Rule:
    """Names matching ``pattern`` get these types, if their types were among ``of`` and the text goes on so."""
    name, allowed, onward = re.compile(pattern), set(of.split()), re.compile(after)

    def rule(mark: Mark) -> str | None:
        if not name.search(mark.surface) or mark.types == types or mark.nominal:
            return None
        if (allowed and mark.types not in allowed) or not onward.match(mark.after):
            return None
        return Mark(mark.surface, types, mark.canonical, mark.nominal, "", "").text()

    return rule


def _post(mark: Mark) -> str | None:
    """市供销社党组书记: the post is 党组书记, the name 市供销社."""
    if mark.surface.endswith("党组") and len(mark.surface) > 3 and re.match("书记|副书记|成员", mark.after):
        return f"⟦{mark.surface[:-2]}|{mark.types}⟧党组"
    return None


def _chain(names: Names) -> Rule:
    """An address chain is one mark a member."""

    def rule(mark: Mark) -> str | None:
        if mark.types not in ("PLACE", "PLACE/AGENCY") or mark.nominal:
            return None
        parts, rest = [], mark.surface
        while (found := names.division_in(rest)) is not None and found[1]:
            parts.append(found[0].name)
            rest = rest[len(found[0].name) :]
        # A venue keeps its town (X市体育中心 is one name); a village, a community or a road does not.
        if len(parts) + bool(rest) < 2 or (rest and not re.fullmatch(".{1,5}(村|社区|路|街|大道)", rest)):
            return None
        last = [f"⟦{rest}|{mark.types}⟧"] if rest else [f"⟦{parts.pop()}|{mark.types}⟧"]
        return "".join([f"⟦{part}|PLACE⟧" for part in parts] + last)

    return rule


def rules() -> dict[str, Rule]:
    """The rules by name, in order."""
    return {
        "law firm": _typed("律师事务所$", "ORG/COMPANY"),
        "exchange": _typed("(证券|期货|商品|数据)交易所$", "ORG/COMPANY"),
        "resource trading centre": _typed("公共资源交易中心$", "AGENCY", of="ORG AGENCY/ORG PLACE"),
        "party committee of a democratic party": _typed(
            "^(民革|民盟|民建|民进|农工党|致公党|九三学社|台盟).{2,}",
            "ORG/AGENCY",
            of="ORG AGENCY AGENCY/ORG",
        ),
        "membership of a democratic party": _typed(
            "^(民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)$",
            "SKIP",
            after="会员|社员|党员|盟员|成员",
        ),
        "villagers' committee": _typed("(村|居)(民)?委(员)?会$", "ORG/AGENCY", of="ORG AGENCY ORG/PLACE PLACE"),
        "supply and marketing cooperative": _typed(
            "供销(合作)?(总|联)?社(联合社)?$", "AGENCY/ORG", of="AGENCY ORG COMPANY"
        ),
        "macro-region": _typed("^(粤港澳大湾区|长三角|珠三角|京津冀|环渤海|成渝地区双城经济圈)$", "PLACE"),
        "media centre": _typed("融媒体中心$", "ORG/AGENCY", of="ORG AGENCY AGENCY/ORG"),
        "service hall": _typed("(政务|行政)服务中心$", "AGENCY/PLACE", of="AGENCY PLACE AGENCY/ORG ORG/AGENCY"),
        "party service centre": _typed("党群服务中心$", "PLACE/ORG", of="ORG PLACE ORG/PLACE"),
        "health station": _typed("(卫生院|社区卫生服务中心)$", "ORG", of="AGENCY ORG/PLACE"),
        "deputy": _typed("人大$", "SKIP", of="AGENCY", after="代表"),
        "line": _typed(
            r"^[^项目工程]*(高铁|铁路|高速|高速公路|地铁\d+号线|国道|省道)$",
            "PLACE/PROJECT",
            of="PROJECT PROJECT/PLACE",
        ),
        "post": _post,
        "address chain": _chain(Names()),
    }


def unify(row: str, table: dict[str, Rule], log: Callable[[str, str, str], None]) -> str:
    """One line of the corpus, mended."""
    pieces, at = [], 0
    for found in MARK.finditer(row):
        pieces.append(row[at : found.start()])
        at = found.end()
        mark = Mark(
            found[1],
            found[2],
            found[3] or "",
            found[4] is not None,
            row[max(0, found.start() - 10) : found.start()],
            row[at : at + 10],
        )
        new = found[0]
        for name, rule in table.items():
            mended = rule(mark)
            if mended is not None:
                log(name, found[0], mended)
                new = mended
                break
        pieces.append(new)
    pieces.append(row[at:])
    return "".join(pieces)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--log", type=Path, default=HERE / "corpus" / "changes.tsv")
    args = parser.parse_args()
    table, counts, changes = rules(), Counter[str](), []
    for file in sorted(args.corpus.glob("*.txt")):
        article, rows = "", []
        for row in file.read_text("utf-8").splitlines():
            if head := HEAD.fullmatch(row):
                article = head[1]

            def log(name: str, old: str, new: str, article: str = article) -> None:
                counts[name] += 1
                changes.append(f"{article}\t{name}\t{old}\t{new}")

            rows.append(row if row.startswith("# ") else unify(row, table, log))
        file.write_text("\n".join(rows) + "\n", "utf-8")
    if changes:
        args.log.write_text("article\trule\told\tnew\n" + "\n".join(changes) + "\n", "utf-8")
    for name, number in sorted(counts.items()):
        print(f"{number:5d} {name}")


if __name__ == "__main__":
    main()
