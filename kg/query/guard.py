"""What may run: one query that reads and stays on this machine. In doubt the answer is no."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import KgError

_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"])
_FORMS = frozenset(["SELECT", "CONSTRUCT", "DESCRIBE", "ASK"])
_TOKENS = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
      | (?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
          |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
      | (?P<variable>[?$]\w+)
      | (?P<prefixed>[\w.-]*:[\w.:%-]*)
      | (?P<word>\w+)
      | (?P<brace>\{)""",
    re.VERBOSE | re.DOTALL,
)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Comments, IRIs, strings, variables, prefixed names, words and opening braces, by ``lastgroup``."""
    return _TOKENS.finditer(text)


def check(text: str, where: str) -> frozenset[str]:
    """The query's bare words in capitals. KgError for updates, SERVICE, and what might hide one.

    The engine would call any address that SERVICE names. Its grammar needs no blanks around that word, so
    the letters are refused everywhere but in comments, strings, variables and whole IRIs. A backslash outside
    strings is refused as well: an escaped quotation mark there would make the rest look like a string.
    """
    words: list[str] = []
    rest: list[str] = []
    end = 0
    for token in tokens(text):
        rest.append(text[end : token.start()])
        rest.append(token[0] if token.lastgroup in {"prefixed", "word", "brace"} else " ")
        end = token.end()
        if token.lastgroup == "word":
            words.append(token[0].upper())
    open_text = "".join((*rest, text[end:]))
    if "\\" in open_text or re.search(r"\\[uU][0-9A-Fa-f]{4}", text):
        raise KgError(
            f"{where}: \\u escapes, and backslashes outside strings, are refused",
            "write the character itself, or the IRI in angle brackets",
        )
    if "SERVICE" in open_text.upper():
        raise KgError(
            f"{where}: SERVICE is refused: queries stay on this machine",
            "take it out (and write an IRI that holds the word in angle brackets)",
        )
    form = next((word for word in words if word in _FORMS | _UPDATES), "")
    if form in _UPDATES:
        raise KgError(f"{where}: {form} is refused: queries only read", "change the input and build the graph again")
    if not form:
        raise KgError(f"{where}: no SELECT, CONSTRUCT, DESCRIBE or ASK in it", "give a SPARQL query")
    return frozenset(words)
