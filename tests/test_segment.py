"""Pages cut into articles: the gold pages, own pages of other papers, and the small rules one by one."""

from __future__ import annotations

import csv
import random
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.model import Article, Line, Page, Role
from kg.segment import segment
from kg.segment.lines import Shape, read_rows
from kg.segment.repeats import repeats
from kg.segment.words import read_table

ROOT = Path(__file__).parent
SEEDS, GOLD, PAGES = ROOT.parent / "seeds", ROOT / "gold", ROOT / "pages"

Truth = dict[int, tuple[str, list[str]]]  # line -> article and its right titles; none: any title is right


def page(text: str, doc: str = "p") -> Page:
    return Page(doc, f"{doc}.txt", text, "utf-8")


def read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def truth(articles: Path, text: str) -> Truth:
    filled = {n for n, line in enumerate(text.split("\n"), 1) if line.strip()}
    result: Truth = {}
    with articles.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            titles = row["title"].split("|")
            for part in row["lines"].split(","):
                first, _, last = part.partition("-")
                for number in set(range(int(first), int(last or first) + 1)) & filled:
                    result[number] = (row["article"], [] if "" in titles else titles)
    return result


def pairs(labels: Iterable[object]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def plain(title: str) -> str:
    return re.sub(r"[\s#*]", "", unicodedata.normalize("NFKC", title))


def measure(gold: Truth, articles: tuple[Article, ...]) -> tuple[int, int, int, int, int]:
    """Right, wrong and missed pairs of lines that share an article; right titles and all."""
    found = {line.number: i for i, article in enumerate(articles) for line in article.lines}
    assert found.keys() == gold.keys()
    cells = Counter((gold[n][0], found[n]) for n in gold)
    both = sum(n * (n - 1) // 2 for n in cells.values())
    system, right = pairs(found.values()), pairs(g for g, _ in gold.values())
    partner: dict[str, int] = {}
    for (name, i), _ in sorted(cells.items(), key=lambda cell: (-cell[1], cell[0][1])):
        if name not in partner and i not in partner.values():
            partner[name] = i
    titles = dict(gold.values())
    hits = 0
    for name, alternatives in titles.items():
        mine = plain(articles[partner[name]].title) if name in partner else None
        hits += mine is not None and (not alternatives or mine in map(plain, alternatives))
    return both, system - both, right - both, hits, len(titles)


def f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed)


def gold_pages() -> list[tuple[str, Truth]]:
    names = sorted(p.name.removesuffix(".articles.tsv") for p in GOLD.glob("*.articles.tsv"))
    texts = [read(SEEDS / f"{name}.txt") for name in names]
    return [(text, truth(GOLD / f"{name}.articles.tsv", text)) for name, text in zip(names, texts, strict=True)]


def own_pages() -> list[tuple[str, Truth]]:
    files = sorted(PAGES.glob("*.txt"))
    return [(read(file), truth(file.with_suffix(".articles.tsv"), read(file))) for file in files]


@pytest.mark.parametrize(
    ("pages", "count", "least_f1", "least_titles"),
    [(gold_pages(), 3, 0.99, 0.97), (own_pages(), 10, 0.98, 0.93)],
    ids=["gold", "own"],
)
def test_annotated_pages(pages: list[tuple[str, Truth]], count: int, least_f1: float, least_titles: float) -> None:
    assert len(pages) == count
    right, wrong, missed, hits, titles = map(sum, zip(*(measure(g, segment(page(t))) for t, g in pages), strict=True))
    assert f1(right, wrong, missed) >= least_f1
    assert hits / titles >= least_titles


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda p: p.stem[:3])
def test_every_line_is_in_one_article(path: Path) -> None:
    check(read(path))


