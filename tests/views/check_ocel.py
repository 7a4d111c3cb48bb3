#!/usr/bin/env python3
"""Checks an OCEL 2.0 JSON log: check_ocel.py SCHEMA LOG. Prints what is wrong, nothing else."""
import json
import sys

import jsonschema


def doubled(items):
    seen = set()
    return [one for one in items if one in seen or seen.add(one)]


def faults_of(log):
    types = {
        "events": {one["name"]: one for one in log["eventTypes"]},
        "objects": {one["name"]: one for one in log["objectTypes"]},
    }
    objects = {one["id"] for one in log["objects"]}
    for kind in ("events", "objects"):
        for identity in doubled([one["id"] for one in log[kind]]):
            yield f"{kind}: the id {identity} is there twice"
        for one in log[kind]:
            declared = types[kind].get(one["type"])
            if declared is None:
                yield f'{one["id"]}: the type {one["type"]} is not declared'
                continue
            names = {attribute["name"] for attribute in declared["attributes"]}
            for attribute in one.get("attributes", []):
                if attribute["name"] not in names:
                    yield f'{one["id"]}: the attribute {attribute["name"]} is not declared'
            for related in one.get("relationships", []):
                if related["objectId"] not in objects:
                    yield f'{one["id"]}: there is no object {related["objectId"]}'


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        log = json.load(file)
    validator = jsonschema.Draft7Validator(schema)
    faults = [error.message for error in validator.iter_errors(log)]
    faults = faults or list(faults_of(log))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
