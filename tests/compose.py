"""Newspaper pages with a known segmentation, composed from the annotated articles of the training corpus.

``python tests/compose.py FOLDER SEED`` prints one page with the number of its article before each line.
Everything follows from the seed: the layout (markdown headings, bold or bare titles, blank lines, full or half width),
column breaks in mid-sentence, stories broken by others and taken up later, pieces from another page, repeated
paragraphs, notices, captions and labels.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

MARK = re.compile(r"⟦([^⟦⟧|]+)\|[^⟦⟧]*⟧")
BYLINE_WORDS = re.compile(r"记者|通讯员|撰文|摄影|评论员|^文/|讯\s*[(（]|^本报")
NOTICE = re.compile(r"(?:公告|通告|公示|启事|声明|名单|讣\s*告|通知|通报|公报|决定)(?:[(（].{1,6}[)）])?$")
SLOGANS = ("新时代 新征程 新伟业", "奋进新征程 建功新时代", "牢记嘱托 感恩奋进", "喜迎党代会 建功新时代")
LABELS = ("简讯", "综合新闻", "新闻速递", "基层动态", "要闻", "民生", "短波", "县域新闻", "新闻集锦", "一线见闻")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
GIVEN = "文华明芳丽强军敏静磊洋艳勇杰娟涛超秀霞平刚桂英玉兰"
FULL = str.maketrans(",;:?!()", "，；：？！（）")
HALF = str.maketrans("，；：？！（）", ",;:?!()")


@dataclass(frozen=True, slots=True)
class Piece:
    """An article of the corpus without its marks."""

    name: str  # PART-NN
    title: tuple[str, ...]  # kicker, headline, subtitle; empty where the article has none
    body: tuple[str, ...]  # byline, paragraphs, signature


@dataclass(slots=True)
class Composed:
    """A page's text and, for every non-blank line, the article that it belongs to."""

    text: str
    owner: dict[int, int]  # 1-based line -> article
    titles: dict[int, list[str]]  # article -> right titles; empty: any
    repeated: set[int] = field(default_factory=set)  # lines printed a second time


def read_corpus(folder: Path, parts: Sequence[str]) -> list[Piece]:
    """The articles of the named parts (``a`` for a.txt). Raises FileNotFoundError for a part that is not there."""
    pieces: list[Piece] = []
    for part in parts:
        name, lines = "", list[str]()
        for line in [*(folder / f"{part}.txt").read_text(encoding="utf-8").splitlines(), "# end"]:
            if line.startswith("# "):
                if lines:
                    pieces.append(_piece(name, lines))
                name, lines = line[2:].partition("|")[0].strip(), []
            elif line.strip() and name:
                lines.append(MARK.sub(r"\1", line).strip())
    return pieces


def _piece(name: str, lines: Sequence[str]) -> Piece:
    top = 0
    while top < min(4, len(lines) - 1) and _is_title(lines, top):
        top += 1
    return Piece(name, tuple(lines[:top]), tuple(lines[top:]))


def _is_title(lines: Sequence[str], i: int) -> bool:
    line = lines[i]
    if len(line) > 50 or re.search(r"[。；;：:，,、…]$", line) or "。" in line or BYLINE_WORDS.search(line):
        return False
    if re.match(r"^[一二三四五六七八九十\d]+[、.．]|^[(（]|^[△●·■]|^[【\[]|^.{1,8}[：:].*(?:\d{4}|[：:])", line):
        return False
    if i and line.startswith("关于") and NOTICE.search(line):
        return True
    if i and NOTICE.search(lines[i - 1].replace(" ", "").replace("\u3000", "")):
        return False
    below = lines[i + 1] if len(lines) > i + 1 else ""
    if i and 0 < len(below) < 25 and not BYLINE_WORDS.search(below) and not NOTICE.search(below):
        return line.startswith("—")
    return True


