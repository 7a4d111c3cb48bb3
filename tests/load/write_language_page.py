#!/usr/bin/env python3
"""Prints docs/process-language.md: every key of the JSON Schemas, with an example out of what is shipped.

  write_language_page.py > docs/process-language.md
"""
import json
import pathlib
import sys

import jsonschema
import yaml

from check_schemas import Texts

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# The page's order: heading, schema, what it is, and the files of examples/small that examples are taken from.
FILES = [
    ("A process", "process", "One file a process (`mappings: { processes: [...] }`): the routine, one entry an activity.",
     ["process.yaml"]),
    ("A system's words", "system",
     "One file a system, or one for several that have the same words (`mapping:` of the system): how the tracker's words "
     "and the process's words meet.",
     ["desk.redmine.yaml", "vendor.rt.yaml"]),
    ("The house", "house", "One file (`mappings: { house: ... }`): what Saksbro itself says.",
     ["house.yaml"]),
    ("The organisations", "organisations",
     "One file (`mappings: { organisations: ... }`), where several 1st lines are told things.", []),
    ("Scenarios", "scenarios",
     "Any number of files (`mappings: { scenarios: [...] }`): what shall come of the process. `saksbro check` plays them.",
     ["process.scenarios.yaml"]),
]

INTRODUCTION = """# The process language

Every key of the files in `mappings/`, with what it means, the values that it takes, and an example. `examples/small` is a whole
instance to begin with: two systems, one process of six activities, and its scenarios. README tells how a change is made.

- **Names are free.** Roles, statuses, signals, case values and texts are called as the process calls them; each name must be known
  where it is used, and `saksbro check` says which is not, with file, line and column. Names with blanks need no quotes.
- **`NAME` below** stands for such a name. **(required)**: the key must be there. Where a default is named, it holds when the key is left out.
- **Who says what.** A *signal* is what a role says. The system's file tells how it is said there (a status, a field, a command, a
  reply); the process tells what it means at each activity (`when`), and everywhere (`anywhere`).
- **Values of a case** come from fields (`read`), from moves (`keep`), and are always there for these: `title`, `text`, `reporter`,
  `reporter.role`, `case.number`, and `SYSTEM.number`, `SYSTEM.url`, `SYSTEM.name` for each system and party; `receipts.told`,
  `receipts.seen`, `receipts.informed` and `receipts.missing` for broadcasts.
- **Texts** hold `{value}` for any value of the case, `{said}` for the words that came with the signal, and `{link.SIGNAL}` for a link by which
  its reader says that signal without an account. A text is plain, and the same for everybody, or `{ nb: ..., en: ... }`: then each system
  gets its own language (`language`, of the system or else of the whole configuration).

The page is made from the JSON Schemas in `mappings/schemas` (which editors complete by) by `tests/load/write_language_page.py`, and a test
compares the two: to change a description, change it there.
"""


