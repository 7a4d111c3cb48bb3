#!/usr/bin/env python3
"""new_connector.py SOURCE COMPILER - makes a connector of the example in a copy of the sources.

What must hold: outside its folder one line is added, to connectors/registry.cpp; the schema that is shipped is
what config/schemas/compose makes of the folders, and takes the new sample.yaml; CMake finds the folder, and
its files and the registry compile.
"""
import difflib
import json
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

KIND = "made_up_desk"
FOLDERS = ("bridge", "config", "connectors", "examples", "mappings", "tests/load")
SCHEMA = "config/schemas/saksbro.schema.json"


def files_below(root):
    return {str(path.relative_to(root)): path.read_bytes()
            for folder in FOLDERS for path in (root / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts}


def run(command, **how):
    done = subprocess.run(command, capture_output=True, text=True, **how)
    if done.returncode != 0:
        sys.exit(f"{shlex.join(map(str, command))}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def require(holds, rule):
    if not holds:
        sys.exit(f"new_connector.py: it does not hold that {rule}")


def touched_outside(before, after):
    own = f"connectors/{KIND}/"
    return {name for name in before.keys() | after.keys()
            if not name.startswith(own) and before.get(name) != after.get(name)}


def added_lines(before, after):
    lines = [text.decode().splitlines() for text in (before, after)]
    return [line for line in difflib.unified_diff(*lines, n=0, lineterm="") if line[:1] in "+-"][2:]


def compile_new_files(copy, compiler):
    """Reads the new files and the registry, by the commands that CMake wrote: nothing is built or linked."""
    run(["cmake", "-S", copy, "-B", copy / "build", "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler}",
         "-DCMAKE_BUILD_TYPE=Debug", "-DSAKSBRO_UNITY=ON", "-DCMAKE_CXX_COMPILER_LAUNCHER="])
    commands = json.loads((copy / "build/compile_commands.json").read_text())
    for library in (f"saksbro_{KIND}", "saksbro_connectors"):
        ours = [one for one in commands if f"/{library}.dir/" in one["command"]]
        require(ours, f"CMake has a library {library}")
        for one in ours:
            words = [word for word in shlex.split(one["command"]) if word != "-c"]
            run([*words[:words.index("-o")], *words[words.index("-o") + 2:], "-fsyntax-only"], cwd=one["directory"])


def main():
    source = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        for part in FOLDERS:
            shutil.copytree(source / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(source / "CMakeLists.txt", copy)
        before = files_below(copy)
        run([copy / "connectors/new", KIND, "Made Up Desk"])
        after = files_below(copy)
        again = subprocess.run([copy / "connectors/new", KIND], capture_output=True, text=True)
        require("is there already" in again.stderr and files_below(copy) == after, "a folder is never overwritten")
        composed = run([copy / "config/schemas/compose"]).encode()
        require(after[SCHEMA] == composed, "the schema is what compose makes")
        touched = touched_outside(before, after) - {SCHEMA}
        require(touched == {"connectors/registry.cpp"}, f"one file is touched outside of the folder, not {touched}")
        lines = added_lines(*(one["connectors/registry.cpp"] for one in (before, after)))
        require(lines == [f'+      {{"{KIND}", {KIND}::configure}},'], f"one line is added to it, not {lines}")
        sample = (copy / "connectors" / KIND / "sample.yaml").read_text()
        instance = Path(folder) / "saksbro.yaml"
        right = (source / "tests/load/right/saksbro.yaml").read_text()
        systems = sample[sample.index("  desk:"):].replace("  desk:", "  new_desk:")
        instance.write_text(f"# yaml-language-server: $schema={copy / SCHEMA}\n"
                            + right.replace("systems:\n", "systems:\n" + systems, 1))
        run(["python3", source / "tests/load/check_schemas.py", instance])
        compile_new_files(copy, sys.argv[2])


main()
