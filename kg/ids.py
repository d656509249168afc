"""Opaque ASCII identifiers, the same for the same content in every run and on every machine."""

from __future__ import annotations

import base64
import hashlib


def digest(*parts: str, size: int = 10) -> str:
    """16 characters (80 bits) of lower-case base32 over the parts, which may not run into one another."""
    h = hashlib.blake2b(digest_size=size)
    for part in parts:
        data = part.encode()
        h.update(len(data).to_bytes(4, "big") + data)
    return base64.b32encode(h.digest()).decode().lower().rstrip("=")