# Of keys that examples/small does not use; SCHEMA:KEY where a key has several meanings.
OTHER_EXAMPLES = """
parties: {supplier: [vendor, network]}
release: {value: version, heard as: version out}
anywhere: {seen: {by: helpdesk, receipt: seen}}
words: [info, critical]
owner: desk
of: helpdesk
process:at: desk
ask: question
answers: [info yes, info no]
process:value: version
heard as: version out
receipt: seen
process:alert: [duty]
severity: critical
process:title: subject
text: forwarded
notify: owner's e-mail
through: email
process:link: desk
broadcast: all
suggest: desk
wants: [organisation, owner]
decide: tell users
decisions: {tell users: {of: helpdesk, at: desk, ask: question, answers: [info yes, info no]}}
also accepts: H.5
keep: {solution: text}
next: H.6
deadline: {within: 8 working hours, warn: 2 working hours}
within: 8 working hours
warn: 2 working hours
if: vendor.number is known
names: helpdesk
process:revert: not closed yet
read: {severity: {field: Severity, words: {A: critical, C: info}}}
field: Severity
system:words: {A: critical, C: info}
system:is: "1"
reply: "yes"
also: "no"
gone: {signal: closed, as: vendor}
signal: closed
as: vendor
people: ["6", "11"]
groups: [Help desk]
title_for: [helpdesk]
house:signals: {acknowledged: {does: {nb: …, en: …}, button: {nb: …, en: …}}}
organisations:value: organisation
organisations: {NORTH: {name: North, ticket: north}}
name: North
organisations:ticket: north
comment: desk
organisations:notice: email
organisations:to: support@north.example.org
solved: Cannot print
solution: Out of paper.
organisation: NORTH
number: HELP-2026-00001
who: helpdesk
scenarios:at: desk
scenarios:to: everyone
scenarios:status: WAITING
released: "7.2"
unreachable: vendor
reachable: vendor
scenarios:link: confirmed
for: NORTH
note: desk
nothing said: vendor
scenarios:notice: ann@example.org
no notice: anybody
scenarios:alert: duty
no alert: anybody
told: [NORTH, SOUTH]
not told: NORTH
seen: NORTH
informed: NORTH
not informed: SOUTH
waits for: solution
times: 2
"""


def other_examples():
    """By (schema, key); of any schema: ("", key)."""
    found = {}
    for line in OTHER_EXAMPLES.split("\n"):
        place, _, rest = line.partition(":")
        schema, name = ("", place) if rest.startswith(" ") or not rest else (place, rest.partition(":")[0])
        if line:
            found[(schema, name)] = f"{name}: {(rest.partition(':')[2] if schema else rest).strip()}"
    return found


class Page:
    def __init__(self, name, schema, examples):
        self.name = name
        self.others = other_examples()
        self.schema = schema
        self.examples = examples  # (path of the table, key) -> text
        self.lines = []
        self.done = set()

    def resolve(self, node):
        while "$ref" in node:
            node = self.schema["definitions"][node["$ref"].rsplit("/", 1)[1]]
        return node

    def describe(self, node):
        """The nearest description: the key's own, else that of what it refers to."""
        while True:
            if "description" in node:
                return node["description"]
            if "$ref" in node:
                node = self.resolve(node)
            elif len(node.get("allOf", [])) == 1:
                node = node["allOf"][0]
            else:
                return node.get("title", "")

    def values(self, node):
        node = self.resolve(node)
        if len(node.get("allOf", [])) == 1:
            return self.values(node["allOf"][0])
        if "enum" in node:
            return " or ".join(f"`{word}`" for word in node["enum"])
        if "const" in node:
            return f"`{node['const']}`"
        if "oneOf" in node:
            words = []
            for one in node["oneOf"]:
                if (word := self.values(one)) not in words:
                    words.append(word)
            return ", or ".join(words)
        kind = node.get("type", "")
        if kind == "array":
            return "a list" + (f" of {self.values(node['items'])}" if "items" in node else "")
        if kind == "object":
            if node.get("properties", {}).keys() == {"nb", "en"}:
                return "words"
            return "a map" if "properties" in node or "oneOf" in node else "NAME: " + self.values(node.get("additionalProperties", {}))
        if kind == "boolean":
            return "`true` or `false`"
        if isinstance(kind, list):
            return "a text" if "string" in kind else kind[0]
        return {"string": "a text", "integer": "a number"}.get(kind, kind)

    def table(self, title, node, path):
        identity = id(node)
        if identity in self.done:
            return
        self.done.add(identity)
        required = node.get("required", [])
        if title:
            self.lines += ["", f"### {title}", ""]
        if "description" in node and path:
            self.lines += [node["description"], ""]
        self.lines += ["| key | what it means | values | example |", "|---|---|---|---|"]
        for key, value in node["properties"].items():
            if value.get("deprecated"):
                continue
            meaning = self.describe(value)
            if key in required:
                meaning += " **(required)**"
            default = self.resolve(value).get("default")
            values = self.values(value) + (f"; default `{as_yaml(default)}`" if default is not None else "")
            example = self.examples.get((identity, key)) or self.made_up(key, value)
            self.lines.append(f"| `{key}` | {cell(meaning)} | {cell(values)} | {cell(example)} |")
        for key, value in node["properties"].items():
            self.below(key, value, path + [key])

    def made_up(self, key, node):
        while "$ref" in node or len(node.get("allOf", [])) == 1:
            node = self.resolve(node) if "$ref" in node else node["allOf"][0]
        for place in [(self.name, key), ("", key)]:
            if place in self.others:
                return f"`{self.others[place]}`"
        if node.get("properties", {}).keys() == {"nb", "en"}:
            return f"`{key}: {{ nb: …, en: … }}`"
        word = node.get("examples", [node.get("default", node.get("const"))])[0]
        return "" if word is None else f"`{key}: {as_yaml(word)}`"

    def below(self, key, node, path):
        """The tables of what stands inside a key."""
        name = None
        if "$ref" in node:
            name = node["$ref"].rsplit("/", 1)[1]
        node = self.resolve(node)
        for one in node.get("allOf", []) + node.get("oneOf", []):
            self.below(key, one, path)
        if "properties" in node and node["properties"].keys() != {"nb", "en"}:
            title = node.get("title") or name or " ".join(f"`{step}`" for step in path)
            required = node.get("required", [])
            if "title" not in node and not name and path[-1] == "signals" and required:
                title += f" by `{required[0]}`"
            self.table(title, node, path)
        if isinstance(node.get("additionalProperties"), dict):
            self.below(key, node["additionalProperties"], path + ["NAME"])
        if isinstance(node.get("items"), dict):
            self.below(key, node["items"], path)