def check(text: str) -> tuple[Article, ...]:
    """The contract: every non-blank line once, offsets without blank edges, ids by the first line."""
    articles = segment(page(text))
    lines = [line for article in articles for line in article.lines]
    filled = {n: line for n, line in enumerate(text.split("\n"), 1) if line.strip()}
    assert sorted(line.number for line in lines) == sorted(filled)
    for line in lines:
        assert text[line.start : line.end] == filled[line.number].strip()
        assert line.repeats < line.number
    assert [a.id for a in articles] == [f"p-a{a.lines[0].number}" for a in articles]
    firsts = [a.lines[0].number for a in articles]
    assert firsts == sorted(set(firsts))
    assert all(a.title and a.doc == "p" for a in articles)
    return articles


def test_nothing_and_little() -> None:
    assert segment(page("")) == ()
    assert segment(page("\n \r\n\t\n")) == ()
    (only,) = check("一行")
    assert only.lines == (Line(1, 0, 2, only.lines[0].role),)
    check("。")
    check("**")
    check("# ")
    check("\ufeff## 标题\r\n\r\n本报讯(记者 李青)昨日开工。\r\n")


def test_line_ends_of_windows_change_no_article() -> None:
    text = read(SEEDS / sorted(p.name for p in SEEDS.glob("*.txt"))[0])
    plain_lines = [[(line.number, line.role) for line in a.lines] for a in segment(page(text))]
    windows = [[(line.number, line.role) for line in a.lines] for a in check(text.replace("\n", "\r\n"))]
    assert windows == plain_lines


def test_any_string_is_cut_without_error() -> None:
    rng = random.Random(7)
    alphabet = list("的市局公告上接01版①②◀#*-—()【】“”《》,。!?:;\t \r\n\n\n\n记者通讯员摄讯电一二、3.月日年")
    alphabet += list("\u3000\ufeff·●△")
    sample = read(sorted(SEEDS.glob("*.txt"))[1])
    for _ in range(300):
        check("".join(rng.choices(alphabet, k=rng.randint(0, 200))))
    for _ in range(60):
        lines = sample.split("\n")
        rng.shuffle(lines)
        check("\n".join(line[: rng.randint(0, len(line))] for line in lines[: rng.randint(1, 60)]))


@pytest.mark.parametrize(
    "text",
    [
        "a\n" * 60_000,
        "一二三四五六七八九十" * 60_000,
        "## 标题\n" * 20_000,
        "“(《" * 60_000,
        "要闻\n" * 20_000,
        "今年全市新开工的项目比去年同期增加了三成以上并且都在\n\n" * 4_000,
        "## 甲\n\n本报讯(记者 李青)一句没有说完的话停在\n\n" * 3_000,
        "一、标题\n\n正文写在这里,句子完整。(李青)\n\n后面还有一段没有标题的话。\n\n" * 2_000,
    ],
    ids=["short", "one", "headings", "open", "labels", "cut", "stubs", "signed"],
)
def test_large_pages_do_not_explode(text: str) -> None:
    start = time.process_time()
    articles = segment(page(text))
    assert time.process_time() - start < 20
    assert sum(len(a.lines) for a in articles) == sum(bool(line.strip()) for line in text.split("\n"))


def test_a_page_takes_milliseconds() -> None:
    text = read(sorted(SEEDS.glob("*.txt"))[0])
    segment(page(text))
    start = time.process_time()
    for _ in range(5):
        segment(page(text))
    assert (time.process_time() - start) / 5 < 0.2  # 0.03 on a free machine


def roles(article: Article) -> list[Role]:
    return [line.role for line in article.lines]


def test_roles_of_a_story() -> None:
    text = """强化水质监测
## 让一江清水入湖
——来自鹿鸣湖的报告
新时代 新征程 新伟业
澜泊日报记者 祝青 通讯员 柏舟

近日,记者来到鹿鸣湖边,看见几名工作人员正在取水。

【背景】

鹿鸣湖是全市最大的淡水湖。

图为工作人员在取水样。 祝青 摄

(下转03版)
"""
    (article,) = check(text)
    assert article.title == "强化水质监测 让一江清水入湖 ——来自鹿鸣湖的报告"
    assert roles(article) == [
        Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.LABEL, Role.BYLINE,
        Role.BODY, Role.SUBHEAD, Role.BODY, Role.CAPTION, Role.MARKER,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "byline",
    [
        "澜泊日报全媒体记者/祝青 通讯员/柏舟",
        "本报记者 祝青 通讯员 柏舟 沙鸥",
        "澜泊日报·掌上澜泊记者／祝青",
        "□通讯员 祝青",
        "◎祝青",
        "文/澜泊晚报记者祝青 图/受访者提供",
        "本报评论员",
        "记者 祝青 摄影 陈长安",
        "**本报记者 祝青**",
        "本报调研组",
        "澜泊日报讯(记者 祝青)",
    ],
)
def test_bylines(byline: str) -> None:
    (row,) = read_rows(byline)
    assert row.shape is Shape.BYLINE


