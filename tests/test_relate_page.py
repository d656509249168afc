"""Whole pages: the congress notices and the power station of one, the annotated relations of the others."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from kg.model import Article, Claim, Implied, Kind, Line, Mention, Modality, Page, Relation, Role
from kg.relate import relate
from tests.sentences.reader import KINDS, MARK, norm

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold"
DAYS = {"000": "2023-03-16", "001": "2023-04-27", "002": "2024-01-05", "003": "2023-04-26"}
STATION = [
    ("攸县广寒坪抽水蓄能电站项目", "PROJECT"),
    ("该项目", "PROJECT"),
    ("湖南攸县抽水蓄能有限公司", "COMPANY"),
    ("中国三峡建工集团有限公司", "COMPANY"),
    ("中国建筑第五工程局有限公司", "COMPANY"),
    ("攸县抽水蓄能电站", "PROJECT"),
    ("攸县", "PLACE"),
    ("湖南电网", "COMPANY"),
]
CONGRESS = [
    ("株洲市十六届人大", "AGENCY"),
    ("中国航发湖南动力机械研究所", "ORG"),
    ("中国人民财产保险股份有限公司株洲市分公司", "COMPANY"),
    ("株洲市人大常委会教育科学文化卫生委员会", "AGENCY"),
    ("株洲市人大农业与农村委员会", "AGENCY"),
    ("株洲市人大财政经济委员会", "AGENCY"),
    ("常委会预算工作委员会", "AGENCY"),
    ("株洲市人大监察和司法委员会", "AGENCY"),
    ("株洲市人大教育科学文化卫生委员会", "AGENCY"),
    ("株洲市人大常委会选举任免联络工作委员会", "AGENCY"),
    ("株洲市人大常委会", "AGENCY"),
    ("芦淞区人大常委会", "AGENCY"),
    ("株洲市第十六届人民代表大会常务委员会", "AGENCY"),
    ("株洲市人民代表大会常务委员会", "AGENCY"),
    ("株洲市第十六届人民代表大会", "AGENCY"),
    ("李荣华", "PER"),
    ("左齐团", "PER"),
    ("谢建文", "PER"),
    ("周刚", "PER"),
    ("言 鹏", "PER"),
    ("张 辉", "PER"),
    ("傅晓红", "PER"),
    ("芦淞区", "PLACE"),
    ("荷塘区", "PLACE"),
]


def page_of(doc: str, text: str) -> Page:
    return Page(doc, f"{doc}.txt", text, "utf-8", "株洲日报", "株洲市", DAYS[doc[:3]])


def article_of(page: Page, numbers: list[int], title: str) -> Article:
    """An article of these lines; a long line that ends in the middle of a sentence runs on."""
    lines: list[Line] = []
    at = 0
    before = ""
    seen: dict[str, int] = {}
    for number, raw in enumerate(page.text.split("\n"), 1):
        start, end = at + len(raw) - len(raw.lstrip()), at + len(raw.rstrip())
        at += len(raw) + 1
        if number not in numbers or not raw.strip():
            continue
        text = page.text[start:end]
        heading = text.startswith("#") or (not lines and len(text) < 40 and "讯" not in text)
        open_end = len(before) > 18 and before.rstrip("*")[-1] not in "。!?”…;:)"
        runs = bool(lines) and open_end and lines[-1].role is Role.BODY and not re.match(r"[-*·#]", text)
        repeats = seen.get(text, 0) if len(text) > 40 else 0
        seen.setdefault(text, number)
        lines.append(Line(number, start, end, Role.TITLE if heading else Role.BODY, runs, repeats))
        before = text
    return Article(f"{page.doc}-a{lines[0].number}", page.doc, title, tuple(lines))


def found_names(page: Page, article: Article, names: list[tuple[str, str]]) -> list[Mention]:
    """Mentions by plain search, the longest name first."""
    taken: dict[int, Mention] = {}
    for line in article.lines:
        for name, kind in sorted(names, key=lambda n: -len(n[0])):
            for m in re.finditer(re.escape(name), page.text[line.start : line.end]):
                s, e = line.start + m.start(), line.start + m.end()
                if not any(i in taken for i in range(s, e)):
                    mention = Mention(page.doc, article.id, s, e, name, KINDS[kind], nominal=name.startswith("该"))
                    taken.update(dict.fromkeys(range(s, e), mention))
    return sorted(set(taken.values()), key=lambda m: m.start)


def rows(claims: tuple[Claim, ...], *relations: Relation) -> set[tuple[str, ...]]:
    def name(r: Mention | Implied | None) -> str:
        return "" if r is None else r.text if isinstance(r, Mention) else r.name

    return {
        (c.relation.value, name(c.subject), name(c.object), c.detail, c.date)
        for c in claims
        if c.relation in relations and c.modality is Modality.ASSERTED
    }


@pytest.fixture(scope="module")
def april() -> Page:
    path = next((ROOT / "seeds").glob("001_*.txt"))
    return page_of(path.stem, path.read_bytes().decode("utf-8"))


def test_the_list_of_appointments(april: Page) -> None:
    article = article_of(april, list(range(196, 213)), "任免名单")
    claims = relate(april, article, found_names(april, article, CONGRESS))
    day = "2023-04-26"
    assert rows(claims, Relation.APPOINT, Relation.REMOVE) == {
        ("appoint", "言 鹏", "株洲市人大监察和司法委员会", "副主任委员", day),
        ("appoint", "张 辉", "株洲市人大教育科学文化卫生委员会", "副主任委员", day),
        ("appoint", "傅晓红", "株洲市人大农业与农村委员会", "副主任委员", day),
        ("remove", "傅晓红", "株洲市人大监察和司法委员会", "副主任委员", day),
        ("remove", "言 鹏", "株洲市人大常委会选举任免联络工作委员会", "副主任", day),
    }


def test_the_notice_on_deputies(april: Page) -> None:
    article = article_of(april, list(range(144, 166)), "公告 第四号")
    claims = relate(april, article, found_names(april, article, CONGRESS))
    day = "2023-04-26"
    ended = rows(claims, Relation.REMOVE)
    assert ended == {
        ("remove", "李荣华", "株洲市人大常委会", "委员", day),
        ("remove", "左齐团", "株洲市人大财政经济委员会", "委员", day),
        ("remove", "左齐团", "常委会预算工作委员会", "委员", day),
        ("remove", "谢建文", "株洲市人大常委会教育科学文化卫生委员会", "副主任委员", day),
        ("remove", "周刚", "株洲市人大农业与农村委员会", "副主任委员", day),
        *((("remove", who, "株洲市十六届人大", "代表", day)) for who in ("李荣华", "左齐团", "谢建文", "周刚")),
    }
    assert rows(claims, Relation.POST) >= {
        ("post", "李荣华", "中国航发湖南动力机械研究所", "副所长", ""),
        ("post", "左齐团", "中国人民财产保险股份有限公司株洲市分公司", "总经理", ""),
    }


def test_the_pumped_storage_station(april: Page) -> None:
    article = article_of(april, list(range(23, 34)), "攸县抽水蓄能电站成功签约")
    claims = relate(april, article, found_names(april, article, STATION))
    station, firm = "攸县广寒坪抽水蓄能电站项目", "湖南攸县抽水蓄能有限公司"
    assert rows(claims, Relation.STAKE) == {
        ("stake", "中国三峡建工集团有限公司", firm, "90", ""),
        ("stake", "中国建筑第五工程局有限公司", firm, "10", ""),
    }
    sums = {(s, d) for _, s, _, d, _ in rows(claims, Relation.AMOUNT)}
    assert ("该项目", "11975000000") in sums
    assert {s for s, d in sums} <= {station, "该项目", "攸县抽水蓄能电站"}
    assert {(s, o) for _, s, o, _, _ in rows(claims, Relation.OWNER)} == {(firm, "该项目")}


def gold_pages() -> list[str]:
    return sorted(p.name[: -len(".ann.txt")] for p in GOLD.glob("*.ann.txt"))


def gold_outcome(doc: str) -> Counter[tuple[str, str]]:
    """(relation, tp | fp | fn) over a page: subject, object and detail, optional rows apart."""
    marked = (GOLD / f"{doc}.ann.txt").read_bytes().decode("utf-8")
    page = page_of(doc, MARK.sub(lambda m: m[1], marked))
    with (GOLD / f"{doc}.articles.tsv").open(encoding="utf-8", newline="") as file:
        articles = [article_of(page, numbers(r["lines"]), r["title"]) for r in csv.DictReader(file, delimiter="\t")]
    names: dict[str, str] = {}
    mentions: list[Mention] = []
    shift = 0
    for m in MARK.finditer(marked):
        start = m.start() - shift
        shift += len(m.group()) - len(m[1])
        kind = m[2].split("/")[0]
        if kind == "SKIP":
            continue
        article = next(a for a in articles if any(ln.start <= start < ln.end for ln in a.lines))
        canonical, _, nominal = (m[3] or "").partition("|")
        mention = Mention(doc, article.id, start, start + len(m[1]), m[1], KINDS[kind], nominal=nominal == "~")
        names[mention.id] = canonical or m[1]
        mentions.append(mention)

    def name(r: Mention | Implied | None) -> str:
        return "" if r is None else names[r.id] if isinstance(r, Mention) else r.name

    with (GOLD / f"{doc}.rel.tsv").open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    core = Counter((r["relation"], r["subject"], r["object"], norm(r["detail"])) for r in gold if r["status"] != "~")
    free = {(r["relation"], r["subject"], r["object"]) for r in gold if r["status"] == "~"}
    found = set()
    for article in articles:
        for c in relate(page, article, [m for m in mentions if m.article == article.id]):
            if c.modality is Modality.ASSERTED:
                found.add((c.relation.value, name(c.subject), name(c.object), norm(c.detail)))
    outcome: Counter[tuple[str, str]] = Counter()
    for row in core:
        outcome[row[0], "tp" if row in found else "fn"] += 1
    for row in found - set(core):
        if row[:3] not in free:
            outcome[row[0], "fp"] += 1
    return outcome


def numbers(ranges: str) -> list[int]:
    result: list[int] = []
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        result += range(int(first), int(last or first) + 1)
    return result


def test_annotated_pages() -> None:
    total: Counter[tuple[str, str]] = Counter()
    for doc in gold_pages():
        total.update(gold_outcome(doc))

    def f1(relation: str) -> tuple[float, float]:
        tp, fp, fn = (total[relation, k] for k in ("tp", "fp", "fn"))
        return tp / (tp + fp), tp / (tp + fn)

    assert len(gold_pages()) == 3
    assert f1("byline") == (1.0, 1.0)
    assert min(f1("post")) >= 0.95
    assert min(f1("visit")) >= 0.65
    tp, fp, fn = (sum(n for (_, k), n in total.items() if k == kind) for kind in ("tp", "fp", "fn"))
    assert tp >= 110 and tp / (tp + fp) >= 0.92 and tp / (tp + fn) >= 0.9


def test_repeated_lines_yield_nothing() -> None:
    text = "本报讯(记者 佘立言) 5月3日,雨。\n本报讯(记者 佘立言) 5月3日,雨。"
    page = Page("twice", "twice.txt", text, "utf-8", place="", date="2024-05-04")
    half = text.index("\n")
    lines = (Line(1, 0, half, Role.BODY), Line(2, half + 1, len(text), Role.BODY, repeats=1))
    article = Article("twice-a1", "twice", "", lines)
    at = [m.start() for m in re.finditer("佘立言", text)]
    mentions = [Mention("twice", "twice-a1", s, s + 3, "佘立言", Kind.PERSON) for s in at]
    claims = relate(page, article, mentions)
    assert [(c.relation, c.subject) for c in claims] == [(Relation.BYLINE, mentions[0])]


def test_a_long_list_of_names_is_quick() -> None:
    """Patterns for bylines must not try every way to cut a list of a hundred names."""
    names = [f"赵钱{c}" for c in "甲乙丙丁戊己庚辛壬癸" * 10]
    text = "、".join(names) + "等人参加。"
    page = Page("list", "list.txt", text, "utf-8", place="", date="")
    article = Article("list-a1", "list", "", (Line(1, 0, len(text), Role.BODY),))
    mentions = [Mention("list", "list-a1", i * 4, i * 4 + 3, n, Kind.PERSON) for i, n in enumerate(names)]
    assert relate(page, article, mentions) == ()