def as_yaml(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


class Finder:
    """Walks a file along its schema, and keeps the first and shortest value of each key."""

    def __init__(self, schema, found):
        self.schema = schema
        self.found = found

    def fits(self, node, value):
        return jsonschema.Draft7Validator({**node, "definitions": self.schema.get("definitions", {})}).is_valid(value)

    def walk(self, node, value):
        while "$ref" in node:
            node = self.schema["definitions"][node["$ref"].rsplit("/", 1)[1]]
        for one in node.get("allOf", []):
            self.walk(one, value)
        for one in node.get("oneOf", []):
            if self.fits(one, value):
                self.walk(one, value)
        if isinstance(value, list) and isinstance(node.get("items"), dict):
            for one in value:
                self.walk(node["items"], one)
        if not isinstance(value, dict):
            return
        properties = node.get("properties", {})
        for key, inside in value.items():
            if key in properties:
                self.keep(node, key, inside)
                self.walk(properties[key], inside)
            elif isinstance(node.get("additionalProperties"), dict):
                self.walk(node["additionalProperties"], inside)

    def keep(self, node, key, value):
        text = yaml.dump({key: value}, default_flow_style=True, allow_unicode=True, width=10000, sort_keys=False).strip()[1:-1]
        if len(text) > 90:
            text = text[:text.rfind(" ", 0, 90)] + " …"
        before = self.found.get((id(node), key), "…")
        if before.endswith("…`") or before == "…":
            self.found[(id(node), key)] = f"`{text}`" if before == "…" or not text.endswith("…") else before


def main():
    out = [INTRODUCTION]
    for heading, name, what, sources in FILES:
        schema = json.loads((ROOT / f"mappings/schemas/{name}.schema.json").read_text(encoding="utf-8"))
        examples = {}
        for source in sources:
            finder = Finder(schema, examples)
            finder.walk(schema, yaml.load((ROOT / "examples/small" / source).read_text(encoding="utf-8"), Texts))
        page = Page(name, schema, examples)
        page.table("", schema, [])
        out += [f"## {heading}", "", what, *page.lines, ""]
    print("\n".join(out).rstrip())


if __name__ == "__main__":
    sys.exit(main())
