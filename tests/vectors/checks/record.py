#!/usr/bin/env python3
"""Writes what dtc says into the cases of this folder: record.py DTC-1.6.1 DTC-1.7.0 DTC-1.7.1 DTC-1.7.2 DTC-1.8.0 DTC-1.8.1

A case is a line "== CHECK good|bad: remark", a line "++ OPTIONS" where there are any, a source, and then what was recorded: a
line "-- VERSIONS exit CODE" and the lines of standard error. A version that crashes gets "-- VERSION crashes".
"""
import pathlib
import subprocess
import sys
import tempfile

VERSIONS = ("1.6.1", "1.7.0", "1.7.1", "1.7.2", "1.8.0", "1.8.1")


def run(dtc, options, source):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "in.dts").write_text(source)
        command = [dtc, "-I", "dts", "-O", "dtb", "-o", "out.dtb", *options, "in.dts"]
        done = subprocess.run(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    return "crashes\n" if done.returncode < 0 else f"exit {done.returncode}\n{done.stderr}"


def record(text, compilers):
    head, *cases = text.split("\n== ")
    result = [head.rstrip("\n")]
    for case in cases:
        title, _, body = case.partition("\n")
        source = body.split("\n-- ")[0].rstrip("\n") + "\n"
        options = ""
        if source.startswith("++ "):
            options, _, source = source[3:].partition("\n")
        said = [run(compiler, options.split(), source) for compiler in compilers]
        blocks = []
        for version, what in zip(VERSIONS, said):
            if blocks and blocks[-1][1] == what:
                blocks[-1][0].append(version)
            else:
                blocks.append(([version], what))
        given = f"++ {options}\n" if options else ""
        result.append(f"\n== {title}\n{given}{source}" + "".join(f"-- {' '.join(versions)} {what}" for versions, what in blocks).rstrip("\n"))
    return "\n".join(result) + "\n"


for path in sorted(pathlib.Path(__file__).parent.glob("*.txt")):
    path.write_text(record(path.read_text(), sys.argv[1:7]))
