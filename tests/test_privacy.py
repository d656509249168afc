"""Who is private, and that a private person's name is published nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Kind, Page
from kg.pipeline import process
from kg.privacy import contexts
from tests.conftest import Kg

PAGE = """江州市一中举行运动会

江州日报讯(记者/许知远) 4月3日，江州市教育局局长杜海平到江州市一中调研。市民钱志强说，希望多建球场。
小学生孙小雨获得第一名。

寻亲公告

姓名:周念安,性别:女,捡拾时间:2023年3月1日,捡拾地点:江州市东门桥。自公告之日起60天内无人认领,将依法安置。

·吴广才遗失身份证一张,声明作废
·郑小虎(父:郑大年、母:冯秀英)遗失出生医学证明
"""


def test_contexts_are_data() -> None:
    assert len(contexts()) >= 8


def test_private_persons() -> None:
    archive = process([Page(doc="p", file="p.txt", text=PAGE, encoding="utf-8", place="九江市", date="2023-04-04")])
    private = {m.text for m in archive.mentions if m.private}
    persons = {m.text for m in archive.mentions if m.kind is Kind.PERSON}
    assert {"许知远", "杜海平", "吴广才"} <= persons
    assert private.isdisjoint({"许知远", "杜海平"})
    for name in ("钱志强", "孙小雨", "周念安", "吴广才", "郑小虎", "郑大年", "冯秀英"):
        assert name in private or name not in persons, name
    assert len(private) >= 5


@pytest.mark.parametrize("flag", [False, True])
def test_exports_leave_private_persons_out(flag: bool, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    out = tmp_path / "out"
    args = ["--include-private"] if flag else []
    assert kg("build", str(tmp_path / "page.txt"), "-o", str(out), *args).returncode == 0
    for name in ("graph.ttl", "graph.nq", "graph.html", "graph.jsonld"):
        text = (out / name).read_text(encoding="utf-8")
        assert "杜海平" in text
        assert ("吴广才" in text) == flag, name
