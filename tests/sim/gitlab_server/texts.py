"""What GitLab does with texts: quick actions, mentions, references, addresses of uploads."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Names of quick actions that this GitLab knows (docs: user/project/quick_actions). Others stay text.
ACTIONS = (
    "add_child",
    "assign",
    "blocked_by",
    "blocks",
    "cc",
    "clone",
    "close",
    "confidential",
    "done",
    "due",
    "duplicate",
    "estimate",
    "label",
    "labels",
    "link",
    "lock",
    "mark_as_duplicate",
    "milestone",
    "move",
    "relabel",
    "relate",
    "remove_due_date",
    "remove_estimate",
    "remove_milestone",
    "remove_time_spent",
    "reopen",
    "severity",
    "spend",
    "spent",
    "status",
    "subscribe",
    "title",
    "todo",
    "type",
    "unassign",
    "unlabel",
    "remove_label",
    "remove_labels",
    "unlock",
    "unsubscribe",
    "weight",
    "clear_weight",
    "zoom",
    "react",
)
SUBSTITUTIONS = {"shrug": "¯\\＿(ツ)＿/¯", "tableflip": "(╯°□°)╯︵ ┻━┻"}

# Code, HTML and quote blocks are passed over; a command begins at the first column (quick_actions/extractor.rb).
# Code in a line is not passed over when it spans lines, as some versions do: more is executed here than by any of them.
_COMMANDS = re.compile(
    r"(?P<code>^```.+?\n```$)"
    r"|(?P<html><[^>\n]+?>\n.+?\n</[^>\n]+?>$)"
    r"|(?P<quote>^>>>.+?\n>>>$)"
    rf"|(?:^/(?P<name>{'|'.join((*ACTIONS, *SUBSTITUTIONS))})(?:[ ](?P<words>[^\n]*))?(?:\s*\n|$))",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Command:
    """One quick action and what stands behind it."""

    name: str
    words: str


def extract(text: str) -> tuple[str, list[Command]]:
    """The text without its quick actions, and those; /shrug and /tableflip are put into the text."""
    commands: list[Command] = []

    def take(found: re.Match[str]) -> str:
        name = found["name"]
        if name is None:
            return found[0]
        name, words = name.lower(), (found["words"] or "").strip()
        if name in SUBSTITUTIONS:
            return f"{words} {SUBSTITUTIONS[name]}".strip() + ("\n" if found[0].endswith("\n") else "")
        commands.append(Command(name, words))
        return ""

    if "/" not in text:
        return text, []
    stripped = _COMMANDS.sub(take, text.replace("\r", ""))
    return (stripped.rstrip() if commands else text), commands


_CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_MENTION = re.compile(r"(?<![\w/`@.])@([A-Za-z0-9_](?:[\w.-]*[A-Za-z0-9_])?)")
_ISSUE = re.compile(r"(?<![\w&/#-])((?:[\w.-]+/)*[\w.-]+)?#(\d+)\b")
_LABEL = re.compile(r'~(?:"([^"]+)"|([^\s~,"]+))')
_UPLOAD = re.compile(r"(!?\[[^\]]*\]\()(/uploads/[0-9a-f]{32}/[^)\s]+)\)")


def mentions(text: str) -> list[str]:
    """Names after @, outside of code: each of these people is told, and becomes a participant."""
    return list(dict.fromkeys(_MENTION.findall(_CODE.sub(" ", text or ""))))


def references(text: str) -> list[tuple[str, int]]:
    """(path of the project or "", iid) of each #12 and group/project#12, outside of code."""
    found = [(path, int(iid)) for path, iid in _ISSUE.findall(_CODE.sub(" ", text or ""))]
    return list(dict.fromkeys(found))


def label_names(words: str) -> list[str]:
    """The labels of `/label ~bug ~"in progress"`; without ~ each word is one."""
    found = [quoted or plain for quoted, plain in _LABEL.findall(words)]
    return found or [word.strip('"') for word in words.split()]


def with_whole_addresses(text: str | None, base: str, project: int) -> str | None:
    """Hooks have whole addresses where texts have /uploads/... (docs: Image URL display); only images."""
    if text is None:
        return None
    return _UPLOAD.sub(
        lambda found: f"{found[1]}{base}/-/project/{project}{found[2]})" if found[1].startswith("!") else found[0], text
    )


def seconds_of(words: str) -> int | None:
    """1h 30m, 2d, -15m; a day has eight hours, a week five days."""
    total, rest = 0, words.strip()
    sign = -1 if rest.startswith("-") else 1
    units = {"mo": 4 * 5 * 28800, "w": 5 * 28800, "d": 28800, "h": 3600, "m": 60, "s": 1}
    found = re.findall(r"(\d+(?:\.\d+)?)\s*(mo|w|d|h|m|s)", rest.lstrip("-"))
    for number, unit in found:
        total += int(float(number) * units[unit])
    return sign * total if found else None
