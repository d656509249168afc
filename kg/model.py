"""What passes between the stages: frozen records, and nothing else.

Offsets count code points of ``Page.text``, half-open: ``page.text[m.start:m.end] == m.text`` holds for
every mention. ``Page.text`` is the decoded file with its line ends (and a byte order mark) kept, so offsets
agree with any reader that opens the file with ``newline=''``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a mention or an entity is."""

    PERSON = "Person"
    AGENCY = "Agency"
    COMPANY = "Company"
    ORGANIZATION = "Organization"
    PROJECT = "Project"
    PLACE = "Place"


class Role(StrEnum):
    """What a line does in its article."""

    TITLE = "title"
    KICKER = "kicker"  # a line above the headline
    SUBTITLE = "subtitle"  # a line below it
    LABEL = "label"  # a column's or section's name
    SUBHEAD = "subhead"  # a heading inside the article
    BYLINE = "byline"  # a line of names only (a dateline that opens a body line stays body)
    BODY = "body"
    CAPTION = "caption"
    SIGNATURE = "signature"  # names or a source in brackets at the end, an issuing body and its date
    MARKER = "marker"  # 上接01版② alone on its line


class Relation(StrEnum):
    POST = "post"
    APPOINT = "appoint"
    REMOVE = "remove"
    VISIT = "visit"
    LOCATED_IN = "located_in"
    OWNER = "owner"
    STAKE = "stake"
    AMOUNT = "amount"
    PART_OF = "part_of"
    SIGNED = "signed"
    HONOUR = "honour"
    BYLINE = "byline"


class Status(StrEnum):
    """How a post is held."""

    CURRENT = "current"
    FORMER = "former"
    NOMINEE = "nominee"
    ACTING = "acting"


class Modality(StrEnum):
    """How the text puts a claim; only ``asserted`` ones become plain edges of the graph."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    NEGATED = "negated"
    QUOTED = "quoted"


class Severity(StrEnum):
    ERROR = "error"  # a file or a fact is left out
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the user should know about the input: a line on stderr and a row of ``findings.jsonl``."""

    severity: Severity
    cause: str  # a short stable code, e.g. "empty-file"
    where: str  # file, and line where there is one
    message: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a newspaper: one source file."""

    doc: str  # the file's name without its ending; unique within a build
    file: str  # the file's name, as shown to people
    text: str
    encoding: str
    newspaper: str = ""
    place: str = ""  # official name of the division the paper serves, e.g. 株洲市
    date: str = ""  # ISO date, as far as known: 2023-03-16, 2023-03, 2023, --03-16 or ""
    number: str = ""  # the page's number within the issue


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line of a page, as a part of its article. ``start``/``end`` leave out blank edges."""

    number: int  # 1-based
    start: int
    end: int
    role: Role
    runs_on: bool = False  # continues the sentence that the article's line before it left open
    repeats: int = 0  # the number of the line that this one repeats, or 0


@dataclass(frozen=True, slots=True)
class Article:
    """A story, notice or label: every non-blank line of a page belongs to exactly one article."""

    id: str  # doc + "-a" + the number of its first line, e.g. "000_89fe-a47"
    doc: str
    title: str  # the whole headline in printed order, without markup; a description where none is printed
    lines: tuple[Line, ...]  # in reading order
    printed_title: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of an entity on a page."""

    doc: str
    article: str
    start: int
    end: int
    text: str
    kind: Kind
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    nominal: bool = False  # 我市, 该局: points at an entity without naming it
    private: bool = False  # a private person: left out of exports unless asked for

    @property
    def id(self) -> str:
        return f"{self.doc}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Implied:
    """An entity that is not named where it is meant: 副市长 means the government of the paper's city."""

    kind: Kind
    name: str  # canonical
    reason: str = ""


Reference = Mention | Implied


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of one article, with its evidence. It points at mentions, never at entities."""

    doc: str
    article: str
    relation: Relation
    subject: Reference
    object: Reference | None
    start: int  # the evidence: an exact span of the page
    end: int
    rule: str  # the pattern that found it
    detail: str = ""
    date: str = ""  # the date stated for it (ISO, possibly partial), apart from the page's date
    status: Status | None = None  # of posts
    modality: Modality = Modality.ASSERTED
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """What the mentions of one thing point at."""

    id: str  # opaque ASCII, stable across rebuilds
    kind: Kind
    name: str  # canonical
    alternatives: tuple[str, ...] = ()  # other names that are right
    variants: tuple[str, ...] = ()  # misread or misprinted forms
    code: str = ""  # of a place: the official division code
    within: str = ""  # of a place: id of the place that contains it
    private: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """What one or more claims state about the same entities."""

    id: str
    relation: Relation
    subject: str  # entity id
    object: str  # entity id or ""
    detail: str
    date: str
    status: Status | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer of the linking stage."""

    entities: tuple[Entity, ...]  # sorted by id
    links: Mapping[Reference, str]  # mention or implied reference -> entity id


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything that a run made of its input."""

    pages: tuple[Page, ...]
    articles: tuple[Article, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    resolution: Resolution
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...] = field(default=())
