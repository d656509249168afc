"""Reading: files, folders and standard input become pages; what cannot be read becomes a finding.

A page's text is decoded strictly (UTF-8, UTF-16 or GB18030), never lossily, and keeps its line ends. A byte order
mark of UTF-8 is kept as one blank, so that offsets agree with ``open(path, encoding="utf-8", newline="")``.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import KgError
from kg.model import Finding, Page, Severity
from kg.places import gazetteer
from kg.whereabouts import place_of

SUFFIXES = (".txt", ".md")
MANIFEST = "manifest.csv"
COLUMNS = ("file", "newspaper", "place", "date", "page")
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# 甲市日报讯, 本报不算: the paper's name before 讯, 全媒体记者, ·掌上…
NEWSPAPER = re.compile(
    r"(?<![一-鿿])([一-鿿]{2,7}?(?:日报|晚报|早报|时报|商报|都市报|晨报|导报|新报|周报|报))"
    r"(?:·[一-鿿]{2,8})?(?:讯|全媒体记者|记者|通讯员)"
)
# a masthead's date: 2023年4月26日 星期三 (with or without blanks), alone or nearly alone on its line
MASTHEAD = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(?:星期|农历|责任编辑|责编)")


@dataclass(frozen=True, slots=True)
class Reading:
    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]


def read(inputs: Sequence[str], *, stdin: io.BufferedIOBase | None = None) -> Reading:
    """Pages of files, of folders (searched recursively for .txt and .md) and of ``-`` (standard input).

    Never raises for a bad file: the rest is still read, and a finding of severity ``error`` names it.
    """
    findings: list[Finding] = []
    pages: list[Page] = []
    manifests: dict[Path, dict[str, dict[str, str]]] = {}
    for path in _files(inputs, findings):
        if path is None:
            name, data = "stdin", (stdin or sys.stdin.buffer).read()
        else:
            name = path.name
            try:
                data = path.read_bytes()
            except OSError as error:
                findings.append(_error("unreadable", str(path), f"cannot be read: {error.strerror or error}"))
                continue
        try:
            text, encoding = decode(data)
        except KgError as error:
            findings.append(_error(error.hint or "unreadable", str(path or "-"), str(error)))
            continue
        row: dict[str, str] = {}
        if path is not None:
            if path.parent not in manifests:
                manifests[path.parent] = _manifest(path.parent, findings)
            row = manifests[path.parent].get(path.name, {})
        page = Page(
            doc=path.stem if path is not None else "stdin",
            file=name,
            text=text,
            encoding=encoding,
            newspaper=row.get("newspaper", ""),
            place=row.get("place", ""),
            date=row.get("date", ""),
            number=row.get("page", ""),
        )
        if encoding not in ("utf-8", "utf-8-sig"):
            findings.append(
                Finding(
                    Severity.WARNING, "encoding", str(path or "-"), f"read as {encoding}; offsets count its characters"
                )
            )
        pages.append(infer(page))
    return Reading(tuple(_distinct(pages, findings)), tuple(findings))


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding of a file's bytes; ``KgError`` (its hint is the finding's cause) if it is none of the three."""
    if not data.strip():
        raise KgError("is empty", "empty-file")
    if data.startswith(codecs.BOM_UTF8):
        return " " + _checked(data[3:], "utf-8"), "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _nonblank(_checked(data, "utf-16")), "utf-16"
    zeros = data.count(0)
    if zeros:
        # without a mark, UTF-16 of a page shows by the zero bytes of its digits, blanks and line ends on one side
        order = ("utf-16-le", "utf-16-be") if data[1::2].count(0) >= data[0::2].count(0) else ("utf-16-be", "utf-16-le")
        for encoding in order:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if _plausible(text):
                return text, encoding
        raise KgError("is a binary file, not text; save the page as UTF-8 text", "binary-file")
    try:
        return _nonblank(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1}"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _plausible(text):
        return _nonblank(text), "gb18030"
    raise KgError(f"is neither UTF-8 ({place} is wrong), UTF-16 nor GB18030; save the page as UTF-8", "bad-encoding")


