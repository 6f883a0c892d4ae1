#!/usr/bin/env python3
"""Compares the schemas of <call/> and <modes/> with their examples and with what the codecs read and write.

usage: check_examples.py CALL_CODEC
CALL_CODEC reads one element from its standard input, as a request or, with the word `result`, as a result; it writes the
same again, or ends with status 1 when it refuses.
"""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def schema_of(example: pathlib.Path) -> str:
    return "modes.xsd" if example.name.startswith("modes") else "call.xsd"


def fits_schema(schema: str, xml: bytes) -> tuple[bool, str]:
    ran = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--schema", str(HERE / schema), "-"], input=xml, capture_output=True
    )
    if ran.returncode not in (0, 3):
        sys.exit(f"xmllint could not judge: {ran.stderr.decode()}")
    return ran.returncode == 0, ran.stderr.decode()


def through_codec(codec: str, example: pathlib.Path) -> bytes | None:
    words = [codec] + (["result"] if example.name.startswith("result") else [])
    ran = subprocess.run(words, input=example.read_bytes(), capture_output=True)
    return ran.stdout if ran.returncode == 0 else None


def complaints(codec: str):
    valid = sorted((HERE / "examples/valid").glob("*.xml"))
    invalid = sorted((HERE / "examples/invalid").glob("*.xml"))
    if len(valid) < 7 or len(invalid) < 13:
        yield "examples are missing"
    for example in valid:
        fits, why = fits_schema(schema_of(example), example.read_bytes())
        if not fits:
            yield f"{example.name} is valid, the schema says: {why}"
        written = through_codec(codec, example)
        if written is None:
            yield f"{example.name} is valid, the codec refuses it"
        elif not fits_schema(schema_of(example), written)[0]:
            yield f"{example.name}: the codec writes what the schema refuses: {written.decode()}"
    for example in invalid:
        if fits_schema(schema_of(example), example.read_bytes())[0]:
            yield f"{example.name} is invalid, the schema takes it"
        if through_codec(codec, example) is not None:
            yield f"{example.name} is invalid, the codec takes it"


if __name__ == "__main__":
    found = list(complaints(sys.argv[1]))
    print("\n".join(found) or "schema, examples and codec agree")
    sys.exit(1 if found else 0)
