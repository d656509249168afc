"""Reading: encodings, manifests, and every way in which a file can be bad."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.model import Page, Severity
from kg.read import decode, infer, read

SEEDS = Path(__file__).parent.parent / "seeds"
TEXT = "江州市召开大会\n\n江州日报讯(记者/许知远) 4月3日，江州市召开大会。\n"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("gb18030", "gb18030")],
)
def test_encodings(tmp_path: Path, encoding: str, name: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT.encode(encoding))
    reading = read([str(path)])
    (page,) = reading.pages
    assert page.encoding == name
    assert page.text.strip() == TEXT.strip()
    assert any(f.cause == "encoding" for f in reading.findings) == (name in ("utf-16", "gb18030"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark(encoding: str) -> None:
    text = TEXT * 5
    assert decode(text.encode(encoding)) == (text, encoding)


def test_byte_order_mark_keeps_offsets(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT.encode("utf-8-sig"))
    with path.open(encoding="utf-8", newline="") as f:
        raw = f.read()
    (page,) = read([str(path)]).pages
    assert len(page.text) == len(raw)
    assert page.text[1:] == raw[1:]


def test_line_ends_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("甲\r\n乙\r丙\n".encode())
    assert read([str(path)]).pages[0].text == "甲\r\n乙\r丙\n"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty-file"),
        (b" \r\n\t\n", "empty-file"),
        ("　\n".encode(), "empty-file"),
        (b"\x7fELF\x02\x01\x00\x00\x00\x00\x00", "binary-file"),
        (bytes(range(1, 256)) * 20, "bad-encoding"),
        ("日本語のページです。".encode("euc-jp") * 20 + b"\xff\xff", "bad-encoding"),
        (b"\xff\xfe\x00\xd8\x00\x00", "bad-encoding"),
        ("江州".encode() + b"\xff" + "市".encode(), "bad-encoding"),
    ],
)
def test_bad_files_are_named_and_the_rest_is_read(tmp_path: Path, data: bytes, cause: str) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    reading = read([str(tmp_path)])
    assert [p.doc for p in reading.pages] == ["good"]
    (finding,) = reading.findings
    assert (finding.severity, finding.cause) == (Severity.ERROR, cause)
    assert finding.where.endswith("bad.txt")
    assert "\n" not in finding.message


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    names = ["missing.txt", "folder", "gone.txt", "page.txt"]
    reading = read([str(tmp_path / name) for name in names])
    assert [p.doc for p in reading.pages] == ["page"]
    assert [f.cause for f in reading.findings] == ["no-such-file", "empty-folder", "unreadable"]


def test_standard_input() -> None:
    (page,) = read(["-"], stdin=io.BytesIO(TEXT.encode())).pages
    assert (page.doc, page.text) == ("stdin", TEXT)


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert len(read([str(path), str(tmp_path)]).pages) == 1


def test_names_that_collide_keep_their_text(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(TEXT + folder, encoding="utf-8")
    reading = read([str(tmp_path)])
    assert [p.doc for p in reading.pages] == ["page", "page-2"]
    assert [f.cause for f in reading.findings] == ["same-name"]


def test_manifest(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(
        "file,newspaper,place,date,page\none.txt,江州晚报,江州市,2023-04-04,A01\ntwo.txt,,,4月,\nsix.txt,,,,\n",
        encoding="utf-8-sig",
    )
    reading = read([str(tmp_path)])
    one, two = reading.pages
    assert (one.newspaper, one.place, one.date, one.number) == ("江州晚报", "江州市", "2023-04-04", "A01")
    assert (two.newspaper, two.date) == ("江州日报", "")
    assert sorted((f.cause, f.where.rsplit(":", 1)[1]) for f in reading.findings) == [
        ("bad-date", "3"),
        ("no-such-file", "4"),
    ]


def test_manifest_with_an_unknown_column(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("file,paper\none.txt,江州日报\n", encoding="utf-8")
    reading = read([str(tmp_path)])
    assert len(reading.pages) == 1
    assert [f.cause for f in reading.findings] == ["bad-manifest"]


def test_seeds_know_paper_place_and_date() -> None:
    reading = read([str(SEEDS)])
    assert not reading.findings
    assert [(p.newspaper, p.place) for p in reading.pages] == [("株洲日报", "株洲市")] * 5
    assert sorted(p.date for p in reading.pages) == [
        "2022-01-28",
        "2023-03-16",
        "2023-04-26",
        "2023-04-27",
        "2024-01-05",
    ]


def test_inference_without_manifest() -> None:
    for page in read([str(SEEDS)]).pages:
        bare = infer(type(page)(doc=page.doc, file=page.file, text=page.text, encoding="utf-8"))
        assert (bare.newspaper, bare.place) == ("株洲日报", "株洲市")
        assert bare.date == ""  # the pages print no issue date: no year is invented


def test_the_place_of_a_page_that_names_no_paper() -> None:
    def place(text: str) -> str:
        return infer(Page(doc="p", file="p.txt", text=text, encoding="utf-8")).place

    assert place("我市召开会议。锦州市凌海市、锦州市古塔区负责人参加，锦州港介绍情况，市委书记讲话。") == "锦州市"
    assert place("县委召开会议，通榆县各乡镇参加，我县粮食增产，通榆县农业农村局介绍情况。") == "通榆县"
    assert place("会议在北京、上海、广州同时举行，锦州市派员参加。") == ""
    assert place("今天天气很好。") == ""


def test_a_masthead_gives_the_date(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("2021年5月6日 星期四 第3版\n" + TEXT, encoding="utf-8")
    assert read([str(path)]).pages[0].date == "2021-05-06"


def test_decode_says_what_to_do() -> None:
    with pytest.raises(KgError, match="save the page as UTF-8"):
        decode(b"\x00\x01\x02")
