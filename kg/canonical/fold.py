"""One form for the characters of a name: compatibility forms folded, printed gaps closed."""

from __future__ import annotations

import re
import unicodedata

HAN = "㐀-鿿豈-﫿"
GAP = re.compile(rf"(?<=[{HAN}“”\"()·、])\s+|\s+(?=[{HAN}“”\"()·、])")
# Marks of the page, not of the name; a quotation mark stays where its partner stands inside the name.
EDGE = " \t\r\n#*·,，。:：;；、"


def fold(surface: str) -> str:
    """NFKC, no space or line break beside a Chinese character (贺 川 -> 贺川), no marks of layout at the edges."""
    text = GAP.sub("", unicodedata.normalize("NFKC", surface)).strip(EDGE)
    text = re.sub(r"\s+", " ", text)
    for opening, closing in (("“", "”"), ("(", ")"), ("《", "》"), ("\"", "\"")):
        if text.startswith(opening) and text.endswith(closing) and closing not in text[1:-1] and len(text) > 2:
            text = text[1:-1]
    return text