def usable(piece: Piece) -> bool:
    """One story with a title and enough text; a piece that holds several stories has no single right answer."""
    leads = sum(bool(re.match(r"^[^。，,]{0,24}(?:讯|电)\s*[(（]", line)) for line in piece.body)
    inner = sum(len(line) < 22 and not re.search(r"[。；;：:，,)）”!！?？]$", line) for line in piece.body[1:])
    labelled = any(re.search(r"简讯|两则|三则|相关链接|^【", line) for line in (*piece.title, *piece.body))
    labelled = labelled or any(len(line) < 16 and NOTICE.search(line.replace(" ", "")) for line in piece.body)
    poem = sum(len(line) < 16 for line in piece.body) > len(piece.body) / 2
    labelled = labelled or any(re.match(r"[◀▲(（]*(?:上接|紧接|问[：:])", line) for line in (*piece.title, *piece.body))
    long = sum(map(len, piece.body)) > 120
    return bool(piece.title) and leads <= 1 and inner <= 3 and long and not labelled and not poem


@dataclass(slots=True)
class _Layout:
    markup: str  # "##", "mixed", "bold", "bare"
    blank: bool
    width: str  # "full", "half", "as is"
    kicker: str  # "joined", "lines", "marked"
    bold_lead: bool
    subheads: str  # "bare", "bold", "###"


class _Page:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.lines: list[str] = []
        self.owner: dict[int, int] = {}
        self.titles: dict[int, list[str]] = {}
        self.repeated: set[int] = set()
        self.layout = _Layout(
            markup=rng.choice(["##", "##", "mixed", "bold", "bare", "bare", "bare"]),
            blank=rng.random() < 0.65,
            width=rng.choice(["full", "half", "as is"]),
            kicker=rng.choice(["joined", "lines", "lines", "marked"]),
            bold_lead=rng.random() < 0.3,
            subheads=rng.choice(["bare", "bold", "###"]),
        )
        if self.layout.markup == "bare":
            self.layout.subheads = rng.choice(["bare", "bare", "bare", "bold"])

    def new(self, titles: Sequence[str]) -> int:
        article = len(self.titles) + 1
        self.titles[article] = [self.wide(t) for t in titles]
        return article

    def wide(self, text: str) -> str:
        if self.layout.width == "full":
            return text.translate(FULL)
        return text.translate(HALF) if self.layout.width == "half" else text

    def put(self, article: int, line: str, *, tight: bool = False, repeated: bool = False) -> None:
        self.lines.append(self.wide(line))
        self.owner[len(self.lines)] = article
        if repeated:
            self.repeated.add(len(self.lines))
        if self.layout.blank and not tight:
            self.lines.append("")

    def done(self) -> Composed:
        return Composed("\n".join(self.lines) + "\n", self.owner, self.titles, self.repeated)


def compose(pieces: Sequence[Piece], seed: int, stories: int = 0) -> Composed:
    """A page of ``stories`` stories (0: six to fourteen) out of the usable pieces."""
    rng = random.Random(seed)
    page = _Page(rng)
    chosen = rng.sample(list(pieces), stories or rng.randint(6, 14))
    if rng.random() < 0.4:
        page.lines.append("")
    waiting: list[tuple[int, list[str], int]] = []  # article, what is left of it, stories to wait
    marked = 1
    for number, piece in enumerate(chosen):
        if rng.random() < 0.08:
            page.put(page.new([label := rng.choice(LABELS)]), label if page.layout.markup == "bare" else f"## {label}")
        article, body = _start(page, piece)
        if len(body) >= 4 and number < len(chosen) - 1 and rng.random() < 0.18:
            head, tail = _break(body, rng)
            _put_body(page, article, head)
            waiting.append((article, tail, rng.randint(1, 3)))
        else:
            _put_body(page, article, body)
            if rng.random() < 0.06:
                page.put(article, _caption(piece, rng))
        for entry in [w for w in waiting if w[2] <= 0 or (number == len(chosen) - 1 and w[0] != article)]:
            waiting.remove(entry)
            _put_body(page, entry[0], entry[1])
        waiting = [(a, t, n - 1) for a, t, n in waiting]
        if rng.random() < 0.06:
            _from_other_page(page, rng.choice(pieces), marked)
            marked += 1
        if rng.random() < 0.07:
            _repeat(page, article, body)
    for article, tail, _ in waiting:
        _put_body(page, article, tail)
    if rng.random() < 0.3:
        _lost_and_found(page)
    return page.done()