def infer(page: Page) -> Page:
    """The page with newspaper, place and date filled in where only its text can tell. No year is invented."""
    text = page.text
    newspaper, place, date = page.newspaper, page.place, page.date
    if not newspaper:
        names = Counter(m.group(1) for m in NEWSPAPER.finditer(text))
        names.pop("本报", None)
        if names:
            newspaper = min(names, key=lambda n: (-names[n], n))
    if not place:
        division = gazetteer().infer_place(newspaper, (text,)) or place_of(text)
        place = division.name if division else ""
    if not date:
        found = {tuple(map(int, m.groups())) for m in MASTHEAD.finditer(text)}
        if len(found) == 1:
            year, month, day = found.pop()
            date = f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
    return replace(page, newspaper=newspaper, place=place, date=date)


def _files(inputs: Sequence[str], findings: list[Finding]) -> Iterable[Path | None]:
    seen: set[Path] = set()
    for name in inputs:
        if name == "-":
            yield None
            continue
        path = Path(name)
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and not p.is_dir())
            if not inside:
                findings.append(
                    _error("empty-folder", name, f"holds no page (a file ending in {' or '.join(SUFFIXES)})")
                )
        elif path.exists() or path.is_symlink():
            inside = [path]
        else:
            findings.append(_error("no-such-file", name, "does not exist"))
            continue
        for file in inside:
            key = file.resolve()
            if key not in seen:
                seen.add(key)
                yield file


def manifest_rows(folder: Path) -> dict[str, dict[str, str]]:
    """File name -> row of a folder's manifest; wrong rows are left out silently (``read`` reports them)."""
    return _manifest(folder, [])


def _manifest(folder: Path, findings: list[Finding]) -> dict[str, dict[str, str]]:
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        text, _ = decode(path.read_bytes())
    except (OSError, KgError) as error:
        findings.append(_error("bad-manifest", str(path), f"{error}; its pages are read without it"))
        return {}
    reader = csv.DictReader(io.StringIO(text.lstrip()))
    missing = [c for c in ("file",) if c not in (reader.fieldnames or ())]
    unknown = [c for c in reader.fieldnames or () if c not in COLUMNS]
    if missing or unknown:
        what = f"has no column {missing[0]!r}" if missing else f"has an unknown column {unknown[0]!r}"
        findings.append(_error("bad-manifest", f"{path}:1", f"{what}; its columns are {', '.join(COLUMNS)}"))
        return {}
    rows: dict[str, dict[str, str]] = {}
    for row in reader:
        where = f"{path}:{reader.line_num}"
        clean = {k: unicodedata.normalize("NFC", v or "").strip() for k, v in row.items() if k in COLUMNS}
        if clean.get("date") and not DATE.fullmatch(clean["date"]):
            findings.append(_error("bad-date", where, f"date {clean['date']!r} is not YYYY-MM-DD, YYYY-MM or YYYY"))
            clean["date"] = ""
        if clean["file"] in rows:
            findings.append(_error("bad-manifest", where, f"{clean['file']} stands there twice; the first row counts"))
            continue
        if not (folder / clean["file"]).is_file():
            findings.append(Finding(Severity.WARNING, "no-such-file", where, f"{clean['file']} is not in the folder"))
        rows[clean["file"]] = clean
    return rows


def _distinct(pages: list[Page], findings: list[Finding]) -> list[Page]:
    """Pages whose names collide keep their text under numbered names: nothing is lost."""
    seen: Counter[str] = Counter()
    taken = {p.doc for p in pages}
    result: list[Page] = []
    for page in pages:
        seen[page.doc] += 1
        doc = page.doc
        if seen[doc] > 1:
            n = seen[doc]
            while f"{doc}-{n}" in taken:
                n += 1
            taken.add(f"{doc}-{n}")
            findings.append(
                Finding(Severity.WARNING, "same-name", page.file, f"is the name of two pages; this one is {doc}-{n}")
            )
            page = replace(page, doc=f"{doc}-{n}")
        result.append(page)
    return result


def _checked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise KgError(
            f"is not the {encoding.upper()} that its first bytes say (byte {error.start + 1})", "bad-encoding"
        ) from None


def _nonblank(text: str) -> str:
    if not text.strip():
        raise KgError("is empty", "empty-file")
    return text


def _plausible(text: str) -> bool:
    """Almost any bytes decode as GB18030 or UTF-16: a page is mostly common Chinese, digits and punctuation."""
    sample = text[:20000]
    good = sum(
        (c.isascii()
        and (c.isprintable() or c.isspace()))
        or "一" <= c <= "鿿"
        or c in "　“”‘’、。《》！，：；？（）—…·【】"
        for c in sample
    )
    return good >= 0.9 * len(sample)


def _error(cause: str, where: str, message: str) -> Finding:
    return Finding(Severity.ERROR, cause, where, message)
