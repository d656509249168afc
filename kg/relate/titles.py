"""Titles: 副局长, 党组书记, 四级调研员, 多工序数控机床操作调整工. Known by their last word, not by a list of all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.model import Kind, Status
from kg.relate.patterns import classes, folder, table

_DEPUTY = (
    r"(?:常务|执行|第一|名誉|荣誉|首席|轮值|党委|党组|党总支|党支部|党工委|机关党委|支部|总支|纪委|纪检组|纪工委|团委|团支部"
    r"|工会|理事会|监事会|董事会|村委会|居委会|业委会|驻村|村|专职|兼职|高级|中级|正高级|副高级|特聘|客座|主任|[一二三四]级|副|总|代理|代(?!表))*"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title as found: without the words that tell how it is held."""

    text: str
    status: Status
    office: bool  # a post of an organ (局长), not a profession or a rank


@dataclass(frozen=True, slots=True)
class ImpliedOrgan:
    """What organ a title means that names none: 市长 -> the government of the city."""

    level: str
    name: str  # with {place}
    kind: Kind


@cache
def _heads() -> dict[str, str]:
    return {row["form"]: row["use"] for row in table(folder() / "titles.tsv")}


@cache
def _implied() -> dict[str, ImpliedOrgan]:
    rows = table(folder() / "implied.tsv")
    return {r["title"]: ImpliedOrgan(r["level"], r["organ"], Kind(r["kind"])) for r in rows}


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    heads = "|".join(sorted(map(re.escape, _heads()), key=lambda h: (-len(h), h)))
    body = r"[一-龥A-Za-z0-9“”·]"
    whole = re.compile(rf"(?P<unit>{body}{{0,16}}?)(?P<head>{heads})")
    bare = re.compile(rf"{_DEPUTY}(?:{heads})$")
    implied = "|".join(sorted(map(re.escape, _implied()), key=lambda h: (-len(h), h)))
    meant = re.compile(
        rf"(?P<mode>(?:原|前任|前|时任|现任|代理|代|常务|挂职|副|第?[一二三四五六七八九十]+届)*)(?P<title>{implied})"
    )
    return whole, bare, meant


def strip_mode(run: str) -> tuple[str, Status]:
    """``run`` without the words before and after a title that tell how it is held."""
    words = classes()
    status = Status.CURRENT
    run = re.sub(rf"^(?:{words['EMPTY']})+|^(?:{words['UNIT']})", "", run)
    m = re.search(rf"(?:政府)?(?:{words['NOMINEE']})+$", run)
    if m:
        run, status = run[: m.start()], Status.NOMINEE
    for form, meaning in (("CURRENT", Status.CURRENT), ("FORMER", Status.FORMER), ("ACTING", Status.ACTING)):
        m = re.match(rf"(?:{words[form]})", run)
        if m and len(run) > m.end():
            run = run[m.end() :]
            status = meaning if status is Status.CURRENT else status
    m = _late_mode().search(run)
    if m:
        run, status = run[: m.start()] + run[m.end() :], Status.FORMER
    return run, status


@cache
def _late_mode() -> re.Pattern[str]:
    return re.compile(rf"(?<=.)原(?=副?(?:{'|'.join(map(re.escape, _heads()))})$)")


def whole_title(run: str) -> Title | None:
    """``run`` as a title that follows an organ's name directly; None if it is something else."""
    run, status = strip_mode(run.replace(" ", ""))
    whole, _, _ = _forms()
    m = whole.fullmatch(run)
    if not m or re.search(classes()["BADTITLE"], m["unit"]):
        return None
    return Title(run, status, _heads()[m["head"]] == "office")


def leading_title(run: str) -> tuple[Title, int] | None:
    """The longest title at the start of ``run`` and where it ends."""
    stop = re.match(r"[一-龥A-Za-z0-9“”· ]*", run)
    limit = stop.end() if stop else 0
    for end in range(min(limit, 24), 1, -1):
        title = whole_title(run[:end])
        if title and not re.match("助理", run[end:]):
            return title, end
    return None


def trailing_title(run: str) -> Title | None:
    """The longest plain title at the end of ``run``, whatever stands before it."""
    _, bare, _ = _forms()
    m = bare.search(run.replace(" ", ""))
    if not m:
        return None
    title, status = strip_mode(m.group())
    whole, _, _ = _forms()
    known = whole.fullmatch(title)
    return Title(title, status, bool(known and _heads()[known["head"]] == "office"))


def implied_title(run: str, *, whole: bool = False) -> tuple[Title, ImpliedOrgan] | None:
    """A title at the end of ``run`` (or all of it) whose organ goes without saying."""
    run = run.replace(" ", "")
    words = classes()
    status = Status.CURRENT
    m = re.search(rf"(?:{words['NOMINEE']})+$", run)
    if m:
        run, status = run[: m.start()], Status.NOMINEE
    _, _, meant = _forms()
    for found in meant.finditer(run):
        if found.end() != len(run) or (whole and found.start() > 0):
            continue
        mode = found["mode"]
        if status is Status.CURRENT and re.search("原|前|时任", mode):
            status = Status.FORMER
        elif status is Status.CURRENT and "代" in mode:
            status = Status.ACTING
        title = re.sub("第?[一二三四五六七八九十]+届|原|前任|前|时任|现任|代理|代|挂职", "", mode) + found["title"]
        for organ in ("省委", "市委", "县委", "区委", "州委", "旗委"):
            title = title.removeprefix(organ)
        title = re.sub("^[省市县区州旗]?(?:人大常委会|政协|人大)", "", title)
        return Title(title, status, True), _implied()[found["title"]]
    return None
