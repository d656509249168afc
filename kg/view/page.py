"""The viewer's page: the graph drawn by pyvis, the cards as compact JSON, everything inlined."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyvis
from pyvis.network import Network

from kg.model import Kind
from kg.view.records import HERE

SCRIPTS = ("text.js", "data.js", "drawing.js", "quotes.js", "cards.js", "search.js", "main.js")
_LIBRARY = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"

# Colour and shape both tell the kind, so that neither is needed alone. The colours stay apart for colour-blind
# readers as well (a test simulates that); shapes are those of vis-network.
STYLES: Mapping[Kind, tuple[str, str]] = {
    Kind.PERSON: ("#c8553d", "dot"),
    Kind.AGENCY: ("#33508f", "square"),
    Kind.COMPANY: ("#d9a521", "diamond"),
    Kind.ORGANIZATION: ("#3f9e93", "hexagon"),
    Kind.PROJECT: ("#7b2d5e", "triangle"),
    Kind.PLACE: ("#8cb4d8", "triangleDown"),
}


def render(nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]], data: Mapping[str, Any]) -> str:
    """The page. ``nodes`` and ``edges`` are what is drawn at first, as vis-network wants them."""
    net = Network(directed=True, height="100%", width="100%")
    for each in nodes:
        options = dict(each)
        net.add_node(options.pop("id"), **options)
    # Network.add_edge looks through all nodes each time; its directed edges are no more than this.
    net.edges = [{**edge, "arrows": "to"} for edge in edges]
    net.options = {"physics": {"enabled": False}}
    net.set_template((HERE / "page.html").as_posix())
    library, script, style = _library(), _script(), (HERE / "page.css").read_text(encoding="utf-8")
    net.templateEnv.globals.update(
        library=library,
        script=script,
        style=style,
        policy=_policy([library, script], [style]),
        data=embedded(data),
        embedded=embedded,
    )
    html: str = net.generate_html()
    return html


def embedded(value: object) -> str:
    """JSON that may stand in a script element: no character in it can end the element or a line of a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for dangerous in "<>&\u2028\u2029":
        text = text.replace(dangerous, f"\\u{ord(dangerous):04x}")
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def labels() -> dict[str, tuple[str, str]]:
    """The page's own words: key -> Chinese, English."""
    with (HERE / "labels.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return {key: (zh, en) for key, zh, en in rows}


def _library() -> str:
    text = _LIBRARY.read_text(encoding="utf-8")
    # A source map would be looked for on the disk as soon as somebody opens the developer tools.
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "").strip()


def _script() -> str:
    parts = [(HERE / name).read_text(encoding="utf-8").strip() for name in SCRIPTS]
    return '"use strict";\n(() => {\n' + "\n\n".join(parts) + "\n})();"


def _policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """No network at all, and no script or style but those of the page: each is named by its hash."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
