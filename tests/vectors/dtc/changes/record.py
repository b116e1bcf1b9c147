#!/usr/bin/env python3
"""Writes what each release does with the cases of this directory into them: record.py DIR-1.6.1 DIR-1.7.0 … DIR-1.8.1

A directory holds a release as its own makefile leaves it. A case is a line "== CHANGE: TITLE", where CHANGE is the id of a row of
DtcChanges; for every file a line "@@ NAME" and its text, or "@@ NAME hex" and its bytes; then the command lines, "$ PROGRAM WORDS". Then
comes what was recorded: a line "-- VERSIONS", and for every command a line "> exit CODE", or "> crashes", and the lines of standard error
and of standard output. Where a command changes a file or makes one, a line "file NAME HEX" follows. In a text of a file "\\0" is a NUL, in
what was recorded "\\xNN" is a byte that cannot be printed. A line "!! CHOICE" after the commands names the row of StrictChoices because of
which ours prints another text. The program "check" is fdt_check_full of the release's library.
"""
import ctypes
import pathlib
import re
import subprocess
import sys
import tempfile

VERSIONS = ("1.6.1", "1.7.0", "1.7.1", "1.7.2", "1.8.0", "1.8.1")


def printable(data):
    return "".join(chr(b) if b in (9, 10) or 32 <= b < 127 and b != 92 else "\\\\" if b == 92 else f"\\x{b:02x}" for b in data)


def check(release, blob):
    library = ctypes.CDLL(str(next(release.glob("libfdt/libfdt*.so"))))
    library.fdt_strerror.restype = ctypes.c_char_p
    # The library asks for a boundary of eight bytes.
    buffer = (ctypes.c_uint64 * (len(blob) // 8 + 1))()
    ctypes.memmove(buffer, blob, len(blob))
    error = library.fdt_check_full(buffer, ctypes.c_size_t(len(blob)))
    return int(error != 0), f"{library.fdt_strerror(error).decode()}\n".encode()


def run(release, folder, words):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    if words[0] == "check":
        code, said = check(release, before[words[1]])
    else:
        done = subprocess.run(
            [release / words[0], *words[1:]], cwd=folder, env={"LD_LIBRARY_PATH": str(release / "libfdt")}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode < 0:
            return "> crashes\n"
        code, said = done.returncode, done.stderr + done.stdout
    said = printable(re.sub(rb"^\S*/(\w+): ", rb"\1: ", said))
    result = f"> exit {code}\n{said}" + ("" if said.endswith("\n") or not said else "\n")
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        if before.get(path.name) != data:
            result += f"file {path.name} {data.hex()}\n"
    return result


def play(release, files, commands):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file, data in files.items():
            folder.joinpath(file).write_bytes(data)
        return "".join(run(release, folder, command.split(" ")) for command in commands)


def record(text, releases):
    head, *cases = text.split("\n== ")
    result = [head.rstrip("\n")]
    for case in cases:
        title, _, body = case.partition("\n")
        given = body.split("\n-- ")[0].rstrip("\n") + "\n"
        lines = given.split("\n")
        commands = [line[2:] for line in lines if line.startswith("$ ")]
        files = {}
        for part in ("\n" + given.split("\n$ ")[0]).split("\n@@ ")[1:]:
            name, _, content = part.partition("\n")
            is_hex = name.endswith(" hex")
            files[name.removesuffix(" hex")] = bytes.fromhex(content) if is_hex else (content.rstrip("\n") + "\n").replace("\\0", "\0").encode()
        blocks = []
        for version, release in zip(VERSIONS, releases):
            what = play(pathlib.Path(release), files, commands)
            if blocks and blocks[-1][1] == what:
                blocks[-1][0].append(version)
            else:
                blocks.append(([version], what))
        result.append(f"\n== {title}\n{given}" + "".join(f"-- {' '.join(versions)}\n{what}" for versions, what in blocks).rstrip("\n"))
    return "\n".join(result) + "\n"


if __name__ == "__main__":
    for path in sorted(pathlib.Path(__file__).parent.glob("*.txt")):
        path.write_text(record(path.read_text(), sys.argv[1:7]))
