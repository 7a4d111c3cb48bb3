"""The Atlassian Document Format: what Cloud refuses of it, how it keeps it, and the same text as wiki markup.

Cloud keeps ADF and shows wiki markup in REST v2 and in every webhook (recordings: mm-cloud-*). The translation here
knows what people write in tickets; it is not Atlassian's own.
"""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

BLOCKS = {
    "paragraph",
    "heading",
    "bulletList",
    "orderedList",
    "listItem",
    "codeBlock",
    "blockquote",
    "rule",
    "panel",
    "table",
    "tableRow",
    "tableCell",
    "tableHeader",
    "mediaSingle",
    "mediaGroup",
    "media",
    "expand",
    "nestedExpand",
    "taskList",
    "taskItem",
    "decisionList",
    "decisionItem",
    "blockCard",
    "embedCard",
    "layoutSection",
    "layoutColumn",
    "extension",
    "bodiedExtension",
    "caption",
}
INLINES = {
    "text",
    "hardBreak",
    "mention",
    "emoji",
    "date",
    "status",
    "inlineCard",
    "inlineExtension",
    "mediaInline",
    "placeholder",
}
MARKS = {
    "strong",
    "em",
    "code",
    "strike",
    "underline",
    "link",
    "textColor",
    "backgroundColor",
    "subsup",
    "border",
    "alignment",
    "indentation",
    "annotation",
    "breakout",
    "dataConsumer",
    "fragment",
}
WIKI_MARKS = {"strong": "*", "em": "_", "strike": "-", "underline": "+"}


class Official:
    """Atlassian's own JSON schema of the format (specs/adf-full.json): asked too, with --adf."""

    validator: Any = None

    @classmethod
    def use(cls, path: str) -> None:
        """Takes the schema from a file."""
        import jsonschema  # Debian: python3-jsonschema; only needed for this check

        with open(path, encoding="utf-8") as file:
            cls.validator = jsonschema.Draft4Validator(json.load(file))


def problem(document: Any) -> str | None:
    """Why Cloud answers 400 to this document; None when it takes it.

    A plain string passes the specification and is refused (specs/PROVENANCE.md, trap 4).
    """
    if wrong := _problem(document):
        return wrong
    return "INVALID_INPUT" if Official.validator and not Official.validator.is_valid(document) else None


def _problem(document: Any) -> str | None:
    if not isinstance(document, dict):
        return "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
    if document.get("type") != "doc" or document.get("version") != 1 or not isinstance(document.get("content"), list):
        return "INVALID_INPUT"
    return next((found for node in document["content"] if (found := _node_problem(node, BLOCKS))), None)


def _node_problem(node: Any, allowed: set[str]) -> str | None:
    if not isinstance(node, dict) or not isinstance(node.get("type"), str) or node["type"] not in allowed:
        return "INVALID_INPUT"
    if node["type"] == "text":
        # "text" has minLength 1 in the schema of the format (specs/adf/full.json).
        if not isinstance(node.get("text"), str) or not node["text"]:
            return "INVALID_INPUT"
        return None if _marks_fit(node.get("marks", [])) else "INVALID_INPUT"
    if node["type"] == "mention" and not (node.get("attrs") or {}).get("id"):
        return "INVALID_INPUT"
    content = node.get("content", [])
    if not isinstance(content, list):
        return "INVALID_INPUT"
    return next((found for child in content if (found := _node_problem(child, BLOCKS | INLINES))), None)


def _marks_fit(marks: Any) -> bool:
    return isinstance(marks, list) and all(isinstance(mark, dict) and str(mark.get("type")) in MARKS for mark in marks)


def normalised(document: dict[str, Any]) -> dict[str, Any]:
    """How it is kept: pieces of text with the same marks are one, blanks at the end of a paragraph are gone."""
    return _normalised(document)