def wrap(composed: Composed, width: int) -> Composed:
    """The same page as printed: lines of ``width`` characters in its columns, no blank lines between paragraphs."""
    lines: list[str] = []
    owner: dict[int, int] = {}
    for number, line in enumerate(composed.text.split("\n"), 1):
        if line.strip():
            for at in range(0, len(line), width):
                lines.append(line[at : at + width])
                owner[len(lines)] = composed.owner[number]
    return Composed("\n".join(lines) + "\n", owner, composed.titles)


def excerpt(pieces: Sequence[Piece], seed: int) -> Composed:
    """One or two articles as they stand, a paragraph a line, as the whole page."""
    rng = random.Random(seed)
    page = _Page(rng)
    page.layout.markup = rng.choice(["bare", "bare", "##"])
    page.layout.kicker = "lines"
    for piece in rng.sample(list(pieces), rng.choice([1, 1, 2])):
        article, body = _start(page, piece, plain=True)
        for line in body:
            page.put(article, line)
    return page.done()


def _start(page: _Page, piece: Piece, *, plain: bool = False) -> tuple[int, list[str]]:
    """The headline set; the article's number and the lines of its body."""
    rng, layout = page.rng, page.layout
    joined = " ".join(piece.title)
    article = page.new([joined, *piece.title])
    lines = [joined] if layout.kicker == "joined" else list(piece.title)
    main = min(1, len(lines) - 1)
    top = rng.choice(["#", "##", "###"]) if layout.markup == "mixed" else "##"
    for i, line in enumerate(lines):
        if layout.markup in ("##", "mixed"):
            marked = i == main or layout.kicker == "marked"
            page.put(article, f"{top} {line}" if marked else line)
        elif layout.markup == "bold":
            page.put(article, f"**{line}**")
        else:
            page.put(article, line)
    body = list(piece.body)
    if not plain and rng.random() < 0.08:
        page.put(article, rng.choice(SLOGANS))
    if not plain and rng.random() < 0.06:
        page.put(article, _caption(piece, rng))
    if layout.bold_lead and layout.markup != "bare":
        body[0] = re.sub(r"^([^。，,]{0,24}讯\s*[(（][^)）]*[)）])", r"**\1**", body[0])
    long = [i for i, line in enumerate(body) if len(line) > 60]
    if not plain and len(long) >= 5 and rng.random() < 0.35:
        body = _with_subheads(body, long, layout, rng)
    if not plain and rng.random() < 0.25:
        at = rng.choice(long) if long else 0
        if len(body[at]) > 80:
            cut = rng.randint(30, len(body[at]) - 30)
            if _inside(body[at], cut):
                body[at : at + 1] = [body[at][:cut], body[at][cut:]]
    return article, body


def _inside(line: str, cut: int) -> bool:
    """Between two characters of a word or clause, not at its edge."""
    return bool(re.match(r"[一-龥]{2}", line[cut - 1 : cut + 1]))


def _with_subheads(body: list[str], long: Sequence[int], layout: _Layout, rng: random.Random) -> list[str]:
    """Subheads made of a clause of the paragraph that follows, two or three in a story."""
    places = sorted(rng.sample(list(long[1:]), min(len(long) - 1, rng.choice([2, 3]))))
    result = list(body)
    for place in reversed(places):
        clauses = [c for c in re.split(r"[。，,、；;：:？?！!“”‘’()（）《》—…\s]+", body[place]) if 5 <= len(c) <= 12]
        if not clauses or any(c.isdigit() for c in clauses[0]):
            continue
        text = clauses[0] if len(clauses) == 1 or rng.random() < 0.5 else f"{clauses[0]} {clauses[-1]}"
        result.insert(place, {"bare": text, "bold": f"**{text}**", "###": f"### {text}"}[layout.subheads])
    return result