@pytest.mark.parametrize(
    "line",
    ["记者节座谈会举行", "摄影展在文化馆开幕", "图书漂流进社区", "通讯员培训班开班", "编辑部的故事", "作者见面会举行"],
)
def test_headings_that_speak_of_reporters_are_no_bylines(line: str) -> None:
    (row,) = read_rows(line)
    assert row.shape is Shape.HEADING


@pytest.mark.parametrize(
    "lead",
    [
        "澜泊日报讯(全媒体记者/祝青) 3月5日,大桥通车。",
        "**澜泊日报讯(记者 祝青)** 3月5日,大桥通车。",
        "本报讯 近日,大桥通车。",
        "本报岷屏5月18日讯（记者 祝青）大桥昨日通车。",
        "新华社北京4月25日电(记者祝青)大桥今天通车。",
        "（记者 祝青）3月5日，大桥正式通车，群众奔走相告。",
        "本报讯 记者祝青 通讯员柏舟报道：昨晚8时，大桥通车。",
        "芦墅县讯(记者 祝青)大桥通车。",
        "澜泊晚报讯(见习记者 祝青 文/图)大桥通车。",
    ],
)
def test_datelines(lead: str) -> None:
    (row,) = read_rows(lead)
    assert row.lead and row.shape is Shape.TEXT


def test_a_sentence_broken_by_another_story_is_taken_up() -> None:
    text = """## 老渡口的新码头

本报讯(记者 祝青)芦墅县竹岙乡的老渡口停运十二年,摆渡人沙老四却留着那条木船。去年冬天,县里决定在渡口修浮码头,请他当

## 全市召开防汛会商会

本报讯(记者 柏舟)5月18日,市防汛抗旱指挥部召开会商会,研判新一轮强降雨。会议要求各地落实预警机制。

顾问。沙老四把木船重新刷了桐油,说竹岙乡的孩子以后上学不用再绕山路。浮码头预计六月完工,渡口两岸的摆渡人都盼着那一天。
"""
    first, second = check(text)
    assert [line.number for line in first.lines] == [1, 3, 9]
    assert [line.runs_on for line in first.lines] == [False, False, True]
    assert [line.number for line in second.lines] == [5, 7]


def test_a_column_break_inside_a_story_runs_on() -> None:
    text = "## 桥通了\n\n本报讯(记者 祝青)3月5日,清漪江大桥正式通\n\n车,两岸居民奔走相告。\n\n大桥全长1.8公里。\n"
    (article,) = check(text)
    assert [line.runs_on for line in article.lines] == [False, False, True, False]


def test_a_piece_from_another_page_keeps_its_mark_as_title() -> None:
    text = """## 桥通了

本报讯(记者 祝青)3月5日,大桥通车。

◀上接01版②

为此,全市协调各方资源,完成整改。

能带来什么?

答案写在码头上。

（紧接第一版）两岸的果园也有了新路,一年四季都能走车。

- ◀◀上接02版①** 例如,果农贺三的橙子当天就能进城。
"""
    articles = check(text)
    assert [a.title for a in articles] == ["桥通了", "上接01版②", "紧接第一版", "上接02版①"]
    assert articles[1].lines[0].role is Role.MARKER and articles[2].lines[0].role is Role.BODY
    assert roles(articles[1])[2] is Role.SUBHEAD


