#!/usr/bin/env python3
"""Checks YAML files against the JSON Schema that their first line names, as an editor does.

  check_schemas.py FILE...                    each must fit; exit 1 and the reasons if one does not
  check_schemas.py --refuse SCHEMA FILE...    each must NOT fit
"""
import json
import pathlib
import re
import sys

import jsonschema
import yaml


class Texts(yaml.SafeLoader):
    """Keys are texts, whatever they look like: an editor shows them so."""


def without_types(loader, node):
    loader.flatten_mapping(node)
    return {str(loader.construct_scalar(key)): loader.construct_object(value, deep=True)
            for key, value in node.value}


Texts.add_constructor("tag:yaml.org,2002:map", without_types)


def named_schema(path):
    line = path.read_text(encoding="utf-8").split("\n", 1)[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", line)
    if not found:
        sys.exit(f"{path}: the first line names no schema")
    return path.parent / found[1]


def faults_in(path, schema_path):
    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    content = yaml.load(path.read_text(encoding="utf-8"), Texts)
    return [f"{path}: {'.'.join(map(str, fault.absolute_path))}: {fault.message[:300]}"
            for fault in jsonschema.Draft7Validator(schema).iter_errors(content)]


def main(words):
    refuse = words[:1] == ["--refuse"]
    schema = pathlib.Path(words[1]) if refuse else None
    failed = False
    for name in words[2:] if refuse else words:
        path = pathlib.Path(name)
        faults = faults_in(path, schema or named_schema(path))
        if refuse and not faults:
            faults = [f"{path}: fits {schema}, and should not"]
        elif refuse:
            faults = []
        for fault in faults:
            print(fault)
        failed = failed or bool(faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
