"""A small archive written by hand, with invented names: two issues of one paper, four articles."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import (
    Archive,
    Article,
    Claim,
    Entity,
    Fact,
    Implied,
    Kind,
    Line,
    Mention,
    Modality,
    Page,
    Reference,
    Relation,
    Resolution,
    Role,
    Status,
)

DAY_ONE = """# 青河市召开项目推进会

青河日报讯（记者 韩小溪） 3月1日，市住建局局长陆明远调研青河大桥项目。青河大桥项目位于江北区，总投资12.5亿元，
业主为青河建设集团有限公司。副市长乔安出席。

## 人事任免

3月2日，任命方知秋为市教育局局长，免去陆明远的市住建局局长职务。
"""

DAY_TWO = """# 乔安走访江北区

市教育局局长方知秋、副市长乔安走访江北区。“听说青河大桥项目总投资20亿元。”居民苏阿梅说。
市住建居局长陆明远没有参加。
（记者 韩小溪 摄）

## 企业简讯

青河建设集团有限公司持有北岸水务有限公司51%股权。北岸水务有限公司与市教育局签约。北岸水务有限公司荣获“节水先锋”称号。
另一位乔安是青河一中教师。青河一中隶属于市教育局。计划聘请另一位乔安为青河一中校长。
"""


@dataclass
class Scribe:
    """Writes the records down by searching the text for the words, so that no offset is counted by hand."""

    pages: list[Page] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    links: dict[Reference, str] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)

    def page(self, doc: str, text: str, date: str, number: str, titles: dict[int, str]) -> None:
        self.pages.append(
            Page(doc, f"{doc}.txt", text, "utf-8", newspaper="青河日报", place="青河市", date=date, number=number)
        )
        firsts = sorted(titles)
        for first in firsts:
            later = [n for n in firsts if n > first]
            lines = tuple(_lines(text, first, later[0] if later else 10_000))
            self.articles.append(Article(f"{doc}-a{first}", doc, titles[first], lines))

    def find(self, article: str, words: str, nth: int = 1) -> tuple[str, int, int]:
        owner = next(a for a in self.articles if a.id == article)
        text = next(p.text for p in self.pages if p.doc == owner.doc)
        start = owner.lines[0].start - 1
        for _ in range(nth):
            start = text.index(words, start + 1)
        return owner.doc, start, start + len(words)

    def mention(
        self, article: str, words: str, entity: Entity, nth: int = 1, private: bool = False, score: float = 0.9
    ) -> Mention:
        doc, start, end = self.find(article, words, nth)
        made = Mention(doc, article, start, end, words, entity.kind, score, ("written by hand",), private=private)
        self.mentions.append(made)
        self.links[made] = entity.id
        return made

    def implied(self, entity: Entity, reason: str) -> Implied:
        made = Implied(entity.kind, entity.name, reason)
        self.links[made] = entity.id
        return made

    def claim(
        self,
        relation: Relation,
        subject: Mention,
        thing: Reference | None,
        words: str,
        detail: str = "",
        date: str = "",
        status: Status | None = None,
        modality: Modality = Modality.ASSERTED,
        rule: str = "hand",
    ) -> None:
        doc, start, end = self.find(subject.article, words)
        claim = Claim(
            doc, subject.article, relation, subject, thing, start, end, rule, detail, date, status, modality, 0.8
        )
        self.claims.append(claim)
        subject_id = self.links[subject]
        object_id = self.links[thing] if thing else ""
        key = "|".join((relation, subject_id, object_id, detail, date, status or ""))
        old = self.facts.get(key)
        if old is None:
            name = f"f{len(self.facts) + 1:03d}"
            self.facts[key] = Fact(name, relation, subject_id, object_id, detail, date, status, (claim,))
        else:
            self.facts[key] = Fact(
                old.id, relation, subject_id, object_id, detail, date, status, (*old.claims, claim)
            )

    def archive(self, entities: tuple[Entity, ...]) -> Archive:
        return Archive(
            tuple(self.pages),
            tuple(self.articles),
            tuple(self.mentions),
            tuple(self.claims),
            Resolution(tuple(sorted(entities, key=lambda e: e.id)), dict(self.links)),
            tuple(self.facts.values()),
        )


def _lines(text: str, first: int, before: int) -> list[Line]:
    found = []
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        if first <= number < before and raw.strip():
            role = Role.TITLE if raw.startswith("#") else Role.BODY
            runs_on = bool(found) and text[found[-1].end - 1] in "，、"
            found.append(Line(number, start, start + len(raw), role, runs_on))
        start += len(raw) + 1
    return found


LU = Entity("person-lu", Kind.PERSON, "陆明远")
FANG = Entity("person-fang", Kind.PERSON, "方知秋")
QIAO = Entity("person-qiao1", Kind.PERSON, "乔安")
OTHER_QIAO = Entity("person-qiao2", Kind.PERSON, "乔安")
HAN = Entity("person-han", Kind.PERSON, "韩小溪")
SU = Entity("person-su", Kind.PERSON, "苏阿梅", private=True)
HOUSING = Entity(
    "agency-housing", Kind.AGENCY, "青河市住房和城乡建设局", alternatives=("市住建局",), variants=("市住建居",)
)
EDUCATION = Entity("agency-education", Kind.AGENCY, "青河市教育局", alternatives=("市教育局",))
GOVERNMENT = Entity("agency-government", Kind.AGENCY, "青河市人民政府")
BUILDER = Entity("company-builder", Kind.COMPANY, "青河建设集团有限公司")
WATER = Entity("company-water", Kind.COMPANY, "北岸水务有限公司")
SCHOOL = Entity("organization-school", Kind.ORGANIZATION, "青河市第一中学", alternatives=("青河一中",))
BRIDGE = Entity("project-bridge", Kind.PROJECT, "青河大桥项目")
CITY = Entity("place-city", Kind.PLACE, "青河市", code="990100")
DISTRICT = Entity("place-district", Kind.PLACE, "江北区", code="990102", within="place-city")
ENTITIES = (
    LU, FANG, QIAO, OTHER_QIAO, HAN, SU, HOUSING, EDUCATION, GOVERNMENT, BUILDER, WATER, SCHOOL, BRIDGE, CITY, DISTRICT
)  # fmt: skip


def small_archive() -> Archive:
    s = Scribe()
    s.page("day1", DAY_ONE, "2024-03-02", "01", {1: "青河市召开项目推进会", 6: "人事任免"})
    s.page("day2", DAY_TWO, "2024-03-09", "02", {1: "乔安走访江北区", 7: "企业简讯"})
    _meeting(s)
    _personnel(s)
    _walk(s)
    _firms(s)
    return s.archive(ENTITIES)


def _meeting(s: Scribe) -> None:
    a = "day1-a1"
    han = s.mention(a, "韩小溪", HAN)
    s.mention(a, "青河市", CITY)
    housing = s.mention(a, "市住建局", HOUSING)
    lu = s.mention(a, "陆明远", LU)
    bridge = s.mention(a, "青河大桥项目", BRIDGE)
    again = s.mention(a, "青河大桥项目", BRIDGE, nth=2)
    district = s.mention(a, "江北区", DISTRICT)
    builder = s.mention(a, "青河建设集团有限公司", BUILDER)
    qiao = s.mention(a, "乔安", QIAO)
    government = s.implied(GOVERNMENT, "副市长 of the paper's city")
    current = Status.CURRENT
    s.claim(Relation.BYLINE, han, None, "记者 韩小溪", detail="reporter")
    s.claim(Relation.POST, lu, housing, "市住建局局长陆明远", detail="局长", status=current)
    s.claim(Relation.VISIT, lu, bridge, "陆明远调研青河大桥项目", date="2024-03-01")
    s.claim(Relation.LOCATED_IN, again, district, "青河大桥项目位于江北区")
    s.claim(Relation.AMOUNT, again, None, "总投资12.5亿元", detail="1250000000")
    s.claim(Relation.OWNER, builder, again, "业主为青河建设集团有限公司")
    s.claim(Relation.POST, qiao, government, "副市长乔安", detail="副市长", status=current)


def _personnel(s: Scribe) -> None:
    a = "day1-a6"
    fang = s.mention(a, "方知秋", FANG)
    education = s.mention(a, "市教育局", EDUCATION)
    lu = s.mention(a, "陆明远", LU)
    housing = s.mention(a, "市住建局", HOUSING)
    s.claim(
        Relation.APPOINT, fang, education, "任命方知秋为市教育局局长", detail="局长", date="2024-03-02"
    )
    s.claim(
        Relation.REMOVE, lu, housing, "免去陆明远的市住建局局长职务", detail="局长", date="2024-03-02"
    )


def _walk(s: Scribe) -> None:
    a = "day2-a1"
    s.mention(a, "乔安", QIAO)
    s.mention(a, "江北区", DISTRICT)
    education = s.mention(a, "市教育局", EDUCATION)
    fang = s.mention(a, "方知秋", FANG)
    qiao = s.mention(a, "乔安", QIAO, nth=2)
    district = s.mention(a, "江北区", DISTRICT, nth=2)
    bridge = s.mention(a, "青河大桥项目", BRIDGE)
    su = s.mention(a, "苏阿梅", SU, private=True)
    misread = s.mention(a, "市住建居", HOUSING, score=0.6)
    lu = s.mention(a, "陆明远", LU)
    han = s.mention(a, "韩小溪", HAN)
    government = s.implied(GOVERNMENT, "副市长 of the paper's city")
    current = Status.CURRENT
    s.claim(Relation.POST, fang, education, "市教育局局长方知秋", detail="局长", status=current)
    s.claim(Relation.POST, qiao, government, "副市长乔安", detail="副市长", status=current)
    s.claim(Relation.VISIT, qiao, district, "副市长乔安走访江北区", date="2024-03")
    s.claim(Relation.AMOUNT, bridge, None, "总投资20亿元", detail="2000000000", modality=Modality.QUOTED)
    s.claim(Relation.HONOUR, su, None, "居民苏阿梅", detail="居民")
    s.claim(Relation.POST, lu, misread, "市住建居局长陆明远", detail="局长", status=current)
    s.claim(Relation.BYLINE, han, None, "记者 韩小溪 摄", detail="reporter")
    s.claim(Relation.BYLINE, han, None, "记者 韩小溪 摄", detail="photographer")


def _firms(s: Scribe) -> None:
    a = "day2-a7"
    builder = s.mention(a, "青河建设集团有限公司", BUILDER)
    water = s.mention(a, "北岸水务有限公司", WATER)
    signer = s.mention(a, "北岸水务有限公司", WATER, nth=2)
    education = s.mention(a, "市教育局", EDUCATION)
    honoured = s.mention(a, "北岸水务有限公司", WATER, nth=3)
    qiao = s.mention(a, "乔安", OTHER_QIAO)
    school = s.mention(a, "青河一中", SCHOOL)
    part = s.mention(a, "青河一中", SCHOOL, nth=2)
    whole = s.mention(a, "市教育局", EDUCATION, nth=2)
    again = s.mention(a, "乔安", OTHER_QIAO, nth=2)
    third = s.mention(a, "青河一中", SCHOOL, nth=3)
    s.claim(Relation.STAKE, builder, water, "持有北岸水务有限公司51%股权", detail="51")
    s.claim(Relation.SIGNED, signer, education, "北岸水务有限公司与市教育局签约")
    s.claim(Relation.HONOUR, honoured, None, "荣获“节水先锋”称号", detail="节水先锋")
    s.claim(Relation.POST, qiao, school, "乔安是青河一中教师", detail="教师", status=Status.CURRENT)
    s.claim(Relation.PART_OF, part, whole, "青河一中隶属于市教育局")
    s.claim(
        Relation.POST, again, third, "计划聘请另一位乔安为青河一中校长",
        detail="校长", status=Status.NOMINEE, modality=Modality.PLANNED,
    )  # fmt: skip
