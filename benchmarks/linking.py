"""How long linking takes and what memory it needs, on an invented archive: ``python benchmarks/linking.py [MENTIONS]``.

The archive has reporters with thousands of articles, officials who change posts, namesakes, misprints, short forms,
and roads and schools that every city has. Prints seconds, the peak of memory, and how well the known truth was found.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from kg.evaluate.score import b_cubed, pairwise
from kg.model import Article, Claim, Kind, Line, Mention, Page, Relation, Role
from kg.places import Level, gazetteer
from kg.resolve import resolve

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文海云山水林森雪梅春秋东南安宁远思源晨曦"
BUREAUS = ("教育局", "水利局", "财政局", "交通运输局", "民政局", "卫生健康委员会", "农业农村局", "商务局")
TITLES = ("局长", "副局长", "主任", "科长", "党组书记")
TRADES = ("重工", "水务", "食品", "新材料", "物流", "电子", "医药", "建设")


@dataclass
class Archive:
    """Grows as it is written."""

    rng: random.Random
    pages: list[Page] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    truth: dict[Mention, str] = field(default_factory=dict)


def person(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))


def invent(mentions: int, cities_of_papers: int = 30, seed: int = 7) -> Archive:
    """About so many mentions in pages of twelve articles, papers of so many cities, five years."""
    rng = random.Random(seed)
    archive = Archive(rng)
    cities = [d for d in gazetteer() if d.level is Level.PREFECTURE and d.name.endswith("市") and d.short]
    desks = []
    for city in rng.sample(cities, cities_of_papers):
        firms = [
            f"{city.short}{person(rng)[1:]}{rng.choice(GIVEN)}{rng.choice(TRADES)}有限公司"
            for _ in range(1800 // cities_of_papers * 10)
        ]
        desks.append(
            (city, [person(rng) for _ in range(25)], [person(rng) for _ in range(6000 // cities_of_papers)], firms)
        )
    while len(archive.mentions) < mentions:
        city, reporters, officials, firms = desks[len(archive.pages) % len(desks)]
        day = f"{rng.randint(2019, 2023)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        _page(archive, city.name, city.short, day, reporters, officials, firms)
    return archive


def _page(
    archive: Archive,
    city: str,
    short: str,
    day: str,
    reporters: list[str],
    officials: list[str],
    firms: list[str],
) -> None:
    rng = archive.rng
    doc = f"p{len(archive.pages):05d}"
    text: list[str] = []
    at = 0

    def write(words: str) -> int:
        nonlocal at
        text.append(words)
        at += len(words)
        return at - len(words)

    for number in range(1, 13):
        start = at
        article = f"{doc}-a{number}"

        def name(words: str, kind: Kind, truth: str, article: str = article) -> Mention:
            begin = write(words)
            m = Mention(doc, article, begin, at, words, kind)
            archive.mentions.append(m)
            archive.truth[m] = truth
            return m

        writer = rng.randrange(len(reporters))
        write(f"{short}日报讯（记者 ")
        signed = name(reporters[writer], Kind.PERSON, f"{city}/reporter/{writer}")
        archive.claims.append(
            Claim(doc, article, Relation.BYLINE, signed, None, signed.start, signed.end, "b", "reporter")
        )
        write("）")
        for _ in range(rng.randint(1, 3)):
            who = rng.randrange(len(officials))
            bureau = BUREAUS[who % len(BUREAUS)]
            organ = name(f"{city}{bureau}", Kind.AGENCY, f"{city}/{bureau}")
            title = TITLES[who % len(TITLES)]
            write(title)
            official = name(officials[who], Kind.PERSON, f"{city}/official/{who}")
            archive.claims.append(
                Claim(doc, article, Relation.POST, official, organ, organ.start, official.end, "p", title)
            )
            write("来到")
            firm = rng.choice(firms)
            name(firm, Kind.COMPANY, firm)
            write("（")
            name(firm.removesuffix("有限公司"), Kind.COMPANY, firm)
            write("），")
            name("人民路", Kind.PLACE, f"{city}/人民路")
            write("。")
            name(short, Kind.PLACE, city)
            write("记者获悉。\n")
        line = Line(number, start, at - 1, Role.BODY)
        archive.articles.append(Article(article, doc, f"第{number}篇", (line,)))
    archive.pages.append(Page(doc, f"{doc}.txt", "".join(text), "utf-8", f"{short}日报", city, day))


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for cities in (30, 1):
        measure(wanted, cities)


def measure(wanted: int, cities: int) -> None:
    archive = invent(wanted, cities)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, cpu = time.perf_counter(), time.process_time()
    found = resolve(archive.pages, archive.articles, archive.mentions, archive.claims)
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    links = Counter((archive.truth[m], found.links[m]) for m in archive.mentions)
    p, r = b_cubed(links)
    pairs = pairwise(links)
    sizes = f"mentions {len(archive.mentions)}, articles {len(archive.articles)}, entities {len(found.entities)}"
    print(f"papers of {cities} cities: {sizes}")
    print(f"linking {seconds:.1f} s ({used:.1f} s of CPU), peak {peak:.0f} MB, of which the archive {before:.0f} MB")
    print(f"B-cubed precision {p:.4f}, recall {r:.4f}; pairs made up {pairs.fp:.0f}, missed {pairs.fn:.0f}")


if __name__ == "__main__":
    main()
