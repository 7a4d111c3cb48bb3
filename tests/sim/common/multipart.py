"""multipart/form-data (RFC 7578), as clients send it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass
class Part:
    """One part of a multipart body; `filename` is None for a plain field."""

    name: str
    filename: str | None
    content_type: str
    content: bytes


def parse_parts(content_type: str, body: bytes) -> list[Part]:
    """The parts of a body; ValueError when it is not multipart/form-data."""
    boundary = re.search(r'boundary=(?:"([^"]+)"|([^;\s]+))', content_type)
    if not content_type.lower().startswith("multipart/form-data") or boundary is None:
        raise ValueError("not multipart/form-data")
    mark = b"--" + (boundary[1] or boundary[2]).encode()
    parts: list[Part] = []
    for piece in (b"\r\n" + body).split(b"\r\n" + mark)[1:]:
        if piece.startswith(b"--"):
            return parts
        head, _, content = piece.lstrip(b" \t")[2:].partition(b"\r\n\r\n")
        parts.append(_part(head.decode("utf-8", "replace"), content))
    raise ValueError("the closing boundary is missing")


def _part(head: str, content: bytes) -> Part:
    headers = {}
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    disposition = headers.get("content-disposition", "")
    return Part(
        _parameter(disposition, "name") or "",
        _parameter(disposition, "filename"),
        headers.get("content-type", "text/plain"),
        content,
    )


def _parameter(disposition: str, name: str) -> str | None:
    extended = re.search(rf"[;\s]{name}\*=(?:utf-8|UTF-8)''([^;]+)", disposition)
    if extended:
        return unquote(extended[1])
    plain = re.search(rf'[;\s]{name}=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))', disposition)
    if plain is None:
        return None
    if plain[2] is not None:
        return plain[2]
    return re.sub(r'\\(["\\])', r"\1", plain[1]).replace("%22", '"')
