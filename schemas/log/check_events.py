#!/usr/bin/env python3
"""Every log event is declared once, explained to the operator once, and logged somewhere."""
import pathlib
import re
import sys

ROOMS = ["allocator", "daemon", "mcu", "probe", "sdp", "sip", "web", "xmpp-component"]


def main(root: pathlib.Path) -> int:
    header = (root / "daemon/log_events.h").read_text()
    declared = re.findall(r'LogEvent (\w+)\{"([^"]+)"\}', header)
    explained = re.findall(r"^\| `([^`]+)` \|", (root / "schemas/log/events.md").read_text(), re.M)
    sources = "\n".join(
        path.read_text()
        for room in ROOMS
        for path in (root / room).rglob("*")
        if path.suffix in (".cpp", ".h") and path.name not in ("log.h", "log_events.h") and not path.name.startswith("test_")
    )
    names = [name for _, name in declared]
    problems = [f"{name} is declared twice" for name in set(names) if names.count(name) > 1]
    problems += [f"{name} is explained twice" for name in set(explained) if explained.count(name) > 1]
    problems += [f"{name} is not explained in schemas/log/events.md" for name in set(names) - set(explained)]
    problems += [f"{name} is explained, but not declared in daemon/log_events.h" for name in set(explained) - set(names)]
    problems += [
        f"{name} is logged nowhere" for constant, name in declared if not re.search(rf"\bevent::{constant}\b", sources)
    ]
    problems += [
        f"the constant of {name} must be {re.sub(r'[.-]', '_', name)}, not {constant}"
        for constant, name in declared
        if re.sub(r"[.-]", "_", name) != constant
    ]
    if not names:
        problems.append("no event was found at all")
    if explained != sorted(explained):
        problems.append("schemas/log/events.md is not in order of name")
    print("\n".join(sorted(problems)))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