def test_repeated_paragraphs_are_marked() -> None:
    one = "根据有关规定,经清漪江流域管理委员会研究,决定在汛期内禁止一切船只通过该河段,违者依法处理。"
    two = "本通告自发布之日起施行,由清漪江流域管理委员会负责解释,此前的规定同时停止执行。"
    notice = ["关于汛期禁航的通告", one, two, "特此通告。", "清漪江流域管理委员会", "2024年5月1日"]
    text = "\n\n".join([*notice, one[9:], two.replace("停止", "停正"), "特此通告。"])
    (article,) = check(text)
    assert {line.number: line.repeats for line in article.lines if line.repeats} == {13: 3, 15: 5, 17: 7}


def test_what_differs_in_a_number_or_a_name_is_no_repeat() -> None:
    lost = "沙鸥遗失收据一张,编号0034871,金额50000元,声明作废"
    assert not repeats(lost, lost.replace("71,", "72,"))
    assert not repeats("柏青舟为澜泊市中级人民法院审判员;", "柏青山为澜泊市中级人民法院审判员;")
    long = "大桥全长1860米,主跨620米,是清漪江上第一座斜拉桥,建成后两岸车程由四十分钟缩短到五分钟,惠及三个乡镇的群众。"
    assert repeats(long, long) and repeats(long[20:], long) and repeats(long.replace("斜拉", "斜位"), long)


def test_a_piece_printed_before_its_beginning_is_read_behind_it() -> None:
    text = """## 设施农业忙起来

本报讯(记者 祝青)元旦刚过,竹岙乡的大棚里一片忙碌。菜农贺三说,今年的辣椒苗长势好。

、陌生的概念。其实,日光温室、养殖工船都属于设施农业,竹岙乡的大棚也是。

【释】

设施农业,听起来是个新鲜的
"""
    (article,) = check(text)
    assert [line.number for line in article.lines] == [1, 3, 7, 9, 5]
    assert article.lines[-1].runs_on


def test_the_headline_at_a_column_break_beats_the_columns_name() -> None:
    text = """## 澜泊夜话

澜泊日报记者/祝青

老码头怎么改,居民说了算。记者三问老码头,先问钱从哪里来,再问人往哪里去。

老码头的仓库空了十年,改造要花多少钱,谁来出,始终没有定论。去年底,老码头终于等来了第一笔改

## 三问老码头

造资金。街道把账目贴在墙上,居民每月看一次。

记者注意到,老码头的钱花得慢,却花得明白。
"""
    (article,) = check(text)
    assert article.title == "三问老码头"


def test_labels_stand_by_themselves() -> None:
    text = "新闻集装箱\n\n大桥合龙\n\n近日,清漪江大桥合龙。(祝青)\n\n码头开建\n\n4月3日,鹿鸣码头开建。(柏舟)\n"
    articles = check(text)
    assert [a.title for a in articles] == ["新闻集装箱", "大桥合龙", "码头开建"]


def test_untitled_notices_get_a_description() -> None:
    lost = "·沙鸥遗失身份证一张,声明作废。\n\n·柏青舟遗失公章一枚,声明作废。\n"
    text = f"## 桥通了\n\n本报讯(记者 祝青)大桥通车。\n\n{lost}"
    articles = check(text)
    assert (articles[1].title, articles[1].printed_title) == ("遗失声明", False)
    assert articles[0].printed_title


def test_the_same_page_gives_the_same_articles() -> None:
    text = read(sorted(SEEDS.glob("*.txt"))[2])
    assert segment(page(text)) == segment(page(text))


@pytest.mark.parametrize("name", ["words", "bigrams", "initials", "not_initial", "surnames", "untitled"])
def test_lexicons_hold_no_row_twice(name: str) -> None:
    rows = read_table(f"segment_{name}.tsv")
    keys = [tuple(row.values())[: 2 if name == "words" else 1] for row in rows]
    assert len(rows) >= 10
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_the_example_of_every_description_is_found_by_its_pattern() -> None:
    rows = read_table("segment_untitled.tsv")
    assert all(re.search(row["pattern"], row["example"]) for row in rows)
