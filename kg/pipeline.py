"""The whole flow on one screen: read -> segment -> recognise -> relate -> resolve -> facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.decisions import Decision, active, read_log
from kg.errors import KgError
from kg.facts import facts, fitting
from kg.model import Archive, Article, Claim, Finding, Mention, Page, Severity
from kg.privacy import mark_private
from kg.read import read
from kg.recognise import Recogniser
from kg.relate import relate
from kg.resolve import resolve
from kg.segment import segment

Progress = Callable[[str, int, int], None]  # stage, done, all


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user can choose about a run."""

    hanlp: str = ""  # a further HanLP model: a folder or a name that HanLP knows
    allow_download: bool = False
    model: bool = True  # the shipped recogniser; without it lexicons and patterns alone
    decisions: str = ""  # a log of decisions about identity; a file that is not there holds none


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def run(inputs: Sequence[str], options: Options | None = None, progress: Progress = silent) -> Archive:
    """Everything from the input's bytes to facts. ``KgError`` only if nothing at all could be read."""
    reading = read(inputs)
    if not reading.pages:
        first = next((f for f in reading.findings if f.severity is Severity.ERROR), None)
        what = f"{first.where}: {first.message}" if first else "no page in the input"
        raise KgError(what, "name pages (.txt, .md), folders that hold some, or - for standard input")
    return process(reading.pages, reading.findings, options, progress)


def process(
    pages: Sequence[Page],
    findings: Sequence[Finding] = (),
    options: Options | None = None,
    progress: Progress = silent,
) -> Archive:
    """The same from pages in memory."""
    options = options or Options()
    articles: list[Article] = []
    for n, page in enumerate(pages):
        progress("segment", n, len(pages))
        articles += segment(page)
    progress("recognise", 0, len(pages))
    recogniser = Recogniser.load(model=options.model, hanlp=options.hanlp, allow_download=options.allow_download)
    mentions = recogniser.recognise(pages, articles)
    decisions = active(read_log(Path(options.decisions))) if options.decisions else ()
    return assemble(pages, articles, mentions, (*findings, *recogniser.findings), progress, decisions)


def assemble(
    pages: Sequence[Page],
    articles: Sequence[Article],
    mentions: Sequence[Mention],
    findings: Sequence[Finding] = (),
    progress: Progress = silent,
    decisions: Sequence[Decision] = (),
) -> Archive:
    """The stages after recognition, for mentions from wherever they come."""
    of_article: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        of_article[mention.article].append(mention)
    page_of = {page.doc: page for page in pages}
    found: list[Claim] = []
    for n, article in enumerate(articles):
        progress("relate", n, len(articles))
        found += relate(page_of[article.doc], article, of_article[article.id])
    mentions, stated = mark_private(pages, articles, mentions, found)
    progress("resolve", 0, 1)
    resolution = resolve(pages, articles, mentions, stated, decisions)
    claims = fitting(stated, resolution)
    return Archive(
        pages=tuple(pages),
        articles=tuple(articles),
        mentions=tuple(mentions),
        claims=tuple(claims),
        resolution=resolution,
        facts=facts(claims, resolution),
        findings=tuple(findings),
    )
