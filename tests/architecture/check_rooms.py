#!/usr/bin/python3
"""Compares the declared rooms (rooms.toml) with the real includes; prints each difference and exits 1.

    tests/architecture/check_rooms.py [--drawing]

Needs no compiler. --drawing prints the rooms in their order with their arrows, for ARCHITECTURE.md.
"""

import argparse
import re
import sys
from pathlib import Path

import rooms as house

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 300
MEASURED = {".cpp", ".h", ".py", ".js", ".mjs", ".c", ".sh", ".html", ".css"}
UNFINISHED_WORK = re.compile(r"\b(TODO|FIXME|XXX)\b")


def used_arrows(table, root, files):
    """room → {other room: [include, …]}, and every complaint about a single include on the way."""
    arrows, foreign, complaints = {name: {} for name in table.rooms}, {name: {} for name in table.rooms}, []
    for path in files:
        if Path(path).suffix not in house.SOURCES:
            continue
        name = table.room_of(path)
        if name is None:
            complaints.append(f"{path}: lies in no declared room")
            continue
        for include in house.includes_of(root, path):
            complaints += check_include(table, root, table.rooms[name], include, arrows[name], foreign[name])
    return arrows, foreign, complaints


def check_include(table, root, room, include, arrows, foreign):
    own_file = (root / include.header).is_file()
    if include.quoted and own_file:
        target = table.room_of(include.header)
        if target == room.name:
            return []
        arrows.setdefault(target, []).append(include)
        allowed = room.arrows | (room.test_arrows if include.in_test else set())
        if target in allowed or "*" in allowed or target == "tests/support":
            return []
        return [f"{include}: undeclared arrow {room.name} -> {target} ({include.header})"]
    if include.quoted and is_generated(table, root, room, include):
        return []
    if include.quoted:
        return [f'{include}: "{include.header}" is no file from the repository root']
    return check_foreign(table, room, include, foreign)


def is_generated(table, root, room, include):
    """Made by the build of its own room, whose meson.build names what it is made of: index_html.h of index.html."""
    recipe = root / room.name / "meson.build"
    if table.room_of(include.header) != room.name or not recipe.is_file():
        return False
    source = re.escape(Path(include.header).stem).replace("_", "[._]")
    return "custom_target(" in recipe.read_text() and re.search(source, recipe.read_text()) is not None


def check_foreign(table, room, include, foreign):
    if house.is_standard(include.header):
        return []
    groups = table.groups_of(include.header)
    for group in groups:
        foreign.setdefault(group, []).append(include)
    allowed = room.foreign | ({"doctest"} | room.test_foreign if include.in_test else set())
    if "*" in allowed or groups & allowed:
        return []
    return [f"{include}: foreign header <{include.header}> in {room.name}, which may not include it"]


def stale(table, arrows, foreign):
    for name, room in table.rooms.items():
        yield from (f"rooms.toml: {name} declares the arrow to {target}, which no include uses"
                    for target in sorted((room.arrows | room.test_arrows) - {"*"}) if target not in arrows[name])
        yield from (f"rooms.toml: {name} declares the foreign headers '{group}', which no include uses"
                    for group in sorted((room.foreign | room.test_foreign) - {"*"}) if group not in foreign[name])


def cycles(arrows):
    """Rooms that reach themselves, each cycle once."""
    found, state = [], {}

    def visit(name, path):
        if state.get(name) == "done":
            return
        if name in path:
            found.append(" -> ".join(path[path.index(name):] + [name]))
            return
        for target in arrows.get(name, {}):
            visit(target, path + [name])
        state[name] = "done"

    for name in arrows:
        visit(name, [])
    return [f"cycle: {cycle}" for cycle in found]


def threads(table, root, files):
    for path in files:
        room = table.room_of(path) if Path(path).suffix in house.SOURCES else None
        if room is None or table.rooms[room].threads or (table.rooms[room].test_threads and house.is_test(path)):
            continue
        code = house.without_comments((root / path).read_text())
        for number, line in enumerate(code.splitlines(), 1):
            if match := house.THREADED.search(line):
                yield f"{path}:{number}: {match[0]} in {room}, which has no thread but the loop's"


def long_or_unfinished(root, files):
    for path in files:
        if Path(path).suffix not in MEASURED:
            continue
        text = (root / path).read_text()
        if (lines := text.count("\n")) > LONGEST_FILE:
            yield f"{path}: {lines} lines; a file has at most {LONGEST_FILE}"
        if Path(path).name != Path(__file__).name and (match := UNFINISHED_WORK.search(text)):
            yield f"{path}: says {match[0]}; finish it or write it down as a limit"


def order(table, root):
    """rooms.toml lists the rooms in the order of subdir(), and no arrow points downwards."""
    text = "\n".join(line.split("#")[0] for line in (root / "meson.build").read_text().splitlines())
    built = [name for name in re.findall(r"subdir\('([^']+)'\)", text) if name in table.rooms]
    declared = [name for name in table.rooms if name in built]
    if built != declared:
        yield f"meson.build builds the rooms in another order than rooms.toml lists them: {built}"
    yield from (f"rooms.toml: {name} is not built by the top meson.build" for name in table.rooms if name not in built)
    for name, room in table.rooms.items():
        for target in sorted(room.arrows - {"*"}):
            if target not in table.rooms:
                yield f"rooms.toml: {name} points to {target}, which is no room"
            elif list(table.rooms).index(target) > list(table.rooms).index(name):
                yield f"rooms.toml: {name} points to {target}, which is built after it"


def complaints(table, root=ROOT):
    files = house.tracked_files(root)
    arrows, foreign, found = used_arrows(table, root, files)
    found += order(table, root)
    found += stale(table, arrows, foreign)
    found += cycles(arrows)
    found += threads(table, root, files)
    found += long_or_unfinished(root, files)
    found += outdated_drawing(table, root)
    return found


def outdated_drawing(table, root):
    """ARCHITECTURE.md shows the drawing that --drawing prints."""
    page = root / "ARCHITECTURE.md"
    if page.exists() and drawing(table) not in page.read_text():
        return ["ARCHITECTURE.md: the drawing is not what tests/architecture/check_rooms.py --drawing prints"]
    return []


def drawing(table):
    """The declared rooms as text: name, arrows, foreign headers, threads."""
    width = max(map(len, table.rooms))
    lines = []
    for name, room in table.rooms.items():
        arrows = ", ".join(a for a in table.rooms if a in room.arrows) or ("everything" if "*" in room.arrows else "-")
        foreign = ", ".join(sorted(room.foreign - {"*"}))
        lines.append(f"{name:<{width}} -> {arrows}" + (f"  [{foreign}]" if foreign else "") +
                     ("  {threads}" if room.threads else ""))
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drawing", action="store_true", help="print the rooms and their arrows")
    table = house.Table.read(Path(__file__).with_name("rooms.toml"))
    if parser.parse_args().drawing:
        print(drawing(table))
        return 0
    found = complaints(table)
    for complaint in found:
        print(complaint)
    print(f"{len(table.rooms)} rooms, {len(found)} complaints")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
