#!/usr/bin/env python3
"""Writes what dtc does with the cases of this folder into them: record.py DTC-1.6.1 DTC-1.7.0 DTC-1.7.1 DTC-1.7.2 DTC-1.8.0 DTC-1.8.1

A case is a line "== TITLE", which begins with a number where it is one of the reference's section 7.1; a line "++ OPTIONS" where there
are any; a source, written to in.dts; and for every other file a line "@@ NAME" and its text. Then comes what was recorded: a line
"-- VERSIONS exit CODE", the lines of standard error and of standard output, in which "<help>" stands for what -h prints, and the files
that were written: "blob HEX" for out.dtb, "deps TEXT" for out.d. A version that crashes gets "-- VERSION crashes".

Among the options, "escapes" means that texts have escapes in them, "only" that no names of files are to be added; neither is given to
dtc. A blank in an option is "\\s".
"""
import pathlib
import re
import subprocess
import sys
import tempfile

VERSIONS = ("1.6.1", "1.7.0", "1.7.1", "1.7.2", "1.8.0", "1.8.1")
DEFAULT = "-o out.dtb in.dts"


def run(dtc, options, files):
    escapes = "escapes" in options
    words = [word.replace("\\s", " ") for word in options if word != "escapes"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file, text in files.items():
            data = text.encode("latin-1").decode("unicode_escape").encode("latin-1") if escapes else text.encode("latin-1")
            folder.joinpath(file).write_bytes(data)
        command = [dtc, *words] if "-o" in words or words[:1] == ["only"] else [dtc, *words, *DEFAULT.split()]
        command = [word for word in command if word != "only"]
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        if done.returncode < 0:
            return "crashes\n"
        said = (done.stderr + done.stdout).decode("latin-1")
        # The name of the program is that under which it was called.
        said = re.sub(r"^\S*/dtc: ", "dtc: ", said)
        if "-h" not in words:
            help_text = subprocess.run([dtc, "-h"], stdout=subprocess.PIPE).stdout.decode()
            said = said.replace(help_text, "<help>\n")
        result = f"exit {done.returncode}\n{said}"
        if said and not said.endswith("\n"):
            result += "\n"
        for file, what in (("out.dtb", "blob"), ("out.d", "deps")):
            path = folder / file
            # A failure may leave an empty file behind.
            if path.exists() and path.stat().st_size > 0:
                data = path.read_bytes()
                result += f"{what} {data.hex() if what == 'blob' else data.decode('latin-1').rstrip(chr(10))}\n"
    return result


def record(text, compilers):
    head, *cases = text.split("\n== ")
    result = [head.rstrip("\n")]
    for case in cases:
        title, _, body = case.partition("\n")
        source = body.split("\n-- ")[0].rstrip("\n") + "\n"
        options = ""
        if source.startswith("++ "):
            options, _, source = source[3:].partition("\n")
        main, *others = source.split("@@ ")
        files = {"in.dts": main} | {part.partition("\n")[0]: part.partition("\n")[2] for part in others}
        said = [run(compiler, options.split(), files) for compiler in compilers]
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
    path.write_text(record(path.read_text(encoding="latin-1"), sys.argv[1:7]), encoding="latin-1")