def _normalised(node: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in node.items() if key != "content"}
    if "content" in node:
        children: list[dict[str, Any]] = []
        for child in map(_normalised, node["content"]):
            last = children[-1] if children else None
            if last and child["type"] == last["type"] == "text" and child.get("marks", []) == last.get("marks", []):
                last["text"] += child["text"]
            else:
                children.append(child)
        if node["type"] in ("paragraph", "heading") and children and children[-1]["type"] == "text":
            children[-1]["text"] = children[-1]["text"].rstrip()
            if not children[-1]["text"]:
                children.pop()
        kept["content"] = children
    return kept


def plain(document: Any) -> str:
    """The words of a document (or of wiki markup), for search and for the change log."""
    return to_wiki(document) or "" if isinstance(document, dict) else str(document or "")


def to_wiki(document: dict[str, Any] | None) -> str | None:
    """A document as wiki markup; None stays None."""
    if document is None:
        return None
    return "\n\n".join(_block(node, "") for node in document["content"]).strip("\n")


def _block(node: dict[str, Any], bullets: str) -> str:
    kind, content, attrs = node["type"], node.get("content", []), node.get("attrs") or {}
    if kind == "heading":
        return f"h{attrs.get('level', 1)}. {_inline(content)}"
    if kind in ("bulletList", "orderedList"):
        return _list(content, bullets + ("*" if kind == "bulletList" else "#"))
    if kind == "codeBlock":
        language = f":{attrs['language']}" if attrs.get("language") else ""
        return f"{{code{language}}}\n{''.join(child.get('text', '') for child in content)}\n{{code}}"
    if kind == "blockquote":
        return "{quote}\n" + "\n\n".join(_block(child, "") for child in content) + "\n{quote}"
    if kind in ("panel", "expand", "nestedExpand"):
        return "{panel}\n" + "\n\n".join(_block(child, "") for child in content) + "\n{panel}"
    if kind == "rule":
        return "----"
    if kind == "table":
        return "\n".join(_row(row) for row in content)
    if kind in ("mediaSingle", "mediaGroup"):
        return " ".join(
            f"!{(child.get('attrs') or {}).get('alt') or (child.get('attrs') or {}).get('id', 'media')}!"
            for child in content
        )
    if kind in ("taskList", "decisionList"):
        return "\n".join(f"* {_inline(child.get('content', []))}" for child in content)
    if kind in ("blockCard", "embedCard"):
        return f"[{attrs.get('url', '')}]"
    if kind == "paragraph":
        return _inline(content)
    return "\n\n".join(_block(child, bullets) for child in content if child["type"] in BLOCKS) or _inline(content)


def _list(items: list[dict[str, Any]], bullets: str) -> str:
    lines = []
    for item in items:
        for number, child in enumerate(item.get("content", [])):
            if child["type"] in ("bulletList", "orderedList"):
                lines.append(_block(child, bullets))
            else:
                lines.append((f"{bullets} " if number == 0 else "") + _block(child, ""))
    return "\n".join(lines)


def _row(row: dict[str, Any]) -> str:
    cells = row.get("content", [])
    edge = "||" if cells and cells[0]["type"] == "tableHeader" else "|"
    return edge + edge.join(" ".join(_block(child, "") for child in cell.get("content", [])) for cell in cells) + edge


def _inline(nodes: list[dict[str, Any]]) -> str:
    return "".join(_piece(node) for node in nodes)


def _piece(node: dict[str, Any]) -> str:
    kind, attrs = node["type"], node.get("attrs") or {}
    if kind == "hardBreak":
        return "\n"
    if kind == "mention":
        return f"[~accountid:{attrs['id']}]"
    if kind == "emoji":
        return str(attrs.get("text") or attrs.get("shortName", ""))
    if kind == "status":
        return attrs.get("text", "")
    if kind == "date":
        return str(attrs.get("timestamp", ""))
    if kind == "inlineCard":
        return f"[{attrs.get('url', '')}]"
    text = node.get("text", "")
    for mark in node.get("marks", []):
        if mark["type"] == "code":
            text = f"{{{{{text}}}}}"
        elif mark["type"] == "link":
            href = mark.get("attrs", {}).get("href", "")
            text = f"[{href}]" if text == href else f"[{text}|{href}]"
        elif mark["type"] == "textColor":
            text = f"{{color:{mark.get('attrs', {}).get('color', '')}}}{text}{{color}}"
        elif mark["type"] in WIKI_MARKS:
            text = WIKI_MARKS[mark["type"]] + text + WIKI_MARKS[mark["type"]]
    return text