def _break(body: list[str], rng: random.Random) -> tuple[list[str], list[str]]:
    """A story cut in mid-sentence, perhaps with text lost between its parts."""
    places = [i for i in range(1, len(body) - 1) if len(body[i]) > 60]
    if not places:
        return body[:2], body[2:]
    place = rng.choice(places)
    line = body[place]
    cuts = [c for c in range(25, len(line) - 25) if _inside(line, c)]
    if not cuts:
        return body[:place], body[place:]
    cut = rng.choice(cuts)
    head, tail = [*body[:place], line[:cut]], [line[cut:], *body[place + 1 :]]
    lost = rng.random()
    if lost < 0.2 and len(tail) > 2:
        tail = [tail[1][rng.randint(8, max(9, len(tail[1]) // 2)) :], *tail[2:]]
    elif lost < 0.3 and len(head) > 2:
        head = head[:-1]
    return head, [t for t in tail if len(t) > 4]


def _put_body(page: _Page, article: int, body: Sequence[str]) -> None:
    for line in body:
        page.put(article, line)


def _caption(piece: Piece, rng: random.Random) -> str:
    clauses = [c for line in piece.body for c in re.split(r"[。！？；;]", line) if 12 < len(c) < 50]
    clauses = [c for c in clauses if not re.search("[“”]", c)]
    name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, 2))
    text = rng.choice(clauses) if clauses else "活动现场"
    forms = (f"{text}。 {name} 摄", f"图为{text}。", f"{text}。 通讯员 {name} 供图", f"{text}。本报记者 {name} 摄")
    return rng.choice(forms)


def _from_other_page(page: _Page, piece: Piece, number: int) -> None:
    """What another page began: 上接01版②, in one of the forms that papers use."""
    rng = page.rng
    circled = "①②③④⑤⑥"[number % 6]
    numbered = (f"上接01版{circled}", f"上接0{rng.randint(1, 9)}版", "上接第1版", f"上接A1版{circled}")
    name = rng.choice([*numbered, "紧接第一版", "接1版"])
    mark = (rng.choice(["◀{}", "◀◀{}", "{}", "({})", "▲{}"]) if name in numbered else "({})").format(name)
    body = list(piece.body[-3:])
    body[0] = body[0][rng.randint(0, len(body[0]) // 2) :]
    article = page.new([name, mark])
    if rng.random() < 0.5:
        page.put(article, mark)
    else:
        body[0] = f"{mark} {body[0]}" if not mark.endswith(")") else mark + body[0]
    _put_body(page, article, body)


def _repeat(page: _Page, article: int, body: Sequence[str]) -> None:
    """A paragraph printed again, whole, cut at its beginning or slightly misread."""
    rng = page.rng
    long = [line for line in body if len(line) > 60 and not re.match(r"^[*#]|.{0,20}讯", line)]
    if not long:
        return
    line = rng.choice(long)
    form = rng.random()
    if form < 0.3:
        line = line[rng.randint(5, 25) :]
    elif form < 0.6:
        at = rng.randint(5, len(line) - 5)
        line = line[:at] + rng.choice("大小中一二目日") + line[at + 1 :]
    page.put(article, line, repeated=True)


def _lost_and_found(page: _Page) -> None:
    """Classified notices, with or without their heading."""
    rng = page.rng
    headed = rng.random() < 0.5
    article = page.new(["遗失声明"])
    if headed:
        page.put(article, "遗失声明" if page.layout.markup == "bare" else "## 遗失声明")
    bullet = rng.choice(["·", "●", "△", ""])
    for _ in range(rng.randint(2, 6)):
        name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, 2))
        thing = rng.choice(["身份证", "营业执照副本", "公章一枚", "收款收据一张", "出生医学证明", "道路运输证"])
        end = rng.choice([",声明作废。", "", ",特此声明"])
        page.put(article, f"{bullet}{name}遗失{thing},编号{rng.randint(10**7, 10**8)}{end}")


def pairwise(composed: Composed, found: dict[int, int]) -> tuple[int, int, int]:
    """True, wrongly found and missed pairs of lines that share an article."""
    lines = sorted(composed.owner)
    return count_pairs([composed.owner[n] for n in lines], [found[n] for n in lines])


def count_pairs(gold: Sequence[int], system: Sequence[int]) -> tuple[int, int, int]:
    def pairs(labels: Sequence[object]) -> int:
        counts: dict[object, int] = {}
        for label in labels:
            counts[label] = counts.get(label, 0) + 1
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = pairs(list(zip(gold, system, strict=True)))
    return both, pairs(system) - both, pairs(gold) - both


def main(folder: str, seed: str) -> None:
    parts = [p.stem for p in sorted(Path(folder).glob("?.txt"))]
    composed = compose([p for p in read_corpus(Path(folder), parts) if usable(p)], int(seed))
    for number, line in enumerate(composed.text.split("\n"), 1):
        print(f"{number:4d} {composed.owner.get(number, ''):>3} {line}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