def from_wiki(text: str | None) -> dict[str, Any] | None:
    """Wiki markup (REST v2, people's edits) as a document: paragraphs, headings, lists, code, links, bold, mentions."""
    if text is None:
        return None
    blocks: list[dict[str, Any]] = []
    parts = re.split(
        r"\{(?:code(?::\w+)?|noformat)\}\n?(.*?)\n?\{(?:code|noformat)\}", text.replace("\r\n", "\n"), flags=re.S
    )
    for number, part in enumerate(parts):
        if number % 2:
            blocks.append({"type": "codeBlock", "content": [{"type": "text", "text": part}] if part else []})
        else:
            for paragraph in re.split(r"\n\s*\n", part.strip("\n")):
                blocks.extend(_wiki_paragraph(paragraph))
    return {"type": "doc", "version": 1, "content": blocks}


def _wiki_paragraph(paragraph: str) -> list[dict[str, Any]]:
    lines = paragraph.split("\n")
    if not paragraph.strip():
        return []
    heading = re.match(r"h([1-6])\. (.*)", lines[0])
    if shown := re.match(r"!([^!|\n]+)(?:\|[^!\n]*)?!$", lines[0]):
        return [_media(shown[1])] + (_wiki_paragraph("\n".join(lines[1:])) if lines[1:] else [])
    if heading:
        found: list[dict[str, Any]] = [
            {"type": "heading", "attrs": {"level": int(heading[1])}, "content": _wiki_line(heading[2])}
        ]
        return found + (_wiki_paragraph("\n".join(lines[1:])) if lines[1:] else [])
    for mark, kind in (("* ", "bulletList"), ("- ", "bulletList"), ("# ", "orderedList")):
        if all(line.startswith(mark) for line in lines):
            items = [
                {"type": "listItem", "content": [{"type": "paragraph", "content": _wiki_line(line[2:])}]}
                for line in lines
            ]
            return [{"type": kind, "content": items}]
    content: list[dict[str, Any]] = []
    for number, line in enumerate(lines):
        if number:
            content.append({"type": "hardBreak"})
        content.extend(_wiki_line(line))
    return [{"type": "paragraph", "content": content}]


def _media(name: str) -> dict[str, Any]:
    """A file in a document: by an id of the media service, and with its name where the editor writes it [?]."""
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, name))
    attrs = {"type": "file", "id": identity, "collection": "", "alt": name}
    return {"type": "mediaSingle", "attrs": {"layout": "align-start"}, "content": [{"type": "media", "attrs": attrs}]}


_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|\[~accountid:(?P<who>[^\]]+)\]|\[(?P<text>[^\]|\n]+)\|(?P<url>[^\]\n]+)\]|(?<!\w)\*(?P<bold>[^*\s][^*\n]*)\*(?!\w)|\{\{(?P<mono>[^}\n]+)\}\}"
)


def _wiki_line(line: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    last = 0

    def text(words: str, mark: dict[str, Any] | None = None) -> None:
        if words:
            found.append({"type": "text", "text": words, **({"marks": [mark]} if mark else {})})

    for match in _INLINE.finditer(line):
        text(line[last : match.start()])
        last = match.end()
        if match["escaped"]:
            text(match["escaped"])
        elif match["who"]:
            found.append({"type": "mention", "attrs": {"id": match["who"]}})
        elif match["url"]:
            text(match["text"], {"type": "link", "attrs": {"href": match["url"]}})
        elif match["bold"]:
            text(match["bold"], {"type": "strong"})
        else:
            text(match["mono"], {"type": "code"})
    text(line[last:])
    return found
